//! Structs: the type, its constructor, its setters, its table.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::limits;
use super::print::{Piece, literal};
use super::tokens::{From, argument, type_tokens};
use crate::plan::{Construction, Field, Mode, Name, Struct};

/// ```text
/// /// Body of a token request.
/// #[derive(Debug, Clone, PartialEq)]
/// #[non_exhaustive]
/// pub struct OauthTokenBody {
///     /// ID returned when generating API Credentials.
///     pub client_id: String,
///     pub scope: Option<String>,
/// }
///
/// impl OauthTokenBody {
///     /// The required members.
///     pub fn new(client_id: impl Into<String>) -> Self { … }
///     /// Sets `scope`.
///     pub fn scope(mut self, scope: impl Into<String>) -> Self { … }
/// }
///
/// runtime::record!(OauthTokenBody {
///     required client_id = "client_id",
///     optional scope = "scope",
/// });
/// ```
pub fn emit(item: &Struct) -> Vec<Piece> {
    vec![Piece::Items(definition(item)), Piece::Items(methods(item)), Piece::Table(table(item))]
}

fn definition(item: &Struct) -> TokenStream {
    let Struct { name, doc, .. } = item;
    let derives = item.derives.iter().map(|d| format_ident!("{d}"));
    let open = (item.construction != Construction::Literal).then(|| quote!(#[non_exhaustive]));
    let fields = item.fields.iter().map(|field| {
        let Field { name, doc, .. } = field;
        let ty = field_type(field);
        quote!(#doc pub #name: #ty)
    });
    let rest = item.rest.iter().map(|(name, ty)| {
        let ty = type_tokens(ty, From::Types);
        quote!(#[doc = " Members beside the named ones."] pub #name: runtime::Map<#ty>)
    });
    let members = fields.chain(rest);
    quote! {
        #doc
        #[derive(#(#derives),*)]
        #open
        pub struct #name { #(#members),* }
    }
}

/// The type with its mode's wrapper.
fn field_type(field: &Field) -> TokenStream {
    let ty = type_tokens(&field.ty, From::Types);
    match field.mode {
        Mode::Required => ty,
        Mode::Optional | Mode::Nullable => quote!(Option<#ty>),
        Mode::Patch => quote!(runtime::Patch<#ty>),
    }
}

fn methods(item: &Struct) -> TokenStream {
    let name = &item.name;
    let new = (item.construction == Construction::New).then(|| constructor(item));
    let setters: Vec<TokenStream> =
        item.fields.iter().filter_map(|f| Some(setter(f, f.setter.as_ref()?))).collect();
    if new.is_none() && setters.is_empty() {
        return TokenStream::new();
    }
    quote! {
        impl #name {
            #new
            #(#setters)*
        }
    }
}

fn constructor(item: &Struct) -> TokenStream {
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for field in &item.fields {
        let name = &field.name;
        match field.mode {
            Mode::Required => {
                let (ty, value) = argument(name, &field.ty, From::Types);
                arguments.push(quote!(#name: #ty));
                values.push(quote!(#name: #value));
            }
            Mode::Nullable => {
                let ty = type_tokens(&field.ty, From::Types);
                arguments.push(quote!(#name: Option<#ty>));
                values.push(quote!(#name));
            }
            Mode::Optional => values.push(quote!(#name: None)),
            Mode::Patch => values.push(quote!(#name: runtime::Patch::Absent)),
        }
    }
    if let Some((name, _)) = &item.rest {
        values.push(quote!(#name: runtime::Map::new()));
    }
    let values = values.into_iter().map(shorthand);
    quote! {
        #[doc = " A value with its required members."]
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

/// `name: name` as `name`.
fn shorthand(value: TokenStream) -> TokenStream {
    let parts: Vec<String> = value.clone().into_iter().map(|t| t.to_string()).collect();
    match parts.as_slice() {
        [name, colon, again] if colon == ":" && name == again => {
            value.into_iter().take(1).collect()
        }
        _ => value,
    }
}

fn setter(field: &Field, method: &Name) -> TokenStream {
    let name = &field.name;
    let (ty, value) = argument(name, &field.ty, From::Types);
    let doc = format!(" Sets {}.", crate::plan::inline_code(&field.wire));
    let value = match field.mode {
        Mode::Patch => quote!(runtime::Patch::Value(#value)),
        Mode::Optional | Mode::Nullable => quote!(Some(#value)),
        Mode::Required => value,
    };
    let (ty, value) = match field.mode {
        // A caller that wants to send `null` says so.
        Mode::Patch => {
            let inner = type_tokens(&field.ty, From::Types);
            (quote!(impl Into<runtime::Patch<#inner>>), quote!(#name.into()))
        }
        _ => (ty, value),
    };
    quote! {
        #[doc = #doc]
        #[must_use]
        pub fn #method(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn table(item: &Struct) -> String {
    let mut out = format!("runtime::record!({} {{\n", item.name);
    for field in &item.fields {
        let mode = match field.mode {
            Mode::Required => "required",
            Mode::Optional => "optional",
            Mode::Nullable => "nullable",
            Mode::Patch => "patch",
        };
        out.push_str(&format!("    {mode} {} = {},\n", field.name, literal(&field.wire)));
    }
    if let Some((name, _)) = &item.rest {
        out.push_str(&format!("    rest {name},\n"));
    }
    match &item.limits {
        Some(limits) => out.push_str(&format!("}}, limits [{}]);\n", limits::rows(limits))),
        None => out.push_str("});\n"),
    }
    out
}
