//! Resources: the types whose methods are operations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::Resource;

/// ```text
/// /// Requests about subscriptions of customers: `client.customers().subscriptions()`.
/// #[derive(Debug, Clone, Copy)]
/// pub struct CustomersSubscriptionsResource<'a> {
///     pub(super) core: &'a runtime::Client,
/// }
///
/// impl<'a> CustomersResource<'a> {
///     /// Returns the requests about subscriptions of customers.
///     #[must_use]
///     pub fn subscriptions(&self) -> CustomersSubscriptionsResource<'a> {
///         CustomersSubscriptionsResource { core: self.core }
///     }
/// }
/// ```
///
/// `client` is the type of what a resource refers to: the runtime's client, or its mock server.
pub fn emit(resource: &Resource, client: &TokenStream, root: &TokenStream) -> TokenStream {
    let Resource { ty, accessor, owner, doc, accessor_doc, is_on_client, .. } = resource;
    let accessor = match is_on_client {
        true => quote! {
            impl #root {
                #accessor_doc
                #[must_use]
                pub fn #accessor(&self) -> #ty<'_> { #ty { core: &self.core } }
            }
        },
        false => quote! {
            impl<'a> #owner<'a> {
                #accessor_doc
                #[must_use]
                pub fn #accessor(&self) -> #ty<'a> { #ty { core: self.core } }
            }
        },
    };
    quote! {
        #doc
        #[derive(Debug, Clone, Copy)]
        pub struct #ty<'a> {
            pub(super) core: &'a #client,
        }

        #accessor
    }
}
