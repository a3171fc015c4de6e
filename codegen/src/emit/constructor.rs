//! The constructors of structs: `new`, the struct of required fields that it may take, and `Default`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::field::{argument_type, debug_table, field_type};
use super::print::Fragment;
use super::tokens::{Referrer, parameter_list, type_tokens};
use crate::plan::{Construction, Field, Name, Presence, Struct, TypeForm};

/// Returns `new`, for a struct with required fields.
///
/// ```text
/// /// Creates a value with the required fields.
/// pub fn new(client_id: impl Into<String>) -> Self { … }
/// ```
pub(super) fn emit_new(item: &Struct) -> Option<TokenStream> {
    let arguments = match &item.construction {
        Construction::Default => return None,
        Construction::New => {
            let arguments = item.fields.iter().filter(|field| field.is_argument()).map(argument);
            quote!(#(#arguments),*)
        }
        Construction::NewFromFields(name) => {
            let parameters = parameters_of_fields(item);
            quote!(fields: #name #parameters)
        }
    };
    let values = values(item);
    Some(quote! {
        #[doc = " Creates a value with the required fields."]
        #[must_use]
        pub fn new(#arguments) -> Self {
            Self { #(#values),* }
        }
    })
}

/// Returns the struct of required fields, if there are too many for arguments.
///
/// ```text
/// /// The required fields of [`Order`].
/// #[derive(Debug, Clone, PartialEq)]
/// pub struct OrderRequiredFields {
///     pub id: String,
/// }
/// ```
pub(super) fn fields_struct(item: &Struct) -> Vec<Fragment> {
    let Construction::NewFromFields(name) = &item.construction else { return Vec::new() };
    let doc = format!(" The required fields of [`{}`].", item.name);
    let derives = item.derives.iter().map(|derive| format_ident!("{derive}"));
    let only_mocked = item.only_mocked.then(|| quote!(#[cfg(feature = "mock")]));
    let parameters = parameters_of_fields(item);
    let required = || item.fields.iter().filter(|field| field.is_argument());
    let fields = required().map(|field| {
        let (name, ty) = (&field.name, field_type(field));
        quote!(pub #name: #ty)
    });
    let definition = quote! {
        #[doc = #doc]
        #only_mocked
        #[derive(#(#derives),*)]
        pub struct #name #parameters { #(#fields),* }
    };
    let mut fragments = vec![Fragment::Items(definition)];
    if required().any(|field| field.redacted) {
        let cfg = if item.only_mocked { "#[cfg(feature = \"mock\")]\n" } else { "" };
        fragments.push(Fragment::Table(format!("{cfg}{}", debug_table(name, required(), None))));
    }
    fragments
}

/// Returns the type parameters that required fields contain: `<T>`.
fn parameters_of_fields(item: &Struct) -> TokenStream {
    let TypeForm::Generic(parameters) = &item.form else { return TokenStream::new() };
    let fields = item.fields.iter().filter(|field| field.is_argument());
    let contained: Vec<&Name> = fields.filter_map(|field| field.ty.parameter()).collect();
    let parameters: Vec<&Name> = parameters.iter().filter(|it| contained.contains(it)).collect();
    match parameters.is_empty() {
        true => TokenStream::new(),
        false => quote!(<#(#parameters),*>),
    }
}

/// Returns the implementation of `Default` for a struct whose required fields are all constants.
pub(super) fn default_impl(item: &Struct) -> Option<TokenStream> {
    if item.construction != Construction::Default || item.derives.contains(&"Default") {
        return None;
    }
    let (name, parameters) = (&item.name, parameter_list(&item.form));
    let values = values(item);
    Some(quote! {
        impl #parameters Default for #name #parameters {
            fn default() -> Self {
                Self { #(#values),* }
            }
        }
    })
}

/// `types::Kind::Order`, the value of a field that callers need not pass.
pub(super) fn constant_value(field: &Field) -> Option<TokenStream> {
    let variant = &field.constant.as_ref()?.variant;
    let ty = type_tokens(&field.ty, Referrer::Types);
    Some(quote!(#ty::#variant))
}

/// Returns an argument of a constructor.
fn argument(field: &Field) -> TokenStream {
    let name = &field.name;
    let ty = match field.presence {
        Presence::Nullable => field_type(field),
        Presence::Required | Presence::Optional | Presence::Patch => argument_type(&field.ty),
    };
    quote!(#name: #ty)
}

/// Returns the value of each field.
fn values(item: &Struct) -> Vec<TokenStream> {
    let is_from_fields = matches!(item.construction, Construction::NewFromFields(_));
    let value = |field: &Field| {
        let name = &field.name;
        if let Some(value) = constant_value(field).filter(|_| field.is_always_present()) {
            return quote!(#name: #value);
        }
        match field.presence {
            Presence::Required | Presence::Nullable if is_from_fields => {
                quote!(#name: fields.#name)
            }
            Presence::Required if field.ty.is_taken_by_into() => quote!(#name: #name.into()),
            Presence::Required | Presence::Nullable => quote!(#name),
            Presence::Optional => quote!(#name: None),
            Presence::Patch => quote!(#name: runtime::Patch::Absent),
        }
    };
    let additional = item.additional.as_ref().map(|(name, _)| quote!(#name: runtime::Map::new()));
    item.fields.iter().map(value).chain(additional).collect()
}
