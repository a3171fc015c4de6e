//! What a description says of an operation, as constant data.

use http::StatusCode;

use crate::auth::Security;
use crate::body::Media;
use crate::server::OperationServer;

/// An operation: what every call of it has in common. Generated code holds one constant for each.
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
    /// An operation with its path template. It sends no body, asks for nothing in particular and
    /// succeeds with any `2xx`.
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

    /// The `Accept` header (RFC 9110 §12.5.1).
    #[must_use]
    pub const fn accept(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    /// The media types of the request body, the preferred one first.
    #[must_use]
    pub const fn body(mut self, media: &'static [Media]) -> Self {
        self.media = media;
        self
    }

    /// The statuses that are declared as a success.
    #[must_use]
    pub const fn success(mut self, success: &'static [Status]) -> Self {
        self.success = success;
        self
    }

    /// The headers that carry the idempotency key, all of them the same one.
    #[must_use]
    pub const fn idempotency(mut self, headers: &'static [&'static str]) -> Self {
        self.idempotency = headers;
        self
    }

    /// What it needs to authenticate.
    #[must_use]
    pub const fn security(mut self, security: Security) -> Self {
        self.security = security;
        self
    }

    /// The server of its own.
    #[must_use]
    pub const fn server(mut self, server: &'static OperationServer) -> Self {
        self.server = Some(server);
        self
    }

    /// What the description asks of its parameters, and of a body that has no type with a name; passed
    /// over without the feature `validate`.
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

    /// The digests of the body that `Content-Digest` holds (RFC 9530).
    #[cfg(feature = "signature")]
    #[must_use]
    pub const fn digest(mut self, algorithms: &'static [crate::signature::Digest]) -> Self {
        self.digest = algorithms;
        self
    }

    /// How its requests are signed (RFC 9421).
    #[cfg(feature = "signature")]
    #[must_use]
    pub const fn signature(mut self, profile: &'static crate::signature::Profile) -> Self {
        self.signature = Some(profile);
        self
    }

    /// The name of its method.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The path template.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The HTTP method.
    #[must_use]
    pub const fn method(&self) -> Method {
        self.method
    }

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
    /// Whether a request may arrive twice without doing more than once (RFC 9110 §9.2.2).
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

/// What a response is declared for (OpenAPI 3.0.4, "Responses Object").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// One status.
    Code(u16),
    /// `2XX`: the first digit.
    Range(u8),
    /// `default`: as a success, any `2xx`.
    Default,
}
