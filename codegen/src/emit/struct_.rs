//! Structs: the type, the setters, and the table of fields.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::constructor::{constant_value, default_impl, emit_new, fields_struct};
use super::field::{argument_type, debug_table, field_type, presence_word};
use super::limits;
use super::print::{Fragment, literal};
use super::tokens::{Referrer, parameter_list, parameter_text, type_tokens};
use crate::plan::{Field, Name, Presence, Struct};

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
///     /// Creates a value with the required fields.
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
pub fn emit(item: &Struct) -> Vec<Fragment> {
    let mut fragments = vec![
        Fragment::Items(definition(item)),
        Fragment::Items(methods(item)),
        Fragment::Table(table(item)),
    ];
    if item.fields.iter().any(|field| field.redacted) {
        let additional = item.additional.as_ref().map(|(name, _)| name);
        fragments.push(Fragment::Table(debug_table(&item.name, item.fields.iter(), additional)));
    }
    fragments.extend(fields_struct(item));
    fragments
}

fn definition(item: &Struct) -> TokenStream {
    let Struct { name, doc, form, .. } = item;
    let parameters = parameter_list(form);
    let derives = item.derives.iter().map(|d| format_ident!("{d}"));
    let fields = item.fields.iter().map(|field| {
        let Field { name, doc, .. } = field;
        let ty = field_type(field);
        quote!(#doc pub #name: #ty)
    });
    let additional = item.additional.iter().map(|(name, ty)| {
        let ty = type_tokens(ty, Referrer::Types);
        quote!(#[doc = " Additional fields."] pub #name: runtime::Map<#ty>)
    });
    let fields = fields.chain(additional);
    quote! {
        #doc
        #[derive(#(#derives),*)]
        #[non_exhaustive]
        pub struct #name #parameters { #(#fields),* }
    }
}

fn methods(item: &Struct) -> TokenStream {
    let (name, parameters) = (&item.name, parameter_list(&item.form));
    let new = emit_new(item);
    let default = default_impl(item);
    let setters: Vec<TokenStream> =
        item.fields.iter().filter_map(|f| Some(setter(f, f.setter.as_ref()?))).collect();
    if new.is_none() && setters.is_empty() {
        return quote!(#default);
    }
    let only_mocked = item.only_mocked.then(|| quote!(#[cfg(feature = "mock")]));
    quote! {
        #default

        #only_mocked
        impl #parameters #name #parameters {
            #new
            #(#setters)*
        }
    }
}

fn setter(field: &Field, method: &Name) -> TokenStream {
    if field.has_setter_without_argument() {
        return constant_setter(field, method);
    }
    let name = &field.name;
    let doc = format!(" Sets {}.", crate::plan::inline_code(&field.wire));
    let value = if field.ty.is_taken_by_into() { quote!(#name.into()) } else { quote!(#name) };
    let (ty, value) = match field.presence {
        // Callers can also pass `Patch::Null`, to send `null`.
        Presence::Patch => {
            let inner = type_tokens(&field.ty, Referrer::Types);
            (quote!(impl Into<runtime::Patch<#inner>>), quote!(#name.into()))
        }
        Presence::Optional | Presence::Nullable => (argument_type(&field.ty), quote!(Some(#value))),
        Presence::Required => (argument_type(&field.ty), value),
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

/// ```text
/// /// Sets `stream` to its only value.
/// pub fn stream(mut self) -> Self { self.stream = Some(Stream::Events); self }
/// ```
fn constant_setter(field: &Field, method: &Name) -> TokenStream {
    let name = &field.name;
    let doc = format!(" Sets {} to its only value.", crate::plan::inline_code(&field.wire));
    let value = constant_value(field);
    let value = match field.presence {
        Presence::Patch => quote!(runtime::Patch::Value(#value)),
        Presence::Optional | Presence::Nullable => quote!(Some(#value)),
        Presence::Required => quote!(#value),
    };
    quote! {
        #[doc = #doc]
        #[must_use]
        pub fn #method(mut self) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn table(item: &Struct) -> String {
    let is_empty = item.fields.is_empty() && item.additional.is_none();
    let line_break = if is_empty { "" } else { "\n" };
    let parameters = parameter_text(&item.form);
    let mut out = format!("runtime::record!({}{parameters} {{{line_break}", item.name);
    for field in &item.fields {
        let presence = presence_word(field);
        out.push_str(&format!("    {presence} {} = {},\n", field.name, literal(&field.wire)));
    }
    if let Some((name, _)) = &item.additional {
        out.push_str(&format!("    rest {name},\n"));
    }
    match &item.limits {
        Some(limits) => out.push_str(&format!("}}, limits [{}]);\n", limits::limit_rows(limits))),
        None => out.push_str("});\n"),
    }
    out
}
