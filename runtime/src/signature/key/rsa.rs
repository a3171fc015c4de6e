//! `rsa-pss-sha512` and `rsa-v1_5-sha256` (RFC 9421 §3.3.1, §3.3.2).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA512, RSA_PSS_SHA512, RsaKeyPair,
    UnparsedPublicKey,
};

use super::pem::{self, Kind};
use super::{Algorithm, KeyError, SignError};

/// A private key.
pub(super) struct Key(RsaKeyPair);

impl Key {
    pub(super) fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let what = "the RSA key is malformed or shorter than 2048 bits";
        RsaKeyPair::from_pkcs8(der).map(Self).map_err(|_| KeyError { what })
    }

    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        let signed = self.0.sign(&RSA_PSS_SHA512, &SystemRandom::new(), message, &mut signature);
        let failed = |_| SignError::new("signing with the RSA key failed", None);
        signed.map(|()| signature).map_err(failed)
    }
}

/// A public key: an `RSAPublicKey` (RFC 8017 §A.1.1).
#[derive(Clone)]
pub(super) struct PublicKey {
    bytes: Vec<u8>,
    algorithm: Algorithm,
}

impl PublicKey {
    /// Creates a key for `rsa-pss-sha512`.
    pub(super) fn pss(bytes: Vec<u8>) -> Result<Self, KeyError> {
        Ok(Self { bytes, algorithm: Algorithm::RsaPssSha512 })
    }

    /// Parses a key in PEM, for `rsa-v1_5-sha256`.
    pub(super) fn v15_from_pem(pem: &str) -> Result<Self, KeyError> {
        match pem::parse_public_key(pem)? {
            (Kind::Rsa, bytes) => Ok(Self { bytes, algorithm: Algorithm::RsaV15Sha256 }),
            _ => Err(KeyError { what: "the key is not an RSA key" }),
        }
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let parameters = match self.algorithm {
            Algorithm::RsaV15Sha256 => &RSA_PKCS1_2048_8192_SHA256,
            _ => &RSA_PSS_2048_8192_SHA512,
        };
        UnparsedPublicKey::new(parameters, &self.bytes).verify(message, signature).is_ok()
    }
}
