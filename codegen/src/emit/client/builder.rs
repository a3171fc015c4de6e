//! The client's builder, with methods that take credentials, servers and the signing key.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::print::Piece;
use super::super::signing;
use crate::plan::{Credential, OperationServer, Plan, Scheme, Token, inline_code};

/// Whether the builder has methods of its own.
pub fn is_own(plan: &Plan) -> bool {
    !plan.schemes.is_empty() || !plan.operation_servers.is_empty() || plan.signing.is_some()
}

/// ```text
/// /// Builds a [`Client`].
/// #[derive(Debug)]
/// #[must_use = "nothing is built until `build` is called"]
/// pub struct ClientBuilder(runtime::ClientBuilder<Client>);
///
/// impl ClientBuilder { … }
///
/// runtime::builder!(ClientBuilder => Client);
/// ```
///
/// With `, retry_headers RETRY_HEADERS` where there are some.
pub fn emit(plan: &Plan) -> Vec<Piece> {
    let schemes = plan.schemes.iter().map(scheme);
    let tokens = plan.schemes.iter().filter_map(|s| s.token.as_ref().map(|t| token(s, t)));
    let signing = plan.signing.as_ref().map(signing::builder);
    let servers = plan.operation_servers.iter().map(server);
    let items = quote! {
        #[doc = " Builds a [`Client`]."]
        #[derive(Debug)]
        #[must_use = "nothing is built until `build` is called"]
        pub struct ClientBuilder(runtime::ClientBuilder<Client>);

        impl ClientBuilder {
            #(#tokens)*
            #(#schemes)*
            #signing
            #(#servers)*
        }
    };
    let headers = if plan.retry_headers.is_empty() { "" } else { ", retry_headers RETRY_HEADERS" };
    let table = format!("runtime::builder!(ClientBuilder => Client{headers});\n");
    vec![Piece::Items(items), Piece::Table(table)]
}

/// ```text
/// /// The key for `Client-Id`: the header `X-Client-Id`.
/// pub fn client_id(self, key: impl Into<runtime::Secret>) -> Self {
///     Self(self.0.key(&auth::CLIENT_ID, key))
/// }
/// ```
fn scheme(scheme: &Scheme) -> TokenStream {
    let Scheme { constant, setter, doc, credential, .. } = scheme;
    match credential {
        Credential::Basic => quote! {
            #doc
            pub fn #setter(
                self,
                name: impl Into<String>,
                password: impl Into<runtime::Secret>,
            ) -> Self {
                Self(self.0.user(&auth::#constant, name, password))
            }
        },
        Credential::Bearer => quote! {
            #doc
            pub fn #setter(self, token: impl Into<runtime::Secret>) -> Self {
                Self(self.0.key(&auth::#constant, token))
            }
        },
        Credential::Header(_) | Credential::Query(_) | Credential::Cookie(_) => quote! {
            #doc
            pub fn #setter(self, key: impl Into<runtime::Secret>) -> Self {
                Self(self.0.key(&auth::#constant, key))
            }
        },
    }
}

/// ```text
/// /// The client's id and secret for `Bearer`. A token is fetched …
/// pub fn credentials(self, id: impl Into<String>, secret: impl Into<runtime::Secret>) -> Self {
///     Self(self.0.client_credentials(&auth::BEARER, id, secret))
/// }
/// ```
fn token(scheme: &Scheme, token: &Token) -> TokenStream {
    let (constant, Token { setter, doc, scope, .. }) = (&scheme.constant, token);
    let about = format!(
        " The scopes that tokens for {} are asked for, with spaces between them.",
        inline_code(&scheme.key)
    );
    let scope = scope.as_ref().map(|(_, scope)| {
        quote! {
            #[doc = #about]
            pub fn #scope(self, scope: impl Into<String>) -> Self {
                Self(self.0.scope(&auth::#constant, scope))
            }
        }
    });
    quote! {
        #doc
        pub fn #setter(
            self,
            id: impl Into<String>,
            secret: impl Into<runtime::Secret>,
        ) -> Self {
            Self(self.0.client_credentials(&auth::#constant, id, secret))
        }

        #scope
    }
}

/// ```text
/// /// Where [`Client::create_card`] is called. …
/// pub fn vault_server(self, url: impl Into<runtime::BaseUrl>) -> Self {
///     Self(self.0.operation_server(&VAULT_SERVER, url))
/// }
/// ```
fn server(own: &OperationServer) -> TokenStream {
    let OperationServer { constant, setter, doc, .. } = own;
    quote! {
        #doc
        pub fn #setter(self, url: impl Into<runtime::BaseUrl>) -> Self {
            Self(self.0.operation_server(&#constant, url))
        }
    }
}
