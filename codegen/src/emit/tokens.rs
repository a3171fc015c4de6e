//! Tokens of identifiers, doc comments and types.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::method::Method;
use crate::plan::{DocText, Name, RustType, TypeForm, format_type};

impl ToTokens for Name {
    /// `access_token`, `r#type`
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let new = if self.is_raw() { Ident::new_raw } else { Ident::new };
        let ident = new(self.as_str(), Span::call_site());
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

/// The module that refers to a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Referrer {
    /// The `types` module itself.
    Types,
    /// A sibling of the `types` module.
    Sibling,
}

/// Returns the path of a type as text.
pub fn type_text(ty: &RustType, referrer: Referrer) -> String {
    let path = match ty {
        RustType::Bool => "bool",
        RustType::I32 => "i32",
        RustType::I64 => "i64",
        RustType::U64 => "u64",
        RustType::F64 => "f64",
        RustType::Decimal => "runtime::Decimal",
        RustType::UnixTime => "runtime::UnixTime",
        RustType::DecimalString => "runtime::DecimalString",
        RustType::String => "String",
        RustType::Secret => "runtime::Secret",
        RustType::Format(format) => return format!("runtime::{}", format_type(*format)),
        RustType::Base64 => "runtime::Base64",
        RustType::Bytes => "runtime::Bytes",
        RustType::File => "runtime::File",
        RustType::Json => "runtime::Json",
        RustType::Value => "runtime::Value",
        RustType::Named(name) if referrer == Referrer::Types => return name.to_string(),
        RustType::Named(name) => return format!("types::{name}"),
        RustType::Parameter(name) => return name.to_string(),
        RustType::List(inner) => return format!("Vec<{}>", type_text(inner, referrer)),
        RustType::Map(inner) => return format!("runtime::Map<{}>", type_text(inner, referrer)),
        RustType::Option(inner) => return format!("Option<{}>", type_text(inner, referrer)),
        RustType::Boxed(inner) => return format!("Box<{}>", type_text(inner, referrer)),
    };
    path.to_owned()
}

/// Returns the path of a type as tokens.
pub fn type_tokens(ty: &RustType, referrer: Referrer) -> TokenStream {
    let text = type_text(ty, referrer);
    // The text is always tokens. If a name were not an identifier, the literal would not parse as a
    // type, and the error would show it.
    text.parse().unwrap_or_else(|_| quote!(#text))
}

/// `<T>`, the type parameters of a generic type; nothing for any other type.
pub fn parameter_list(form: &TypeForm) -> TokenStream {
    match form {
        TypeForm::Generic(parameters) => quote!(<#(#parameters),*>),
        TypeForm::Own | TypeForm::Alias(_) => TokenStream::new(),
    }
}

/// `<T>`, as text.
pub fn parameter_text(form: &TypeForm) -> String {
    match form {
        TypeForm::Generic(parameters) => {
            let parameters: Vec<&str> = parameters.iter().map(Name::as_str).collect();
            format!("<{}>", parameters.join(", "))
        }
        TypeForm::Own | TypeForm::Alias(_) => String::new(),
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
