//! Message signatures (RFC 9421) and digests (RFC 9530).
//!
//! A [`Profile`] says as data how a vendor signs; a generated client holds one and signs every attempt
//! of a call with the [`Signer`] it was given. The same profile verifies: [`Verifier`].
//!
//! ```
//! # async fn sign() -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::SystemTime;
//! use docwright_runtime::{HeaderMap, Url};
//! use docwright_runtime::signature::{
//!     Component, Message, Profile, SigningKey, Target, Verifier, VerifyingKey,
//! };
//!
//! static PROFILE: Profile =
//!     Profile::RFC.components(&[Component::new("@method"), Component::new("@target-uri")]);
//!
//! let url = Url::parse("https://acme.test/orders?page=2")?;
//! let (target, mut headers) = (Target::from(&url), HeaderMap::new());
//! let method = "GET".parse()?;
//! let key = SigningKey::hmac_sha256("k1", b"a shared secret of some length");
//!
//! let message = Message::request(&method, &target, &headers);
//! let signed = PROFILE.sign(&message, &key, SystemTime::now()).await?;
//! headers.insert("signature-input", signed.input.parse()?);
//! headers.insert("signature", signed.signature.parse()?);
//!
//! let verifier = Verifier::new(PROFILE)
//!     .key(VerifyingKey::hmac_sha256("k1", b"a shared secret of some length"));
//! verifier.verify(&Message::request(&method, &target, &headers), SystemTime::now())?;
//! # Ok(()) }
//! # docwright_runtime::block_on(sign()).unwrap().unwrap();
//! ```

mod attempt;
mod base;
mod digest;
mod error;
mod fields;
mod hash;
mod key;
mod message;
mod profile;
mod sign;
mod verify;

pub use digest::{Digest, DigestError, content_digest, verify_digest};
pub use error::{KeyError, SignError, VerifyError};
pub use key::{Algorithm, Signer, Signing, SigningKey, VerifyingKey};
pub use message::{Message, Target};
pub use profile::{
    AbsentQuery, Component, Encoding, Names, Parameter, PreHash, Profile, TargetUri,
};
pub use sign::Signed;
pub use verify::{Verified, Verifier};

pub(crate) use hash::from_hex;

pub(crate) use attempt::{check, digest as fill_digest, sign as fill_signature};
