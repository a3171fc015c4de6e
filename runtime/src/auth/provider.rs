//! Where tokens are obtained: with a token request, or from a provider of the caller's own.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use http::{HeaderName, HeaderValue};

use super::token::AccessToken;
use crate::operation::token_request::TokenRequest;
use crate::platform::BoxedFuture;
use crate::wire::secret::Secret;

/// The future of a token.
pub type TokenFuture<'a> =
    BoxedFuture<'a, Result<AccessToken, Box<dyn Error + Send + Sync + 'static>>>;

/// Supplies the tokens of a security scheme, instead of a client id and secret: from a vault, a store
/// that several processes share, or a grant that the client does not support.
///
/// The client caches the token, shares it between calls, and requests another one shortly before it
/// expires, if the server rejects it with 401, or after
/// [`Client::invalidate_token`](crate::Client::invalidate_token). At most one request runs at a time,
/// for at most as long as the client's timeout; a valid token is used meanwhile.
///
/// ```
/// use std::time::Duration;
/// use docwright_runtime::{
///     AccessToken, BuildError, Client, ClientBuilder, Scheme, TokenContext, TokenFuture, TokenProvider,
/// };
///
/// static BEARER: Scheme = Scheme::bearer("Bearer", "bearer");
///
/// struct Vault;
/// # impl Vault { async fn read(&self, _: &str) -> Result<String, std::io::Error> { Ok(String::new()) } }
/// # impl Vault { async fn delete(&self, _: &str, _: &str) -> Result<(), std::io::Error> { Ok(()) } }
///
/// impl TokenProvider for Vault {
///     fn token<'a>(&'a self, context: TokenContext<'a>) -> TokenFuture<'a> {
///         Box::pin(async move {
///             if let Some(rejected) = context.rejected() {
///                 self.delete("acme/token", rejected).await?;
///             }
///             let token = self.read("acme/token").await?;
///             Ok(AccessToken::new(token).lifetime(Duration::from_secs(300)))
///         })
///     }
/// }
///
/// # fn build() -> Result<(), BuildError> {
/// let client: Client = ClientBuilder::new("https://acme.test").token_provider(&BEARER, Vault).build()?;
/// # Ok(()) }
/// ```
pub trait TokenProvider: Send + Sync {
    /// Returns a valid token.
    ///
    /// # Errors
    /// If there is no token. The calls that need it fail with the error as their source.
    fn token<'a>(&'a self, context: TokenContext<'a>) -> TokenFuture<'a>;
}

/// What a token is requested for.
#[derive(Clone, Copy)]
pub struct TokenContext<'a> {
    pub(super) scheme: &'static str,
    pub(super) fields: &'a [(&'static str, String)],
    pub(super) rejected: Option<&'a str>,
}

impl<'a> TokenContext<'a> {
    /// Returns the name of the security scheme.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// Returns the value that was set on the builder for a field of token requests, such as `scope`.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&'a str> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value.as_str())
    }

    /// Returns the previous token, if the server rejected it or it was invalidated: it must not be
    /// returned again.
    #[must_use]
    pub fn rejected(&self) -> Option<&'a str> {
        self.rejected
    }
}

impl fmt::Debug for TokenContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenContext").field("scheme", &self.scheme).finish_non_exhaustive()
    }
}

/// The fields of token requests that the caller sets for a scheme.
pub(super) type TokenFields = Vec<(&'static str, String)>;

/// Where the tokens of a cache are obtained.
#[derive(Clone)]
pub(super) enum TokenSource {
    Grant(Arc<ClientGrant>),
    Provider(Arc<dyn TokenProvider>),
}

/// A client's id and secret, and the request that exchanges them for a token.
pub(crate) struct ClientGrant {
    /// The name of the security scheme.
    pub(crate) scheme: &'static str,
    pub(crate) request: &'static TokenRequest,
    pub(crate) id: String,
    pub(crate) secret: Secret,
    /// The fields of the token request that the caller sets, such as the requested scopes.
    pub(crate) fields: TokenFields,
    /// The header that carries the id next to the token.
    pub(crate) id_header: Option<(HeaderName, HeaderValue)>,
}
