//! The client and its servers.

use proc_macro2::TokenStream;
use quote::quote;

use super::print::Piece;
use crate::plan::{Plan, Server, UrlPiece};

/// `Server` and `Client`.
pub fn emit(plan: &Plan) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if !plan.servers.is_empty() {
        pieces.push(Piece::Items(server(&plan.servers)));
    }
    pieces.push(Piece::Items(client(plan)));
    pieces
}

/// ```text
/// /// Where the API is served.
/// #[derive(Debug, Clone, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Server {
///     /// <https://api.acme.example>
///     Production,
/// }
///
/// impl From<Server> for runtime::BaseUrl { … }
/// ```
fn server(servers: &[Server]) -> TokenStream {
    let variants = servers.iter().map(|Server { name, doc, variables, .. }| {
        let fields = variables.iter().map(|(field, doc)| quote!(#doc #field: String));
        let fields = (!variables.is_empty()).then(|| quote!({ #(#fields),* }));
        quote!(#doc #name #fields)
    });
    let arms = servers.iter().map(|server| {
        let Server { name, variables, .. } = server;
        let fields = variables.iter().map(|(field, _)| field);
        let fields = (!variables.is_empty()).then(|| quote!({ #(#fields),* }));
        let url = url(&server.url);
        quote!(Server::#name #fields => #url)
    });
    quote! {
        #[doc = " Where the API is served."]
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server { #(#variants,)* }

        impl From<Server> for runtime::BaseUrl {
            fn from(server: Server) -> Self {
                match server { #(#arms,)* }
            }
        }
    }
}

fn url(pieces: &[UrlPiece]) -> TokenStream {
    if let [UrlPiece::Literal(url)] = pieces {
        return quote!(Self::from(#url));
    }
    let template: String = pieces
        .iter()
        .map(|piece| match piece {
            UrlPiece::Literal(text) => text.as_str(),
            UrlPiece::Variable(_) => "{}",
        })
        .collect();
    let values = pieces.iter().filter_map(|piece| match piece {
        UrlPiece::Literal(_) => None,
        UrlPiece::Variable(name) => Some(quote!(&#name)),
    });
    quote!(Self::filled(#template, &[#(#values),*]))
}

/// ```text
/// #[derive(Debug, Clone)]
/// pub struct Client { pub(super) core: runtime::Client }
///
/// impl Client {
///     pub fn builder(server: impl Into<runtime::BaseUrl>) -> runtime::ClientBuilder<Self> { … }
/// }
/// ```
fn client(plan: &Plan) -> TokenStream {
    let title = &plan.title;
    let about = format!(
        " Calls {}; cheap to clone.",
        if title.trim().is_empty() { "the API" } else { title.trim() }
    );
    quote! {
        #[doc = #about]
        #[derive(Debug, Clone)]
        pub struct Client {
            pub(super) core: runtime::Client,
        }

        impl Client {
            #[doc = " Starts a client for a server, or for any base URL."]
            pub fn builder(server: impl Into<runtime::BaseUrl>) -> runtime::ClientBuilder<Self> {
                runtime::ClientBuilder::new(server)
            }
        }

        impl From<runtime::Client> for Client {
            fn from(core: runtime::Client) -> Self {
                Self { core }
            }
        }
    }
}
