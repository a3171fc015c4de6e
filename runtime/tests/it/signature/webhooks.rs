//! Webhooks as vendors sign them. The signatures in vendor headers were created with OpenSSL.

use std::time::Duration;

use docwright_runtime::signature::{
    Algorithm, Component, Digest, DigestError, FieldNames, Message, Parameter, PreHash, Profile,
    SigningKey, Target, VerifyError, VerifyingKey, content_digest,
};
use docwright_runtime::webhook::{
    KeyFormat, ReceiveError, Receiver, SignatureScheme, SignedPart, TextEncoding,
};
use docwright_runtime::{HeaderMap, Json, Url, Value, open_enum, record};

use super::rfc9421::{ED25519, ED25519_PRIVATE};
use super::{headers, sign, unix_time, with_signature};

/// 2026-11-25T08:00:00Z
const SENT: u64 = 1_795_593_600;

#[derive(Debug, Clone, PartialEq)]
struct Event {
    id: String,
    status: Status,
}
record!(Event { required id = "EventId", required status = "TransferStatus" });

#[derive(Debug, Clone, PartialEq)]
enum Status {
    Pending,
    Unknown(String),
}
open_enum!(Status { Pending = "pending" });

static SECRET: SignatureScheme =
    SignatureScheme::header("X-Signature-256", Algorithm::HmacSha256, &[SignedPart::Body]);
static HEX: SignatureScheme =
    SignatureScheme::header("X-Signature-256", Algorithm::HmacSha256, &[SignedPart::Body])
        .prefix("sha256=")
        .encoding(TextEncoding::Hex);
const BODY: &str = r#"{"EventId":"e-1","TransferStatus":"held"}"#;
const HMAC: &str = "gUZusaxUm8D80rO+BtfVdk2qzM+TjydvE1MULGWRWpU=";

/// Passes a webhook to a receiver.
fn receive<E: docwright_runtime::Decode>(
    receiver: &Receiver<E>,
    headers: &HeaderMap,
    body: &str,
    now: u64,
) -> Result<E, ReceiveError> {
    let target = Target::from(&Url::parse("https://example.com/hooks").unwrap());
    let message = Message::request(&http::Method::POST, &target, headers).body(body.as_bytes());
    receiver.receive(&message, unix_time(now))
}

