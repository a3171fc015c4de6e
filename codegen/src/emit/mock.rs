//! The mock: a server that stands in for the API in tests.

use quote::quote;

use super::operation::method_ident;
use super::print::{Piece, literal};
use super::tokens::{From, type_text};
use crate::ir::Status;
use crate::plan::{Mock, MockBody, Plan, ResponseBody};

/// ```text
/// /// Stands in for the API.
/// #[derive(Debug)]
/// pub struct Server(runtime::mock::Server);
///
/// impl Server {
///     /// Starts on a free port of this machine.
///     pub async fn start() -> Self { … }
///     /// Where it is, for [`Client::builder`](super::Client::builder).
///     pub fn server(&self) -> runtime::BaseUrl { … }
/// }
///
/// runtime::stub! { … }
/// ```
pub fn emit(plan: &Plan) -> Vec<Piece> {
    let server = quote! {
        /// Stands in for the API.
        #[derive(Debug)]
        pub struct Server(runtime::mock::Server);

        impl Server {
            /// Starts on a free port of this machine.
            pub async fn start() -> Self { Self(runtime::mock::Server::start().await) }

            /// Where it is, for [`Client::builder`](super::Client::builder).
            #[must_use]
            pub fn server(&self) -> runtime::BaseUrl { self.0.base_url() }
        }
    };
    let mut pieces = vec![Piece::Items(server)];
    pieces.extend(plan.mocks.iter().map(|mock| Piece::Table(stub(mock))));
    pieces
}

/// ```text
/// runtime::stub! {
///     /// ResponseEnum of [`Client::post_oauth_token`](super::Client::post_oauth_token), and its calls.
///     post_oauth_token => operations::PostOauthToken<'_>: Post "/oauth/token", body types::OauthTokenBody;
///     json types::OauthTokenResponse: Code(200),
///     json types::ErrorResponse: Code(400) Code(401) Default,
/// }
/// ```
fn stub(mock: &Mock) -> String {
    let Mock { name, method, request, http, template, body, responses } = mock;
    let body = match body {
        MockBody::None => "()".to_owned(),
        MockBody::Value(ty) => type_text(ty, From::Beside),
        MockBody::Bytes => "runtime::Bytes".to_owned(),
    };
    let mut out = format!(
        "runtime::stub! {{\n    /// ResponseEnum of [`Client::{method}`](super::Client::{method}), and its calls.\n    \
         {name} => operations::{request}<'static>: {} {}, body {body};\n",
        method_ident(*http),
        literal(template),
    );
    for (body, statuses) in responses {
        let kind = match body {
            ResponseBody::Json(ty) | ResponseBody::Untyped(ty) => {
                format!("json {}", type_text(ty, From::Beside))
            }
            ResponseBody::Text => "text String".to_owned(),
            ResponseBody::Bytes => "bytes runtime::Bytes".to_owned(),
            ResponseBody::Empty => "empty ()".to_owned(),
        };
        let statuses: Vec<String> = statuses.iter().map(status).collect();
        out.push_str(&format!("    {kind}: {},\n", statuses.join(" ")));
    }
    out.push_str("}\n");
    out
}

fn status(status: &Status) -> String {
    match status {
        Status::Code(code) => format!("Code({code})"),
        Status::Range(digit) => format!("Range({digit})"),
        Status::Default => "Default".to_owned(),
    }
}
