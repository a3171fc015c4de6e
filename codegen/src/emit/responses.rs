//! Enums of responses by status: errors, and successes if there are several.

use quote::quote;

use super::print::{Fragment, literal};
use super::tokens::{Referrer, type_text, type_tokens};
use crate::ir::Status;
use crate::plan::{DocText, Name, ResponseBody, ResponseEnum, ResponseVariant};

/// ```text
/// /// The error responses to a [`PostOauthTokenRequest`], by status.
/// #[derive(Debug, Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum PostOauthTokenError {
///     /// 400: invalid request.
///     BadRequest(types::ErrorResponse),
///     /// Any other status.
///     Default(types::ErrorResponse),
/// }
///
/// runtime::responses!(PostOauthTokenError {
///     code 400 => BadRequest json types::ErrorResponse,
///     default => Default json types::ErrorResponse,
/// }, code at "error_code": ErrorCode, message at "message");
/// ```
pub fn emit(item: &ResponseEnum, doc: &DocText) -> Vec<Fragment> {
    let ResponseEnum { name, .. } = item;
    let variants = item.variants.iter().map(|ResponseVariant { name, body, doc, .. }| {
        let payload = match body {
            ResponseBody::Json(ty) => {
                let ty = type_tokens(ty, Referrer::Sibling);
                quote!((#ty))
            }
            ResponseBody::Untyped(ty) => {
                let ty = type_tokens(ty, Referrer::Sibling);
                quote!((runtime::Untyped<#ty>))
            }
            ResponseBody::Text => quote!((String)),
            ResponseBody::Bytes => quote!((runtime::Bytes)),
            ResponseBody::Empty => quote!(),
        };
        quote!(#doc #name #payload)
    });
    let definition = quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    };
    vec![Fragment::Items(definition), Fragment::Table(table(item))]
}

/// Emits an enum of errors that several operations share.
pub fn emit_shared(item: &ResponseEnum) -> Vec<Fragment> {
    let doc = DocText(vec!["Error responses of several operations, by status.".to_owned()]);
    emit(item, &doc)
}

/// ```text
/// /// The error responses to a [`GetOrderRequest`], by status.
/// ///
/// /// - `NotFound`: 404: the order does not exist
/// pub type GetOrderError = errors::ApiError;
/// ```
pub fn alias(item: &ResponseEnum, shared: &Name, request: &Name) -> Fragment {
    let ResponseEnum { name, variants, .. } = item;
    let mut lines = Vec::new();
    for ResponseVariant { name, doc, .. } in variants.iter().filter(|it| it.has_description) {
        let text = doc.0.join("\n  ");
        lines.extend(format!("- `{name}`: {text}").lines().map(|line| line.trim_end().to_owned()));
    }
    if !lines.is_empty() {
        lines.insert(0, String::new());
    }
    lines.insert(0, format!("The error responses to a [`{request}`], by status."));
    let doc = DocText(lines);
    Fragment::Items(quote!(#doc pub type #name = errors::#shared;))
}

fn table(item: &ResponseEnum) -> String {
    let mut out = format!("runtime::responses!({} {{\n", item.name);
    for variant in &item.variants {
        let status = match variant.status {
            Status::Code(code) => format!("code {code}"),
            Status::Range(digit) => format!("range {digit}"),
            Status::Default => "default".to_owned(),
        };
        let body = match &variant.body {
            ResponseBody::Json(ty) => format!(" json {}", type_text(ty, Referrer::Sibling)),
            ResponseBody::Untyped(ty) => {
                format!(" json runtime::Untyped<{}>", type_text(ty, Referrer::Sibling))
            }
            ResponseBody::Text => " text".to_owned(),
            ResponseBody::Bytes => " bytes".to_owned(),
            ResponseBody::Empty => String::new(),
        };
        out.push_str(&format!("    {status} => {}{body},\n", variant.name));
    }
    out.push('}');
    let known = if item.has_known_codes { ": ErrorCode" } else { "" };
    if let Some(locations) = &item.code_at {
        out.push_str(&format!(", code at{}{known}", location_list(locations)));
    }
    if let Some(locations) = &item.message_at {
        out.push_str(&format!(", message at{}", location_list(locations)));
    }
    out + ");\n"
}

/// ` "code" | "/error/code"`
fn location_list(locations: &[String]) -> String {
    let literals: Vec<String> = locations.iter().map(|it| format!(" {}", literal(it))).collect();
    literals.join(" |")
}
