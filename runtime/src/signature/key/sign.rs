//! Signing keys: private keys and shared secrets.

use std::fmt;

use ed25519_dalek::Signer as _;
use ed25519_dalek::pkcs8::DecodePrivateKey;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::pem::{self, Kind};
use super::{Algorithm, KeyError, SignFuture, Signer, ecdsa, rsa, shared_secret};

/// A signing key and its id. It is wiped from memory when dropped, and never printed.
pub struct SigningKey {
    id: String,
    key: Key,
}

enum Key {
    Ed25519(ed25519_dalek::SigningKey),
    HmacSha256(Zeroizing<Vec<u8>>),
    EcdsaP256(ecdsa::Key),
    RsaPss(Box<rsa::Key>),
}

impl SigningKey {
    /// Parses a private key in PKCS#8 PEM, as `openssl genpkey` writes it. The type of the key determines
    /// the algorithm: Ed25519, P-256 (feature `ecdsa-p256`) or RSA (`rsa-pss-sha512`, feature `rsa`).
    ///
    /// # Errors
    /// If the text is not a private key in this format, or the type of the key is not supported.
    pub fn from_pkcs8_pem(id: impl Into<String>, pem: &str) -> Result<Self, KeyError> {
        let (kind, document) = pem::parse_private_key(pem)?;
        let key = match kind {
            Kind::Ed25519 => ed25519_dalek::SigningKey::from_pkcs8_der(document.as_bytes())
                .map(Key::Ed25519)
                .map_err(|_| KeyError { what: "the Ed25519 key is malformed" })?,
            Kind::P256 => Key::EcdsaP256(ecdsa::Key::from_pkcs8(document.as_bytes())?),
            Kind::Rsa => Key::RsaPss(Box::new(rsa::Key::from_pkcs8(document.as_bytes())?)),
        };
        Ok(Self { id: id.into(), key })
    }

    /// Creates an Ed25519 key from its 32-byte seed (RFC 8032 §5.1.5).
    #[must_use]
    pub fn ed25519_from_seed(id: impl Into<String>, seed: &[u8; 32]) -> Self {
        let key = Key::Ed25519(ed25519_dalek::SigningKey::from_bytes(seed));
        Self { id: id.into(), key }
    }

    /// Creates a key for `hmac-sha256` from a shared secret.
    ///
    /// # Errors
    /// If the secret is empty, so that anyone could sign.
    pub fn hmac_sha256(id: impl Into<String>, secret: &[u8]) -> Result<Self, KeyError> {
        Ok(Self { id: id.into(), key: Key::HmacSha256(shared_secret(secret)?) })
    }

    fn sign_message(&self, message: &[u8]) -> Result<Vec<u8>, super::SignError> {
        match &self.key {
            Key::Ed25519(key) => Ok(key.sign(message).to_bytes().to_vec()),
            Key::HmacSha256(secret) => Ok(hmac_sha256(secret, message)),
            Key::EcdsaP256(key) => key.sign(message),
            Key::RsaPss(key) => key.sign(message),
        }
    }
}

/// Returns the HMAC-SHA256 (RFC 2104) of a message, for a key of any length.
pub(super) fn hmac_sha256(key: &[u8], message: &[u8]) -> Vec<u8> {
    // The error is for algorithms with a fixed key length; HMAC has none.
    Hmac::<Sha256>::new_from_slice(key).map_or_else(
        |_| Vec::new(),
        |mut mac| {
            mac.update(message);
            mac.finalize().into_bytes().to_vec()
        },
    )
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
