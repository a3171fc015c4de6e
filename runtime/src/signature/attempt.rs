//! Adds digests and signatures to the attempts of a call.

use http::header::{CONTENT_LENGTH, HeaderMap, HeaderValue};

use super::digest::content_digest;
use super::message::{Message, Target};
use super::profile::Profile;
use crate::attempt::{CallState, Failure};
use crate::call::PreparedRequest;
use crate::error::RequestError;
use crate::operation::Operation;
use crate::payload::Payload;

const DIGEST: &str = "content-digest";
const INPUT: &str = "signature-input";
const SIGNATURE: &str = "signature";

/// Adds the digest of the body, unless the caller set one or there is no body.
pub(crate) fn add_digest(operation: &Operation, request: &mut PreparedRequest) {
    let Some(body) = request.body.as_ref().and_then(Payload::bytes) else { return };
    if operation.digest.is_empty() || request.headers.contains_key(DIGEST) {
        return;
    }
    insert_header(&mut request.headers, DIGEST, &content_digest(operation.digest, &body));
}

/// Checks before the first attempt that the request can be signed: there is a suitable key, and the body
/// is in memory.
pub(crate) fn check_signing(state: &CallState<'_>) -> Result<(), Failure> {
    let headers = &state.request.headers;
    let has_profile = state.operation.signature.is_some();
    if has_profile && headers.contains_key(SIGNATURE) != headers.contains_key(INPUT) {
        let what = "the headers `Signature` and `Signature-Input` must be set together";
        return Err(Failure::Request(RequestError(what.to_owned())));
    }
    let needs_signature = has_profile && !is_signed(headers);
    if needs_signature && state.client.0.signer.is_none() {
        let what = "no signing key is set: pass one to `ClientBuilder::signing_key`";
        return Err(Failure::Request(RequestError(what.to_owned())));
    }
    if let (Some(signer), true) = (&state.client.0.signer, needs_signature)
        && let Some(profile) = state.operation.signature
    {
        let checked = adjusted_profile(state, profile).check_algorithm(signer.as_ref());
        checked.map_err(|error| Failure::Request(RequestError(error.to_string())))?;
    }
    let needs_body = needs_signature || !state.operation.digest.is_empty();
    if needs_body && state.request.body.as_ref().is_some_and(|body| body.bytes().is_none()) {
        let what = "a file or stream cannot be signed: pass its bytes instead";
        return Err(Failure::Request(RequestError(what.to_owned())));
    }
    Ok(())
}

/// Signs the request of one attempt, unless the caller set a signature.
pub(crate) async fn add_signature(
    state: &CallState<'_>,
    request: &mut PreparedRequest,
) -> Result<(), Failure> {
    let client = &state.client.0;
    let Some(profile) = state.operation.signature else { return Ok(()) };
    let profile = adjusted_profile(state, profile);
    let Some(signer) = client.signer.as_deref().filter(|_| !is_signed(&request.headers)) else {
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
    let signed = profile.sign(&message, signer, state.client.now()).await;
    let signed = signed.map_err(|error| Failure::Request(RequestError(error.to_string())))?;
    insert_header(&mut request.headers, INPUT, &signed.input);
    insert_header(&mut request.headers, SIGNATURE, &signed.signature);
    Ok(())
}

/// Returns the profile with the changes that the caller configured.
fn adjusted_profile(state: &CallState<'_>, profile: &Profile) -> Profile {
    let adjust = &state.client.0.adjust;
    adjust.iter().fold(*profile, |profile, adjust| adjust(profile))
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
