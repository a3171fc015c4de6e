//! The security schemes of an OpenAPI document, as constant data.

use super::TokenRequest;

/// A security scheme (OpenAPI 3.0.4, "Security Scheme Object"). Generated code holds one constant
/// for each scheme that operations use.
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
    pub(crate) name: &'static str,
    pub(crate) location: CredentialLocation,
    /// The name of the builder method that sets its credentials.
    pub(crate) setter: &'static str,
    pub(crate) token: Option<&'static TokenRequest>,
    /// What a key in a header is sent after, such as `Bot `, if not what the location requires.
    pub(crate) prefix: Option<&'static str>,
}

/// The scheme of the credentials that are set for every call, with
/// [`ClientBuilder::bearer`](crate::ClientBuilder::bearer) or
/// [`ClientBuilder::basic`](crate::ClientBuilder::basic): to replace them, or to set a provider of
/// tokens.
///
/// ```
/// use docwright_runtime::{Client, ClientBuilder, Credentials, EVERY_CALL};
///
/// # fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let client: Client = ClientBuilder::new("https://api.acme.test").bearer("old").build()?;
/// client.set_credentials(&EVERY_CALL, Credentials::key("new"))?;
/// # Ok(()) }
/// ```
pub static EVERY_CALL: Scheme = Scheme::bearer("every call", "bearer");

/// The security requirements of an operation: alternatives (OR), each a list of schemes that are
/// required together (AND). With an empty alternative, or none at all, no credentials are required.
pub type Security = &'static [&'static [&'static Scheme]];

/// Where in a request a credential is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CredentialLocation {
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    /// `Authorization: Bearer` (RFC 6750 §2.1)
    Bearer,
    /// `Authorization: Basic` (RFC 7617)
    Basic,
}

impl CredentialLocation {
    /// Whether both are the same location in a request.
    pub(crate) fn is_same(self, other: Self) -> bool {
        match (self.header(), other.header()) {
            (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
            _ => self == other,
        }
    }

    /// Returns the name of the header, if the credential is sent in one.
    pub(crate) fn header(self) -> Option<&'static str> {
        match self {
            Self::Header(name) => Some(name),
            Self::Bearer | Self::Basic => Some("authorization"),
            Self::Query(_) | Self::Cookie(_) => None,
        }
    }
}

impl Scheme {
    /// Creates a scheme for an API key in a header. `setter` is the builder method that sets the
    /// key.
    #[must_use]
    pub const fn header(name: &'static str, header: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Header(header), setter)
    }

    /// Creates a scheme for an API key in the query.
    #[must_use]
    pub const fn query(name: &'static str, parameter: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Query(parameter), setter)
    }

    /// Creates a scheme for an API key in a cookie.
    #[must_use]
    pub const fn cookie(name: &'static str, cookie: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Cookie(cookie), setter)
    }

    /// Creates a scheme for a bearer token (RFC 6750 §2.1).
    #[must_use]
    pub const fn bearer(name: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Bearer, setter)
    }

    /// Creates a scheme for a user name and a password (RFC 7617).
    #[must_use]
    pub const fn basic(name: &'static str, setter: &'static str) -> Self {
        Self::new(name, CredentialLocation::Basic, setter)
    }

    /// Lets the client fetch the token itself, with a client id and a client secret.
    #[must_use]
    pub const fn token_from(mut self, request: &'static TokenRequest) -> Self {
        self.token = Some(request);
        self
    }

    /// Sets what a key in a header is sent after, such as `Bot `. A key that begins with it is sent
    /// unchanged.
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = Some(prefix);
        self
    }

    /// Returns the name of the scheme in the OpenAPI document.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    const fn new(name: &'static str, location: CredentialLocation, setter: &'static str) -> Self {
        Self { name, location, setter, token: None, prefix: None }
    }
}
