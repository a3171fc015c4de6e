//! Sample values.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use crate::plan::{Expr, Name};

/// `types::Order::new("id").note("text")`
pub fn tokens(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Text(text) => quote!(#text),
        Expr::Owned(text) => quote!(#text.to_owned()),
        Expr::Into(text) => quote!(#text.into()),
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
        Expr::List(items) if items.is_empty() => quote!(Vec::new()),
        Expr::List(items) => {
            let plain =
                |it: &Expr| matches!(it, Expr::Owned(_) | Expr::Integer(_) | Expr::Float(_));
            let is_plain = items.iter().all(plain) && items.len() <= 4;
            let items = items.iter().map(tokens);
            match is_plain {
                true => quote!(vec![#(#items),*]),
                // The printer lays out no macro's arguments.
                false => quote!(Vec::from([#(#items),*])),
            }
        }
        Expr::Map(members) if members.is_empty() => quote!(runtime::Map::new()),
        Expr::Map(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = tokens(value);
                quote!((#name.to_owned(), #value))
            });
            quote!(runtime::Map::from([#(#members),*]))
        }
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
