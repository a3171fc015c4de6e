//! Credentials for every call.

use super::ClientBuilder;
use crate::call::client::Client;
use crate::operation::scheme::EVERY_CALL;
use crate::wire::secret::Secret;

impl<C: From<Client>> ClientBuilder<C> {
    /// Sets a bearer token for every call, whatever the document says about its authentication: the
    /// header `Authorization: Bearer`. Credentials of a security scheme take precedence, and those
    /// that are set for a call.
    ///
    /// It is sent to the client's servers, to those that the document names for single operations,
    /// and to the base URL of a call; never to a URL from a response, and never with a token request.
    pub fn bearer(self, token: impl Into<Secret>) -> Self {
        self.key(&EVERY_CALL, token)
    }

    /// Sets a user name and a password for every call, as [`bearer`](Self::bearer) does with a
    /// token: the header `Authorization: Basic`. The last of the two wins.
    pub fn basic(self, name: impl Into<String>, password: impl Into<Secret>) -> Self {
        self.user(&EVERY_CALL, name, password)
    }

    /// Sets a secret header for every call, such as an API key or `Authorization` with another
    /// prefix. It is sent where [`bearer`](Self::bearer) would be.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<Secret>) -> Self {
        let name = name.into();
        self.secret_headers.retain(|(existing, _)| !existing.eq_ignore_ascii_case(&name));
        self.secret_headers.push((name, value.into()));
        self
    }
}
