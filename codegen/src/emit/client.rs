//! The client and its servers.

mod builder;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

pub use builder::is_own as has_builder;

use super::print::Piece;
use crate::manifest::{RetryHeader, WaitForm};
use crate::plan::{
    OperationServer, Plan, Server, ServerValues, ServerVariable, UrlPiece, inline_code,
};

/// `Server` with the enums of its variables, the servers of single operations, `ClientBuilder` and
/// `Client`.
pub fn emit(plan: &Plan) -> Vec<Piece> {
    let mut pieces = Vec::new();
    if !plan.servers.is_empty() {
        pieces.push(Piece::Items(server(plan)));
    }
    pieces.extend(plan.server_values.iter().map(|values| Piece::Items(server_values(values))));
    pieces.extend(plan.operation_servers.iter().map(|own| Piece::Items(operation_server(own))));
    if builder::is_own(plan) {
        pieces.extend(builder::emit(plan));
    }
    if !plan.retry_headers.is_empty() {
        pieces.push(Piece::Items(retry_headers(plan)));
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
fn server(plan: &Plan) -> TokenStream {
    let variants = plan.servers.iter().map(|Server { name, doc, variables, .. }| {
        let fields = variables.iter().map(|ServerVariable { name, doc, values }| match values {
            Some(values) => quote!(#doc #name: #values),
            None => quote!(#doc #name: String),
        });
        let fields = (!variables.is_empty()).then(|| quote!({ #(#fields),* }));
        quote!(#doc #name #fields)
    });
    let arms = plan.servers.iter().enumerate().map(|(position, server)| {
        let Server { name, variables, .. } = server;
        let fields = variables.iter().map(|variable| &variable.name);
        let fields = (!variables.is_empty()).then(|| quote!({ #(#fields),* }));
        let url = url(server);
        let position = Literal::usize_unsuffixed(position);
        let listed = (!plan.operation_servers.is_empty()).then(|| quote!(.listed(#position)));
        quote!(Server::#name #fields => #url #listed)
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

fn url(server: &Server) -> TokenStream {
    let pieces = &server.url;
    if let [UrlPiece::Literal(url)] = pieces.as_slice() {
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
        UrlPiece::Variable(name) => {
            let is_enum = |v: &ServerVariable| v.name == *name && v.values.is_some();
            let is_enum = server.variables.iter().any(is_enum);
            Some(if is_enum { quote!(#name.as_str()) } else { quote!(&#name) })
        }
    });
    quote!(Self::filled(#template, &[#(#values),*]))
}

/// ```text
/// /// Values of the server variable `region`.
/// #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum ServerRegion {
///     /// `eu`
///     #[default]
///     Eu,
/// }
///
/// impl ServerRegion {
///     /// The text in the URL.
///     #[must_use]
///     pub fn as_str(self) -> &'static str { match self { Self::Eu => "eu" } }
/// }
/// ```
fn server_values(values: &ServerValues) -> TokenStream {
    let ServerValues { name, wire, values, default } = values;
    let about = format!(" Values of the server variable {}.", inline_code(wire));
    let derived = default.map(|_| quote!(Default,));
    let variants = values.iter().enumerate().map(|(position, (variant, wire))| {
        let doc = format!(" {}", inline_code(wire));
        let usual = (*default == Some(position)).then(|| quote!(#[default]));
        quote!(#[doc = #doc] #usual #variant)
    });
    let arms = values.iter().map(|(variant, wire)| quote!(Self::#variant => #wire));
    quote! {
        #[doc = #about]
        #[derive(Debug, Clone, Copy, #derived PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }

        impl #name {
            #[doc = " The text in the URL."]
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { #(#arms,)* }
            }
        }
    }
}

/// ```text
/// pub(super) static VAULT_SERVER: runtime::OperationServer =
///     runtime::OperationServer::new("vault_server", &["https://vault.api.acme.example"]);
/// ```
fn operation_server(own: &OperationServer) -> TokenStream {
    let OperationServer { constant, setter, urls, .. } = own;
    let setter = setter.as_str();
    quote! {
        pub(super) static #constant: runtime::OperationServer =
            runtime::OperationServer::new(#setter, &[#(#urls),*]);
    }
}

/// ```text
/// /// Where the API says how long to wait before a call is repeated, beside `Retry-After`.
/// const RETRY_HEADERS: &[runtime::RetryHeader] = &[
///     runtime::RetryHeader::new("X-Wait", runtime::WaitForm::Seconds).statuses(&[429]),
/// ];
/// ```
fn retry_headers(plan: &Plan) -> TokenStream {
    let headers = plan.retry_headers.iter().map(|RetryHeader { name, form, statuses }| {
        let form = match form {
            WaitForm::Seconds => quote!(Seconds),
            WaitForm::Milliseconds => quote!(Milliseconds),
            WaitForm::Duration => quote!(Duration),
            WaitForm::Date => quote!(Date),
            WaitForm::UnixSeconds => quote!(UnixSeconds),
            WaitForm::UnixMilliseconds => quote!(UnixMilliseconds),
        };
        let only = statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
        let only = (!statuses.is_empty()).then(|| quote!(.statuses(&[#(#only),*])));
        quote!(runtime::RetryHeader::new(#name, runtime::WaitForm::#form) #only)
    });
    quote! {
        #[doc = " Where the API says how long to wait before a call is repeated, beside `Retry-After`."]
        const RETRY_HEADERS: &[runtime::RetryHeader] = &[#(#headers),*];
    }
}

/// ```text
/// #[derive(Debug, Clone)]
/// pub struct Client { pub(super) core: runtime::Client }
///
/// impl Client {
///     pub fn builder(server: impl Into<runtime::BaseUrl>) -> ClientBuilder { … }
/// }
/// ```
///
/// `AsRef` gives what a call needs that the description lacks: `runtime::Call::new`.
///
/// The builder is the runtime's where it has no methods of its own.
fn client(plan: &Plan) -> TokenStream {
    let title = &plan.title;
    let about = format!(
        " Calls {}; cheap to clone.",
        if title.trim().is_empty() { "the API" } else { title.trim() }
    );
    let (ty, new) = if builder::is_own(plan) {
        (quote!(ClientBuilder), quote!(ClientBuilder::new(server)))
    } else {
        let headers =
            (!plan.retry_headers.is_empty()).then(|| quote!(.retry_headers(RETRY_HEADERS)));
        (quote!(runtime::ClientBuilder<Self>), quote!(runtime::ClientBuilder::new(server) #headers))
    };
    quote! {
        #[doc = #about]
        #[derive(Debug, Clone)]
        pub struct Client {
            pub(super) core: runtime::Client,
        }

        impl Client {
            #[doc = " Starts a client for a server, or for any base URL."]
            pub fn builder(server: impl Into<runtime::BaseUrl>) -> #ty {
                #new
            }
        }

        impl From<runtime::Client> for Client {
            fn from(core: runtime::Client) -> Self {
                Self { core }
            }
        }

        impl AsRef<runtime::Client> for Client {
            fn as_ref(&self) -> &runtime::Client {
                &self.core
            }
        }
    }
}
