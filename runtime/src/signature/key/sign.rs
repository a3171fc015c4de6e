//! Signing keys: private keys and shared secrets.

use std::fmt;

use super::pem::{self, Kind};
use super::{Algorithm, KeyError, SignFuture, Signer, ecdsa, ed25519, hmac, rsa};

/// A signing key and its id. It is wiped from memory when dropped, and never printed.
pub struct SigningKey {
    id: String,
    key: Key,
}

enum Key {
    Ed25519(Box<ed25519::Key>),
    HmacSha256(hmac::Key),
    EcdsaP256(ecdsa::Key),
    RsaPss(Box<rsa::Key>),
}

impl SigningKey {
    /// Parses a private key in PKCS#8 PEM, as `openssl genpkey` writes it. The type of the key determines
    /// the algorithm: Ed25519 (feature `ed25519`), P-256 (`ecdsa-p256`) or RSA (`rsa-pss-sha512`, `rsa`).
    ///
    /// # Errors
    /// If the text is not a private key in this format, or the type of the key is not supported.
    pub fn from_pkcs8_pem(id: impl Into<String>, pem: &str) -> Result<Self, KeyError> {
        let (kind, document) = pem::parse_private_key(pem)?;
        let key = match kind {
            Kind::Ed25519 => Key::Ed25519(Box::new(ed25519::Key::from_pkcs8(document.as_bytes())?)),
            Kind::P256 => Key::EcdsaP256(ecdsa::Key::from_pkcs8(document.as_bytes())?),
            Kind::Rsa => Key::RsaPss(Box::new(rsa::Key::from_pkcs8(document.as_bytes())?)),
        };
        Ok(Self { id: id.into(), key })
    }

    /// Creates an Ed25519 key from its 32-byte seed (RFC 8032 §5.1.5).
    ///
    /// # Errors
    /// Without the feature `ed25519`.
    pub fn ed25519_from_seed(id: impl Into<String>, seed: &[u8; 32]) -> Result<Self, KeyError> {
        let key = Key::Ed25519(Box::new(ed25519::Key::from_seed(seed)?));
        Ok(Self { id: id.into(), key })
    }

    /// Creates a key for `hmac-sha256` from a shared secret.
    ///
    /// # Errors
    /// If the secret is empty, or without the feature `hmac`.
    pub fn hmac_sha256(id: impl Into<String>, secret: &[u8]) -> Result<Self, KeyError> {
        Ok(Self { id: id.into(), key: Key::HmacSha256(hmac::Key::new(secret)?) })
    }

    fn sign_message(&self, message: &[u8]) -> Result<Vec<u8>, super::SignError> {
        match &self.key {
            Key::Ed25519(key) => Ok(key.sign(message)),
            Key::HmacSha256(key) => Ok(key.sign(message)),
            Key::EcdsaP256(key) => key.sign(message),
            Key::RsaPss(key) => key.sign(message),
        }
    }
}

impl Signer for SigningKey {
    fn key_id(&self) -> &str {
        &self.id
    }

    fn algorithm(&self) -> Algorithm {
        match &self.key {
            Key::Ed25519(_) => Algorithm::Ed25519,
            Key::HmacSha256(_) => Algorithm::HmacSha256,
            Key::EcdsaP256(_) => Algorithm::EcdsaP256Sha256,
            Key::RsaPss(_) => Algorithm::RsaPssSha512,
        }
    }

    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(std::future::ready(self.sign_message(message)))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("id", &self.id)
            .field("algorithm", &self.algorithm())
            .finish_non_exhaustive()
    }
}
