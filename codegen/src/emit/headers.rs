//! Structs of response headers.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{Fragment, literal};
use super::tokens::{Referrer, type_tokens};
use crate::plan::{HeaderField, Headers, Name};

/// ```text
/// /// The headers of the responses to a [`ListPetsRequest`]. Any of them may be missing.
/// #[derive(Debug, Clone, PartialEq)]
/// #[non_exhaustive]
/// pub struct ListPetsHeaders {
///     /// The total number of pets.
///     pub x_total: Option<i64>,
/// }
///
/// runtime::headers!(ListPetsHeaders {
///     one x_total = "X-Total",
/// });
/// ```
pub fn emit(item: &Headers, request: &Name) -> Vec<Fragment> {
    let name = &item.name;
    let doc =
        format!(" The headers of the responses to a [`{request}`]. Any of them may be missing.");
    let fields = item.fields.iter().map(|HeaderField { name, ty, list, doc, .. }| {
        let ty = type_tokens(ty, Referrer::Sibling);
        let ty = if *list { quote!(Vec<#ty>) } else { ty };
        quote!(#doc pub #name: Option<#ty>)
    });
    let definition: TokenStream = quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
    };
    vec![Fragment::Items(definition), Fragment::Table(table(item))]
}

fn table(item: &Headers) -> String {
    let mut out = format!("runtime::headers!({} {{\n", item.name);
    for HeaderField { name, wire, list, .. } in &item.fields {
        let kind = if *list { "list" } else { "one" };
        out.push_str(&format!("    {kind} {name} = {},\n", literal(wire)));
    }
    out.push_str("});\n");
    out
}
