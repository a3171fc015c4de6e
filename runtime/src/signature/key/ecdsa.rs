//! `ecdsa-p256-sha256` (RFC 9421 §3.3.4).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, UnparsedPublicKey,
};

use super::{KeyError, SignError};

/// A private key.
pub(super) struct Key(EcdsaKeyPair);

impl Key {
    pub(super) fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der);
        key.map(Self).map_err(|_| KeyError { what: "the P-256 key is malformed" })
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let signature = self.0.sign(&SystemRandom::new(), message);
        let failed = |_| SignError::new("signing with the P-256 key failed", None);
        signature.map(|signature| signature.as_ref().to_vec()).map_err(failed)
    }
}

/// A public key: an encoded point (SEC 1 §2.3.3).
#[derive(Clone)]
pub(super) struct PublicKey(Vec<u8>);

impl PublicKey {
    pub(super) fn new(bytes: Vec<u8>) -> Result<Self, KeyError> {
        Ok(Self(bytes))
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &self.0);
        key.verify(message, signature).is_ok()
    }
}
