//! Verification keys: public keys and shared secrets.

use std::fmt;

use super::pem::{self, Kind};
use super::{Algorithm, KeyError, ecdsa, ed25519, hmac, rsa, ssh};

/// A verification key and its id. A shared secret is wiped from memory when dropped, and never printed.
#[derive(Clone)]
pub struct VerifyingKey {
    id: String,
    key: Key,
}

#[derive(Clone)]
enum Key {
    Ed25519(ed25519::PublicKey),
    HmacSha256(hmac::Key),
    EcdsaP256(ecdsa::PublicKey),
    Rsa(rsa::PublicKey),
}

impl VerifyingKey {
    /// Parses a public key in PEM (`-----BEGIN PUBLIC KEY-----`), as `openssl pkey -pubout` writes it. The
    /// type of the key determines the algorithm: Ed25519 (feature `ed25519`), P-256 (`ecdsa-p256`) or RSA
    /// (`rsa-pss-sha512`, `rsa`).
    ///
    /// # Errors
    /// If the text is not a public key in this format, or the type of the key is not supported.
    pub fn from_pem(id: impl Into<String>, pem: &str) -> Result<Self, KeyError> {
        let (kind, bytes) = pem::parse_public_key(pem)?;
        let key = match kind {
            Kind::Ed25519 => Key::Ed25519(ed25519::PublicKey::new(&bytes)?),
            Kind::P256 => Key::EcdsaP256(ecdsa::PublicKey::new(bytes)?),
            Kind::Rsa => Key::Rsa(rsa::PublicKey::pss(bytes)?),
        };
        Ok(Self { id: id.into(), key })
    }

    /// Parses a public RSA key in PEM, for `rsa-v1_5-sha256` (feature `rsa`).
    ///
    /// # Errors
    /// If the text is not a public RSA key in this format, or RSA is not supported.
    pub fn rsa_v15_from_pem(id: impl Into<String>, pem: &str) -> Result<Self, KeyError> {
        Ok(Self { id: id.into(), key: Key::Rsa(rsa::PublicKey::v15_from_pem(pem)?) })
    }

    /// Parses a public Ed25519 key in OpenSSH format: `ssh-ed25519 AAAA… comment`.
    ///
    /// # Errors
    /// If the text is not an Ed25519 key in this format, or without the feature `ed25519`.
    pub fn from_openssh(id: impl Into<String>, text: &str) -> Result<Self, KeyError> {
        Ok(Self {
            id: id.into(),
            key: Key::Ed25519(ed25519::PublicKey::new(&ssh::parse_ed25519(text)?)?),
        })
    }

    /// Creates a key from the 32 bytes of a public Ed25519 key.
    ///
    /// # Errors
    /// If the bytes are not a point on the curve, or without the feature `ed25519`.
    pub fn ed25519(id: impl Into<String>, bytes: &[u8; 32]) -> Result<Self, KeyError> {
        Ok(Self { id: id.into(), key: Key::Ed25519(ed25519::PublicKey::new(bytes)?) })
    }

    /// Creates a key for `hmac-sha256` from a shared secret.
    ///
    /// # Errors
    /// If the secret is empty, or without the feature `hmac`.
    pub fn hmac_sha256(id: impl Into<String>, secret: &[u8]) -> Result<Self, KeyError> {
        Ok(Self { id: id.into(), key: Key::HmacSha256(hmac::Key::new(secret)?) })
    }

    /// Returns the id of the key. A key with an empty id is tried for signatures with any `keyid`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the algorithm of the key.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match &self.key {
            Key::Ed25519(_) => Algorithm::Ed25519,
            Key::HmacSha256(_) => Algorithm::HmacSha256,
            Key::EcdsaP256(_) => Algorithm::EcdsaP256Sha256,
            Key::Rsa(key) => key.algorithm(),
        }
    }

    /// Whether the signature is valid for the message. An HMAC is compared in constant time.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.key {
            Key::Ed25519(key) => key.verifies(message, signature),
            Key::HmacSha256(key) => key.verifies(message, signature),
            Key::EcdsaP256(key) => key.verifies(message, signature),
            Key::Rsa(key) => key.verifies(message, signature),
        }
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyingKey")
            .field("id", &self.id)
            .field("algorithm", &self.algorithm())
            .finish_non_exhaustive()
    }
}
