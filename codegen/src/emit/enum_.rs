//! Open enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{Piece, literal};
use crate::plan::{DocText, Enum, EnumValues, Name};

/// ```text
/// /// How a call ended.
/// #[derive(Debug, Clone, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Status {
///     /// `ok`
///     Ok,
///     /// A value that the description does not list.
///     Unknown(String),
/// }
///
/// runtime::open_enum!(Status { Ok = "ok" });
/// ```
///
/// It has no order: that of the variants is the description's to change.
pub fn emit(item: &Enum) -> Vec<Piece> {
    match &item.values {
        EnumValues::Text(values) => text(&item.name, &item.doc, &item.other, values, item.any),
        EnumValues::Integer(values) => {
            let rows: Vec<(&Name, String)> =
                values.iter().map(|(name, n, _)| (name, n.to_string())).collect();
            let variants: Vec<(&Name, &DocText)> =
                values.iter().map(|(name, _, doc)| (name, doc)).collect();
            vec![
                Piece::Items(definition(
                    &item.name,
                    &item.doc,
                    &item.other,
                    &variants,
                    &quote!(i64),
                )),
                Piece::Table(table(&item.name, Some("i64"), &item.other, &rows, item.any)),
            ]
        }
    }
}

/// The same for an enum of text, given by its parts: error codes are one too.
pub fn text(
    name: &Name,
    doc: &DocText,
    other: &Name,
    values: &[(Name, String, DocText)],
    any: bool,
) -> Vec<Piece> {
    let rows: Vec<(&Name, String)> =
        values.iter().map(|(name, wire, _)| (name, literal(wire))).collect();
    let variants: Vec<(&Name, &DocText)> =
        values.iter().map(|(name, _, doc)| (name, doc)).collect();
    vec![
        Piece::Items(definition(name, doc, other, &variants, &quote!(String))),
        Piece::Table(table(name, None, other, &rows, any)),
    ]
}

fn definition(
    name: &Name,
    doc: &DocText,
    other: &Name,
    variants: &[(&Name, &DocText)],
    repr: &TokenStream,
) -> TokenStream {
    let variants = variants.iter().map(|(name, doc)| quote!(#doc #name));
    quote! {
        #doc
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the description does not list."]
            #other(#repr),
        }
    }
}

fn table(
    name: &Name,
    repr: Option<&str>,
    other: &Name,
    rows: &[(&Name, String)],
    any: bool,
) -> String {
    let repr = repr.map(|r| format!(": {r}")).unwrap_or_default();
    let other =
        if other.as_str() == "Unknown" { String::new() } else { format!(", other: {other}") };
    let mut out = format!("runtime::open_enum!({name}{repr}{other} {{\n");
    for (variant, wire) in rows {
        out.push_str(&format!("    {variant} = {wire},\n"));
    }
    out.push_str(if any { "}, any);\n" } else { "});\n" });
    out
}
