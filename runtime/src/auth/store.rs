//! The credentials of a client, which can be replaced while it is used.

use std::sync::{Arc, PoisonError, RwLock};

use super::credential::{Credential, CredentialError, CredentialValue, Credentials};
use crate::operation::scheme::Scheme;

/// The credentials of a client.
pub(crate) struct CredentialStore {
    credentials: RwLock<Vec<Arc<Credential>>>,
    /// The fields of token requests that the caller sets, by scheme.
    token_fields: Vec<(&'static Scheme, &'static str, String)>,
}

impl CredentialStore {
    /// Creates a store with these credentials.
    ///
    /// # Errors
    /// If a credential can't be sent.
    pub(crate) fn new(
        credentials: Vec<(&'static Scheme, Credentials)>,
        token_fields: Vec<(&'static Scheme, &'static str, String)>,
    ) -> Result<Self, CredentialError> {
        let store = Self { credentials: RwLock::default(), token_fields };
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

    /// Returns the credential that is set for a scheme.
    pub(super) fn find(&self, scheme: &Scheme) -> Option<Arc<Credential>> {
        let all = self.credentials.read().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|credential| credential.scheme.name == scheme.name).cloned()
    }
}
