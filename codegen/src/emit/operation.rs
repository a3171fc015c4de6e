//! Operations: the static that describes one, the client's method, the request.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::print::Piece;
use super::tokens::{From, type_text, type_tokens};
use super::{body, headers, limits, pagination, responses, signing, style};
use crate::ir::{Method, ParameterIn, Status, Style};
use crate::plan::{
    AcceptVariant, Argument, BodyType, Content, DocText, Operation, Output, ResponseBody,
    ResponseEnum, RustType, inline_code,
};

/// Everything of one operation, its enums of responses included.
///
/// `split`: whether operations stand in a folder, so that what is for the module stands one deeper.
pub fn emit(operation: &Operation, split: bool, example: &DocText) -> Vec<Piece> {
    let Operation { request, errors, .. } = operation;
    let mut pieces = vec![
        Piece::Items(description(operation, split)),
        Piece::Items(method(operation, example)),
        Piece::Items(request_type(operation)),
        Piece::Table(table(operation)),
    ];
    if !operation.limits.is_empty() {
        pieces.push(Piece::Table(limits::of_operation(request, &operation.limits)));
    }
    pieces.extend(operation.headers.iter().flat_map(|item| headers::emit(item, request)));
    if let Some(BodyType::OneOf(item)) = operation.body.as_ref().map(|body| &body.ty) {
        pieces.extend(body::choice(item, request));
    }
    if let Output::OneOf(ok) = &operation.output {
        let doc = DocText(vec![format!("ResponseEnum of [`{request}`], by status.")]);
        pieces.extend(responses::emit(ok, &doc));
    }
    if let Some(errors) = errors {
        let doc = DocText(vec![format!("Errors of [`{request}`], by status.")]);
        pieces.extend(responses::emit(errors, &doc));
    }
    pieces
}

