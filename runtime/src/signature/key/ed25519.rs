//! `ed25519` (RFC 9421 §3.3.6).

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use pkcs8::DecodePrivateKey;

use super::KeyError;

/// A private key.
pub(super) struct Key(SigningKey);

impl Key {
    pub(super) fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let key = SigningKey::from_pkcs8_der(der);
        key.map(Self).map_err(|_| KeyError { what: "the Ed25519 key is malformed" })
    }

    pub(super) fn from_seed(seed: &[u8; 32]) -> Result<Self, KeyError> {
        Ok(Self(SigningKey::from_bytes(seed)))
    }

    pub(super) fn sign(&self, message: &[u8]) -> Vec<u8> {
        self.0.sign(message).to_bytes().to_vec()
    }
}

/// A public key.
#[derive(Clone)]
pub(super) struct PublicKey(Box<VerifyingKey>);

impl PublicKey {
    pub(super) fn new(bytes: &[u8]) -> Result<Self, KeyError> {
        let bytes: Option<&[u8; 32]> = bytes.try_into().ok();
        let key = bytes.and_then(|bytes| VerifyingKey::from_bytes(bytes).ok());
        let key = key.ok_or(KeyError { what: "the bytes are not a public Ed25519 key" })?;
        Ok(Self(Box::new(key)))
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.0.verify_strict(message, &signature).is_ok())
    }
}
