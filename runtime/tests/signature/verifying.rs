//! What a verifier insists on.

use std::time::Duration;

use docwright_runtime::signature::{
    Component, Message, Names, Parameter, Profile, SigningKey, Target, Verified, Verifier,
    VerifyError, VerifyingKey,
};
use docwright_runtime::{HeaderMap, StatusCode, Url};

use crate::{RFC_TIME, at, headers, sign, with};

static PROFILE: Profile = Profile::RFC
    .components(&[Component::new("@method"), Component::new("X-A").if_present()])
    .parameters(&[Parameter::KeyId, Parameter::Created, Parameter::Expires, Parameter::Alg])
    .lifetime(100);

fn key(id: &str) -> SigningKey {
    SigningKey::hmac_sha256(id, id.as_bytes())
}

fn verifier() -> Verifier {
    Verifier::new(PROFILE).key(VerifyingKey::hmac_sha256("k", b"k"))
}

fn verify(verifier: &Verifier, headers: &HeaderMap, now: u64) -> Result<Verified, VerifyError> {
    let target = Target::from(&Url::parse("https://example.com/").unwrap());
    verifier.verify(&Message::request(&http::Method::GET, &target, headers), at(now))
}

fn signed(profile: &Profile, own: &[(&str, &str)], id: &str) -> HeaderMap {
    let own = headers(own);
    let target = Target::from(&Url::parse("https://example.com/").unwrap());
    let message = Message::request(&http::Method::GET, &target, &own);
    with(&own, &sign(profile, &message, &key(id)))
}

#[test]
fn signature_times() {
    let headers = signed(&PROFILE, &[], "k");
    let own =
        || verifier().clock_skew(Duration::from_secs(5)).longest_age(Some(Duration::from_secs(50)));
    for (now, outcome) in [
        (RFC_TIME, Ok(())),
        (RFC_TIME + 55, Ok(())),
        (RFC_TIME + 56, Err(VerifyError::TooOld)),
        (RFC_TIME - 5, Ok(())),
        (RFC_TIME - 6, Err(VerifyError::TooNew)),
    ] {
        assert_eq!(verify(&own(), &headers, now).map(drop), outcome, "{now}");
    }
    // What has expired by its own word has, whatever age is allowed.
    let any_age = verifier().longest_age(None).clock_skew(Duration::ZERO);
    assert!(verify(&any_age, &headers, RFC_TIME + 100).is_ok());
    assert_eq!(verify(&any_age, &headers, RFC_TIME + 101), Err(VerifyError::TooOld));
    let undated = signed(&PROFILE.parameters(&[Parameter::KeyId]), &[], "k");
    assert_eq!(verify(&verifier(), &undated, RFC_TIME), Err(VerifyError::NoTime("created")));
    assert!(verify(&any_age, &undated, RFC_TIME).is_ok());
}

#[test]
fn signature_keys_may_change() {
    let both = verifier().key(VerifyingKey::hmac_sha256("new", b"new"));
    for id in ["k", "new"] {
        assert_eq!(verify(&both, &signed(&PROFILE, &[], id), RFC_TIME).unwrap().key_id, id);
    }
    let other = signed(&PROFILE, &[], "other");
    assert_eq!(verify(&both, &other, RFC_TIME), Err(VerifyError::UnknownKey));
    // A key without an id is tried on all; an algorithm that it is not for is not.
    let any = Verifier::new(PROFILE).key(VerifyingKey::hmac_sha256("", b"other"));
    assert!(verify(&any, &other, RFC_TIME).is_ok());
    let mut lying = other.clone();
    let input = other["signature-input"].to_str().unwrap().replace("hmac-sha256", "ed25519");
    lying.insert("signature-input", input.parse().unwrap());
    assert_eq!(verify(&any, &lying, RFC_TIME), Err(VerifyError::UnknownKey));
}

#[test]
fn signature_coverage() {
    let own = [("X-A", "1")];
    let headers = signed(&PROFILE, &own, "k");
    let strict = verifier().require("x-a").require("@method");
    assert_eq!(verify(&strict, &headers, RFC_TIME).unwrap().covered, ["@method", "x-a"]);
    let less = signed(&PROFILE, &[], "k");
    assert_eq!(verify(&strict, &less, RFC_TIME), Err(VerifyError::NotCovered("x-a".to_owned())));
    // A field that is covered and gone, or there a second time.
    let mut gone = headers.clone();
    gone.remove("x-a");
    assert_eq!(
        verify(&verifier(), &gone, RFC_TIME),
        Err(VerifyError::Component("\"x-a\"".to_owned()))
    );
    let mut twice = headers;
    twice.append("x-a", "2".parse().unwrap());
    assert_eq!(verify(&verifier(), &twice, RFC_TIME), Err(VerifyError::Wrong));
}

