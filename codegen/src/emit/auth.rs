//! The security schemes, as statics, which calls beneath the methods of the client may name too.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::print::Piece;
use crate::plan::{Credential, Plan, Scheme, Token, TokenOperation, inline_code};

/// Every scheme, after what its token is fetched with.
pub fn emit(plan: &Plan) -> Vec<Piece> {
    let one = |scheme: &Scheme| {
        let token = scheme.token.as_ref().map(token);
        [token, Some(describe(scheme))].into_iter().flatten().map(Piece::Items)
    };
    plan.schemes.iter().flat_map(one).collect()
}

/// ```text
/// /// The security scheme `Bearer`.
/// pub static BEARER: runtime::Scheme =
///     runtime::Scheme::bearer("Bearer", "bearer").token_from(&BEARER_TOKEN);
/// ```
fn describe(scheme: &Scheme) -> TokenStream {
    let Scheme { constant, key, credential, setter, token, .. } = scheme;
    // What to call where credentials are missing.
    let setter = token.as_ref().map_or(setter, |token| &token.setter).as_str();
    let setter = setter.trim_start_matches("r#");
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
    let doc = format!(" The security scheme {}.", inline_code(key));
    quote! {
        #[doc = #doc]
        pub static #constant: runtime::Scheme = runtime::Scheme::#kind #token;
    }
}

/// ```text
/// static BEARER_TOKEN: runtime::TokenRequest =
///     runtime::TokenRequest::new(&operations::GENERATE_AUTH_TOKEN)
///         .client("clientId", "clientSecret")
///         .token(&["content", "id_token"])
///         .lifetime(&["content", "expires_in"]);
/// ```
///
/// What an API does not describe has its operation beside it.
fn token(described: &Token) -> TokenStream {
    let Token { constant, operation, media, client, constants, token, lifetime, .. } = described;
    let (own, operation) = match operation {
        TokenOperation::Described(name) => (None, quote!(&super::operations::#name)),
        TokenOperation::Own { name, path, json, server } => {
            let media =
                if *json { quote!(runtime::Media::JSON) } else { quote!(runtime::Media::FORM) };
            let own = quote::format_ident!("{}_OPERATION", constant.as_str());
            let described = quote! {
                static #own: runtime::Operation =
                    runtime::Operation::new(#name, runtime::Method::Post, #path)
                        .accept("application/json")
                        .body(&[#media])
                        .server(&super::client::#server);
            };
            (Some(described), quote!(&#own))
        }
    };
    let media = (*media > 0).then(|| {
        let media = Literal::usize_unsuffixed(*media);
        quote!(.media(#media))
    });
    let client = client.as_ref().map(|(id, secret)| quote!(.client(#id, #secret)));
    let constants = (!constants.is_empty()).then(|| {
        let pairs = constants.iter().map(|(name, text)| quote!((#name, #text)));
        quote!(.constants(&[#(#pairs),*]))
    });
    let id_header = described.id_header.as_ref().map(|header| quote!(.id_header(#header)));
    let scope = described.scope.as_ref().map(|(member, _)| quote!(.scope(#member)));
    let token = (*token != ["access_token"]).then(|| quote!(.token(&[#(#token),*])));
    let lifetime = (*lifetime != ["expires_in"]).then(|| quote!(.lifetime(&[#(#lifetime),*])));
    quote! {
        #own

        static #constant: runtime::TokenRequest =
            runtime::TokenRequest::new(#operation) #media #client #constants #id_header #scope #token #lifetime;
    }
}