/// Returns the error of a webhook that does not verify.
fn verify_error<E: docwright_runtime::Decode + std::fmt::Debug>(
    receiver: &Receiver<E>,
    headers: &HeaderMap,
    body: &str,
    now: u64,
) -> VerifyError {
    match receive(receiver, headers, body, now) {
        Err(ReceiveError::NotVerified(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn signature_of_a_webhook_with_a_secret() {
    let receiver = Receiver::<Event>::new(&SECRET).key("a secret of the vendor").unwrap();
    let valid = headers(&[("X-Signature-256", HMAC)]);
    let event = receive(&receiver, &valid, BODY, SENT).unwrap();
    assert_eq!(
        event,
        Event { id: "e-1".to_owned(), status: Status::Unknown("held".to_owned()) },
        "an unknown status is kept"
    );
    for index in 0..BODY.len() {
        let mut changed = BODY.as_bytes().to_vec();
        changed[index] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(
            verify_error(&receiver, &valid, &changed, SENT),
            VerifyError::InvalidSignature,
            "{changed}"
        );
    }
    let invalid = VerifyError::InvalidSignature;
    let malformed = VerifyError::Malformed("X-Signature-256");
    for (header, expected) in [
        (HMAC.replacen('g', "h", 1), invalid.clone()),
        (HMAC[..40].to_owned(), invalid.clone()),
        (String::new(), invalid),
        (format!("{HMAC}="), malformed.clone()),
        ("é".to_owned(), malformed.clone()),
    ] {
        let headers = headers(&[("X-Signature-256", &header)]);
        assert_eq!(verify_error(&receiver, &headers, BODY, SENT), expected, "{header}");
    }
    assert_eq!(verify_error(&receiver, &headers(&[]), BODY, SENT), VerifyError::Unsigned);
    let twice = headers(&[("X-Signature-256", HMAC), ("X-Signature-256", HMAC)]);
    assert_eq!(verify_error(&receiver, &twice, BODY, SENT), malformed);
    let keyless = Receiver::<Event>::new(&SECRET);
    assert_eq!(verify_error(&keyless, &valid, BODY, SENT), VerifyError::UnknownKey);
    // A verified body that is not an event is another error than an invalid signature.
    let other = Receiver::<Vec<Event>>::new(&SECRET).key("a secret of the vendor").unwrap();
    assert!(matches!(receive(&other, &valid, BODY, SENT), Err(ReceiveError::InvalidBody(_))));
}

#[test]
fn signature_of_a_webhook_in_hexadecimal() {
    let receiver = Receiver::<Event>::new(&HEX).key("a secret of the vendor").unwrap();
    let hex = "81466eb1ac549bc0fcd2b3be06d7d5764daacccf938f276f1353142c65915a95";
    for text in [format!("sha256={hex}"), format!("sha256={}", hex.to_uppercase())] {
        let headers = headers(&[("X-Signature-256", &text)]);
        assert!(receive(&receiver, &headers, BODY, SENT).is_ok(), "{text}");
    }
    for text in [hex.to_owned(), format!("sha256={hex}0"), format!("sha256=x{}", &hex[1..])] {
        let headers = headers(&[("X-Signature-256", &text)]);
        let error = verify_error(&receiver, &headers, BODY, SENT);
        assert_eq!(error, VerifyError::Malformed("X-Signature-256"), "{text}");
    }
}

static AMOUNT: SignatureScheme = SignatureScheme::header(
    "X-Signature-256",
    Algorithm::HmacSha256,
    &[SignedPart::Field(&["data", "amount"])],
);

/// The digits are signed as they are sent, and only one value can be meant.
#[test]
fn decimal_signature_of_a_webhook_over_a_number() {
    let receiver = Receiver::<Json>::new(&AMOUNT).key("a secret of the vendor").unwrap();
    let valid = headers(&[("X-Signature-256", "53pJJXeXWHLrWD15q3fXRLpjGTik5ehEIuHKRWe5744=")]);
    for amount in ["1.50", "\"1.50\""] {
        let body = format!(r#"{{"data":{{"amount":{amount},"n":1e999}}}}"#);
        let event = receive(&receiver, &valid, &body, SENT).unwrap();
        assert_eq!(event.to_string(), body);
    }
    for (body, error) in [
        (r#"{"data":{"amount":1.5}}"#, VerifyError::InvalidSignature),
        (
            r#"{"data":{"amount":1.50,"amount":9}}"#,
            VerifyError::InvalidComponent("data.amount".to_owned()),
        ),
    ] {
        assert_eq!(verify_error(&receiver, &valid, body, SENT), error, "{body}");
    }
}

static RSA: SignatureScheme = SignatureScheme::header(
    "Signature",
    Algorithm::RsaV15Sha256,
    &[SignedPart::Body, SignedPart::Field(&["created_at"])],
)
.time(SignedPart::Field(&["created_at"]))
.window(3600);
const RSA_BODY: &str = r#"{"event_id":"7d1e","event_type":"transfer_updated","created_at":"2026-11-25T08:00:00.123Z","event_data":{"transfer":{"id":"t-1"}}}"#;
const RSA_SIGNATURE: &str = "T8Ai206g67O8V5okQQSpqi0UD3CE6aPaabRe9fzOxPHWwBTTj88zpghifjwXYQDTzRRjP8N++Itb2/who/1Gno0WxuLUp/JaQqb2vMnpKtsdx1hUsZqZDyynuudqgMHVeC3w0gywIUCplMuNH1dSJls/E91Q3+DC47AcSJKwIMhQKFKOhD2wN+79MRpWw98GvTkOTpmnU27AcZkefkwyskDDbvdOl0CbYFR3FUrKB8CP9FixgOtBrDol5GA9wmmoLfO/qA1WKBFXJHH2N3FnChOyEXK3rZjz6cXXR+0rqV1nH6gdoRGsw6vLBWi1LGFxEYrXmv9cTeL5AT6Uj2qcRQ==";
const RSA_KEY: &str = include_str!("keys/rsa.pub.pem");
/// The same key in PKCS#1.
const RSA_KEY_PKCS1: &str = include_str!("keys/rsa.pkcs1.pem");

#[test]
fn signature_of_a_webhook_with_rsa_over_the_body_and_a_time() {
    let valid = headers(&[("Signature", RSA_SIGNATURE)]);
    for key in [RSA_KEY, RSA_KEY_PKCS1] {
        let receiver = Receiver::<Value>::new(&RSA).key(key).unwrap();
        let event = receive(&receiver, &valid, RSA_BODY, SENT).unwrap();
        assert_eq!(event["event_data"]["transfer"]["id"], "t-1");
    }
    let receiver = Receiver::<Value>::new(&RSA).key(RSA_KEY).unwrap();
    let later = RSA_BODY.replace("08:00:00.123Z", "09:00:00.123Z");
    assert_eq!(verify_error(&receiver, &valid, &later, SENT), VerifyError::InvalidSignature);
    let without = RSA_BODY.replace("created_at", "made_at");
    let missing = VerifyError::InvalidComponent("created_at".to_owned());
    assert_eq!(verify_error(&receiver, &valid, &without, SENT), missing);
}

/// A webhook is rejected after its time window, and so is one from the future.
#[test]
fn signature_of_a_webhook_has_a_window() {
    let valid = headers(&[("Signature", RSA_SIGNATURE)]);
    let receiver = Receiver::<Value>::new(&RSA).key(RSA_KEY).unwrap();
    assert!(receive(&receiver, &valid, RSA_BODY, SENT + 3630).is_ok());
    assert_eq!(verify_error(&receiver, &valid, RSA_BODY, SENT + 3631), VerifyError::TooOld);
    assert!(receive(&receiver, &valid, RSA_BODY, SENT - 29).is_ok());
    assert_eq!(verify_error(&receiver, &valid, RSA_BODY, SENT - 30), VerifyError::InFuture);
    let short = receiver.clone().window(Some(Duration::from_secs(60))).clock_skew(Duration::ZERO);
    assert_eq!(verify_error(&short, &valid, RSA_BODY, SENT + 61), VerifyError::TooOld);
    assert!(receive(&receiver.window(None), &valid, RSA_BODY, SENT + 99_999).is_ok());
}

static PROFILE: Profile = Profile::RFC
    .components(&[Component::new("Content-Digest").if_present(), Component::new("@method")])
    .parameters(&[Parameter::KeyId, Parameter::Created, Parameter::Expires])
    .names(FieldNames::AsWritten)
    .lifetime(100)
    .pre_hash(PreHash::Sha512);
static MESSAGE: SignatureScheme = SignatureScheme::message(&PROFILE, Algorithm::Ed25519)
    .covers(&["Content-Digest"])
    .key_format(KeyFormat::OpenSsh);
const OPENSSH: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7 hooks";

/// Returns the headers of a webhook with this body, as the vendor signs it.
fn signed(body: &str) -> HeaderMap {
    let key = SigningKey::from_pkcs8_pem("whatever", ED25519_PRIVATE).unwrap();
    let digest = content_digest(&[Digest::Sha512], body.as_bytes());
    let unsigned = match body {
        "" => HeaderMap::new(),
        _ => headers(&[("Content-Digest", &digest)]),
    };
    let target = Target::from(&Url::parse("https://example.com/hooks").unwrap());
    let message = Message::request(&http::Method::POST, &target, &unsigned);
    with_signature(&unsigned, &sign(&PROFILE, &message, &key))
}

#[test]
fn signature_of_a_webhook_by_rfc9421_with_a_digest() {
    let receiver = Receiver::<Event>::new(&MESSAGE).key(OPENSSH).unwrap();
    let valid = signed(BODY);
    let now = super::RFC_TIME + 10;
    assert_eq!(receive(&receiver, &valid, BODY, now).unwrap().id, "e-1");
    let changed = BODY.replace("e-1", "e-2");
    let different = VerifyError::Digest(DigestError::Mismatch);
    assert_eq!(verify_error(&receiver, &valid, &changed, now), different);
    assert_eq!(verify_error(&receiver, &valid, "", now), different);
    // A correct digest that is not signed.
    let mut forged = valid.clone();
    let digest = content_digest(&[Digest::Sha512], changed.as_bytes());
    forged.insert("content-digest", digest.parse().unwrap());
    assert_eq!(verify_error(&receiver, &forged, &changed, now), VerifyError::InvalidSignature);
    let uncovered = VerifyError::NotCovered("Content-Digest".to_owned());
    assert_eq!(verify_error(&receiver, &signed(""), "", now), uncovered);
    assert_eq!(verify_error(&receiver, &headers(&[]), BODY, now), VerifyError::Unsigned);
    assert_eq!(verify_error(&receiver, &valid, BODY, now + 1000), VerifyError::TooOld);
}

#[test]
fn signature_keys_of_webhooks_can_be_rotated() {
    let valid = headers(&[("X-Signature-256", HMAC)]);
    let both = Receiver::<Event>::new(&SECRET).key("the next one").unwrap();
    assert_eq!(verify_error(&both, &valid, BODY, SENT), VerifyError::InvalidSignature);
    let both = both.key("a secret of the vendor").unwrap();
    assert!(receive(&both, &valid, BODY, SENT).is_ok());
    let key = VerifyingKey::from_pem("whatever", ED25519).unwrap();
    let receiver = Receiver::<Event>::new(&MESSAGE).verifying_key(key).unwrap();
    assert!(receive(&receiver, &signed(BODY), BODY, super::RFC_TIME).is_ok());
}

#[test]
fn signature_keys_of_the_wrong_kind_for_webhooks_are_errors() {
    let hmac = VerifyingKey::hmac_sha256("", b"s").unwrap();
    let pem = "this is not a public key in PEM: expected `-----BEGIN PUBLIC KEY-----`";
    let other = "the key is for another algorithm than that of the webhooks";
    let message = |receiver: Result<Receiver<Event>, _>| match receiver {
        Err(docwright_runtime::signature::KeyError { .. }) => receiver.unwrap_err().to_string(),
        Ok(_) => "accepted".to_owned(),
    };
    assert_eq!(message(Receiver::new(&SECRET).key("")), "the secret is empty");
    assert_eq!(message(Receiver::new(&RSA).key("secret")), pem);
    assert_eq!(message(Receiver::new(&RSA).key(ED25519)), "the key is not an RSA key");
    assert_eq!(message(Receiver::new(&RSA).verifying_key(hmac)), other);
    let not_openssh = "the key is not in OpenSSH format: expected `ssh-ed25519 AAAA…`";
    assert_eq!(message(Receiver::new(&MESSAGE).key(ED25519)), not_openssh);
    let rsa = VerifyingKey::from_pem("", RSA_KEY).unwrap();
    assert_eq!(message(Receiver::new(&MESSAGE).verifying_key(rsa)), other);
}

#[test]
fn signature_keys_of_webhooks_are_never_printed() {
    let receiver = Receiver::<Event>::new(&SECRET).key("hunter2").unwrap();
    let error = verify_error(&receiver, &headers(&[("X-Signature-256", "AAAA")]), BODY, SENT);
    for printed in [format!("{receiver:?}"), format!("{error:?} {error}")] {
        assert!(!printed.contains("hunter2") && !printed.contains("104, 117"), "{printed}");
    }
}
