//! The stand-in for RSA, without the feature `rsa`: no key can be created.

use super::{Algorithm, KeyError, SignError};

const DISABLED: KeyError = KeyError { what: "the key is an RSA key: enable the feature `rsa`" };

pub(super) enum Key {}

impl Key {
    pub(super) fn from_pkcs8(_: &[u8]) -> Result<Self, KeyError> {
        Err(DISABLED)
    }

    pub(super) fn sign(&self, _: &[u8]) -> Result<Vec<u8>, SignError> {
        match *self {}
    }
}

#[derive(Clone)]
pub(super) enum PublicKey {}

impl PublicKey {
    pub(super) fn pss(_: Vec<u8>) -> Result<Self, KeyError> {
        Err(DISABLED)
    }

    pub(super) fn v15_from_pem(_: &str) -> Result<Self, KeyError> {
        Err(DISABLED)
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        match *self {}
    }

    pub(super) fn verifies(&self, _: &[u8], _: &[u8]) -> bool {
        match *self {}
    }
}
