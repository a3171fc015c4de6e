//! What the code of fields consists of: their types, and the table of those that `Debug` prints.

use proc_macro2::TokenStream;
use quote::quote;

use super::tokens::{Referrer, type_text, type_tokens};
use crate::plan::{Field, Name, Presence, RustType};

/// Returns the type of a field, with the `Option` or `Patch` of its presence.
pub fn field_type_text(field: &Field) -> String {
    let ty = type_text(&field.ty, Referrer::Types);
    match field.presence {
        Presence::Required => ty,
        Presence::Optional | Presence::Nullable => format!("Option<{ty}>"),
        Presence::Patch => format!("runtime::Patch<{ty}>"),
    }
}

/// Returns the tokens of [`field_type_text`].
pub(super) fn field_type(field: &Field) -> TokenStream {
    let text = field_type_text(field);
    // As in `type_tokens`.
    text.parse().unwrap_or_else(|_| quote!(#text))
}

/// `impl Into<String>`, `i64`
pub(super) fn argument_type(ty: &RustType) -> TokenStream {
    let tokens = type_tokens(ty, Referrer::Types);
    if ty.is_taken_by_into() { quote!(impl Into<#tokens>) } else { tokens }
}

/// Returns the table of a struct that does not derive `Debug`: the fields that are printed, and
/// those that are not, with their presence.
///
/// ```text
/// runtime::redacted_debug!(Payout {
///     id,
///     optional account_number,
/// });
/// ```
pub(super) fn debug_table<'f>(
    name: &Name,
    fields: impl Iterator<Item = &'f Field>,
    additional: Option<&Name>,
) -> String {
    let mut out = format!("runtime::redacted_debug!({name} {{\n");
    for field in fields {
        match field.redacted {
            true => out.push_str(&format!("    {} {},\n", presence_word(field), field.name)),
            false => out.push_str(&format!("    {},\n", field.name)),
        }
    }
    if let Some(name) = additional {
        out.push_str(&format!("    {name},\n"));
    }
    out + "});\n"
}

/// Returns the name of a field's presence in the runtime's tables.
pub(super) fn presence_word(field: &Field) -> &'static str {
    match field.presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Nullable => "nullable",
        Presence::Patch => "patch",
    }
}
