//! Resources: the types whose methods are operations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::Resource;

/// What the outermost resources are methods of.
#[derive(Debug, Clone, Copy)]
pub enum Root {
    /// The client.
    Client,
    /// The mock server.
    Mock,
}

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
/// A resource of the mock server has the same names, and refers to the server.
pub fn emit(resource: &Resource, root: Root) -> TokenStream {
    let Resource { ty, accessor, owner, is_on_client, .. } = resource;
    let (core, root, doc, accessor_doc) = match root {
        Root::Client => {
            let (doc, accessor_doc) = (&resource.doc, &resource.accessor_doc);
            (quote!(runtime::Client), quote!(Client), doc, accessor_doc)
        }
        Root::Mock => {
            let (doc, accessor_doc) = (&resource.mock_doc, &resource.mock_accessor_doc);
            (quote!(runtime::mock::Server), quote!(Server), doc, accessor_doc)
        }
    };
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
            pub(super) core: &'a #core,
        }

        #accessor
    }
}
