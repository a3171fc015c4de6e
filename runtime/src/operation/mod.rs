//! The operations of an OpenAPI document, as constant data.

pub(crate) mod scheme;
pub(crate) mod server;
pub(crate) mod setting;
pub(crate) mod token_request;

use http::{StatusCode, header};

use crate::message::body::Media;
use crate::message::form_field::is_json;
use crate::message::method::Method;
use crate::message::response::RawResponse;
use crate::signature::OperationSigning;
use crate::wire::limit::Limit;
pub(crate) use scheme::{Scheme, Security};
pub(crate) use server::OperationServer;
pub(crate) use token_request::TokenRequest;

/// An operation: everything that its calls have in common. Generated code holds one constant for
/// each.
///
/// ```
/// use docwright_runtime::{Media, Method, Operation, Status};
///
/// static CREATE_ORDER: Operation = Operation::new("create_order", Method::Post, "/orders/{id}")
///     .accept("application/json")
///     .body(&[Media::JSON, Media::FORM])
///     .success(&[Status::Code(201)]);
/// assert_eq!(CREATE_ORDER.name(), "create_order");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    pub(crate) accept: Option<&'static str>,
    pub(crate) media: &'static [Media],
    pub(crate) success: &'static [Status],
    pub(crate) idempotency: &'static [&'static str],
    pub(crate) idempotency_field: &'static [&'static str],
    pub(crate) repeatable: bool,
    pub(crate) security: Security,
    pub(crate) is_public: bool,
    pub(crate) server: Option<&'static OperationServer>,
    pub(crate) limits: &'static [Limit],
    pub(crate) signing: OperationSigning,
}

impl Operation {
    /// Creates an operation. By default, it sends no body and no `Accept` header, and any `2xx` is
    /// a success.
    ///
    /// # Panics
    /// If the path does not begin with `/`: it would become a part of the host. In a constant, this
    /// is an error of the compiler.
    #[must_use]
    pub const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        assert!(matches!(path.as_bytes(), [b'/', ..]), "the path of an operation begins with `/`");
        Self {
            name,
            method,
            path,
            accept: None,
            media: &[],
            success: &[Status::Range(2)],
            idempotency: &[],
            idempotency_field: &[],
            repeatable: false,
            security: &[],
            is_public: false,
            server: None,
            limits: &[],
            signing: OperationSigning::NONE,
        }
    }

    /// Sets the `Accept` header (RFC 9110 §12.5.1).
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    /// Sets the media types of the request body, the preferred one first.
    #[must_use]
    pub const fn body(mut self, media: &'static [Media]) -> Self {
        self.media = media;
        self
    }

    /// Sets the statuses that are a success.
    #[must_use]
    pub const fn success(mut self, success: &'static [Status]) -> Self {
        self.success = success;
        self
    }

    /// Sets the headers for the idempotency key; all of them are sent with the same key.
    #[must_use]
    pub const fn idempotency(mut self, headers: &'static [&'static str]) -> Self {
        self.idempotency = headers;
        self
    }

    /// Sets the path of the field of the request body for the idempotency key, which is the same as in
    /// the headers.
    #[must_use]
    pub const fn idempotency_field(mut self, path: &'static [&'static str]) -> Self {
        self.idempotency_field = path;
        self
    }

    /// Declares that its requests may be sent again: they only read, whatever the HTTP method.
    #[must_use]
    pub const fn repeatable(mut self) -> Self {
        self.repeatable = true;
        self
    }

    /// Sets the security requirements.
    #[must_use]
    pub const fn security(mut self, security: Security) -> Self {
        self.security = security;
        self
    }

    /// Excludes the operation from the credentials that are set for every call: it needs none, or it
    /// issues tokens.
    #[must_use]
    pub const fn public(mut self) -> Self {
        self.is_public = true;
        self
    }

    /// Sets the server that the operation uses instead of the base URL.
    #[must_use]
    pub const fn server(mut self, server: &'static OperationServer) -> Self {
        self.server = Some(server);
        self
    }

    /// Sets the documented constraints on its parameters, and on a body without a named type.
    /// Ignored without the feature `validate`.
    #[must_use]
    pub const fn limits(mut self, limits: &'static [Limit]) -> Self {
        self.limits = limits;
        self
    }

    /// Returns the name of the client's method.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the path template.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Returns the HTTP method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

    /// Whether this status is a declared success.
    pub(crate) fn succeeds_with(&self, status: StatusCode) -> bool {
        self.success.iter().any(|declared| match *declared {
            Status::Code(code) => status == code,
            Status::Range(digit) => status.as_u16() / 100 == u16::from(digit),
            Status::Default => status.is_success(),
        })
    }

    /// Whether the content of an undeclared success may be what a caller expects who receives it as
    /// bytes or text. Typically, JSON is not: `202` with `{"state":"pending"}` is not the PDF file
    /// that is declared for `200`.
    pub(crate) fn may_return_unread(&self, head: &RawResponse) -> bool {
        let media = head.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let expects_only_json = self.accept.is_some_and(|types| types.split(',').all(is_json));
        head.has_content(self.method) && (expects_only_json || !media.is_some_and(is_json))
    }
}

/// The status that a response is declared for (OpenAPI 3.0.4, "Responses Object").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// A single status.
    Code(u16),
    /// All statuses with this first digit, such as `2XX`.
    Range(u8),
    /// `default`: any other status; for a success, any `2xx`.
    Default,
}
