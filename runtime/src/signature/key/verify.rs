//! Public and shared keys.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::pem::{self, Kind};
use super::{Algorithm, KeyError, ssh};

/// A key that verifies, and the id it is known by. A shared secret is wiped from memory when dropped
/// and never shown.
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
    /// A public key in PEM (`-----BEGIN PUBLIC KEY-----`), as `openssl pkey -pubout` writes it; its kind
    /// says the algorithm: Ed25519, or P-256 and RSA (as `rsa-pss-sha512`) with the features of the
    /// same name.
    ///
    /// # Errors
    /// If it is no public key in this form, or of a kind that can't be used here.
    pub fn from_pem(id: impl Into<String>, pem: &str) -> Result<Self, KeyError> {
        let (kind, bytes) = pem::public(pem)?;
        let key = match kind {
            Kind::Ed25519 => ed25519(&bytes)?,
            #[cfg(feature = "ecdsa-p256")]
            Kind::P256 => Key::EcdsaP256(bytes),
            #[cfg(not(feature = "ecdsa-p256"))]
            Kind::P256 => {
                return Err(KeyError {
                    what: "the key is a P-256 key, for which the feature `ecdsa-p256` is off",
                });
            }
            #[cfg(feature = "rsa")]
            Kind::Rsa => Key::Rsa(bytes, Algorithm::RsaPssSha512),
            #[cfg(not(feature = "rsa"))]
            Kind::Rsa => {
                return Err(KeyError {
                    what: "the key is an RSA key, for which the feature `rsa` is off",
                });
            }
        };
        Ok(Self { id: id.into(), key })
    }

    /// A public RSA key in PEM that verifies `rsa-v1_5-sha256`.
    ///
    /// # Errors
    /// If it is no public RSA key in this form.
    #[cfg(feature = "rsa")]
    pub fn rsa_v15_from_pem(id: impl Into<String>, pem: &str) -> Result<Self, KeyError> {
        match pem::public(pem)? {
            (Kind::Rsa, bytes) => {
                Ok(Self { id: id.into(), key: Key::Rsa(bytes, Algorithm::RsaV15Sha256) })
            }
            _ => Err(KeyError { what: "the key is no RSA key" }),
        }
    }

    /// A public Ed25519 key as OpenSSH writes it: `ssh-ed25519 AAAA… comment`.
    ///
    /// # Errors
    /// If it is no Ed25519 key in this form.
    pub fn from_openssh(id: impl Into<String>, text: &str) -> Result<Self, KeyError> {
        Ok(Self { id: id.into(), key: ed25519(&ssh::ed25519(text)?)? })
    }

    /// The 32 bytes of a public Ed25519 key.
    ///
    /// # Errors
    /// If they are no point of the curve.
    pub fn ed25519(id: impl Into<String>, bytes: &[u8; 32]) -> Result<Self, KeyError> {
        Ok(Self { id: id.into(), key: ed25519(bytes)? })
    }

    /// A shared secret for `hmac-sha256`.
    #[must_use]
    pub fn hmac_sha256(id: impl Into<String>, secret: &[u8]) -> Self {
        Self { id: id.into(), key: Key::HmacSha256(Zeroizing::new(secret.to_vec())) }
    }

    /// The `keyid` of signatures that were made with it. An empty one stands for any.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What it verifies.
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

    /// Whether the signature is that of these bytes. A shared secret is compared in a time that does not
    /// depend on where the difference is.
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

fn ed25519(bytes: &[u8]) -> Result<Key, KeyError> {
    let bytes: Option<&[u8; 32]> = bytes.try_into().ok();
    let key = bytes.and_then(|bytes| ed25519_dalek::VerifyingKey::from_bytes(bytes).ok());
    let key = key.ok_or(KeyError { what: "the bytes are no public Ed25519 key" })?;
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
