//! The client's builder, with methods for credentials, servers and the signing key.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::print::Fragment;
use super::super::{client_settings, signing};
use super::environment;
use crate::plan::{Credential, OperationServer, Plan, Scheme, Token, TokenParameter};

/// ```text
/// /// Builds a [`Client`].
/// #[derive(Debug)]
/// #[must_use = "nothing is built until `build` is called"]
/// pub struct ClientBuilder(runtime::ClientBuilder<Client>);
///
/// impl ClientBuilder { … }
///
/// runtime::builder!(ClientBuilder => Client, login [bearer, basic, header]);
/// ```
///
/// The macro call ends in `, retry_headers RETRY_HEADERS` if the API has such headers.
pub fn emit(plan: &Plan) -> Vec<Fragment> {
    let schemes = plan.schemes.iter().map(credential_method);
    let tokens = plan
        .schemes
        .iter()
        .filter_map(|it| it.token.as_ref().map(|token| token_methods(it, token)));
    let signing = plan.signing.as_ref().map(signing::builder_methods);
    let settings = plan.settings.iter().map(client_settings::builder_method);
    let servers = plan.operation_servers.iter().map(server_method);
    let variables = environment::variables(plan);
    let from_env = environment::builder_method(plan);
    let items = quote! {
        #variables

        #[doc = " Builds a [`Client`]."]
        #[derive(Debug)]
        #[must_use = "nothing is built until `build` is called"]
        pub struct ClientBuilder(runtime::ClientBuilder<Client>);

        impl ClientBuilder {
            #from_env
            #(#tokens)*
            #(#schemes)*
            #(#settings)*
            #signing
            #(#servers)*
        }
    };
    let headers = if plan.retry_headers.is_empty() { "" } else { ", retry_headers RETRY_HEADERS" };
    let login = plan.login_methods.join(", ");
    let table = format!("runtime::builder!(ClientBuilder => Client, login [{login}]{headers});\n");
    vec![Fragment::Items(items), Fragment::Table(table)]
}

/// ```text
/// /// Sets the key for `Client-Id`: the header `X-Client-Id`.
/// pub fn client_id(self, key: impl Into<runtime::Secret>) -> Self {
///     Self(self.0.key(&auth::CLIENT_ID, key))
/// }
/// ```
fn credential_method(scheme: &Scheme) -> TokenStream {
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
/// /// Sets the client's id and secret for `Bearer`. A token is fetched …
/// pub fn credentials(self, id: impl Into<String>, secret: impl Into<runtime::Secret>) -> Self {
///     Self(self.0.client_credentials(&auth::BEARER, id, secret))
/// }
/// ```
fn token_methods(scheme: &Scheme, token: &Token) -> TokenStream {
    let (constant, Token { setter, doc, parameters, .. }) = (&scheme.constant, token);
    let parameters = parameters.iter().map(|TokenParameter { field, setter, argument, doc }| {
        quote! {
            #doc
            pub fn #setter(self, #argument: impl Into<String>) -> Self {
                Self(self.0.token_field(&auth::#constant, #field, #argument))
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

        #(#parameters)*
    }
}

/// ```text
/// /// Sets the server URL for [`Client::create_card`]. …
/// pub fn vault_server(self, url: impl Into<runtime::BaseUrl>) -> Self {
///     Self(self.0.operation_server(&VAULT_SERVER, url))
/// }
/// ```
fn server_method(server: &OperationServer) -> TokenStream {
    let OperationServer { constant, setter, doc, .. } = server;
    quote! {
        #doc
        pub fn #setter(self, url: impl Into<runtime::BaseUrl>) -> Self {
            Self(self.0.operation_server(&#constant, url))
        }
    }
}
