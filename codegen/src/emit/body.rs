//! Request bodies: the argument, the media types, and the enum for media types with different types.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::Fragment;
use super::style;
use super::tokens::{Referrer, type_text, type_tokens};
use crate::ir::MediaKind;
use crate::plan::{
    Body, BodyEnum, BodyMedia, BodyType, BodyVariant, FieldEncoding, FormField, Name,
};

/// `body: &'a types::Order`, `body: impl Into<runtime::File>`, `body: impl Into<PutOrderBody<'a>>`
pub fn body_argument(body: &Body) -> TokenStream {
    let name = &body.name;
    match &body.ty {
        BodyType::Value(ty) => {
            let ty = type_tokens(ty, Referrer::Sibling);
            quote!(#name: &'a #ty)
        }
        BodyType::Bytes => quote!(#name: impl Into<runtime::File>),
        BodyType::Empty => TokenStream::new(),
        BodyType::OneOf(item) => {
            let ty = &item.name;
            quote!(#name: impl Into<#ty<'a>>)
        }
    }
}

/// `.body(body)`
pub fn body_call(body: &Body) -> TokenStream {
    let name = &body.name;
    match &body.ty {
        BodyType::Value(_) => quote!(.body(#name)),
        BodyType::Bytes => quote!(.body_bytes(#name)),
        BodyType::Empty => quote!(.empty_body()),
        BodyType::OneOf(item) => {
            let ty = &item.name;
            quote!(.body_in::<#ty<'a>>(#name))
        }
    }
}

/// `.body(&[runtime::Media::JSON, runtime::Media::FORM])`
pub fn media_types(body: &Body) -> TokenStream {
    let media = body.media.iter().map(media_type);
    quote!(.body(&[#(#media),*]))
}

fn media_type(media: &BodyMedia) -> TokenStream {
    let BodyMedia { content_type, kind, fields } = media;
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
    let fields = fields.iter().map(form_field);
    match fields.len() {
        0 => base,
        _ => quote!(#base.fields(&[#(#fields),*])),
    }
}

/// `runtime::FormField::style("expand", runtime::Style::DEEP_OBJECT)`
fn form_field(field: &FormField) -> TokenStream {
    let wire = &field.wire;
    match &field.encoding {
        FieldEncoding::Style { style, explode, allow_reserved } => {
            let style = style::style_tokens(*style, *explode, *allow_reserved);
            quote!(runtime::FormField::style(#wire, #style))
        }
        FieldEncoding::ContentType(content_type) => {
            quote!(runtime::FormField::content_type(#wire, #content_type))
        }
    }
}

/// ```text
/// /// The body of a [`PutOrderRequest`], in one of its media types. A value converts into the first
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
pub fn body_enum(item: &BodyEnum, request: &Name) -> Vec<Fragment> {
    let name = &item.name;
    let doc = format!(
        " The body of a [`{request}`], in one of its media types. A value converts into the first"
    );
    let variants = item.variants.iter().map(|BodyVariant { name, value, doc, .. }| match value {
        Some(ty) => {
            let ty = type_tokens(ty, Referrer::Sibling);
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
    vec![Fragment::Items(definition), Fragment::Table(table(item))]
}

fn table(item: &BodyEnum) -> String {
    let mut out = format!("runtime::bodies!({} {{\n", item.name);
    for (index, variant) in item.variants.iter().enumerate() {
        let from = if variant.from { "from" } else { "only" };
        let conversion = match &variant.value {
            Some(ty) => format!("{from} {}", type_text(ty, Referrer::Sibling)),
            None => format!("{from}_file"),
        };
        out.push_str(&format!("    {index} => {} {conversion},\n", variant.name));
    }
    out.push_str("});\n");
    out
}