#[test]
fn signature_one_of_several() {
    let mut headers = signed(&PROFILE, &[], "k");
    let second = signed(&PROFILE.label("second"), &[], "other");
    for name in ["signature-input", "signature"] {
        // In one line, before the first.
        let all =
            format!("{}, {}", second[name].to_str().unwrap(), headers[name].to_str().unwrap());
        headers.insert(name, all.parse().unwrap());
    }
    assert_eq!(verify(&verifier(), &headers, RFC_TIME).unwrap().label, "sig1");
    let asked = verifier().label("second");
    assert_eq!(verify(&asked, &headers, RFC_TIME), Err(VerifyError::UnknownKey));
    let asked = verifier().label("third");
    assert_eq!(verify(&asked, &headers, RFC_TIME), Err(VerifyError::Unsigned));
}

#[test]
fn signature_fields_that_cannot_be_read() {
    let good = signed(&PROFILE, &[], "k");
    let input = good["signature-input"].to_str().unwrap();
    let signature = good["signature"].to_str().unwrap();
    let component = |name: &str| VerifyError::Component(name.to_owned());
    for (input, signature, why) in [
        ("", "", VerifyError::Unsigned),
        (input, "other=:AA==:", VerifyError::Unsigned),
        ("(", signature, VerifyError::Unreadable("Signature-Input")),
        ("sig1=1", signature, VerifyError::Unreadable("Signature-Input")),
        (input, "sig1=1", VerifyError::Unreadable("Signature")),
        (input, "sig1=:A:", VerifyError::Unreadable("Signature")),
        ("sig1=(\"@method\" \"@method\");created=1", signature, component("\"@method\"")),
        ("sig1=(\"@Method\");created=1", signature, component("\"@Method\"")),
        ("sig1=(\"@status\");created=1", signature, component("\"@status\"")),
        ("sig1=(\"@method\";req);created=1", signature, component("\"@method\";req")),
        ("sig1=(\"@method\";what);created=1", signature, component("\"@method\";what")),
        ("sig1=(method);created=1", signature, component("method")),
    ] {
        let headers = headers(&[("Signature-Input", input), ("Signature", signature)]);
        assert_eq!(verify(&verifier(), &headers, RFC_TIME), Err(why), "{input} {signature}");
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
    let (asked, own) = (headers(&[("X-A", "1")]), HeaderMap::new());
    let request = Message::request(&http::Method::GET, &target, &asked);
    let message = Message::response(StatusCode::OK, &own).to(&request);
    let response = with(&own, &sign(&RESPONSE, &message, &key("k")));
    let verifier = Verifier::new(RESPONSE).key(VerifyingKey::hmac_sha256("k", b"k"));
    let verify = |request: &Message<'_>| {
        verifier.verify(&Message::response(StatusCode::OK, &response).to(request), at(RFC_TIME))
    };
    assert!(verify(&request).is_ok());
    assert!(verify(&Message::request(&http::Method::PUT, &target, &asked)).is_err());
    assert!(verify(&Message::request(&http::Method::GET, &target, &own)).is_err());
}

/// A key of another kind than the profile's neither signs nor verifies.
#[test]
fn signature_of_one_algorithm() {
    let ed25519 = PROFILE.algorithm(docwright_runtime::signature::Algorithm::Ed25519);
    let target = Target::from(&Url::parse("https://example.com/").unwrap());
    let (method, own) = (http::Method::GET, HeaderMap::new());
    let message = Message::request(&method, &target, &own);
    let shared = key("k");
    let signing = ed25519.sign(&message, &shared, at(RFC_TIME));
    assert_eq!(
        docwright_runtime::block_on(signing).unwrap().unwrap_err().to_string(),
        "requests are signed with `ed25519`, and the key is one for `hmac-sha256`"
    );
    let strict = Verifier::new(ed25519).key(VerifyingKey::hmac_sha256("k", b"k"));
    let headers = signed(&PROFILE, &[], "k");
    assert_eq!(verify(&strict, &headers, RFC_TIME), Err(VerifyError::UnknownKey));
}

/// The names of a vendor that does not write them in lower case.
#[test]
fn signature_with_names_as_written() {
    let as_written = PROFILE.names(Names::AsWritten);
    let headers = signed(&as_written, &[("x-a", "1")], "k");
    assert!(headers["signature-input"].to_str().unwrap().contains("\"X-A\""));
    let own = Verifier::new(as_written).key(VerifyingKey::hmac_sha256("k", b"k")).require("x-a");
    assert!(verify(&own, &headers, RFC_TIME).is_ok());
    assert!(verify(&verifier(), &headers, RFC_TIME).is_err());
}
