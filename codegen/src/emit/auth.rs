//! The security schemes, as statics. They are public, so that calls with `runtime::Call` can use them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::print::Fragment;
use crate::plan::{Credential, Plan, Scheme, Token, TokenOperation, inline_code};

/// Emits every scheme, after the token request that it uses.
pub fn emit(plan: &Plan) -> Vec<Fragment> {
    let items = |scheme: &Scheme| {
        let token = scheme.token.as_ref().map(token_request);
        [token, Some(scheme_static(scheme))].into_iter().flatten().map(Fragment::Items)
    };
    plan.schemes.iter().flat_map(items).collect()
}

/// ```text
/// /// The security scheme `Bearer`.
/// pub static BEARER: runtime::Scheme =
///     runtime::Scheme::bearer("Bearer", "credentials").token_from(&BEARER_TOKEN);
/// ```
fn scheme_static(scheme: &Scheme) -> TokenStream {
    let Scheme { constant, key, credential, setter, token, .. } = scheme;
    // As callers write it: the error for missing credentials names the method.
    let setter = token.as_ref().map_or(setter, |token| &token.setter).to_string();
    let kind = match credential {
        Credential::Header(wire) => quote!(header(#key, #wire, #setter)),
        Credential::Query(wire) => quote!(query(#key, #wire, #setter)),
        Credential::Cookie(wire) => quote!(cookie(#key, #wire, #setter)),
        Credential::Bearer => quote!(bearer(#key, #setter)),
        Credential::Basic => quote!(basic(#key, #setter)),
    };
    let token = token.as_ref().map(|token| {
        let constant = &token.constant;
        quote!(.token_from(&#constant))
    });
    let prefix = scheme.prefix.as_ref().map(|prefix| quote!(.prefix(#prefix)));
    let doc = format!(" The security scheme {}.", inline_code(key));
    quote! {
        #[doc = #doc]
        pub static #constant: runtime::Scheme = runtime::Scheme::#kind #prefix #token;
    }
}

/// ```text
/// static BEARER_TOKEN: runtime::TokenRequest =
///     runtime::TokenRequest::new(&super::operations::GENERATE_AUTH_TOKEN)
///         .client("clientId", "clientSecret")
///         .token(&["content", "id_token"])
///         .lifetime(&["content", "expires_in"]);
/// ```
///
/// A token operation that the document does not declare gets a static here.
fn token_request(request: &Token) -> TokenStream {
    let Token { constant, operation, media, client, constants, token, lifetime, .. } = request;
    let (operation_static, operation) = match operation {
        TokenOperation::Declared(name) => (None, quote!(&super::operations::#name)),
        TokenOperation::Synthetic { constant, name, path, json, server } => {
            let media =
                if *json { quote!(runtime::Media::JSON) } else { quote!(runtime::Media::FORM) };
            let item = quote! {
                static #constant: runtime::Operation =
                    runtime::Operation::new(#name, runtime::Method::Post, #path)
                        .accept("application/json")
                        .body(&[#media])
                        .server(&super::client::#server);
            };
            (Some(item), quote!(&#constant))
        }
    };
    let media = (*media > 0).then(|| {
        let media = Literal::usize_unsuffixed(*media);
        quote!(.media(#media))
    });
    let client = client.as_ref().map(|(id, secret)| quote!(.client(#id, #secret)));
    let plain_basic = request.plain_basic.then(|| quote!(.plain_basic()));
    let constants = (!constants.is_empty()).then(|| {
        let pairs = constants.iter().map(|(name, text)| quote!((#name, #text)));
        quote!(.constants(&[#(#pairs),*]))
    });
    let id_header = request.id_header.as_ref().map(|header| quote!(.id_header(#header)));
    let token = (*token != ["access_token"]).then(|| quote!(.token(&[#(#token),*])));
    let lifetime = (*lifetime != ["expires_in"]).then(|| quote!(.lifetime(&[#(#lifetime),*])));
    quote! {
        #operation_static

        static #constant: runtime::TokenRequest =
            runtime::TokenRequest::new(#operation) #media #client #plain_basic #constants #id_header #token #lifetime;
    }
}
