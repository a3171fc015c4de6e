//! The stand-in for `ecdsa-p256-sha256`, without the feature `ecdsa-p256`: no key can be created.

use super::{KeyError, SignError};

const DISABLED: KeyError =
    KeyError { what: "the key is a P-256 key: enable the feature `ecdsa-p256`" };

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
    pub(super) fn new(_: Vec<u8>) -> Result<Self, KeyError> {
        Err(DISABLED)
    }

    pub(super) fn verifies(&self, _: &[u8], _: &[u8]) -> bool {
        match *self {}
    }
}
