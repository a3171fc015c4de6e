//! The vendor's error codes.

use proc_macro2::TokenStream;
use quote::quote;

use super::enum_;
use super::print::Piece;
use crate::ir::ParameterIn;
use crate::plan::{Code, DocText, ErrorCodes, Name, RequestLocation};

/// ```text
/// pub enum ErrorCode { … }
/// runtime::open_enum!(ErrorCode { … });
///
/// impl ErrorCode {
///     /// What the description says of this code.
///     pub fn fact(&self) -> Option<&'static runtime::ErrorCodeInfo> { … }
/// }
/// ```
pub fn emit(codes: &ErrorCodes) -> Vec<Piece> {
    let values: Vec<(Name, String, DocText)> =
        codes.codes.iter().map(|c| (c.name.clone(), c.wire.clone(), c.doc.clone())).collect();
    let about =
        "Codes the vendor's errors carry. The code is the key; a message may change at any time.";
    let mut pieces =
        enum_::text(&codes.name, &DocText(vec![about.to_owned()]), &codes.other, &values, false);
    pieces.push(Piece::Items(facts(codes)));
    pieces
}

fn facts(codes: &ErrorCodes) -> TokenStream {
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
            let why = match cause.why.as_str() {
                "missing" => quote!(runtime::CauseKind::Missing),
                "invalid" => quote!(runtime::CauseKind::Invalid),
                other => quote!(runtime::CauseKind::Other(#other)),
            };
            quote! {
                runtime::Cause {
                    operation: #operation,
                    location: runtime::RequestLocation::#location,
                    field: #field,
                    why: #why,
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
            #[doc = " What the description says of this code: its messages, its statuses, and which field of"]
            #[doc = " which operation raises it."]
            #[must_use]
            pub fn fact(&self) -> Option<&'static runtime::ErrorCodeInfo> {
                let fact = match self {
                    #(#arms,)*
                    Self::#other(_) => return None,
                };
                Some(fact)
            }
        }
    }
}
