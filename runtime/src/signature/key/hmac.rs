//! `hmac-sha256` (RFC 9421 §3.3.3).

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::KeyError;

/// A shared secret. It is wiped from memory when dropped.
#[derive(Clone)]
pub(super) struct Key(Zeroizing<Vec<u8>>);

impl Key {
    /// Anyone can sign with an empty secret, and configuration that is missing easily becomes one.
    pub(super) fn new(secret: &[u8]) -> Result<Self, KeyError> {
        if secret.is_empty() {
            return Err(KeyError { what: "the secret is empty" });
        }
        Ok(Self(Zeroizing::new(secret.to_vec())))
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.mac(message).map_or_else(Vec::new, |mac| mac.finalize().into_bytes().to_vec())
    }

    /// Compares in constant time.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        self.mac(message).is_some_and(|mac| mac.verify_slice(signature).is_ok())
    }

    fn mac(&self, message: &[u8]) -> Option<Hmac<Sha256>> {
        // The error is for algorithms with a fixed key length; HMAC has none.
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).ok()?;
        mac.update(message);
        Some(mac)
    }
}
