//! Request bodies: the argument, the media types, and the enum where they differ.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::Piece;
use super::style;
use super::tokens::{From, type_text, type_tokens};
use crate::ir::MediaKind;
use crate::plan::{
    Body, BodyEnum, BodyMedia, BodyType, BodyVariant, FieldEncoding, FormField, Name,
};

/// `body: &'a types::Order`, `body: impl Into<runtime::File>`, `body: impl Into<PutOrderBody<'a>>`
pub fn argument(body: &Body) -> TokenStream {
    let name = &body.name;
    match &body.ty {
        BodyType::Value(ty) => {
            let ty = type_tokens(ty, From::Beside);
            quote!(#name: &'a #ty)
        }
        BodyType::Bytes => quote!(#name: impl Into<runtime::File>),
        BodyType::OneOf(item) => {
            let ty = &item.name;
            quote!(#name: impl Into<#ty<'a>>)
        }
    }
}

/// `.body(body)`
pub fn call(body: &Body) -> TokenStream {
    let name = &body.name;
    match &body.ty {
        BodyType::Value(_) => quote!(.body(#name)),
        BodyType::Bytes => quote!(.body_bytes(#name)),
        BodyType::OneOf(item) => {
            let ty = &item.name;
            quote!(.body_in::<#ty<'a>>(#name))
        }
    }
}

/// Whether the request borrows its body.
pub fn borrows(body: &Body) -> bool {
    !matches!(body.ty, BodyType::Bytes)
}

/// `.body(&[runtime::Media::JSON, runtime::Media::FORM])`
pub fn media(body: &Body) -> TokenStream {
    let media = body.media.iter().map(one_media);
    quote!(.body(&[#(#media),*]))
}

fn one_media(media: &BodyMedia) -> TokenStream {
    let BodyMedia { content_type, kind, members } = media;
    let base = match (kind, content_type.as_str()) {
        (MediaKind::Json, "application/json") => quote!(runtime::Media::JSON),
        (MediaKind::Form, "application/x-www-form-urlencoded") => quote!(runtime::Media::FORM),
        (MediaKind::Multipart, "multipart/form-data") => quote!(runtime::Media::MULTIPART),
        (kind, content_type) => {
            let kind = match kind {
                MediaKind::Json => quote!(Json),
                MediaKind::Form => quote!(Form),
                MediaKind::Multipart => quote!(Multipart),
                MediaKind::Text => quote!(Text),
                MediaKind::Bytes | MediaKind::Events => quote!(Bytes),
            };
            quote!(runtime::Media::new(#content_type, runtime::MediaKind::#kind))
        }
    };
    let members = members.iter().map(member);
    match members.len() {
        0 => base,
        _ => quote!(#base.members(&[#(#members),*])),
    }
}

/// `runtime::Member::style("expand", runtime::Style::DEEP_OBJECT)`
fn member(member: &FormField) -> TokenStream {
    let wire = &member.wire;
    match &member.how {
        FieldEncoding::Style { style, explode, allow_reserved } => {
            let style = style::tokens(*style, *explode, *allow_reserved);
            quote!(runtime::Member::style(#wire, #style))
        }
        FieldEncoding::ContentType(content_type) => {
            quote!(runtime::Member::content_type(#wire, #content_type))
        }
    }
}

/// ```text
/// /// The body of [`PutOrder`], in one of its media types. A value alone stands for the first
/// /// variant of its type.
/// #[derive(Debug, Clone)]
/// #[non_exhaustive]
/// pub enum PutOrderBody<'a> {
///     /// `application/json`
///     Json(&'a types::Order),
///     /// `text/csv`
///     TextCsv(runtime::File),
/// }
///
/// runtime::bodies!(PutOrderBody {
///     0 => Json from types::Order,
///     1 => TextCsv from_file,
/// });
/// ```
pub fn choice(item: &BodyEnum, request: &Name) -> Vec<Piece> {
    let name = &item.name;
    let doc = format!(
        " The body of [`{request}`], in one of its media types. A value alone stands for the first"
    );
    let variants = item.variants.iter().map(|BodyVariant { name, value, doc, .. }| match value {
        Some(ty) => {
            let ty = type_tokens(ty, From::Beside);
            quote!(#doc #name(&'a #ty))
        }
        None => quote!(#doc #name(runtime::File)),
    });
    let definition = quote! {
        #[doc = #doc]
        #[doc = " variant of its type."]
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum #name<'a> { #(#variants,)* }
    };
    vec![Piece::Items(definition), Piece::Table(table(item))]
}

fn table(item: &BodyEnum) -> String {
    let mut out = format!("runtime::bodies!({} {{\n", item.name);
    for (index, variant) in item.variants.iter().enumerate() {
        let from = if variant.from { "from" } else { "only" };
        let how = match &variant.value {
            Some(ty) => format!("{from} {}", type_text(ty, From::Beside)),
            None => format!("{from}_file"),
        };
        out.push_str(&format!("    {index} => {} {how},\n", variant.name));
    }
    out.push_str("});\n");
    out
}
