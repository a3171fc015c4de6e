//! Structs of the headers that responds declare.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::{Piece, literal};
use super::tokens::{From, type_tokens};
use crate::plan::{HeaderField, Headers, Name};

/// ```text
/// /// Headers of the responses of [`ListPets`]; any of them may be missing.
/// #[derive(Debug, Clone, PartialEq)]
/// #[non_exhaustive]
/// pub struct ListPetsHeaders {
///     /// How many there are.
///     pub x_total: Option<i64>,
/// }
///
/// runtime::headers!(ListPetsHeaders {
///     one x_total = "X-Total",
/// });
/// ```
pub fn emit(item: &Headers, request: &Name) -> Vec<Piece> {
    let name = &item.name;
    let doc = format!(" Headers of the responses of [`{request}`]; any of them may be missing.");
    let fields = item.fields.iter().map(|HeaderField { name, ty, list, doc, .. }| {
        let ty = type_tokens(ty, From::Beside);
        let ty = if *list { quote!(Vec<#ty>) } else { ty };
        quote!(#doc pub #name: Option<#ty>)
    });
    let definition: TokenStream = quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct #name { #(#fields),* }
    };
    vec![Piece::Items(definition), Piece::Table(table(item))]
}

fn table(item: &Headers) -> String {
    let mut out = format!("runtime::headers!({} {{\n", item.name);
    for HeaderField { name, wire, list, .. } in &item.fields {
        let how = if *list { "list" } else { "one" };
        out.push_str(&format!("    {how} {name} = {},\n", literal(wire)));
    }
    out.push_str("});\n");
    out
}
