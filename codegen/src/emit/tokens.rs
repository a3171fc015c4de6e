//! Leaves that know their own punctuation.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::plan::{DocText, Name, RustType};

impl ToTokens for Name {
    /// `access_token`, `r#type`
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = match self.as_str().strip_prefix("r#") {
            Some(raw) => Ident::new_raw(raw, Span::call_site()),
            None => Ident::new(self.as_str(), Span::call_site()),
        };
        ident.to_tokens(tokens);
    }
}

impl ToTokens for DocText {
    /// `#[doc = " A line."]` for each line, which prints as `/// A line.`
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in &self.0 {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #line]));
        }
    }
}

/// Where a type is named from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// The `types` module itself.
    Types,
    /// A module beside it.
    Beside,
}

/// `ty` in the text of a table.
pub fn type_text(ty: &RustType, from: From) -> String {
    match ty {
        RustType::Plain(name) => (*name).to_owned(),
        RustType::Runtime(name) => format!("runtime::{name}"),
        RustType::Named(name) if from == From::Types => name.to_string(),
        RustType::Named(name) => format!("types::{name}"),
        RustType::List(inner) => format!("Vec<{}>", type_text(inner, from)),
        RustType::Map(inner) => format!("runtime::Map<{}>", type_text(inner, from)),
        RustType::Option(inner) => format!("Option<{}>", type_text(inner, from)),
        RustType::Boxed(inner) => format!("Box<{}>", type_text(inner, from)),
    }
}

/// `ty` as tokens.
pub fn type_tokens(ty: &RustType, from: From) -> TokenStream {
    let ident = |name: &str| Ident::new(name, Span::call_site());
    match ty {
        RustType::Plain(name) => ident(name).to_token_stream(),
        RustType::Runtime(name) => {
            let name = ident(name);
            quote!(runtime::#name)
        }
        RustType::Named(name) if from == From::Types => quote!(#name),
        RustType::Named(name) => quote!(types::#name),
        RustType::List(inner) => {
            let inner = type_tokens(inner, from);
            quote!(Vec<#inner>)
        }
        RustType::Map(inner) => {
            let inner = type_tokens(inner, from);
            quote!(runtime::Map<#inner>)
        }
        RustType::Option(inner) => {
            let inner = type_tokens(inner, from);
            quote!(Option<#inner>)
        }
        RustType::Boxed(inner) => {
            let inner = type_tokens(inner, from);
            quote!(Box<#inner>)
        }
    }
}

/// The type of an argument that becomes a value of `ty`, and how: `impl Into<String>`, `.into()`.
pub fn argument(name: &Name, ty: &RustType, from: From) -> (TokenStream, TokenStream) {
    let tokens = type_tokens(ty, from);
    match ty {
        RustType::Plain("String")
        | RustType::Runtime("Secret" | "Bytes" | "Base64" | "File")
        | RustType::Boxed(_) => (quote!(impl Into<#tokens>), quote!(#name.into())),
        _ => (tokens, quote!(#name)),
    }
}
