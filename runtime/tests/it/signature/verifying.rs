//! The checks of a verifier.

use std::time::Duration;

use docwright_runtime::signature::{
    Component, FieldNames, Message, Parameter, Profile, SigningKey, Target, Verified, Verifier,
    VerifyError, VerifyingKey,
};
use docwright_runtime::{HeaderMap, StatusCode, Url};

use super::{RFC_TIME, headers, sign, unix_time, with_signature};

static PROFILE: Profile = Profile::RFC
    .components(&[Component::new("@method"), Component::new("X-A").if_present()])
    .parameters(&[Parameter::KeyId, Parameter::Created, Parameter::Expires, Parameter::Alg])
    .lifetime(100);

fn key(id: &str) -> SigningKey {
    SigningKey::hmac_sha256(id, id.as_bytes()).unwrap()
}

fn verifier() -> Verifier {
    Verifier::new(PROFILE).key(VerifyingKey::hmac_sha256("k", b"k").unwrap())
}

fn verify(verifier: &Verifier, headers: &HeaderMap, now: u64) -> Result<Verified, VerifyError> {
    let target = Target::from(&Url::parse("https://example.com/").unwrap());
    verifier.verify(&Message::request(&http::Method::GET, &target, headers), unix_time(now))
}

fn signed(profile: &Profile, unsigned: &[(&str, &str)], id: &str) -> HeaderMap {
    let unsigned = headers(unsigned);
    let target = Target::from(&Url::parse("https://example.com/").unwrap());
    let message = Message::request(&http::Method::GET, &target, &unsigned);
    with_signature(&unsigned, &sign(profile, &message, &key(id)))
}

#[test]
fn signature_age_and_expiry_are_checked() {
    let headers = signed(&PROFILE, &[], "k");
    let strict =
        || verifier().clock_skew(Duration::from_secs(5)).max_age(Some(Duration::from_secs(50)));
    for (now, outcome) in [
        (RFC_TIME, Ok(())),
        (RFC_TIME + 55, Ok(())),
        (RFC_TIME + 56, Err(VerifyError::TooOld)),
        (RFC_TIME - 5, Ok(())),
        (RFC_TIME - 6, Err(VerifyError::InFuture)),
    ] {
        assert_eq!(verify(&strict(), &headers, now).map(drop), outcome, "{now}");
    }
    // `expires` is checked whatever age is allowed.
    let any_age = verifier().max_age(None).clock_skew(Duration::ZERO);
    assert!(verify(&any_age, &headers, RFC_TIME + 100).is_ok());
    assert_eq!(verify(&any_age, &headers, RFC_TIME + 101), Err(VerifyError::TooOld));
    let undated = signed(&PROFILE.parameters(&[Parameter::KeyId]), &[], "k");
    assert_eq!(verify(&verifier(), &undated, RFC_TIME), Err(VerifyError::MissingTime("created")));
    assert!(verify(&any_age, &undated, RFC_TIME).is_ok());
}

#[test]
fn signature_keys_can_be_rotated() {
    let both = verifier().key(VerifyingKey::hmac_sha256("new", b"new").unwrap());
    for id in ["k", "new"] {
        assert_eq!(verify(&both, &signed(&PROFILE, &[], id), RFC_TIME).unwrap().key_id, id);
    }
    let other = signed(&PROFILE, &[], "other");
    assert_eq!(verify(&both, &other, RFC_TIME), Err(VerifyError::UnknownKey));
    // A key without an id is tried for every key id, but only with its own algorithm.
    let any = Verifier::new(PROFILE).key(VerifyingKey::hmac_sha256("", b"other").unwrap());
    assert!(verify(&any, &other, RFC_TIME).is_ok());
    let mut forged = other.clone();
    let input = other["signature-input"].to_str().unwrap().replace("hmac-sha256", "ed25519");
    forged.insert("signature-input", input.parse().unwrap());
    assert_eq!(verify(&any, &forged, RFC_TIME), Err(VerifyError::UnknownKey));
}

#[test]
fn signature_must_cover_the_required_components() {
    let headers = signed(&PROFILE, &[("X-A", "1")], "k");
    let strict = verifier().require("x-a").require("@method");
    assert_eq!(verify(&strict, &headers, RFC_TIME).unwrap().covered, ["@method", "x-a"]);
    let uncovered = signed(&PROFILE, &[], "k");
    assert_eq!(
        verify(&strict, &uncovered, RFC_TIME),
        Err(VerifyError::NotCovered("x-a".to_owned()))
    );
    // A covered header that is missing, and one that is present twice.
    let mut missing = headers.clone();
    missing.remove("x-a");
    assert_eq!(
        verify(&verifier(), &missing, RFC_TIME),
        Err(VerifyError::InvalidComponent("\"x-a\"".to_owned()))
    );
    let mut twice = headers;
    twice.append("x-a", "2".parse().unwrap());
    assert_eq!(verify(&verifier(), &twice, RFC_TIME), Err(VerifyError::InvalidSignature));
}

