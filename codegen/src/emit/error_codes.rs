//! The vendor's error codes.

use proc_macro2::TokenStream;
use quote::quote;

use super::enum_;
use super::print::Fragment;
use crate::ir::ParameterIn;
use crate::plan::{Code, DocText, ErrorCodes, Name, RequestLocation};

/// ```text
/// pub enum ErrorCode { … }
/// runtime::open_enum!(ErrorCode { … });
///
/// impl ErrorCode {
///     /// Returns the documented messages, statuses and causes of this code. …
///     pub fn info(&self) -> Option<&'static runtime::ErrorCodeInfo> { … }
/// }
/// ```
pub fn emit(codes: &ErrorCodes) -> Vec<Fragment> {
    let values: Vec<(Name, String, DocText)> =
        codes.codes.iter().map(|c| (c.name.clone(), c.wire.clone(), c.doc.clone())).collect();
    let doc = "The API's error codes. Match on the code: messages may change at any time.";
    let doc = DocText(vec![doc.to_owned()]);
    let mut fragments = enum_::string_enum(&codes.name, &doc, &codes.other, &values, false);
    fragments.push(Fragment::Items(info_method(codes)));
    fragments
}

fn info_method(codes: &ErrorCodes) -> TokenStream {
    let ErrorCodes { name, other, .. } = codes;
    let arms = codes.codes.iter().map(|code| {
        let Code { name, messages, statuses, causes, .. } = code;
        let statuses = statuses.iter().map(|s| proc_macro2::Literal::u16_unsuffixed(*s));
        let causes = causes.iter().map(|cause| {
            let location = match cause.location {
                RequestLocation::Parameter(ParameterIn::Path) => quote!(Path),
                RequestLocation::Parameter(ParameterIn::Query) => quote!(Query),
                RequestLocation::Parameter(ParameterIn::Header) => quote!(Header),
                RequestLocation::Parameter(ParameterIn::Cookie) => quote!(Cookie),
                RequestLocation::Body => quote!(Body),
            };
            let (operation, field) = (&cause.operation, &cause.field);
            let kind = match cause.kind.as_str() {
                "missing" => quote!(runtime::CauseKind::Missing),
                "invalid" => quote!(runtime::CauseKind::Invalid),
                other => quote!(runtime::CauseKind::Other(#other)),
            };
            quote! {
                runtime::Cause {
                    operation: #operation,
                    location: runtime::RequestLocation::#location,
                    field: #field,
                    kind: #kind,
                }
            }
        });
        quote! {
            Self::#name => &runtime::ErrorCodeInfo {
                messages: &[#(#messages),*],
                statuses: &[#(#statuses),*],
                causes: &[#(#causes),*],
            }
        }
    });
    quote! {
        impl #name {
            #[doc = " Returns the documented messages, statuses and causes of this code, if it is known."]
            #[must_use]
            pub fn info(&self) -> Option<&'static runtime::ErrorCodeInfo> {
                let info = match self {
                    #(#arms,)*
                    Self::#other(_) => return None,
                };
                Some(info)
            }
        }
    }
}
