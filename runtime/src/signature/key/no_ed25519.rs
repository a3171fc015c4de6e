//! The stand-in for Ed25519, without the feature `ed25519`: no key can be created.

use super::KeyError;

const DISABLED: KeyError =
    KeyError { what: "the key is an Ed25519 key: enable the feature `ed25519`" };

pub(super) enum Key {}

impl Key {
    pub(super) fn from_pkcs8(_: &[u8]) -> Result<Self, KeyError> {
        Err(DISABLED)
    }

    pub(super) fn from_seed(_: &[u8; 32]) -> Result<Self, KeyError> {
        Err(DISABLED)
    }

    pub(super) fn sign(&self, _: &[u8]) -> Vec<u8> {
        match *self {}
    }
}

#[derive(Clone)]
pub(super) enum PublicKey {}

impl PublicKey {
    pub(super) fn new(_: &[u8]) -> Result<Self, KeyError> {
        Err(DISABLED)
    }

    pub(super) fn verifies(&self, _: &[u8], _: &[u8]) -> bool {
        match *self {}
    }
}
