//! The client and its servers.

mod builder;
mod environment;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::print::Fragment;
use crate::plan::{
    OperationServer, Plan, RetryHeader, Server, ServerValues, ServerVariable, UrlPiece, inline_code,
};

/// Emits `Server` with the enums of its variables, the servers of single operations, `ClientBuilder`
/// and `Client`.
pub fn emit(plan: &Plan) -> Vec<Fragment> {
    let mut items = Vec::new();
    if !plan.servers.is_empty() {
        items.push(server_enum(plan));
    }
    items.extend(plan.server_values.iter().map(server_values));
    items.extend(plan.operation_servers.iter().map(operation_server));
    let mut fragments: Vec<_> = items.into_iter().map(Fragment::Items).collect();
    fragments.extend(builder::emit(plan));
    if !plan.retry_headers.is_empty() {
        fragments.push(Fragment::Items(retry_headers(plan)));
    }
    fragments.push(Fragment::Items(client(plan)));
    fragments
}

/// ```text
/// /// The API's servers.
/// #[derive(Debug, Clone, PartialEq, Eq, Hash)]
/// #[non_exhaustive]
/// pub enum Server {
///     /// <https://api.acme.example>
///     Production,
/// }
///
/// impl From<Server> for runtime::BaseUrl { … }
/// ```
fn server_enum(plan: &Plan) -> TokenStream {
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
        let url = server_url(server);
        let position = Literal::usize_unsuffixed(position);
        let server_index =
            (!plan.operation_servers.is_empty()).then(|| quote!(.server_index(#position)));
        quote!(Server::#name #fields => #url #server_index)
    });
    quote! {
        #[doc = " The API's servers."]
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

fn server_url(server: &Server) -> TokenStream {
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
    quote!(Self::from_template(#template, &[#(#values),*]))
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
///     /// Returns the value as it appears in the URL.
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
        let default = (*default == Some(position)).then(|| quote!(#[default]));
        quote!(#[doc = #doc] #default #variant)
    });
    let arms = values.iter().map(|(variant, wire)| quote!(Self::#variant => #wire));
    quote! {
        #[doc = #about]
        #[derive(Debug, Clone, Copy, #derived PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }

        impl #name {
            #[doc = " Returns the value as it appears in the URL."]
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
fn operation_server(server: &OperationServer) -> TokenStream {
    let OperationServer { constant, setter, urls, .. } = server;
    // As callers write it: the error for a missing URL names the method.
    let setter = setter.to_string();
    quote! {
        pub(super) static #constant: runtime::OperationServer =
            runtime::OperationServer::new(#setter, &[#(#urls),*]);
    }
}

/// ```text
/// /// Response headers that say how long to wait before a retry, in addition to `Retry-After`.
/// const RETRY_HEADERS: &[runtime::RetryHeader] = &[
///     runtime::RetryHeader::new("X-Wait", runtime::WaitFormat::Seconds).statuses(&[429]),
/// ];
/// ```
fn retry_headers(plan: &Plan) -> TokenStream {
    let headers = plan.retry_headers.iter().map(|RetryHeader { name, format, statuses }| {
        let format = Ident::new(format, Span::call_site());
        let codes = statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
        let statuses = (!statuses.is_empty()).then(|| quote!(.statuses(&[#(#codes),*])));
        quote!(runtime::RetryHeader::new(#name, runtime::WaitFormat::#format) #statuses)
    });
    quote! {
        #[doc = " Response headers that say how long to wait before a retry, in addition to `Retry-After`."]
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
/// `AsRef` gives access to the runtime's client, for calls to undocumented operations with
/// `runtime::Call::new`.
fn client(plan: &Plan) -> TokenStream {
    let title = &plan.title;
    let about = format!(
        " A client for {}. Cheap to clone.",
        if title.trim().is_empty() { "the API" } else { title.trim() }
    );
    let with = (!plan.settings.is_empty()).then(with_method);
    let certificates = &plan.client_certificates;
    let separator = (!certificates.0.is_empty()).then(|| quote!(#[doc = ""]));
    quote! {
        #[doc = #about]
        #[derive(Debug, Clone)]
        pub struct Client {
            pub(super) core: runtime::Client,
        }

        impl Client {
            #[doc = " Creates a builder for a client of this server, which may be any base URL."]
            #separator
            #certificates
            pub fn builder(server: impl Into<runtime::BaseUrl>) -> ClientBuilder {
                ClientBuilder::new(server)
            }

            #[doc = " Creates a client with the settings of environment variables:"]
            #[doc = " see [`ClientBuilder::from_env`]."]
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " If a variable is missing or not valid Unicode, or the client can't be built."]
            pub fn from_env() -> Result<Self, runtime::BuildError> {
                ClientBuilder::from_env()?.build()
            }
            #with
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

/// ```text
/// pub fn with(&self, settings: ClientSettings) -> Self { Self { core: self.core.with(settings.0) } }
/// ```
fn with_method() -> TokenStream {
    quote! {
        #[doc = " Returns a client with other values of some settings. Both share connections, credentials"]
        #[doc = " and tokens."]
        #[must_use]
        pub fn with(&self, settings: ClientSettings) -> Self {
            Self { core: self.core.with(settings.0) }
        }
    }
}
