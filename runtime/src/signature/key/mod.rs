//! Keys for signing and verification.

#[cfg_attr(not(feature = "ecdsa-p256"), path = "no_ecdsa.rs")]
mod ecdsa;
#[cfg_attr(not(feature = "ed25519"), path = "no_ed25519.rs")]
mod ed25519;
#[cfg_attr(not(feature = "hmac"), path = "no_hmac.rs")]
mod hmac;
mod pem;
#[cfg_attr(not(feature = "rsa"), path = "no_rsa.rs")]
mod rsa;
mod sign;
mod ssh;
mod verify;

use super::algorithm::Algorithm;
use crate::platform::BoxedFuture;

pub use sign::SigningKey;
pub use verify::VerifyingKey;

pub use super::error::{KeyError, SignError};

/// The future of [`Signer::sign`].
pub type SignFuture<'a> = BoxedFuture<'a, Result<Vec<u8>, SignError>>;

/// Signs messages: a [`SigningKey`], or a key service that never reveals the key.
///
/// ```
/// use docwright_runtime::signature::{Algorithm, SignError, Signer, SignFuture};
///
/// struct KeyService;
/// # impl KeyService { async fn request(&self, _: &[u8]) -> Result<Vec<u8>, std::io::Error> { Ok(vec![]) } }
///
/// impl Signer for KeyService {
///     fn key_id(&self) -> &str {
///         "key-7"
///     }
///     fn algorithm(&self) -> Algorithm {
///         Algorithm::Ed25519
///     }
///     fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
///         Box::pin(async move {
///             let signature = self.request(message).await;
///             signature.map_err(|e| SignError::new("the key service failed", Some(e.into())))
///         })
///     }
/// }
/// ```
pub trait Signer: Send + Sync {
    /// Returns the `keyid` by which the verifier identifies the key.
    fn key_id(&self) -> &str;

    /// Returns the algorithm of the key.
    fn algorithm(&self) -> Algorithm;

    /// Signs the bytes.
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a>;
}
