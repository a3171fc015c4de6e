//! Parameters: the arguments of the client's methods, and the methods of requests that set the others.

use proc_macro2::TokenStream;
use quote::quote;

use super::style;
use super::tokens::{Referrer, type_tokens};
use crate::ir::{Literal, ParameterIn, Style};
use crate::plan::{Argument, Constant, Content, ParameterForm, RustType};

/// Returns the type that a method takes a value as.
pub fn argument_type(ty: &RustType) -> TokenStream {
    match ty.parameter_form() {
        ParameterForm::Str => quote!(&str),
        ParameterForm::Slice(item) => {
            let item = type_tokens(item, Referrer::Sibling);
            quote!(&[#item])
        }
        ParameterForm::Value => type_tokens(ty, Referrer::Sibling),
        ParameterForm::Reference => {
            let ty = type_tokens(ty, Referrer::Sibling);
            quote!(&#ty)
        }
    }
}

/// `.header("Signature", &signature)`, with the style if it is not the default of the location.
pub fn argument_call(argument: &Argument) -> TokenStream {
    let name = &argument.name;
    let value = match argument.ty.parameter_form() {
        ParameterForm::Slice(_) => quote!(&runtime::List(#name)),
        ParameterForm::Str | ParameterForm::Value | ParameterForm::Reference => quote!(&#name),
    };
    call_with(argument, &value)
}

/// `.header("Acme-Version", &"2024-01-31")`
pub fn constant_call(argument: &Argument, constant: &Constant) -> TokenStream {
    let value = match &constant.value {
        Literal::Int(number) => {
            let number = proc_macro2::Literal::i128_unsuffixed(*number);
            quote!(&#number)
        }
        value => {
            let text = value.text();
            quote!(&#text)
        }
    };
    call_with(argument, &value)
}

fn call_with(argument: &Argument, value: &TokenStream) -> TokenStream {
    let Argument { wire, location, .. } = argument;
    let style = argument_style(argument);
    let is_plain =
        argument.content.is_none() && argument.style == Style::Simple && !argument.explode;
    match location {
        ParameterIn::Path if is_plain => quote!(.path(#wire, #value)),
        ParameterIn::Path => quote!(.path_as(#wire, #value, #style)),
        ParameterIn::Query => quote!(.query(#wire, #value, #style)),
        ParameterIn::Header if is_plain => quote!(.header(#wire, #value)),
        ParameterIn::Header => quote!(.header_as(#wire, #value, #style)),
        ParameterIn::Cookie => quote!(.cookie(#wire, #value, #style)),
    }
}

fn argument_style(argument: &Argument) -> TokenStream {
    match argument.content {
        Some(Content::Json) => quote!(runtime::Style::JSON),
        Some(Content::Form) => quote!(runtime::Style::URLENCODED),
        None => style::style_tokens(argument.style, argument.explode, argument.allow_reserved),
    }
}

/// ```text
/// /// Sets `page`.
/// pub fn page(self, page: i64) -> Self { Self(self.0.query("page", &page, runtime::Style::FORM)) }
/// /// Sets `expand` to `all`.
/// pub fn expand(self) -> Self { Self(self.0.query("expand", &"all", runtime::Style::FORM)) }
/// ```
pub fn option_method(argument: &Argument) -> TokenStream {
    let Argument { name, wire, doc, .. } = argument;
    if let Some(constant) = argument.constant.as_ref().filter(|it| it.is_only) {
        let call = constant_call(argument, constant);
        return quote! {
            #doc
            pub fn #name(self) -> Self { Self(self.0 #call) }
        };
    }
    let ty = argument_type(&argument.ty);
    let call = argument_call(argument);
    let replaces = argument.replaces && argument.location == ParameterIn::Query;
    let remove = replaces.then(|| quote!(.without_query(#wire)));
    quote! {
        #doc
        pub fn #name(self, #name: #ty) -> Self { Self(self.0 #remove #call) }
    }
}
