//! The serialization styles of parameters and form fields.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Style;

/// Returns the expression of a style: `runtime::Style::FORM.explode(false)`.
pub fn style_tokens(style: Style, explode: bool, allow_reserved: bool) -> TokenStream {
    let base = match style {
        Style::Matrix => quote!(runtime::Style::MATRIX),
        Style::Label => quote!(runtime::Style::LABEL),
        Style::Simple => quote!(runtime::Style::SIMPLE),
        Style::Form => quote!(runtime::Style::FORM),
        Style::SpaceDelimited => quote!(runtime::Style::SPACE_DELIMITED),
        Style::PipeDelimited => quote!(runtime::Style::PIPE_DELIMITED),
        Style::DeepObject => quote!(runtime::Style::DEEP_OBJECT),
    };
    let is_default = matches!(style, Style::Form | Style::DeepObject);
    let explode = (explode != is_default).then(|| quote!(.explode(#explode)));
    let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(#base #explode #reserved)
}
