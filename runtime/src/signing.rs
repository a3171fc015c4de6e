//! The methods that set up signing, with the feature `signature`.

use std::sync::Arc;

use crate::call::client::Client;
use crate::client::builder::ClientBuilder;
use crate::operation::Operation;
use crate::signature::{Digest, Profile, Signer};

impl Operation {
    /// Sets the digest algorithms for `Content-Digest` (RFC 9530).
    #[must_use]
    pub const fn digest(mut self, algorithms: &'static [Digest]) -> Self {
        self.signing.digest = algorithms;
        self
    }

    /// Sets how its requests are signed (RFC 9421).
    #[must_use]
    pub const fn signature(mut self, profile: &'static Profile) -> Self {
        self.signing.profile = Some(profile);
        self
    }
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Sets the key that requests are signed with: a [`SigningKey`](crate::signature::SigningKey),
    /// or a signer of your own, such as a key management service.
    pub fn signing_key(mut self, signer: impl Signer + 'static) -> Self {
        self.signing.signer = Some(Arc::new(signer));
        self
    }

    /// Changes the signature profiles of all operations, for settings that the vendor's
    /// documentation leaves open. Several changes are applied in order.
    pub fn adjust_signature(
        mut self,
        adjust: impl Fn(Profile) -> Profile + Send + Sync + 'static,
    ) -> Self {
        self.signing.adjust.push(Box::new(adjust));
        self
    }
}
