//! Building a client from environment variables.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::{EnvCredential, EnvVariables, Plan};

/// ```text
/// /// The environment variables of [`ClientBuilder::from_env`].
/// static ENVIRONMENT: runtime::Environment = runtime::Environment::new(
///     "ACME_BASE_URL",
///     &[runtime::EnvCredential::key(&auth::KEY, "ACME_KEY")],
/// );
/// ```
pub fn variables(plan: &Plan) -> TokenStream {
    let base_url = &plan.environment.base_url;
    let credentials =
        plan.environment.credentials.iter().map(|EnvCredential { scheme, variables }| {
            let scheme = match scheme {
                Some(constant) => quote!(auth::#constant),
                None => quote!(runtime::EVERY_CALL),
            };
            let call = match variables {
                EnvVariables::Key(name) => quote!(key(&#scheme, #name)),
                EnvVariables::User(name, password) => quote!(user(&#scheme, #name, #password)),
                EnvVariables::Client(id, secret) => quote!(client(&#scheme, #id, #secret)),
            };
            quote!(runtime::EnvCredential::#call)
        });
    quote! {
        #[doc = " The environment variables of [`ClientBuilder::from_env`]."]
        static ENVIRONMENT: runtime::Environment =
            runtime::Environment::new(#base_url, &[#(#credentials),*]);
    }
}

/// ```text
/// /// Creates a builder with the settings of environment variables: …
/// pub fn from_env() -> Result<Self, runtime::BuildError> {
///     let server = runtime::BaseUrl::from("https://api.acme.example");
///     ENVIRONMENT.builder(Some(server), |server| Self::new(server).0).map(Self)
/// }
/// ```
pub fn builder_method(plan: &Plan) -> TokenStream {
    let doc = &plan.environment.doc;
    let default = match &plan.environment.default {
        Some(url) => {
            let index = Literal::usize_unsuffixed(0);
            let index = (!plan.operation_servers.is_empty()).then(|| quote!(.server_index(#index)));
            quote!(Some(runtime::BaseUrl::from(#url) #index))
        }
        None => quote!(None),
    };
    quote! {
        #doc
        #[doc = ""]
        #[doc = " # Errors"]
        #[doc = " If a variable is missing, or not valid Unicode."]
        pub fn from_env() -> Result<Self, runtime::BuildError> {
            ENVIRONMENT.builder(#default, |server| Self::new(server).0).map(Self)
        }
    }
}
