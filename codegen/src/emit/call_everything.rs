//! A program that calls each operation once.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::print::{self, Piece, literal};
use super::sample;
use crate::plan::{
    Body, BodyType, Credential, Operation, Plan, Sample, SampleBody, Scheme, inline_code,
};

/// Where it stands in the crate.
pub const PATH: &str = "examples/call_everything.rs";

/// What does not depend on the API.
const FRAME: &str = include_str!("call_everything/frame.txt");

/// The program's text; `package` is the crate's name in Rust.
///
/// # Errors
///
/// A mistake of an emitter: its text is no Rust.
pub fn emit(plan: &Plan, package: &str, header: &str) -> Result<String, String> {
    let calls: Vec<TokenStream> = plan.operations.iter().map(call).collect();
    let uses_types = calls.iter().any(|call| call.to_string().contains("types ::"));
    let client = if uses_types { "{Client, types}" } else { "Client" };
    let uses = format!(
        "use std::error::Error;\nuse std::pin::Pin;\nuse std::process::ExitCode;\nuse std::time::Duration;\n\n\
         use docwright_runtime::{{self as runtime, BaseUrl}};\nuse {package}::{client};\n"
    );
    let mut pieces = vec![
        Piece::Table(uses),
        Piece::Table(FRAME.to_owned()),
        Piece::Items(self::client(plan)),
        Piece::Table(table(plan)),
    ];
    pieces.extend(calls.into_iter().map(Piece::Items));
    print::file(header, &doc(plan), pieces)
}

fn doc(plan: &Plan) -> Vec<String> {
    let mut doc = vec![
        format!("Calls each operation of {} once, with sample values, and prints a line for each:", title(plan)),
        "whether it was sent, the status of the response, and whether that is what the description says.".to_owned(),
        String::new(),
        "```console".to_owned(),
        "$ cargo run --example call_everything -- BASE_URL [OPERATION…]".to_owned(),
        "```".to_owned(),
        String::new(),
        "All servers of the description are looked for at `BASE_URL`. `--all` sends the parameters that are not".to_owned(),
        "required, too; `--repeat N` calls each operation N times.".to_owned(),
    ];
    let variables: Vec<String> = plan.schemes.iter().flat_map(|s| variables(plan, s)).collect();
    if !variables.is_empty() {
        let names: Vec<String> = variables.iter().map(|name| inline_code(name)).collect();
        doc.push(String::new());
        doc.push("Credentials are taken from the environment; where they are not there, `sample` is sent:".to_owned());
        doc.extend(names.iter().map(|name| format!("- {name}")));
    }
    doc
}

fn title(plan: &Plan) -> String {
    match plan.title.split_whitespace().collect::<Vec<_>>().join(" ") {
        title if title.is_empty() => "the API".to_owned(),
        title => inline_code(&title),
    }
}

/// The environment variables of a scheme's credentials.
fn variables(plan: &Plan, scheme: &Scheme) -> Vec<String> {
    let variable = |setter: &str, end: &str| {
        let words = format!("{}_{}{end}", plan.module, setter.trim_start_matches("r#"));
        words.to_ascii_uppercase()
    };
    let setter = scheme.setter.as_str();
    let mut all = match scheme.credential {
        Credential::Basic => vec![variable(setter, "_NAME"), variable(setter, "_PASSWORD")],
        _ => vec![variable(setter, "")],
    };
    if let Some(token) = &scheme.token {
        let setter = token.setter.as_str();
        all.extend([variable(setter, "_ID"), variable(setter, "_SECRET")]);
    }
    all
}

