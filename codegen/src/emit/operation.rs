//! Operations: the static, the client's method, and the request type.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{argument_call, argument_type, constant_call, option_method};
use super::print::Fragment;
use super::tokens::{Referrer, method_ident, type_text, type_tokens};
use super::{body, headers, limits, pagination, responses, signing};
use crate::ir::Status;
use crate::plan::{
    AcceptVariant, Argument, BodyType, CallPath, Clear, DocText, Lifetime, Operation, Output,
    ResponseBody, ResponseEnum, Visibility, inline_code,
};

/// Emits an operation with its enums of responses.
pub fn emit(operation: &Operation, example: &DocText) -> Vec<Fragment> {
    let Operation { request, errors, .. } = operation;
    let mut fragments = vec![
        Fragment::Items(operation_static(operation)),
        Fragment::Items(client_method(operation, example)),
        Fragment::Items(request_type(operation)),
        Fragment::Table(request_table(operation)),
    ];
    if !operation.limits.is_empty() {
        fragments.push(Fragment::Table(limits::limits_table(request, &operation.limits)));
    }
    fragments.extend(operation.headers.iter().flat_map(|item| headers::emit(item, request)));
    if let Some(BodyType::OneOf(item)) = operation.body.as_ref().map(|body| &body.ty) {
        fragments.extend(body::body_enum(item, request));
    }
    if let Output::OneOf(ok) = &operation.output {
        let doc = DocText(vec![format!("The responses to a [`{request}`], by status.")]);
        fragments.extend(responses::emit(ok, &doc));
    }
    if let Some(errors) = errors {
        match &operation.shared_errors {
            Some(shared) => fragments.push(responses::alias(errors, shared, request)),
            None => {
                let doc = format!("The error responses to a [`{request}`], by status.");
                fragments.extend(responses::emit(errors, &DocText(vec![doc])));
            }
        }
    }
    fragments
}

