//! `rsa-pss-sha512` and `rsa-v1_5-sha256` (RFC 9421 §3.3.1, §3.3.2).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA512, RSA_PSS_SHA512, RsaKeyPair,
    UnparsedPublicKey,
};

use super::{KeyError, SignError};

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

/// Verifies a signature. `key` is an `RSAPublicKey` (RFC 8017 §A.1.1).
pub(super) fn verify_pss(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA512, key).verify(message, signature).is_ok()
}

/// Verifies a signature. `key` is an `RSAPublicKey` (RFC 8017 §A.1.1).
pub(super) fn verify_v15(key: &[u8], message: &[u8], signature: &[u8]) -> bool {
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key).verify(message, signature).is_ok()
}
