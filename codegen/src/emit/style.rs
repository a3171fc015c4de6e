//! How a parameter or a member of a form is written.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Style;

/// `runtime::Style::FORM.explode(false)`: the constant, and what differs from it.
pub fn tokens(style: Style, explode: bool, allow_reserved: bool) -> TokenStream {
    let base = match style {
        Style::Matrix => quote!(runtime::Style::MATRIX),
        Style::Label => quote!(runtime::Style::LABEL),
        Style::Simple => quote!(runtime::Style::SIMPLE),
        Style::Form => quote!(runtime::Style::FORM),
        Style::SpaceDelimited => quote!(runtime::Style::SPACE_DELIMITED),
        Style::PipeDelimited => quote!(runtime::Style::PIPE_DELIMITED),
        Style::DeepObject => quote!(runtime::Style::DEEP_OBJECT),
    };
    let usual = matches!(style, Style::Form | Style::DeepObject);
    let explode = (explode != usual).then(|| quote!(.explode(#explode)));
    let reserved = allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(#base #explode #reserved)
}
