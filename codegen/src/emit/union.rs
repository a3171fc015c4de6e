//! Unions.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::print::{Fragment, literal};
use super::tokens::{Referrer, parameter_list, parameter_text, type_text, type_tokens};
use crate::plan::{Union, Variant};

/// ```text
/// /// A pet.
/// #[derive(Debug, Clone, PartialEq)]
/// #[non_exhaustive]
/// pub enum Pet {
///     Cat(Cat),
///     /// Any other value.
///     Unknown(runtime::Json),
/// }
///
/// runtime::union!(Pet by "petType" { Cat(Cat) = "cat" });
/// ```
pub fn emit(item: &Union) -> Vec<Fragment> {
    vec![Fragment::Items(definition(item)), Fragment::Table(table(item))]
}

fn definition(item: &Union) -> TokenStream {
    let Union { name, doc, other, form, .. } = item;
    let parameters = parameter_list(form);
    let derives = item.derives.iter().map(|d| format_ident!("{d}"));
    let variants = item.variants.iter().map(|Variant { name, ty, doc, .. }| {
        let ty = type_tokens(ty, Referrer::Types);
        quote!(#doc #name(#ty))
    });
    quote! {
        #doc
        #[derive(#(#derives),*)]
        #[non_exhaustive]
        pub enum #name #parameters {
            #(#variants,)*
            #[doc = " Any other value."]
            #other(runtime::Json),
        }
    }
}

fn table(item: &Union) -> String {
    let tag = item.tag.as_deref().map(|tag| format!(" by {}", literal(tag))).unwrap_or_default();
    let other = if item.other.as_str() == "Unknown" {
        String::new()
    } else {
        format!(", other: {}", item.other)
    };
    let mut out =
        format!("runtime::union!({}{}{tag}{other} {{\n", item.name, parameter_text(&item.form));
    for variant in &item.variants {
        let ty = type_text(&variant.ty, Referrer::Types);
        let tags: Vec<String> = variant.tags.iter().map(|t| literal(t)).collect();
        let tags = if tags.is_empty() { String::new() } else { format!(" = {}", tags.join(" | ")) };
        out.push_str(&format!("    {}({ty}){tags},\n", variant.name));
    }
    out.push_str("});\n");
    out
}