/// ```text
/// static POST_OAUTH_TOKEN: runtime::Operation =
///     runtime::Operation::new("post_oauth_token", runtime::Method::Post, "/oauth/token")
///         .accept("application/json")
///         .body(&[runtime::Media::JSON, runtime::Media::FORM])
///         .success(&[runtime::Status::Code(200)]);
/// ```
fn operation_static(operation: &Operation) -> TokenStream {
    let Operation { constant, template, .. } = operation;
    let name = operation.method.as_str();
    let http = method_ident(operation.http);
    let accept = operation.accept.as_ref().map(|text| quote!(.accept(#text)));
    let media = operation.body.as_ref().map(body::media_types);
    let success = (!operation.success.is_empty()).then(|| {
        let statuses = operation.success.iter().map(|s| match s {
            Status::Code(code) => {
                let code = proc_macro2::Literal::u16_unsuffixed(*code);
                quote!(runtime::Status::Code(#code))
            }
            Status::Range(digit) => {
                let digit = proc_macro2::Literal::u8_unsuffixed(*digit);
                quote!(runtime::Status::Range(#digit))
            }
            Status::Default => quote!(runtime::Status::Default),
        });
        quote!(.success(&[#(#statuses),*]))
    });
    let computed = signing::computed_headers(operation);
    let security = security_and_server(operation);
    let request = &operation.request;
    let limits = (!operation.limits.is_empty()).then(|| quote!(.limits(#request::LIMITS)));
    let visibility = match operation.visibility {
        Visibility::Private => quote!(),
        Visibility::Parent => quote!(pub(super)),
        Visibility::Grandparent => quote!(pub(in super::super)),
    };
    quote! {
        #visibility static #constant: runtime::Operation =
            runtime::Operation::new(#name, runtime::Method::#http, #template)
                #accept #media #success #computed #security #limits;
    }
}

/// `.security(&[&[&auth::ID, &auth::SECRET], &[]]).server(&client::VAULT_SERVER)`
fn security_and_server(operation: &Operation) -> TokenStream {
    let security = (!operation.security.is_empty()).then(|| {
        let alternatives = operation.security.iter();
        let alternatives = alternatives.map(|schemes| quote!(&[#(&auth::#schemes),*]));
        quote!(.security(&[#(#alternatives),*]))
    });
    let server = operation.server.as_ref().map(|server| quote!(.server(&client::#server)));
    let public = operation.is_public.then(|| quote!(.public()));
    quote!(#security #public #server)
}

/// ```text
/// impl Client {
///     /// Requests an access token.
///     pub fn post_oauth_token<'a>(&'a self, body: &'a types::OauthTokenBody) -> PostOauthTokenRequest<'a> {
///         PostOauthTokenRequest(runtime::Call::new(&self.core, &POST_OAUTH_TOKEN).body(body))
///     }
/// }
/// ```
fn client_method(operation: &Operation, example: &DocText) -> TokenStream {
    let Operation { constant, request, call, doc, .. } = operation;
    let CallPath { owner, method, .. } = call;
    let deprecated = operation
        .deprecated
        .then(|| quote!(#[deprecated = "the API has deprecated this operation"]));
    let arguments = operation.arguments.iter().map(|argument| {
        let ty = argument_type(&argument.ty);
        let name = &argument.name;
        quote!(#name: #ty)
    });
    let required_body = operation.body.as_ref().filter(|b| b.required);
    let body_argument = required_body.filter(|b| b.is_argument()).map(body::body_argument);
    let arguments: Vec<TokenStream> = arguments.chain(body_argument).collect();
    let allow_many = operation.has_many_arguments.then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the API requires each of them")]),
    );
    let calls = operation.arguments.iter().map(argument_call);
    let settings = &operation.settings;
    let constants = operation.constants.iter();
    let constants = constants.filter_map(|it| Some(constant_call(it, it.constant.as_ref()?)));
    let body = required_body.map(body::body_call);
    let calls = quote!(#(.setting(&settings::#settings))* #(#constants)* #(#calls)* #body);
    let docs = argument_docs(&operation.arguments);
    if !call.is_on_client() {
        return quote! {
            impl<'a> #owner<'a> {
                #doc
                #docs
                #example
                #deprecated
                #allow_many
                pub fn #method(&self, #(#arguments),*) -> #request<'a> {
                    #request(runtime::Call::new(self.core, &#constant) #calls)
                }
            }
        };
    }
    let (generics, receiver, lifetime) = match operation.method_lifetime {
        Lifetime::Named => (quote!(<'a>), quote!(&'a self), quote!('a)),
        Lifetime::Elided => (quote!(), quote!(&self), quote!('_)),
    };
    quote! {
        impl Client {
            #doc
            #docs
            #example
            #deprecated
            #allow_many
            pub fn #method #generics(#receiver, #(#arguments),*) -> #request<#lifetime> {
                #request(runtime::Call::new(&self.core, &#constant) #calls)
            }
        }
    }
}

/// Returns a list of the documented arguments.
fn argument_docs(arguments: &[Argument]) -> DocText {
    let mut lines = Vec::new();
    for argument in arguments.iter().filter(|a| !a.doc.0.is_empty()) {
        let paragraph: Vec<&str> =
            argument.doc.0.iter().take_while(|l| !l.is_empty()).map(String::as_str).collect();
        lines.push(format!("- `{}`: {}", argument.name, paragraph.join("\n  ")));
    }
    if lines.is_empty() {
        return DocText::default();
    }
    let lines = lines.join("\n");
    let mut out = vec![String::new(), "# Arguments".to_owned(), String::new()];
    out.extend(lines.lines().map(str::to_owned));
    DocText(out)
}

/// ```text
/// /// A request created by [`Client::post_oauth_token`].
/// #[derive(Debug)]
/// #[must_use = "a request is sent when it is awaited"]
/// pub struct PostOauthTokenRequest<'a>(runtime::Call<'a>);
///
/// impl PostOauthTokenRequest<'_> {
///     /// Sends the body as `application/x-www-form-urlencoded` instead of `application/json`.
///     pub fn as_form(self) -> Self { Self(self.0.media(1)) }
/// }
/// ```
fn request_type(operation: &Operation) -> TokenStream {
    let Operation { request, call, .. } = operation;
    let headers = operation.headers.iter().map(|headers| &headers.name);
    let headers = headers.map(|name| format!(" Its response headers are [`{name}`]."));
    let headers: String = headers.collect();
    let doc = format!(" A request created by {}.{headers}", call.link("", ""));
    let options = operation.options.iter().map(option_method);
    let media_setters =
        operation.body.iter().flat_map(|b| &b.media_setters).map(|(name, index, doc)| {
            let index = proc_macro2::Literal::usize_unsuffixed(*index);
            quote! {
                #doc
                pub fn #name(self) -> Self { Self(self.0.media(#index)) }
            }
        });
    let optional_body = operation.body.as_ref().filter(|b| !b.required).map(|body| {
        let argument = body::body_argument(body);
        let call = body::body_call(body);
        quote! {
            #[doc = " Sets the request body."]
            pub fn body(self, #argument) -> Self { Self(self.0 #call) }
        }
    });
    let clears = operation.clears.iter().map(|Clear { method, wire }| {
        let doc = format!(" Sends `null` as {}, whatever the body contains.", inline_code(wire));
        quote! {
            #[doc = #doc]
            pub fn #method(self) -> Self { Self(self.0.body_value(&[#wire], &runtime::Json::Null)) }
        }
    });
    let key = signing::idempotency_key_method(operation);
    let codes = error_codes_method(operation);
    let accept = operation.accept_variants.iter().map(|variant| accept_method(operation, variant));
    let methods: Vec<TokenStream> = options
        .chain(key)
        .chain(media_setters)
        .chain(optional_body)
        .chain(clears)
        .chain(pagination::page_size_method(operation))
        .chain(accept)
        .chain(codes)
        .collect();
    let (generics, lifetime) = match operation.impl_lifetime {
        Lifetime::Named => (quote!(<'a>), quote!('a)),
        Lifetime::Elided => (quote!(), quote!('_)),
    };
    let methods =
        (!methods.is_empty()).then(|| quote!(impl #generics #request<#lifetime> { #(#methods)* }));
    quote! {
        #[doc = #doc]
        #[derive(Debug)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct #request<'a>(runtime::Call<'a>);

        #methods
    }
}

/// ```text
/// /// Sends the request with `Accept: text/csv`.
/// pub fn send_for_text_csv(self) -> runtime::ResponseFuture<'a, String, ListOrdersError> {
///     self.0.header("Accept", &"text/csv").text()
/// }
/// ```
fn accept_method(operation: &Operation, variant: &AcceptVariant) -> TokenStream {
    let AcceptVariant { method, content_type, body, doc } = variant;
    let (ty, send) = match body {
        ResponseBody::Json(ty) | ResponseBody::Untyped(ty) => {
            (type_tokens(ty, Referrer::Sibling), quote!(json))
        }
        ResponseBody::Text => (quote!(String), quote!(text)),
        ResponseBody::Bytes | ResponseBody::Empty => (quote!(runtime::Bytes), quote!(bytes)),
    };
    let errors = match &operation.errors {
        Some(ResponseEnum { name, .. }) => quote!(#name),
        None => quote!(runtime::NoTypedError),
    };
    quote! {
        #doc
        pub fn #method(self) -> runtime::ResponseFuture<'a, #ty, #errors> {
            self.0.header("Accept", &#content_type).#send()
        }
    }
}

/// ```text
/// /// Returns the error codes that the API documents for this operation.
/// #[must_use]
/// pub const fn error_codes() -> &'static [ErrorCode] {
///     const CODES: &[ErrorCode] = &[ErrorCode::InvalidClientId];
///     CODES
/// }
/// ```
fn error_codes_method(operation: &Operation) -> Option<TokenStream> {
    let codes = operation.error_codes.as_ref()?;
    Some(quote! {
        #[doc = " Returns the error codes that the API documents for this operation."]
        #[must_use]
        pub const fn error_codes() -> &'static [ErrorCode] {
            const CODES: &[ErrorCode] = &[#(ErrorCode::#codes),*];
            CODES
        }
    })
}

fn request_table(operation: &Operation) -> String {
    let output = match &operation.output {
        Output::Json(ty) => format!("json {}", type_text(ty, Referrer::Sibling)),
        Output::Text => "text".to_owned(),
        Output::Bytes => "bytes".to_owned(),
        Output::Events(Some(ty)) => format!("events {}", type_text(ty, Referrer::Sibling)),
        Output::Events(None) => "text_events".to_owned(),
        Output::Empty => "empty".to_owned(),
        Output::OneOf(ok) => format!("one_of {}", ok.name),
    };
    let errors = match &operation.errors {
        Some(errors) => errors.name.to_string(),
        None => "runtime::NoTypedError".to_owned(),
    };
    let pages = pagination::pages_table(operation, &errors).map(|table| format!("\n{table}"));
    let request = format!("runtime::request!({} => {output}, {errors});\n", operation.request);
    request + &pages.unwrap_or_default()
}
