//! Adds digests and signatures to requests.

use std::sync::Arc;
use std::time::SystemTime;

use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};

use super::digest::{Digest, content_digest};
use super::key::Signer;
use super::message::{Message, Target};
use super::profile::Profile;
use crate::message::error::RequestError;
use crate::message::payload::Payload;
use crate::message::request::PreparedRequest;

const DIGEST: &str = "content-digest";
const INPUT: &str = "signature-input";
const SIGNATURE: &str = "signature";

/// How the requests of an operation are signed, as constant data.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OperationSigning {
    pub(crate) digest: &'static [Digest],
    pub(crate) profile: Option<&'static Profile>,
}

impl OperationSigning {
    pub(crate) const NONE: Self = Self { digest: &[], profile: None };
}

/// A change to a signature profile.
type Adjust = Box<dyn Fn(Profile) -> Profile + Send + Sync>;

/// The settings of a client for signing.
#[derive(Default)]
pub(crate) struct ClientSigning {
    pub(crate) signer: Option<Arc<dyn Signer>>,
    pub(crate) adjust: Vec<Adjust>,
}

/// Adds the digest of the body, unless the caller set one or there is no body.
pub(crate) fn add_digest(operation: &OperationSigning, request: &mut PreparedRequest) {
    let Some(body) = request.body.as_ref().and_then(Payload::bytes) else { return };
    if operation.digest.is_empty() || request.headers.contains_key(DIGEST) {
        return;
    }
    insert_header(&mut request.headers, DIGEST, &content_digest(operation.digest, &body));
}

impl ClientSigning {
    /// Checks before the first attempt that the request can be signed: there is a suitable key, and the
    /// body is in memory.
    pub(crate) fn check(
        &self,
        operation: &OperationSigning,
        request: &PreparedRequest,
    ) -> Result<(), RequestError> {
        let headers = &request.headers;
        let has_profile = operation.profile.is_some();
        if has_profile && headers.contains_key(SIGNATURE) != headers.contains_key(INPUT) {
            let what = "the headers `Signature` and `Signature-Input` must be set together";
            return Err(RequestError::credentials(what.to_owned()));
        }
        let needs_signature = has_profile && !is_signed(headers);
        if needs_signature && self.signer.is_none() {
            let what = "no signing key is set: pass one to `ClientBuilder::signing_key`";
            return Err(RequestError::credentials(what.to_owned()));
        }
        if let (Some(signer), true) = (&self.signer, needs_signature)
            && let Some(profile) = operation.profile
        {
            let checked = self.adjusted_profile(profile).check_algorithm(signer.as_ref());
            checked.map_err(|error| RequestError::credentials(error.to_string()))?;
        }
        let needs_body = needs_signature || !operation.digest.is_empty();
        if needs_body && request.body.as_ref().is_some_and(|body| body.bytes().is_none()) {
            let what = "a file or stream cannot be signed: pass its bytes instead";
            return Err(RequestError::body(what.to_owned()));
        }
        Ok(())
    }

    /// Signs the request of one attempt, unless the caller set a signature.
    pub(crate) async fn sign(
        &self,
        operation: &OperationSigning,
        request: &mut PreparedRequest,
        now: impl Fn() -> SystemTime,
    ) -> Result<(), RequestError> {
        let Some(profile) = operation.profile else { return Ok(()) };
        let profile = self.adjusted_profile(profile);
        let Some(signer) = self.signer.as_deref().filter(|_| !is_signed(&request.headers)) else {
            return Ok(());
        };
        let body = request.body.as_ref().and_then(Payload::bytes);
        if let Some(body) = &body {
            // Set here instead of by the transport, since the signature may cover it.
            request.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
        }
        let target = Target::from(&request.url);
        let message = Message::request(&request.method, &target, &request.headers);
        let message = body.as_ref().map_or(message, |body| message.body(body));
        let signed = profile.sign(&message, signer, now()).await;
        let signed = signed.map_err(|error| {
            let message = error.to_string();
            RequestError::signature(message, error.into_source())
        })?;
        insert_header(&mut request.headers, INPUT, &signed.input);
        insert_header(&mut request.headers, SIGNATURE, &signed.signature);
        Ok(())
    }

    /// Returns the profile with the changes that the caller configured.
    fn adjusted_profile(&self, profile: &Profile) -> Profile {
        self.adjust.iter().fold(*profile, |profile, adjust| adjust(profile))
    }
}

fn is_signed(headers: &HeaderMap) -> bool {
    headers.contains_key(SIGNATURE)
}

/// Inserts a header. The values are always printable ASCII.
fn insert_header(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
