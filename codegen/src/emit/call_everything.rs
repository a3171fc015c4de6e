//! The example `call_everything`: a program that calls each operation once.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::print::{self, Fragment, literal};
use super::sample;
use crate::plan::{
    Body, BodyType, CallPath, Credential, Expr, Operation, Plan, Sample, SampleBody, Scheme,
    inline_code,
};

/// The path of the program in the crate.
pub const PATH: &str = "examples/call_everything.rs";

/// The code that does not depend on the API.
const FRAME: &str = include_str!("call_everything/frame.txt");

/// Returns the text of the program. `package` is the crate's name in paths.
///
/// # Errors
///
/// The program does not parse: a bug in an emitter.
pub fn emit(plan: &Plan, package: &str, header: &str) -> Result<String, String> {
    let calls: Vec<TokenStream> = plan.operations.iter().map(call_function).collect();
    let mut samples = plan.operations.iter().filter_map(|operation| operation.sample.as_ref());
    let mut settings = plan.settings.iter().filter_map(|setting| setting.sample.as_ref());
    let uses_types =
        samples.any(Sample::uses_types_module) || settings.any(Expr::uses_types_module);
    let client = if uses_types { "{Client, types}" } else { "Client" };
    let mut paths = [
        "docwright_runtime::{self as runtime, BaseUrl}".to_owned(),
        format!("{package}::{client}"),
    ];
    paths.sort();
    let uses = format!(
        "use std::error::Error;\nuse std::pin::Pin;\nuse std::process::ExitCode;\nuse std::time::Duration;\n\n\
         use {};\n",
        paths.join(";\nuse ")
    );
    let mut fragments = vec![
        Fragment::Table(uses),
        Fragment::Table(FRAME.to_owned()),
        Fragment::Items(client_function(plan)),
        Fragment::Code(call_table(plan)),
    ];
    fragments.extend(calls.into_iter().map(Fragment::Items));
    print::source_file(header, &module_doc(plan), fragments)
}

fn module_doc(plan: &Plan) -> Vec<String> {
    let mut doc = vec![
        format!("Calls each operation of {} once, with sample values, and prints a line for each:", api_title(plan)),
        "whether the request was sent, the status of the response, and whether the response is documented.".to_owned(),
        String::new(),
        "```console".to_owned(),
        "$ cargo run --example call_everything -- BASE_URL [OPERATION…]".to_owned(),
        "```".to_owned(),
        String::new(),
        "All requests go to `BASE_URL`. `--all` also sends the optional parameters, and `--repeat N` calls".to_owned(),
        "each operation N times.".to_owned(),
    ];
    let variables: Vec<String> = plan.schemes.iter().flat_map(|s| variables(plan, s)).collect();
    if !variables.is_empty() {
        let names: Vec<String> = variables.iter().map(|name| inline_code(name)).collect();
        doc.push(String::new());
        doc.push("Credentials are read from these environment variables. If a variable is not set, `sample` is sent:".to_owned());
        doc.extend(names.iter().map(|name| format!("- {name}")));
    }
    doc
}

fn api_title(plan: &Plan) -> String {
    match plan.title.split_whitespace().collect::<Vec<_>>().join(" ") {
        title if title.is_empty() => "the API".to_owned(),
        title => inline_code(&title),
    }
}

/// Returns the environment variables of a scheme's credentials.
fn variables(plan: &Plan, scheme: &Scheme) -> Vec<String> {
    let variable = |setter: &str, end: &str| {
        let name = format!("{}_{}{end}", plan.module, setter);
        name.to_ascii_uppercase()
    };
    let setter = scheme.setter.as_str();
    let mut names = match scheme.credential {
        Credential::Basic => vec![variable(setter, "_NAME"), variable(setter, "_PASSWORD")],
        _ => vec![variable(setter, "")],
    };
    if let Some(token) = &scheme.token {
        let setter = token.setter.as_str();
        names.extend([variable(setter, "_ID"), variable(setter, "_SECRET")]);
    }
    names
}

