//! The operations of an OpenAPI document, as constant data.

use http::StatusCode;

use crate::auth::Security;
use crate::body::Media;
use crate::server::OperationServer;

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
    pub(crate) security: Security,
    pub(crate) server: Option<&'static OperationServer>,
    #[cfg(feature = "validate")]
    pub(crate) limits: &'static [crate::Limit],
    #[cfg(feature = "signature")]
    pub(crate) digest: &'static [crate::signature::Digest],
    #[cfg(feature = "signature")]
    pub(crate) signature: Option<&'static crate::signature::Profile>,
}

impl Operation {
    /// Creates an operation. By default, it sends no body and no `Accept` header, and any `2xx` is
    /// a success.
    #[must_use]
    pub const fn new(name: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            name,
            method,
            path,
            accept: None,
            media: &[],
            success: &[Status::Range(2)],
            idempotency: &[],
            security: &[],
            server: None,
            #[cfg(feature = "validate")]
            limits: &[],
            #[cfg(feature = "signature")]
            digest: &[],
            #[cfg(feature = "signature")]
            signature: None,
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

    /// Sets the security requirements.
    #[must_use]
    pub const fn security(mut self, security: Security) -> Self {
        self.security = security;
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
    pub const fn limits(self, limits: &'static [crate::Limit]) -> Self {
        #[cfg(feature = "validate")]
        {
            Self { limits, ..self }
        }
        #[cfg(not(feature = "validate"))]
        {
            let _ = limits;
            self
        }
    }

    /// Sets the digest algorithms for `Content-Digest` (RFC 9530).
    #[cfg(feature = "signature")]
    #[must_use]
    pub const fn digest(mut self, algorithms: &'static [crate::signature::Digest]) -> Self {
        self.digest = algorithms;
        self
    }

    /// Sets how its requests are signed (RFC 9421).
    #[cfg(feature = "signature")]
    #[must_use]
    pub const fn signature(mut self, profile: &'static crate::signature::Profile) -> Self {
        self.signature = Some(profile);
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
}

/// An HTTP method (RFC 9110 §9.3, RFC 5789).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are HTTP's own")]
pub enum Method {
    Delete,
    Get,
    Head,
    Options,
    Patch,
    Post,
    Put,
    Trace,
}

impl Method {
    /// Whether the method is idempotent: several identical requests have the same effect as one
    /// (RFC 9110 §9.2.2).
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Patch | Self::Post)
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Delete => Self::DELETE,
            Method::Get => Self::GET,
            Method::Head => Self::HEAD,
            Method::Options => Self::OPTIONS,
            Method::Patch => Self::PATCH,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Trace => Self::TRACE,
        }
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