/// ```text
/// /// A client of one base URL, with the credentials of the environment.
/// fn client(base_url: &str) -> Result<Client, runtime::BuildError> {
///     let builder = Client::builder(BaseUrl::everywhere(base_url)).timeout(PATIENCE);
///     let builder = builder.key(credential("ACME_KEY"));
///     builder.build()
/// }
/// ```
fn client(plan: &Plan) -> TokenStream {
    let credentials = plan.schemes.iter().map(|scheme| {
        let variables = variables(plan, scheme);
        let setter = &scheme.setter;
        let own = if scheme.credential == Credential::Basic { 2 } else { 1 };
        let given = variables.iter().take(own).map(|name| quote!(credential(#name)));
        let plain = quote!(builder.#setter(#(#given),*));
        match (&scheme.token, variables.get(own), variables.get(own + 1)) {
            (Some(token), Some(id), Some(secret)) => {
                let setter = &token.setter;
                quote! {
                    let builder = match (std::env::var(#id), std::env::var(#secret)) {
                        (Ok(id), Ok(secret)) => builder.#setter(id, secret),
                        _ => #plain,
                    };
                }
            }
            _ => quote!(let builder = #plain;),
        }
    });
    let credential = (!plan.schemes.is_empty()).then(|| {
        quote! {
            #[doc = " A credential of the environment."]
            fn credential(variable: &str) -> String {
                std::env::var(variable).unwrap_or_else(|_| "sample".to_owned())
            }
        }
    });
    quote! {
        #[doc = " A client of one base URL, with the credentials of the environment."]
        fn client(base_url: &str) -> Result<Client, runtime::BuildError> {
            let builder = Client::builder(BaseUrl::everywhere(base_url)).timeout(PATIENCE);
            #(#credentials)*
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
fn table(plan: &Plan) -> String {
    let mut out = "/// The operations.\nconst CALLS: &[(&str, Call)] = &[\n".to_owned();
    for operation in &plan.operations {
        let method = &operation.method;
        let name = literal(method.as_str().trim_start_matches("r#"));
        let function = function(operation);
        let (taken, given) =
            if has_options(operation) { ("all", "client, all") } else { ("_", "client") };
        out.push_str(&format!("    ({name}, |client, {taken}| Box::pin({function}({given}))),\n"));
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
fn call(operation: &Operation) -> TokenStream {
    let function = function(operation);
    let verb = crate::plan::method_word(operation.http);
    let doc = format!(" {}", inline_code(&format!("{verb} {}", operation.template)));
    let deprecated = operation
        .deprecated
        .then(|| quote!(#[expect(deprecated, reason = "the API still has this operation")]));
    let all = has_options(operation).then(|| quote!(, all: bool));
    let code = match &operation.sample {
        Some(sample) => request(operation, sample),
        None => quote!(Err("the description leaves no value to send".into())),
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

/// The function that calls an operation.
fn function(operation: &Operation) -> Ident {
    let name = operation.method.as_str().trim_start_matches("r#");
    Ident::new(&format!("call_{name}"), Span::call_site())
}

fn request(operation: &Operation, sample: &Sample) -> TokenStream {
    let method = &operation.method;
    let mut given: Vec<TokenStream> = sample.arguments.iter().map(sample::tokens).collect();
    let mut before = TokenStream::new();
    let mut options: Vec<TokenStream> = Vec::new();
    if let (Some(body), Some(value)) = (&operation.body, &sample.body) {
        let argument = match value {
            SampleBody::Value { whole, .. } => {
                let value = sample::tokens(whole);
                before = quote!(let body = #value;);
                quote!(&body)
            }
            SampleBody::File(_) => file(body, sample).unwrap_or_default(),
        };
        match body.required {
            true => given.push(argument),
            false => options.push(quote!(.body(#argument))),
        }
    }
    options.extend(sample.options.iter().map(|(name, value)| {
        let value = sample::tokens(value);
        quote!(.#name(#value))
    }));
    let call = quote!(client.#method(#(#given),*));
    match options.is_empty() {
        true => quote! {
            #before
            let request = #call;
            Ok(outcome(request.await))
        },
        false => quote! {
            #before
            let mut request = #call;
            if all {
                request = request #(#options)*;
            }
            Ok(outcome(request.await))
        },
    }
}

/// A body of text or bytes.
pub fn file(body: &Body, sample: &Sample) -> Option<TokenStream> {
    let Some(SampleBody::File(text)) = &sample.body else { return None };
    Some(match &body.ty {
        BodyType::OneOf(_) => quote!(runtime::File::from(#text)),
        _ => quote!(#text),
    })
}
