//! Expressions for sample values.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::tokens::{Referrer, type_tokens};
use crate::plan::{Expr, Name};

/// Returns the tokens of an expression: `types::Order::new("id").note("text")`.
pub fn expr_tokens(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Text(text) => quote!(#text),
        Expr::Owned(text) => quote!(#text.to_owned()),
        Expr::From(text, ty) => {
            let ty = type_tokens(ty, Referrer::Sibling);
            quote!(#ty::from(#text))
        }
        Expr::Parsed(text, ty) => {
            let ty = type_tokens(ty, Referrer::Sibling);
            quote!(#text.parse::<#ty>()?)
        }
        Expr::Integer(number) => {
            signed_number(*number < 0, Literal::u128_unsuffixed(number.unsigned_abs()))
        }
        Expr::Float(number) => {
            signed_number(number.is_sign_negative(), Literal::f64_unsuffixed(number.abs()))
        }
        Expr::Bool(value) => quote!(#value),
        Expr::Nothing => TokenStream::new(),
        Expr::None => quote!(None),
        Expr::Some(value) => call_with(quote!(Some), value),
        Expr::Boxed(value) => call_with(quote!(Box::new), value),
        Expr::Ref(value) => {
            let value = expr_tokens(value);
            quote!(&#value)
        }
        Expr::PatchNull => quote!(runtime::Patch::Null),
        Expr::Slice(items) => {
            let items = items.iter().map(expr_tokens);
            quote!(&[#(#items),*])
        }
        Expr::List(items) => list_tokens(items),
        Expr::Map(entries) => map_tokens(entries),
        Expr::Variant(ty, name, value) => {
            variant_tokens(quote!(types::#ty::#name), value.as_deref())
        }
        Expr::Unlisted(ty, name, value) => call_with(quote!(types::#ty::#name), value),
        Expr::New(ty, arguments, setters) => {
            let arguments = arguments.iter().map(expr_tokens);
            let setters = setter_calls(setters);
            quote!(types::#ty::new(#(#arguments),*) #setters)
        }
        Expr::NewFromFields(ty, fields_ty, fields, setters) => {
            let fields = fields.iter().map(|(name, value)| {
                let value = expr_tokens(value);
                quote!(#name: #value)
            });
            let setters = setter_calls(setters);
            quote!(types::#ty::new(types::#fields_ty { #(#fields),* }) #setters)
        }
        Expr::Default(ty, setters) => {
            let setters = setter_calls(setters);
            quote!(types::#ty::default() #setters)
        }
    }
}

/// `vec![1, 2]`, or `Vec::from([…])` for longer items, since prettyplease does not format the arguments
/// of macros.
fn list_tokens(items: &[Expr]) -> TokenStream {
    let is_plain = |it: &Expr| matches!(it, Expr::Owned(_) | Expr::Integer(_) | Expr::Float(_));
    let plain = items.iter().all(is_plain) && items.len() <= 4;
    let tokens = items.iter().map(expr_tokens);
    match (items, plain) {
        ([], _) => quote!(Vec::new()),
        (_, true) => quote!(vec![#(#tokens),*]),
        (_, false) => quote!(Vec::from([#(#tokens),*])),
    }
}

/// `runtime::Map::from([("key".to_owned(), 1)])`
fn map_tokens(entries: &[(String, Expr)]) -> TokenStream {
    if entries.is_empty() {
        return quote!(runtime::Map::new());
    }
    let entries = entries.iter().map(|(key, value)| {
        let value = expr_tokens(value);
        quote!((#key.to_owned(), #value))
    });
    quote!(runtime::Map::from([#(#entries),*]))
}

/// `.note("text")` for each setter.
fn setter_calls(setters: &[(Name, Expr)]) -> TokenStream {
    let setters = setters.iter().map(|(name, value)| {
        let value = expr_tokens(value);
        quote!(.#name(#value))
    });
    quote!(#(#setters)*)
}

fn signed_number(is_negative: bool, number: Literal) -> TokenStream {
    let minus = is_negative.then(|| quote!(-));
    quote!(#minus #number)
}

fn call_with(path: TokenStream, value: &Expr) -> TokenStream {
    let value = expr_tokens(value);
    quote!(#path(#value))
}

fn variant_tokens(path: TokenStream, value: Option<&Expr>) -> TokenStream {
    match value {
        Some(value) => call_with(path, value),
        None => path,
    }
}
