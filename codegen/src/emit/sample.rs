//! Sample values.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::plan::{Expr, Name};

/// `types::Order::new("id").note("text")`
pub fn tokens(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Text(text) => quote!(#text),
        Expr::Owned(text) => quote!(#text.to_owned()),
        Expr::From(text, ty) => {
            let ty = Ident::new(ty, Span::call_site());
            quote!(runtime::#ty::from(#text))
        }
        Expr::Parsed(text, ty) => {
            let ty = Ident::new(ty, Span::call_site());
            quote!(#text.parse::<runtime::#ty>()?)
        }
        Expr::Integer(number) => {
            signed(*number < 0, Literal::u128_unsuffixed(number.unsigned_abs()))
        }
        Expr::Float(number) => {
            signed(number.is_sign_negative(), Literal::f64_unsuffixed(number.abs()))
        }
        Expr::Bool(value) => quote!(#value),
        Expr::None => quote!(None),
        Expr::Some(value) => with(quote!(Some), value),
        Expr::Boxed(value) => with(quote!(Box::new), value),
        Expr::Ref(value) => {
            let value = tokens(value);
            quote!(&#value)
        }
        Expr::Patch(state, value) => {
            let state = Ident::new(state, Span::call_site());
            variant(quote!(runtime::Patch::#state), value.as_deref())
        }
        Expr::Slice(items) => {
            let items = items.iter().map(tokens);
            quote!(&[#(#items),*])
        }
        Expr::List(items) => list(items),
        Expr::Map(members) => map(members),
        Expr::Variant(ty, name, value) => variant(quote!(types::#ty::#name), value.as_deref()),
        Expr::New(ty, arguments, setters) => {
            let arguments = arguments.iter().map(tokens);
            let setters = self::setters(setters);
            quote!(types::#ty::new(#(#arguments),*) #setters)
        }
        Expr::Default(ty, setters) => {
            let setters = self::setters(setters);
            quote!(types::#ty::default() #setters)
        }
        Expr::Literal(ty, fields) => {
            let fields = fields.iter().map(|(name, value)| {
                let value = tokens(value);
                quote!(#name: #value)
            });
            quote!(types::#ty { #(#fields),* })
        }
    }
}

/// `vec![1, 2]`; of longer items `Vec::from([…])`, because the printer lays out no macro's arguments.
fn list(items: &[Expr]) -> TokenStream {
    let is_plain = |it: &Expr| matches!(it, Expr::Owned(_) | Expr::Integer(_) | Expr::Float(_));
    let plain = items.iter().all(is_plain) && items.len() <= 4;
    let tokens = items.iter().map(tokens);
    match (items, plain) {
        ([], _) => quote!(Vec::new()),
        (_, true) => quote!(vec![#(#tokens),*]),
        (_, false) => quote!(Vec::from([#(#tokens),*])),
    }
}

/// `runtime::Map::from([("key".to_owned(), 1)])`
fn map(members: &[(String, Expr)]) -> TokenStream {
    if members.is_empty() {
        return quote!(runtime::Map::new());
    }
    let members = members.iter().map(|(name, value)| {
        let value = tokens(value);
        quote!((#name.to_owned(), #value))
    });
    quote!(runtime::Map::from([#(#members),*]))
}

/// `.note("text")` for each.
pub fn setters(setters: &[(Name, Expr)]) -> TokenStream {
    let setters = setters.iter().map(|(name, value)| {
        let value = tokens(value);
        quote!(.#name(#value))
    });
    quote!(#(#setters)*)
}

fn signed(is_negative: bool, number: Literal) -> TokenStream {
    let minus = is_negative.then(|| quote!(-));
    quote!(#minus #number)
}

fn with(path: TokenStream, value: &Expr) -> TokenStream {
    let value = tokens(value);
    quote!(#path(#value))
}

fn variant(path: TokenStream, value: Option<&Expr>) -> TokenStream {
    match value {
        Some(value) => with(path, value),
        None => path,
    }
}