/// ```text
/// /// Creates a client with the credentials of the environment.
/// fn client(base_url: &str) -> Result<Client, runtime::BuildError> {
///     let builder = Client::builder(BaseUrl::everywhere(base_url)).timeout(TIMEOUT);
///     let builder = builder.key(credential("ACME_KEY"));
///     builder.build()
/// }
/// ```
fn client_function(plan: &Plan) -> TokenStream {
    let credentials = plan.schemes.iter().map(|scheme| {
        let variables = variables(plan, scheme);
        let setter = &scheme.setter;
        let count = if scheme.credential == Credential::Basic { 2 } else { 1 };
        let values = variables.iter().take(count).map(|name| quote!(credential(#name)));
        let set_credential = quote!(builder.#setter(#(#values),*));
        match (&scheme.token, variables.get(count), variables.get(count + 1)) {
            (Some(token), Some(id), Some(secret)) => {
                let setter = &token.setter;
                quote! {
                    let builder = match (std::env::var(#id), std::env::var(#secret)) {
                        (Ok(id), Ok(secret)) => builder.#setter(id, secret),
                        _ => #set_credential,
                    };
                }
            }
            _ => quote!(let builder = #set_credential;),
        }
    });
    let settings = plan.settings.iter().filter_map(|setting| {
        let (setter, value) = (&setting.setter, sample::expr_tokens(setting.sample.as_ref()?));
        Some(quote!(let builder = builder.#setter(#value);))
    });
    let credential = (!plan.schemes.is_empty()).then(|| {
        quote! {
            #[doc = " Reads a credential from the environment."]
            fn credential(variable: &str) -> String {
                std::env::var(variable).unwrap_or_else(|_| "sample".to_owned())
            }
        }
    });
    quote! {
        #[doc = " Creates a client with the credentials of the environment."]
        fn client(base_url: &str) -> Result<Client, runtime::BuildError> {
            let builder = Client::builder(BaseUrl::everywhere(base_url)).timeout(TIMEOUT);
            #(#credentials)*
            #(#settings)*
            builder.build()
        }
        #credential
    }
}

/// ```text
/// const CALLS: &[(&str, Call)] = &[
///     ("create_order", |client, all| Box::pin(call_create_order(client, all))),
/// ];
/// ```
fn call_table(plan: &Plan) -> String {
    let mut out = "/// The operations.\nconst CALLS: &[(&str, Call)] = &[\n".to_owned();
    for operation in &plan.operations {
        let method = &operation.method;
        let name = literal(method.as_str());
        let function = function_name(operation);
        let (parameter, arguments) =
            if has_options(operation) { ("all", "client, all") } else { ("_", "client") };
        out.push_str(&format!(
            "    ({name}, |client, {parameter}| Box::pin({function}({arguments}))),\n"
        ));
    }
    out + "];\n"
}

fn has_options(operation: &Operation) -> bool {
    let optional = operation.body.as_ref().is_some_and(|body| !body.required);
    let has = |sample: &Sample| !sample.options.is_empty() || (optional && sample.body.is_some());
    operation.sample.as_ref().is_some_and(has)
}

/// ```text
/// /// `POST /orders`
/// async fn call_create_order(client: &Client, all: bool) -> Sent {
///     let body = types::Order::new("id");
///     let mut request = client.create_order(&body);
///     if all {
///         request = request.dry_run(true);
///     }
///     Ok(outcome(request.await))
/// }
/// ```
fn call_function(operation: &Operation) -> TokenStream {
    let function = function_name(operation);
    let route = format!("{} {}", operation.http.name(), operation.template);
    let doc = format!(" {}", inline_code(&route));
    let deprecated = operation
        .deprecated
        .then(|| quote!(#[expect(deprecated, reason = "deprecated operations are called too")]));
    let all = has_options(operation).then(|| quote!(, all: bool));
    let code = match &operation.sample {
        Some(sample) => request_code(operation, sample),
        None => quote!(Err("no sample value fits the documented constraints".into())),
    };
    let client = if operation.sample.is_some() { quote!(client) } else { quote!(_) };
    quote! {
        #[doc = #doc]
        #deprecated
        async fn #function(#client: &Client #all) -> Sent {
            #code
        }
    }
}

/// Returns the name of the function that calls an operation.
fn function_name(operation: &Operation) -> Ident {
    let name = operation.method.as_str();
    Ident::new(&format!("call_{name}"), Span::call_site())
}

fn request_code(operation: &Operation, sample: &Sample) -> TokenStream {
    let CallPath { accessors, method, .. } = &operation.call;
    let mut arguments: Vec<TokenStream> =
        sample.arguments.iter().map(sample::expr_tokens).collect();
    let mut statements = TokenStream::new();
    let mut options: Vec<TokenStream> = Vec::new();
    if let (Some(body), Some(value)) = (&operation.body, &sample.body) {
        let argument = match value {
            SampleBody::Value { full, .. } => {
                let value = sample::expr_tokens(full);
                statements = quote!(let body = #value;);
                quote!(&body)
            }
            SampleBody::File { .. } => file_argument(body, sample).unwrap_or_default(),
        };
        match body.required {
            true => arguments.push(argument),
            false => options.push(quote!(.body(#argument))),
        }
    }
    options.extend(sample.options.iter().map(|(name, value)| {
        let value = sample::expr_tokens(value);
        quote!(.#name(#value))
    }));
    let call = quote!(client #(.#accessors())* .#method(#(#arguments),*));
    match options.is_empty() {
        true => quote! {
            #statements
            let request = #call;
            Ok(outcome(request.await))
        },
        false => quote! {
            #statements
            let mut request = #call;
            if all {
                request = request #(#options)*;
            }
            Ok(outcome(request.await))
        },
    }
}

/// Returns the argument for a body of text or bytes.
pub fn file_argument(body: &Body, sample: &Sample) -> Option<TokenStream> {
    let Some(SampleBody::File { text, media_type }) = &sample.body else { return None };
    Some(match (&body.ty, media_type) {
        (_, Some(media_type)) => quote!(runtime::File::from(#text).content_type(#media_type)),
        (BodyType::OneOf(_), None) => quote!(runtime::File::from(#text)),
        (_, None) => quote!(#text),
    })
}
