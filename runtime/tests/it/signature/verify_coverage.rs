//! What a signature has to cover.

use docwright_runtime::signature::{
    AbsentQuery, Algorithm, Component, Digest, DigestError, Message, Profile, SigningKey, Target,
    Verified, Verifier, VerifyError, VerifyingKey, content_digest,
};
use docwright_runtime::webhook::{Receiver, SignatureScheme};
use docwright_runtime::{HeaderMap, Json, Method, StatusCode, Url, block_on};
use http::HeaderValue;

use super::{RFC_TIME, headers, sign, unix_time, with_signature};

const METHOD: Component = Component::new("@method");
const TARGET: Component = Component::new("@target-uri");
const DIGEST: Component = Component::new("content-digest");

static PROFILE: Profile = Profile::RFC.components(&[METHOD, TARGET, DIGEST]);
const BODY: &[u8] = b"{\"amount\":1}";

fn key() -> SigningKey {
    SigningKey::hmac_sha256("k", b"k").unwrap()
}

fn verifier(profile: Profile) -> Verifier {
    Verifier::new(profile).key(VerifyingKey::hmac_sha256("k", b"k").unwrap())
}

fn not_covered(name: &str) -> Result<Vec<String>, VerifyError> {
    Err(VerifyError::NotCovered(name.to_owned()))
}

fn covered(verified: Result<Verified, VerifyError>) -> Result<Vec<String>, VerifyError> {
    verified.map(|verified| verified.covered)
}

fn digest_of(body: &[u8]) -> String {
    content_digest(&[Digest::Sha256], body)
}

/// A request that is received with the headers and the signature of one with this URL.
struct Received {
    target: Target,
    headers: HeaderMap,
}

impl Received {
    fn new(url: &str, profile: &Profile, unsigned: &[(&str, &str)]) -> Self {
        let target = Target::from(&Url::parse(url).unwrap());
        let unsigned = headers(unsigned);
        let signed =
            sign(profile, &Message::request(&http::Method::GET, &target, &unsigned), &key());
        Self { headers: with_signature(&unsigned, &signed), target }
    }

    fn verify(&self, verifier: &Verifier, body: Option<&[u8]>) -> Result<Vec<String>, VerifyError> {
        let message = Message::request(&http::Method::GET, &self.target, &self.headers);
        let message = body.map_or(message, |body| message.body(body));
        covered(verifier.verify(&message, unix_time(RFC_TIME)))
    }
}

fn received(profile: &Profile) -> Received {
    Received::new("https://a.test/", profile, &[("content-digest", &digest_of(BODY))])
}

#[test]
fn verify_requires_what_the_profile_covers() {
    let strict = verifier(PROFILE);
    let all = ["@method", "@target-uri", "content-digest"].map(str::to_owned);
    assert_eq!(received(&PROFILE).verify(&strict, Some(BODY)), Ok(all.to_vec()));
    for (components, missing) in [
        (&[][..], "@method"),
        (&[TARGET, DIGEST], "@method"),
        (&[METHOD, DIGEST], "@target-uri"),
        (&[METHOD, TARGET], "content-digest"),
    ] {
        let received = received(&Profile::RFC.components(components));
        assert_eq!(received.verify(&strict, Some(BODY)), not_covered(missing));
        let names: Vec<String> = received.verify(&strict.clone().any_coverage(), None).unwrap();
        assert_eq!(names.len(), components.len());
        let other = strict.clone().any_coverage().require("x-a");
        assert_eq!(received.verify(&other, None), not_covered("x-a"));
    }
}

#[test]
fn verify_requires_components_that_are_present() {
    static OPTIONAL: Profile = Profile::RFC.absent_query(AbsentQuery::Omitted).components(&[
        METHOD,
        DIGEST.if_present(),
        Component::new("x-a").if_present(),
        Component::new("x-post").methods(&[Method::Post]),
        Component::new("@query"),
        Component::new("@query-param").parameters(";name=\"page\"").if_present(),
    ]);
    let strict = verifier(OPTIONAL);
    let mut received = Received::new("https://a.test/", &OPTIONAL, &[]);
    for body in [None, Some(&b""[..])] {
        assert_eq!(received.verify(&strict, body), Ok(vec!["@method".to_owned()]));
    }
    // What was added to the signed message is not covered.
    assert_eq!(received.verify(&strict, Some(BODY)), not_covered("content-digest"));
    received.headers.insert("x-a", HeaderValue::from_static("1"));
    assert_eq!(received.verify(&strict, None), not_covered("x-a"));
    received.headers.remove("x-a");
    received.target = Target::from(&Url::parse("https://a.test/?page=2").unwrap());
    assert_eq!(received.verify(&strict, None), not_covered("@query"));

    let whole = [("content-digest", &*digest_of(BODY)), ("x-a", "1")];
    let received = Received::new("https://a.test/?page=2", &OPTIONAL, &whole);
    let names = received.verify(&strict, Some(BODY)).unwrap();
    let page = r#""@query-param";name="page""#;
    assert_eq!(names, ["@method", "content-digest", "x-a", "@query", page]);
}

#[test]
fn verify_required_digest_needs_the_body() {
    let received = received(&PROFILE);
    let strict = verifier(PROFILE);
    assert_eq!(received.verify(&strict, None), Err(VerifyError::MissingBody));
    let mismatch = Err(VerifyError::Digest(DigestError::Mismatch));
    assert_eq!(received.verify(&strict, Some(b"{}")), mismatch);
    assert_eq!(received.verify(&strict.clone().any_coverage(), Some(b"{}")), mismatch);
    let required = strict.any_coverage().require("Content-Digest");
    assert_eq!(received.verify(&required, None), Err(VerifyError::MissingBody));
    assert!(received.verify(&required, Some(BODY)).is_ok());
    assert!(received.verify(&verifier(PROFILE).any_coverage(), None).is_ok());
}