#[test]
fn signature_is_selected_by_key_or_label() {
    let mut headers = signed(&PROFILE, &[], "k");
    let second = signed(&PROFILE.label("second"), &[], "other");
    for name in ["signature-input", "signature"] {
        // In one header line, before the other signature.
        let joined =
            format!("{}, {}", second[name].to_str().unwrap(), headers[name].to_str().unwrap());
        headers.insert(name, joined.parse().unwrap());
    }
    assert_eq!(verify(&verifier(), &headers, RFC_TIME).unwrap().label, "sig1");
    let labelled = verifier().label("second");
    assert_eq!(verify(&labelled, &headers, RFC_TIME), Err(VerifyError::UnknownKey));
    let labelled = verifier().label("third");
    assert_eq!(verify(&labelled, &headers, RFC_TIME), Err(VerifyError::Unsigned));
}

#[test]
fn signature_headers_that_cannot_be_parsed_are_errors() {
    let valid = signed(&PROFILE, &[], "k");
    let input = valid["signature-input"].to_str().unwrap();
    let signature = valid["signature"].to_str().unwrap();
    let component = |name: &str| VerifyError::InvalidComponent(name.to_owned());
    for (input, signature, expected) in [
        ("", "", VerifyError::Unsigned),
        (input, "other=:AA==:", VerifyError::Unsigned),
        ("(", signature, VerifyError::Malformed("Signature-Input")),
        ("sig1=1", signature, VerifyError::Malformed("Signature-Input")),
        (input, "sig1=1", VerifyError::Malformed("Signature")),
        (input, "sig1=:A:", VerifyError::Malformed("Signature")),
        ("sig1=(\"@method\" \"@method\");created=1", signature, component("\"@method\"")),
        ("sig1=(\"@Method\");created=1", signature, component("\"@Method\"")),
        ("sig1=(\"@status\");created=1", signature, component("\"@status\"")),
        ("sig1=(\"@method\";req);created=1", signature, component("\"@method\";req")),
        ("sig1=(\"@method\";what);created=1", signature, component("\"@method\";what")),
        ("sig1=(method);created=1", signature, component("method")),
    ] {
        let headers = headers(&[("Signature-Input", input), ("Signature", signature)]);
        assert_eq!(verify(&verifier(), &headers, RFC_TIME), Err(expected), "{input} {signature}");
    }
    assert_eq!(verify(&verifier(), &HeaderMap::new(), RFC_TIME), Err(VerifyError::Unsigned));
}

/// §2.4: a response that is bound to its request.
#[test]
fn signature_of_a_response_to_a_request() {
    static RESPONSE: Profile = Profile::RFC.components(&[
        Component::new("@status"),
        Component::new("@method").parameters(";req"),
        Component::new("x-a").parameters(";req"),
    ]);
    let target = Target::from(&Url::parse("https://example.com/").unwrap());
    let (request_headers, no_headers) = (headers(&[("X-A", "1")]), HeaderMap::new());
    let request = Message::request(&http::Method::GET, &target, &request_headers);
    let message = Message::response(StatusCode::OK, &no_headers).in_response_to(&request);
    let response = with_signature(&no_headers, &sign(&RESPONSE, &message, &key("k")));
    let verifier = Verifier::new(RESPONSE).key(VerifyingKey::hmac_sha256("k", b"k").unwrap());
    let verify = |request: &Message<'_>| {
        verifier.verify(
            &Message::response(StatusCode::OK, &response).in_response_to(request),
            unix_time(RFC_TIME),
        )
    };
    assert!(verify(&request).is_ok());
    assert!(verify(&Message::request(&http::Method::PUT, &target, &request_headers)).is_err());
    assert!(verify(&Message::request(&http::Method::GET, &target, &no_headers)).is_err());
}

/// A key for another algorithm than the profile's neither signs nor verifies.
#[test]
fn signature_with_another_algorithm_is_an_error() {
    let ed25519 = PROFILE.algorithm(docwright_runtime::signature::Algorithm::Ed25519);
    let target = Target::from(&Url::parse("https://example.com/").unwrap());
    let (method, no_headers) = (http::Method::GET, HeaderMap::new());
    let message = Message::request(&method, &target, &no_headers);
    let shared = key("k");
    let signing = ed25519.sign(&message, &shared, unix_time(RFC_TIME));
    assert_eq!(
        docwright_runtime::block_on(signing).unwrap().unwrap_err().to_string(),
        "requests are signed with `ed25519`, but the key is for `hmac-sha256`"
    );
    let strict = Verifier::new(ed25519).key(VerifyingKey::hmac_sha256("k", b"k").unwrap());
    let headers = signed(&PROFILE, &[], "k");
    assert_eq!(verify(&strict, &headers, RFC_TIME), Err(VerifyError::UnknownKey));
}

/// Component names of a vendor that does not use lower case.
#[test]
fn signature_with_names_as_written() {
    let as_written = PROFILE.names(FieldNames::AsWritten);
    let headers = signed(&as_written, &[("x-a", "1")], "k");
    assert!(headers["signature-input"].to_str().unwrap().contains("\"X-A\""));
    let verifier_as_written =
        Verifier::new(as_written).key(VerifyingKey::hmac_sha256("k", b"k").unwrap()).require("x-a");
    assert!(verify(&verifier_as_written, &headers, RFC_TIME).is_ok());
    assert!(verify(&verifier(), &headers, RFC_TIME).is_err());
}
