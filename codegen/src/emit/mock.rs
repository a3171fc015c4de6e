//! The mock server of the API, for tests.

use quote::quote;

use super::print::{Fragment, literal};
use super::resource::{self, Root};
use super::tokens::{Referrer, method_ident, type_text};
use crate::ir::Status;
use crate::plan::{Mock, MockBody, Name, Plan, ResponseBody};

/// ```text
/// /// A mock server that stands in for the API in tests.
/// #[derive(Debug)]
/// pub struct Server { core: runtime::mock::Server }
///
/// impl Server {
///     /// Starts a server on a free local port.
///     pub async fn start() -> Self { … }
///     /// Returns the server's base URL, for [`Client::builder`](super::Client::builder).
///     pub fn server(&self) -> runtime::BaseUrl { … }
/// }
///
/// runtime::stub! { … }
/// ```
///
/// In a file of its own, a resource has no server. `has_all` is whether there are no such files, or this is
/// one of them.
pub fn emit(
    plan: &Plan,
    file: Option<&Name>,
    has_all: bool,
    operations: &[usize],
) -> Vec<Fragment> {
    let server = quote! {
        /// A mock server that stands in for the API in tests.
        #[derive(Debug)]
        pub struct Server {
            core: runtime::mock::Server,
        }

        impl Server {
            /// Starts a server on a free local port.
            pub async fn start() -> Self { Self { core: runtime::mock::Server::start().await } }

            /// Returns the server's base URL, for [`Client::builder`](super::Client::builder).
            #[must_use]
            pub fn server(&self) -> runtime::BaseUrl { self.core.base_url() }
        }
    };
    let mut fragments: Vec<Fragment> =
        file.is_none().then(|| Fragment::Items(server)).into_iter().collect();
    let resources = plan.resources.iter();
    let resources = resources.filter(|it| has_all && file.is_none_or(|file| it.file == *file));
    let resources = resources.map(|it| resource::emit(it, Root::Mock));
    fragments.extend(resources.map(Fragment::Items));
    let mocks = operations.iter().filter_map(|index| plan.mocks.get(*index));
    let client = if file.is_some() { "super::super" } else { "super" };
    fragments.extend(mocks.map(|mock| Fragment::Table(stub_table(mock, client))));
    fragments
}

/// ```text
/// runtime::stub! {
///     /// Returns the stub of [`Client::post_oauth_token`](super::Client::post_oauth_token): …
///     post_oauth_token => operations::PostOauthTokenRequest<'static>: Post "/oauth/token", body types::OauthTokenBody;
///     json types::OauthTokenResponse: Code(200),
///     json types::ErrorResponse: Code(400) Code(401) Default,
/// }
/// ```
///
/// `client` is the path of the client's module.
fn stub_table(mock: &Mock, client: &str) -> String {
    let Mock { name, call, request, http, template, body, responses } = mock;
    let body = match body {
        MockBody::None => "()".to_owned(),
        MockBody::Value(ty) => type_text(ty, Referrer::Sibling),
        MockBody::Bytes => "runtime::Bytes".to_owned(),
    };
    let link = call.link(client, "operations");
    let owner = match call.is_on_client() {
        true => String::new(),
        false => format!(" in {} as {}", call.owner, literal(&call.text())),
    };
    let mut out = format!(
        "runtime::stub! {{\n    /// Returns the stub of {link}: it sets the\n    /// responses and lists the requests received.\n    \
         {name}{owner} => operations::{request}<'static>: {} {}, body {body};\n",
        method_ident(*http),
        literal(template),
    );
    for (body, statuses) in responses {
        let kind = match body {
            ResponseBody::Json(ty) | ResponseBody::Untyped(ty) => {
                format!("json {}", type_text(ty, Referrer::Sibling))
            }
            ResponseBody::Text => "text String".to_owned(),
            ResponseBody::Bytes => "bytes runtime::Bytes".to_owned(),
            ResponseBody::Empty => "empty ()".to_owned(),
        };
        let statuses: Vec<String> = statuses.iter().map(status_pattern).collect();
        out.push_str(&format!("    {kind}: {},\n", statuses.join(" ")));
    }
    out.push_str("}\n");
    out
}

fn status_pattern(status: &Status) -> String {
    match status {
        Status::Code(code) => format!("Code({code})"),
        Status::Range(digit) => format!("Range({digit})"),
        Status::Default => "Default".to_owned(),
    }
}