/// The digest of the request's body does not cover the body of the response.
#[test]
fn verify_component_of_the_request_is_another_one() {
    static OF_REQUEST: Profile =
        Profile::RFC.components(&[Component::new("@status"), DIGEST.parameters(";req")]);
    let target = Target::from(&Url::parse("https://a.test/").unwrap());
    let request_headers = headers(&[("content-digest", &digest_of(BODY))]);
    let request = Message::request(&http::Method::POST, &target, &request_headers);
    let unsigned = headers(&[("content-digest", &digest_of(b"paid"))]);
    let response = Message::response(StatusCode::OK, &unsigned).in_response_to(&request);
    let mut response_headers = with_signature(&unsigned, &sign(&OF_REQUEST, &response, &key()));
    response_headers.insert("content-digest", digest_of(b"refunded").parse().unwrap());

    let verify = |verifier: &Verifier, request: &Message<'_>| {
        let message = Message::response(StatusCode::OK, &response_headers).body(b"refunded");
        covered(verifier.verify(&message.in_response_to(request), unix_time(RFC_TIME)))
    };
    let with_body = request.body(BODY);
    let strict = verifier(OF_REQUEST);
    assert_eq!(
        verify(&strict.clone().require("content-digest"), &with_body),
        not_covered("content-digest")
    );
    let identifier = r#""content-digest";req"#;
    let exact = strict.clone().any_coverage().require_item(identifier);
    assert_eq!(verify(&exact, &with_body).unwrap(), ["@status", identifier]);
    assert_eq!(verify(&strict, &request), Err(VerifyError::MissingBody));
    let other_body = request.body(b"{}");
    assert_eq!(verify(&strict, &other_body), Err(VerifyError::Digest(DigestError::Mismatch)));
    for invalid in ["content-digest\";req", "\"\u{e9}\""] {
        assert_eq!(verify(&strict.clone().require_item(invalid), &with_body), not_covered(invalid));
    }
}

#[test]
fn verify_components_that_differ_in_the_order_of_parameters_are_duplicates() {
    let components = r#"("x-a";bs;req "x-a";req;bs)"#;
    let target = Target::from(&Url::parse("https://a.test/").unwrap());
    let request_headers = headers(&[("x-a", "1")]);
    let request = Message::request(&http::Method::GET, &target, &request_headers);
    let input = format!("sig1={components};created={RFC_TIME}");
    let signed = headers(&[("signature-input", &input), ("signature", "sig1=:AA==:")]);
    let message = Message::response(StatusCode::OK, &signed).in_response_to(&request);
    assert_eq!(
        verifier(Profile::RFC).verify(&message, unix_time(RFC_TIME)),
        Err(VerifyError::InvalidComponent(r#""x-a";req;bs"#.to_owned()))
    );
}

#[test]
fn verify_header_that_cannot_be_covered_is_not_signed() {
    static PROFILE: Profile = Profile::RFC.components(&[Component::new("x-a").if_present()]);
    let target = Target::from(&Url::parse("https://a.test/").unwrap());
    let mut headers = HeaderMap::new();
    headers.insert("x-a", HeaderValue::from_bytes("M\u{fc}ller".as_bytes()).unwrap());
    let message = Message::request(&http::Method::GET, &target, &headers);
    let key = key();
    let error = block_on(PROFILE.sign(&message, &key, unix_time(RFC_TIME))).unwrap().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the signature cannot cover `x-a` in this message: its value is not ASCII, or not supported"
    );
}

#[test]
fn verify_empty_secret_is_an_error() {
    let message = "the secret is empty";
    assert_eq!(SigningKey::hmac_sha256("k", b"").unwrap_err().to_string(), message);
    assert_eq!(VerifyingKey::hmac_sha256("k", b"").unwrap_err().to_string(), message);
    static SCHEME: SignatureScheme = SignatureScheme::message(&PROFILE, Algorithm::HmacSha256);
    assert_eq!(Receiver::<Json>::new(&SCHEME).key("").unwrap_err().to_string(), message);
}

/// A server behind a proxy that ends TLS sees `http` in the URI of HTTP/2.
#[test]
fn verify_scheme_of_the_target_is_the_one_that_the_sender_used() {
    let mut received =
        Received::new("https://a.test/orders", &Profile::RFC.components(&[TARGET]), &[]);
    received.target = Target::new("https", "", &"http://a.test/orders".parse().unwrap());
    assert!(received.verify(&verifier(Profile::RFC.components(&[TARGET])), None).is_ok());
    received.target = Target::new("http", "", &"http://a.test/orders".parse().unwrap());
    assert_eq!(received.verify(&verifier(Profile::RFC), None), Err(VerifyError::InvalidSignature));
}

#[test]
fn verify_webhook_without_a_list_covers_what_the_profile_covers() {
    static SCHEME: SignatureScheme = SignatureScheme::message(&PROFILE, Algorithm::HmacSha256);
    static DIGEST_ONLY: SignatureScheme = SCHEME.covers(&["content-digest"]);
    let received = received(&Profile::RFC.components(&[DIGEST]));
    let message = Message::request(&http::Method::GET, &received.target, &received.headers);
    let message = message.body(BODY);
    let verify = |scheme| {
        let receiver = Receiver::<Json>::new(scheme).key("k").unwrap();
        receiver.verify(&message, unix_time(RFC_TIME))
    };
    assert_eq!(verify(&SCHEME), Err(VerifyError::NotCovered("@method".to_owned())));
    assert_eq!(verify(&DIGEST_ONLY), Ok(()));
}
