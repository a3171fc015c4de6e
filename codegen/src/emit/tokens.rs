//! Tokens of identifiers, doc comments and types.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::method::Method;
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
    /// `#[doc = " A line."]` for each line, which is printed as `/// A line.`
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in &self.0 {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            tokens.extend(quote!(#[doc = #line]));
        }
    }
}

/// `Post`
pub fn method_ident(method: Method) -> Ident {
    let variant = match method {
        Method::Delete => "Delete",
        Method::Get => "Get",
        Method::Head => "Head",
        Method::Options => "Options",
        Method::Patch => "Patch",
        Method::Post => "Post",
        Method::Put => "Put",
        Method::Trace => "Trace",
    };
    Ident::new(variant, Span::call_site())
}

/// The module that refers to a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Referrer {
    /// The `types` module itself.
    Types,
    /// A sibling of the `types` module.
    Sibling,
}

/// Returns the path of a type as text, for tables.
pub fn type_text(ty: &RustType, referrer: Referrer) -> String {
    match ty {
        RustType::Plain(name) => (*name).to_owned(),
        RustType::Runtime(name) => format!("runtime::{name}"),
        RustType::Named(name) if referrer == Referrer::Types => name.to_string(),
        RustType::Named(name) => format!("types::{name}"),
        RustType::List(inner) => format!("Vec<{}>", type_text(inner, referrer)),
        RustType::Map(inner) => format!("runtime::Map<{}>", type_text(inner, referrer)),
        RustType::Option(inner) => format!("Option<{}>", type_text(inner, referrer)),
        RustType::Boxed(inner) => format!("Box<{}>", type_text(inner, referrer)),
    }
}

/// Returns the path of a type as tokens.
pub fn type_tokens(ty: &RustType, referrer: Referrer) -> TokenStream {
    let ident = |name: &str| Ident::new(name, Span::call_site());
    match ty {
        RustType::Plain(name) => ident(name).to_token_stream(),
        RustType::Runtime(name) => {
            let name = ident(name);
            quote!(runtime::#name)
        }
        RustType::Named(name) if referrer == Referrer::Types => quote!(#name),
        RustType::Named(name) => quote!(types::#name),
        RustType::List(inner) => {
            let inner = type_tokens(inner, referrer);
            quote!(Vec<#inner>)
        }
        RustType::Map(inner) => {
            let inner = type_tokens(inner, referrer);
            quote!(runtime::Map<#inner>)
        }
        RustType::Option(inner) => {
            let inner = type_tokens(inner, referrer);
            quote!(Option<#inner>)
        }
        RustType::Boxed(inner) => {
            let inner = type_tokens(inner, referrer);
            quote!(Box<#inner>)
        }
    }
}

/// Returns the type of an argument for a value of `ty`, and the conversion into it: `impl Into<String>`
/// and `name.into()`.
pub fn argument(name: &Name, ty: &RustType, referrer: Referrer) -> (TokenStream, TokenStream) {
    let tokens = type_tokens(ty, referrer);
    match ty {
        RustType::Plain("String")
        | RustType::Runtime("Secret" | "Bytes" | "Base64" | "File")
        | RustType::Boxed(_) => (quote!(impl Into<#tokens>), quote!(#name.into())),
        _ => (tokens, quote!(#name)),
    }
}
