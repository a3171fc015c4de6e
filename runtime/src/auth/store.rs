//! The credentials of a client, which can be replaced while it is used.

use std::sync::{Arc, PoisonError, RwLock};

use super::credential::{
    Credential, CredentialError, CredentialValue, Credentials, EveryCallHeader, encode_header,
};
use crate::operation::scheme::{EVERY_CALL, Scheme};
use crate::wire::secret::Secret;

/// The credentials of a client.
pub(crate) struct CredentialStore {
    credentials: RwLock<Vec<Arc<Credential>>>,
    /// The fields of token requests that the caller sets, by scheme.
    token_fields: Vec<(&'static Scheme, &'static str, String)>,
    /// The secret headers of every call.
    headers: Vec<EveryCallHeader>,
}

impl CredentialStore {
    /// Creates a store with these credentials.
    ///
    /// # Errors
    /// If a credential can't be sent.
    pub(crate) fn new(
        credentials: Vec<(&'static Scheme, Credentials)>,
        token_fields: Vec<(&'static Scheme, &'static str, String)>,
        headers: Vec<(String, Secret)>,
    ) -> Result<Self, CredentialError> {
        let headers = headers.iter().map(|(name, value)| encode_header(name, value));
        let headers = headers.collect::<Result<_, _>>()?;
        let store = Self { credentials: RwLock::default(), token_fields, headers };
        for (scheme, credentials) in credentials {
            store.set(scheme, credentials)?;
        }
        Ok(store)
    }

    /// Sets or replaces the credentials of a scheme.
    ///
    /// # Errors
    /// If they can't be sent. The existing ones stay in use.
    pub(crate) fn set(
        &self,
        scheme: &'static Scheme,
        credentials: Credentials,
    ) -> Result<(), CredentialError> {
        let new = credentials.encode(scheme, &self.token_fields)?;
        let mut all = self.credentials.write().unwrap_or_else(PoisonError::into_inner);
        match all.iter_mut().find(|existing| existing.scheme.name == scheme.name) {
            Some(existing) => match (&existing.value, &new.value) {
                // Calls in progress hold the cache, and shall use the new source as well.
                (CredentialValue::Token(cache), CredentialValue::Token(new)) => {
                    cache.replace_source(new);
                }
                _ => *existing = Arc::new(new),
            },
            None => all.push(Arc::new(new)),
        }
        Ok(())
    }

    /// Discards the cached token of a scheme, if there is one.
    pub(crate) fn invalidate_token(&self, scheme: &Scheme) {
        if let Some(credential) = self.find(scheme)
            && let CredentialValue::Token(cache) = &credential.value
        {
            cache.invalidate();
        }
    }

    /// Returns the secret headers of every call.
    pub(super) fn headers(&self) -> &[EveryCallHeader] {
        &self.headers
    }

    /// Whether there are credentials for every call.
    pub(super) fn has_every_call(&self) -> bool {
        !self.headers.is_empty() || self.find(&EVERY_CALL).is_some()
    }

    /// Returns the credential that is set for a scheme.
    pub(super) fn find(&self, scheme: &Scheme) -> Option<Arc<Credential>> {
        let all = self.credentials.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|credential| credential.scheme.name == scheme.name).cloned()
    }
}
