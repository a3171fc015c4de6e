//! Message signatures and digests, checked against the examples of the RFCs and the `sfv` crate.

mod calls;
mod changes;
mod digests;
mod keys;
mod rfc9421;
mod structured;
mod verify_coverage;
mod verifying;
mod webhooks;

use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use docwright_runtime::signature::{Algorithm, Message, Profile, SignFuture, Signed, Signer};
use docwright_runtime::{HeaderMap, block_on};
use http::{HeaderName, HeaderValue};

/// 2021-04-20T02:07:53Z, when the examples of RFC 9421 were signed.
const RFC_TIME: u64 = 1_618_884_473;

fn unix_time(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let name = HeaderName::try_from(*name).unwrap();
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    headers
}

/// Returns the headers with the signature's headers added.
fn with_signature(headers: &HeaderMap, signed: &Signed) -> HeaderMap {
    let mut headers = headers.clone();
    headers.append("signature-input", signed.input.parse().unwrap());
    headers.append("signature", signed.signature.parse().unwrap());
    headers
}

fn sign(profile: &Profile, message: &Message<'_>, signer: &dyn Signer) -> Signed {
    block_on(profile.sign(message, signer, unix_time(RFC_TIME))).unwrap().unwrap()
}

/// A signer that records the signature base.
struct Recorder {
    id: &'static str,
    message: Mutex<String>,
}

impl Recorder {
    fn new(id: &'static str) -> Self {
        Self { id, message: Mutex::default() }
    }
}

impl Signer for Recorder {
    fn key_id(&self) -> &str {
        self.id
    }

    fn algorithm(&self) -> Algorithm {
        Algorithm::Ed25519
    }

    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        *self.message.lock().unwrap() = String::from_utf8(message.to_vec()).unwrap();
        Box::pin(std::future::ready(Ok(vec![0; 64])))
    }
}

/// Returns the signature base of a message, and the signature's headers.
fn signature_base(profile: &Profile, message: &Message<'_>, id: &'static str) -> (String, Signed) {
    let recorder = Recorder::new(id);
    let signed = sign(profile, message, &recorder);
    (recorder.message.into_inner().unwrap(), signed)
}
