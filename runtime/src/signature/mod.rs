//! Message signatures (RFC 9421) and digests (RFC 9530).
//!
//! A [`Profile`] describes as data how a vendor signs messages. A generated client contains one and signs
//! every attempt of a call with the configured [`Signer`]. A [`Verifier`] verifies messages by the same
//! profile.
//!
//! ```
//! # async fn sign() -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::SystemTime;
//! use docwright_runtime::{HeaderMap, Url};
//! use docwright_runtime::signature::{
//!     Component, Digest, Message, Profile, SigningKey, Target, Verifier, VerifyingKey, content_digest,
//! };
//!
//! static PROFILE: Profile = Profile::RFC.components(&[
//!     Component::new("@method"),
//!     Component::new("@target-uri"),
//!     Component::new("content-digest").if_present(),
//! ]);
//!
//! let url = Url::parse("https://acme.test/orders?page=2")?;
//! let (target, mut headers) = (Target::from(&url), HeaderMap::new());
//! let (method, body) = ("POST".parse()?, b"{}");
//! let key = SigningKey::hmac_sha256("k1", b"a shared secret of some length")?;
//!
//! headers.insert("content-digest", content_digest(&[Digest::Sha256], body).parse()?);
//! let message = Message::request(&method, &target, &headers).body(body);
//! let signed = PROFILE.sign(&message, &key, SystemTime::now()).await?;
//! headers.insert("signature-input", signed.input.parse()?);
//! headers.insert("signature", signed.signature.parse()?);
//!
//! // The verifier insists on the method, the URL and the digest, as the profile does.
//! let verifier = Verifier::new(PROFILE)
//!     .key(VerifyingKey::hmac_sha256("k1", b"a shared secret of some length")?);
//! let received = Message::request(&method, &target, &headers).body(body);
//! verifier.verify(&received, SystemTime::now())?;
//! # Ok(()) }
//! # docwright_runtime::block_on(sign()).unwrap().unwrap();
//! ```

mod algorithm;
mod base;
mod coverage;
mod digest;
mod error;
mod hash;
mod key;
mod message;
mod profile;
mod request;
mod sign;
mod structured_fields;
mod verify;

pub use algorithm::Algorithm;
pub use digest::{Digest, DigestError, content_digest, verify_digest};
pub use error::{KeyError, SignError, VerifyError};
pub use key::{SignFuture, Signer, SigningKey, VerifyingKey};
pub use message::{Message, Target};
pub use profile::{
    AbsentQuery, Component, Encoding, FieldNames, Parameter, PreHash, Profile, TargetUri,
};
pub use sign::Signed;
pub use verify::{Verified, Verifier};

pub(crate) use hash::from_hex;

pub(crate) use request::{ClientSigning, OperationSigning, add_digest};