/// ```text
/// static POST_OAUTH_TOKEN: runtime::Operation =
///     runtime::Operation::new("post_oauth_token", runtime::Method::Post, "/oauth/token")
///         .accept("application/json")
///         .media(&[runtime::Media::json("application/json")])
///         .success(&[runtime::Status::Code(200)]);
/// ```
fn description(operation: &Operation, split: bool) -> TokenStream {
    let Operation { constant, template, .. } = operation;
    let name = operation.method.as_str().trim_start_matches("r#");
    let http = method_ident(operation.http);
    let accept = operation.accept.as_ref().map(|text| quote!(.accept(#text)));
    let media = operation.body.as_ref().map(body::media);
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
    let computed = signing::operation(operation);
    let security = security(operation);
    let request = &operation.request;
    let limits = (!operation.limits.is_empty()).then(|| quote!(.limits(#request::LIMITS)));
    let visible = match (operation.gives_token, split) {
        (false, _) => quote!(),
        (true, false) => quote!(pub(super)),
        (true, true) => quote!(pub(in super::super)),
    };
    quote! {
        #visible static #constant: runtime::Operation =
            runtime::Operation::new(#name, runtime::Method::#http, #template)
                #accept #media #success #computed #security #limits;
    }
}

/// `.security(&[&[&auth::ID, &auth::SECRET], &[]]).server(&client::VAULT_SERVER)`
fn security(operation: &Operation) -> TokenStream {
    let security = (!operation.security.is_empty()).then(|| {
        let all = operation.security.iter().map(|all| quote!(&[#(&auth::#all),*]));
        quote!(.security(&[#(#all),*]))
    });
    let server = operation.server.as_ref().map(|server| quote!(.server(&client::#server)));
    quote!(#security #server)
}

/// `Post`
pub fn method_ident(method: Method) -> Ident {
    let word = match method {
        Method::Delete => "Delete",
        Method::Get => "Get",
        Method::Head => "Head",
        Method::Options => "Options",
        Method::Patch => "Patch",
        Method::Post => "Post",
        Method::Put => "Put",
        Method::Trace => "Trace",
    };
    Ident::new(word, Span::call_site())
}

/// ```text
/// impl Client {
///     /// Requests an access token.
///     pub fn post_oauth_token<'a>(&'a self, body: &'a types::OauthTokenBody) -> PostOauthToken<'a> {
///         PostOauthToken(runtime::Call::new(&self.core, &POST_OAUTH_TOKEN).body(body))
///     }
/// }
/// ```
fn method(operation: &Operation, example: &DocText) -> TokenStream {
    let Operation { constant, request, method, doc, .. } = operation;
    let deprecated = operation
        .deprecated
        .then(|| quote!(#[deprecated = "the API calls this operation deprecated"]));
    let arguments = operation.arguments.iter().map(|argument| {
        let ty = argument_type(&argument.ty);
        let name = &argument.name;
        quote!(#name: #ty)
    });
    let required_body = operation.body.as_ref().filter(|b| b.required);
    let body_argument = required_body.map(body::argument);
    let arguments: Vec<TokenStream> = arguments.chain(body_argument).collect();
    let crowded = (arguments.len() > 6).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the API requires each of them")]),
    );
    let calls = operation.arguments.iter().map(set);
    let body = required_body.map(body::call);
    let borrows = required_body.is_some_and(body::borrows);
    let docs = argument_docs(&operation.arguments);
    let (generics, receiver, lifetime) = if borrows {
        (quote!(<'a>), quote!(&'a self), quote!('a))
    } else {
        (quote!(), quote!(&self), quote!('_))
    };
    quote! {
        impl Client {
            #doc
            #docs
            #example
            #deprecated
            #crowded
            pub fn #method #generics(#receiver, #(#arguments),*) -> #request<#lifetime> {
                #request(runtime::Call::new(&self.core, &#constant) #(#calls)* #body)
            }
        }
    }
}

/// A list of what each argument is, where the description says anything.
fn argument_docs(arguments: &[Argument]) -> DocText {
    let mut lines = Vec::new();
    for argument in arguments.iter().filter(|a| !a.doc.0.is_empty()) {
        let words: Vec<&str> =
            argument.doc.0.iter().take_while(|l| !l.is_empty()).map(String::as_str).collect();
        lines.push(format!("- `{}`: {}", argument.name, words.join("\n  ")));
    }
    if lines.is_empty() {
        return DocText::default();
    }
    let lines = lines.join("\n");
    let mut out = vec![String::new(), "# Arguments".to_owned(), String::new()];
    out.extend(lines.lines().map(str::to_owned));
    DocText(out)
}

fn argument_type(ty: &RustType) -> TokenStream {
    match ty {
        RustType::Plain("String") => quote!(&str),
        RustType::List(inner) => {
            let inner = type_tokens(inner, From::Beside);
            quote!(&[#inner])
        }
        ty if ty.is_copy() => type_tokens(ty, From::Beside),
        ty => {
            let ty = type_tokens(ty, From::Beside);
            quote!(&#ty)
        }
    }
}

/// `.header("Signature", &signature)`, with the style where it is not the location's own.
fn set(argument: &Argument) -> TokenStream {
    let Argument { name, wire, location, .. } = argument;
    let value = match argument.ty {
        RustType::List(_) => quote!(&runtime::List(#name)),
        _ => quote!(&#name),
    };
    let style = style(argument);
    let plain = argument.content.is_none() && argument.style == Style::Simple && !argument.explode;
    match location {
        ParameterIn::Path if plain => quote!(.path(#wire, #value)),
        ParameterIn::Path => quote!(.path_as(#wire, #value, #style)),
        ParameterIn::Query => quote!(.query(#wire, #value, #style)),
        ParameterIn::Header if plain => quote!(.header(#wire, #value)),
        ParameterIn::Header => quote!(.header_as(#wire, #value, #style)),
        ParameterIn::Cookie => quote!(.cookie(#wire, #value, #style)),
    }
}

fn style(argument: &Argument) -> TokenStream {
    match argument.content {
        Some(Content::Json) => quote!(runtime::Style::JSON),
        Some(Content::Form) => quote!(runtime::Style::URLENCODED),
        None => style::tokens(argument.style, argument.explode, argument.allow_reserved),
    }
}

/// ```text
/// /// A request of [`Client::post_oauth_token`].
/// #[derive(Debug)]
/// #[must_use = "a request is sent when it is awaited"]
/// pub struct PostOauthToken<'a>(runtime::Call<'a>);
///
/// impl PostOauthToken<'_> {
///     /// Sends the body as a form.
///     pub fn as_form(self) -> Self { Self(self.0.media(1)) }
/// }
/// ```
fn request_type(operation: &Operation) -> TokenStream {
    let Operation { request, method, .. } = operation;
    let headers = operation.headers.iter().map(|headers| &headers.name);
    let headers = headers.map(|name| format!(" The headers of its responses are [`{name}`]."));
    let headers: String = headers.collect();
    let doc = format!(" A request of [`Client::{method}`].{headers}");
    let options = operation.options.iter().map(option);
    let choices = operation.body.iter().flat_map(|b| &b.choices).map(|(name, index, doc)| {
        let index = proc_macro2::Literal::usize_unsuffixed(*index);
        quote! {
            #doc
            pub fn #name(self) -> Self { Self(self.0.media(#index)) }
        }
    });
    let optional_body = operation.body.as_ref().filter(|b| !b.required).map(|body| {
        let argument = body::argument(body);
        let call = body::call(body);
        quote! {
            #[doc = " Adds the body, which the API does not require."]
            pub fn body(self, #argument) -> Self { Self(self.0 #call) }
        }
    });
    let has_lifetime = !operation.accept_variants.is_empty()
        || operation.body.as_ref().is_some_and(|b| !b.required && body::borrows(b));
    let key = signing::request_method(operation);
    let codes = error_codes(operation);
    let asked = operation.accept_variants.iter().map(|asked| self::asked(operation, asked));
    let methods: Vec<TokenStream> =
        options.chain(key).chain(choices).chain(optional_body).chain(asked).chain(codes).collect();
    let (generics, lifetime) =
        if has_lifetime { (quote!(<'a>), quote!('a)) } else { (quote!(), quote!('_)) };
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
/// /// Sends the request and asks for the response as `text/csv`.
/// pub fn send_for_text_csv(self) -> runtime::ResponseFuture<'a, String, ListOrdersError> {
///     self.0.header("Accept", &"text/csv").text()
/// }
/// ```
fn asked(operation: &Operation, asked: &AcceptVariant) -> TokenStream {
    let AcceptVariant { method, content_type, body, doc } = asked;
    let (ty, send) = match body {
        ResponseBody::Json(ty) | ResponseBody::Untyped(ty) => {
            (type_tokens(ty, From::Beside), quote!(json))
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
/// /// The vendor's codes that the description names for its errors.
/// #[must_use]
/// pub const fn error_codes() -> &'static [ErrorCode] {
///     const CODES: &[ErrorCode] = &[ErrorCode::InvalidClientId];
///     CODES
/// }
/// ```
fn error_codes(operation: &Operation) -> Option<TokenStream> {
    let codes = operation.error_codes.as_ref()?;
    Some(quote! {
        #[doc = " The vendor's codes that the description names for its errors."]
        #[must_use]
        pub const fn error_codes() -> &'static [ErrorCode] {
            const CODES: &[ErrorCode] = &[#(ErrorCode::#codes),*];
            CODES
        }
    })
}

fn option(argument: &Argument) -> TokenStream {
    let Argument { name, doc, wire, .. } = argument;
    let ty = argument_type(&argument.ty);
    let set = set(argument);
    let fallback = doc.0.is_empty().then(|| {
        let words = format!(" Sets {}.", inline_code(wire));
        quote!(#[doc = #words])
    });
    quote! {
        #doc
        #fallback
        pub fn #name(self, #name: #ty) -> Self { Self(self.0 #set) }
    }
}

fn table(operation: &Operation) -> String {
    let output = match &operation.output {
        Output::Json(ty) => format!("json {}", type_text(ty, From::Beside)),
        Output::Text => "text".to_owned(),
        Output::Bytes => "bytes".to_owned(),
        Output::Events(Some(ty)) => format!("events {}", type_text(ty, From::Beside)),
        Output::Events(None) => "text_events".to_owned(),
        Output::Empty => "empty".to_owned(),
        Output::OneOf(ok) => format!("one_of {}", ok.name),
    };
    let errors = match &operation.errors {
        Some(errors) => errors.name.to_string(),
        None => "runtime::NoTypedError".to_owned(),
    };
    let pages = pagination::table(operation, &errors).map(|table| format!("\n{table}"));
    let request = format!("runtime::request!({} => {output}, {errors});\n", operation.request);
    request + &pages.unwrap_or_default()
}
