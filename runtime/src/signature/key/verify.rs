//! Verification keys: public keys and shared secrets.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::pem::{self, Kind};
use super::{Algorithm, KeyError, ssh};

/// A verification key and its id. A shared secret is wiped from memory when dropped, and never printed.
#[derive(Clone)]
pub struct VerifyingKey {
    id: String,
    key: Key,
}

#[derive(Clone)]
enum Key {
    Ed25519(Box<ed25519_dalek::VerifyingKey>),
    HmacSha256(Zeroizing<Vec<u8>>),
    #[cfg(feature = "ecdsa-p256")]
    EcdsaP256(Vec<u8>),
    #[cfg(feature = "rsa")]
    Rsa(Vec<u8>, Algorithm),
}

impl VerifyingKey {
    /// Parses a public key in PEM (`-----BEGIN PUBLIC KEY-----`), as `openssl pkey -pubout` writes it. The
    /// type of the key determines the algorithm: Ed25519, P-256 (feature `ecdsa-p256`) or RSA
    /// (`rsa-pss-sha512`, feature `rsa`).
    ///
    /// # Errors
    /// If the text is not a public key in this format, or the type of the key is not supported.
    pub fn from_pem(id: impl Into<String>, pem: &str) -> Result<Self, KeyError> {
        let (kind, bytes) = pem::parse_public_key(pem)?;
        let key = match kind {
            Kind::Ed25519 => ed25519_key(&bytes)?,
            #[cfg(feature = "ecdsa-p256")]
            Kind::P256 => Key::EcdsaP256(bytes),
            #[cfg(not(feature = "ecdsa-p256"))]
            Kind::P256 => {
                return Err(KeyError {
                    what: "the key is a P-256 key: enable the feature `ecdsa-p256`",
                });
            }
            #[cfg(feature = "rsa")]
            Kind::Rsa => Key::Rsa(bytes, Algorithm::RsaPssSha512),
            #[cfg(not(feature = "rsa"))]
            Kind::Rsa => {
                return Err(KeyError { what: "the key is an RSA key: enable the feature `rsa`" });
            }
        };
        Ok(Self { id: id.into(), key })
    }

    /// Parses a public RSA key in PEM, for `rsa-v1_5-sha256`.
    ///
    /// # Errors
    /// If the text is not a public RSA key in this format.
    #[cfg(feature = "rsa")]
    pub fn rsa_v15_from_pem(id: impl Into<String>, pem: &str) -> Result<Self, KeyError> {
        match pem::parse_public_key(pem)? {
            (Kind::Rsa, bytes) => {
                Ok(Self { id: id.into(), key: Key::Rsa(bytes, Algorithm::RsaV15Sha256) })
            }
            _ => Err(KeyError { what: "the key is not an RSA key" }),
        }
    }

    /// Parses a public Ed25519 key in OpenSSH format: `ssh-ed25519 AAAA… comment`.
    ///
    /// # Errors
    /// If the text is not an Ed25519 key in this format.
    pub fn from_openssh(id: impl Into<String>, text: &str) -> Result<Self, KeyError> {
        Ok(Self { id: id.into(), key: ed25519_key(&ssh::parse_ed25519(text)?)? })
    }

    /// Creates a key from the 32 bytes of a public Ed25519 key.
    ///
    /// # Errors
    /// If the bytes are not a point on the curve.
    pub fn ed25519(id: impl Into<String>, bytes: &[u8; 32]) -> Result<Self, KeyError> {
        Ok(Self { id: id.into(), key: ed25519_key(bytes)? })
    }

    /// Creates a key for `hmac-sha256` from a shared secret.
    #[must_use]
    pub fn hmac_sha256(id: impl Into<String>, secret: &[u8]) -> Self {
        Self { id: id.into(), key: Key::HmacSha256(Zeroizing::new(secret.to_vec())) }
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
            #[cfg(feature = "ecdsa-p256")]
            Key::EcdsaP256(_) => Algorithm::EcdsaP256Sha256,
            #[cfg(feature = "rsa")]
            Key::Rsa(_, algorithm) => *algorithm,
        }
    }

    /// Whether the signature is valid for the message. An HMAC is compared in constant time.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.key {
            Key::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify_strict(message, &signature).is_ok()),
            Key::HmacSha256(secret) => {
                Hmac::<Sha256>::new_from_slice(secret).is_ok_and(|mut mac| {
                    mac.update(message);
                    mac.verify_slice(signature).is_ok()
                })
            }
            #[cfg(feature = "ecdsa-p256")]
            Key::EcdsaP256(key) => super::ecdsa::verify(key, message, signature),
            #[cfg(feature = "rsa")]
            Key::Rsa(key, Algorithm::RsaV15Sha256) => {
                super::rsa::verify_v15(key, message, signature)
            }
            #[cfg(feature = "rsa")]
            Key::Rsa(key, _) => super::rsa::verify_pss(key, message, signature),
        }
    }
}

fn ed25519_key(bytes: &[u8]) -> Result<Key, KeyError> {
    let bytes: Option<&[u8; 32]> = bytes.try_into().ok();
    let key = bytes.and_then(|bytes| ed25519_dalek::VerifyingKey::from_bytes(bytes).ok());
    let key = key.ok_or(KeyError { what: "the bytes are not a public Ed25519 key" })?;
    Ok(Key::Ed25519(Box::new(key)))
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyingKey")
            .field("id", &self.id)
            .field("algorithm", &self.algorithm())
            .finish_non_exhaustive()
    }
}
