//! Signature algorithms.

/// An algorithm of RFC 9421 §3.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// `ed25519` (§3.3.6)
    Ed25519,
    /// `hmac-sha256` (§3.3.3)
    HmacSha256,
    /// `ecdsa-p256-sha256` (§3.3.4)
    EcdsaP256Sha256,
    /// `rsa-pss-sha512` (§3.3.1)
    RsaPssSha512,
    /// `rsa-v1_5-sha256` (§3.3.2), only for verification
    RsaV15Sha256,
}

impl Algorithm {
    /// Returns the registered name of the algorithm.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::HmacSha256 => "hmac-sha256",
            Self::EcdsaP256Sha256 => "ecdsa-p256-sha256",
            Self::RsaPssSha512 => "rsa-pss-sha512",
            Self::RsaV15Sha256 => "rsa-v1_5-sha256",
        }
    }
}
