//! What a description says of authentication, as constant data.

use super::TokenRequest;

/// A security scheme (OpenAPI 3.0.4, "Security Scheme Object"). Generated code holds one constant for
/// each that operations ask for.
///
/// ```
/// use docwright_runtime::{Method, Operation, Scheme};
///
/// static KEY: Scheme = Scheme::header("Key", "X-Key", "key");
/// static BEARER: Scheme = Scheme::bearer("Bearer", "bearer");
/// static LIST_ORDERS: Operation = Operation::new("list_orders", Method::Get, "/orders")
///     .security(&[&[&KEY], &[&BEARER]]);
/// assert_eq!(KEY.name(), "Key");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Scheme {
    pub(super) name: &'static str,
    pub(super) location: CredentialLocation,
    /// The builder's method that takes its credentials.
    pub(super) setter: &'static str,
    pub(super) token: Option<&'static TokenRequest>,
}

/// What an operation asks for: alternatives (OR), each a list of schemes that are needed together
/// (AND). An empty alternative: none is needed. No alternatives: likewise.
pub type Security = &'static [&'static [&'static Scheme]];

/// Where a credential goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CredentialLocation {
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    /// `Authorization: Bearer` (RFC 6750 §2.1)
    Bearer,
    /// `Authorization: Basic` (RFC 7617)
    Basic,
}

impl CredentialLocation {
    /// Whether both are the same location of a request.
    pub(super) fn is(self, other: Self) -> bool {
        match (self.header(), other.header()) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
            _ => self == other,
        }
    }

    /// The header, if it is one.
    pub(super) fn header(self) -> Option<&'static str> {
        match self {
            Self::Header(name) => Some(name),
            Self::Bearer | Self::Basic => Some("authorization"),
            Self::Query(_) | Self::Cookie(_) => None,
        }
    }
}

impl Scheme {
    /// An API key in a header. `setter` is the builder's method that takes the key.
    #[must_use]
    pub const fn header(name: &'static str, header: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Header(header), setter)
    }

    /// An API key in the query.
    #[must_use]
    pub const fn query(name: &'static str, parameter: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Query(parameter), setter)
    }

    /// An API key in a cookie.
    #[must_use]
    pub const fn cookie(name: &'static str, cookie: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Cookie(cookie), setter)
    }

    /// A bearer token (RFC 6750 §2.1).
    #[must_use]
    pub const fn bearer(name: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Bearer, setter)
    }

    /// A user name and a password (RFC 7617).
    #[must_use]
    pub const fn basic(name: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Basic, setter)
    }

    /// The token can be fetched by the client itself, for an id and a secret.
    #[must_use]
    pub const fn token_from(mut self, request: &'static TokenRequest) -> Self {
        self.token = Some(request);
        self
    }

    /// Its name in the description.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    const fn new(name: &'static str, location: CredentialLocation, setter: &'static str) -> Self {
        Self { name, location, setter, token: None }
    }
}
