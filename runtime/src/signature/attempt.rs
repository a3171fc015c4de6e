//! What signatures and digests add to the attempts of a call.

use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};

use super::digest::content_digest;
use super::message::{Message, Target};
use super::profile::Profile;
use crate::attempt::{Failure, Ongoing};
use crate::call::Prepared;
use crate::error::RequestError;
use crate::operation::Operation;
use crate::payload::Payload;

const DIGEST: &str = "content-digest";
const INPUT: &str = "signature-input";
const SIGNATURE: &str = "signature";

/// Adds the digest of the body, unless the caller gave one or there is no body.
pub(crate) fn digest(operation: &Operation, request: &mut Prepared) {
    let Some(body) = request.body.as_ref().and_then(Payload::bytes) else { return };
    if operation.digest.is_empty() || request.headers.contains_key(DIGEST) {
        return;
    }
    insert(&mut request.headers, DIGEST, &content_digest(operation.digest, &body));
}

/// Says that there is no key, or that a file would have to be read to be signed, before anything is
/// sent or asked for.
pub(crate) fn check(ongoing: &Ongoing<'_>) -> Result<(), Failure> {
    let headers = &ongoing.request.headers;
    let wanted = ongoing.operation.signature.is_some();
    if wanted && headers.contains_key(SIGNATURE) != headers.contains_key(INPUT) {
        let what = "of `Signature` and `Signature-Input`, both have to be given, or neither";
        return Err(Failure::Request(RequestError(what.to_owned())));
    }
    let is_signed = wanted && !is_there(headers);
    if is_signed && ongoing.client.0.signer.is_none() {
        let what = "no signing key is given (`ClientBuilder::signing_key`)";
        return Err(Failure::Request(RequestError(what.to_owned())));
    }
    if let (Some(signer), true) = (&ongoing.client.0.signer, is_signed)
        && let Some(profile) = ongoing.operation.signature
    {
        let checked = adjusted(ongoing, profile).check(signer.as_ref());
        checked.map_err(|error| Failure::Request(RequestError(error.to_string())))?;
    }
    let is_covered = is_signed || !ongoing.operation.digest.is_empty();
    if is_covered && ongoing.request.body.as_ref().is_some_and(|body| body.bytes().is_none()) {
        let what = "a file cannot be signed; read it and give its bytes";
        return Err(Failure::Request(RequestError(what.to_owned())));
    }
    Ok(())
}

/// Signs the request of one attempt, unless the caller gave a signature.
pub(crate) async fn sign(ongoing: &Ongoing<'_>, request: &mut Prepared) -> Result<(), Failure> {
    let client = &ongoing.client.0;
    let Some(profile) = ongoing.operation.signature else { return Ok(()) };
    let profile = adjusted(ongoing, profile);
    let Some(signer) = client.signer.as_deref().filter(|_| !is_there(&request.headers)) else {
        return Ok(());
    };
    let body = request.body.as_ref().and_then(Payload::bytes);
    if let Some(body) = &body {
        // It may be covered, so it is said here and not left to the transport.
        request.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    }
    let target = Target::from(&request.url);
    let message = Message::request(&request.method, &target, &request.headers);
    let message = body.as_ref().map_or(message, |body| message.body(body));
    let signed = profile.sign(&message, signer, ongoing.client.now()).await;
    let signed = signed.map_err(|error| Failure::Request(RequestError(error.to_string())))?;
    insert(&mut request.headers, INPUT, &signed.input);
    insert(&mut request.headers, SIGNATURE, &signed.signature);
    Ok(())
}

/// The profile with what the caller changed of it.
fn adjusted(ongoing: &Ongoing<'_>, profile: &Profile) -> Profile {
    let adjust = &ongoing.client.0.adjust;
    adjust.iter().fold(*profile, |profile, adjust| adjust(profile))
}

fn is_there(headers: &HeaderMap) -> bool {
    headers.contains_key(SIGNATURE)
}

/// The values are printable ASCII by the way they are made.
fn insert(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
