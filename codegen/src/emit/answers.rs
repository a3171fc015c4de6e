//! Enums of answers by status: errors, and successes where there are several.

use quote::quote;

use super::print::{Piece, literal};
use super::tokens::{From, type_text, type_tokens};
use crate::ir::Status;
use crate::plan::{AnswerBody, AnswerVariant, Answers, DocText};

/// ```text
/// /// Errors of [`PostOauthToken`], by status.
/// #[derive(Debug, Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum PostOauthTokenError {
///     /// 400: invalid request.
///     BadRequest(types::ErrorResponse),
///     /// Any other status.
///     Default(types::ErrorResponse),
/// }
///
/// runtime::answers!(PostOauthTokenError {
///     code 400 => BadRequest json types::ErrorResponse,
///     default => Default json types::ErrorResponse,
/// }, code at "error_code": ErrorCode);
/// ```
pub fn emit(item: &Answers, doc: &DocText) -> Vec<Piece> {
    let Answers { name, .. } = item;
    let variants = item.variants.iter().map(|AnswerVariant { name, body, doc, .. }| {
        let payload = match body {
            AnswerBody::Json(ty) => {
                let ty = type_tokens(ty, From::Beside);
                quote!((#ty))
            }
            AnswerBody::Untyped(ty) => {
                let ty = type_tokens(ty, From::Beside);
                quote!((runtime::Untyped<#ty>))
            }
            AnswerBody::Text => quote!((String)),
            AnswerBody::Bytes => quote!((runtime::Bytes)),
            AnswerBody::Empty => quote!(),
        };
        quote!(#doc #name #payload)
    });
    let definition = quote! {
        #doc
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    };
    vec![Piece::Items(definition), Piece::Table(table(item))]
}

fn table(item: &Answers) -> String {
    let mut out = format!("runtime::answers!({} {{\n", item.name);
    for variant in &item.variants {
        let status = match variant.status {
            Status::Code(code) => format!("code {code}"),
            Status::Range(digit) => format!("range {digit}"),
            Status::Default => "default".to_owned(),
        };
        let body = match &variant.body {
            AnswerBody::Json(ty) => format!(" json {}", type_text(ty, From::Beside)),
            AnswerBody::Untyped(ty) => {
                format!(" json runtime::Untyped<{}>", type_text(ty, From::Beside))
            }
            AnswerBody::Text => " text".to_owned(),
            AnswerBody::Bytes => " bytes".to_owned(),
            AnswerBody::Empty => String::new(),
        };
        out.push_str(&format!("    {status} => {}{body},\n", variant.name));
    }
    let places: Vec<String> = item.code_at.iter().map(|at| literal(at)).collect();
    match places.is_empty() {
        false => out.push_str(&format!("}}, code at {}: ErrorCode);\n", places.join(" | "))),
        true => out.push_str("});\n"),
    }
    out
}
