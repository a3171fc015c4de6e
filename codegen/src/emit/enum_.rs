//! Open enums.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{Fragment, literal};
use crate::plan::{DocText, Enum, EnumValues, Name};

/// ```text
/// /// How a call ended.
/// #[derive(Debug, Clone, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Status {
///     /// `ok`
///     Ok,
///     /// Any other value.
///     Unknown(String),
/// }
///
/// runtime::open_enum!(Status { Ok = "ok" });
/// ```
///
/// It does not derive `Ord`, since the document can change the order of the variants.
pub fn emit(item: &Enum) -> Vec<Fragment> {
    match &item.values {
        EnumValues::String(values) => {
            string_enum(&item.name, &item.doc, &item.other, values, item.allows_other)
        }
        EnumValues::Integer(values) => {
            let rows: Vec<(&Name, String)> =
                values.iter().map(|(name, n, _)| (name, n.to_string())).collect();
            let variants: Vec<(&Name, &DocText)> =
                values.iter().map(|(name, _, doc)| (name, doc)).collect();
            vec![
                Fragment::Items(definition(
                    &item.name,
                    &item.doc,
                    &item.other,
                    &variants,
                    &quote!(i64),
                )),
                Fragment::Table(table(
                    &item.name,
                    Some("i64"),
                    &item.other,
                    &rows,
                    item.allows_other,
                )),
            ]
        }
    }
}

/// Emits an enum of strings, such as the error codes.
pub fn string_enum(
    name: &Name,
    doc: &DocText,
    other: &Name,
    values: &[(Name, String, DocText)],
    allows_other: bool,
) -> Vec<Fragment> {
    let rows: Vec<(&Name, String)> =
        values.iter().map(|(name, wire, _)| (name, literal(wire))).collect();
    let variants: Vec<(&Name, &DocText)> =
        values.iter().map(|(name, _, doc)| (name, doc)).collect();
    vec![
        Fragment::Items(definition(name, doc, other, &variants, &quote!(String))),
        Fragment::Table(table(name, None, other, &rows, allows_other)),
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
            #[doc = " Any other value."]
            #other(#repr),
        }
    }
}

fn table(
    name: &Name,
    repr: Option<&str>,
    other: &Name,
    rows: &[(&Name, String)],
    allows_other: bool,
) -> String {
    let repr = repr.map(|r| format!(": {r}")).unwrap_or_default();
    let other =
        if other.as_str() == "Unknown" { String::new() } else { format!(", other: {other}") };
    let mut out = format!("runtime::open_enum!({name}{repr}{other} {{\n");
    for (variant, wire) in rows {
        out.push_str(&format!("    {variant} = {wire},\n"));
    }
    out.push_str(if allows_other { "}, any);\n" } else { "});\n" });
    out
}
