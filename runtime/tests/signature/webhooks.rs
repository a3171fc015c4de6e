//! Webhooks, as vendors sign them. The signatures in headers of their own were made with OpenSSL.

use std::time::Duration;

use docwright_runtime::signature::{
    Algorithm, Component, Digest, DigestError, Message, Names, Parameter, PreHash, Profile,
    SigningKey, Target, VerifyError, VerifyingKey, content_digest,
};
use docwright_runtime::webhook::{KeyForm, Piece, ReceiveError, Receiver, Scheme, TextEncoding};
use docwright_runtime::{HeaderMap, Url, Value, open_enum, record};

use crate::rfc9421::{ED25519, ED25519_PRIVATE};
use crate::{at, headers, sign, with};

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

static SECRET: Scheme = Scheme::header("X-Signature-256", Algorithm::HmacSha256, &[Piece::Body]);
static HEX: Scheme = Scheme::header("X-Signature-256", Algorithm::HmacSha256, &[Piece::Body])
    .prefix("sha256=")
    .encoding(TextEncoding::Hex);
const BODY: &str = r#"{"EventId":"e-1","TransferStatus":"held"}"#;
const HMAC: &str = "gUZusaxUm8D80rO+BtfVdk2qzM+TjydvE1MULGWRWpU=";

/// What a receiver says of a call.
fn receive<E: docwright_runtime::Decode>(
    receiver: &Receiver<E>,
    headers: &HeaderMap,
    body: &str,
    now: u64,
) -> Result<E, ReceiveError> {
    let target = Target::from(&Url::parse("https://example.com/hooks").unwrap());
    let message = Message::request(&http::Method::POST, &target, headers).body(body.as_bytes());
    receiver.receive(&message, at(now))
}

fn refused<E: docwright_runtime::Decode + std::fmt::Debug>(
    receiver: &Receiver<E>,
    headers: &HeaderMap,
    body: &str,
    now: u64,
) -> VerifyError {
    match receive(receiver, headers, body, now) {
        Err(ReceiveError::NotVerified(why)) => why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn signature_of_a_webhook_with_a_secret() {
    let receiver = Receiver::<Event>::new(&SECRET).key("a secret of the vendor").unwrap();
    let good = headers(&[("X-Signature-256", HMAC)]);
    let event = receive(&receiver, &good, BODY, SENT).unwrap();
    assert_eq!(
        event,
        Event { id: "e-1".to_owned(), status: Status::Unknown("held".to_owned()) },
        "an event of a status that nobody listed"
    );
    for index in 0..BODY.len() {
        let mut changed = BODY.as_bytes().to_vec();
        changed[index] ^= 1;
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(refused(&receiver, &good, &changed, SENT), VerifyError::Wrong, "{changed}");
    }
    let wrong = VerifyError::Wrong;
    let unreadable = VerifyError::Unreadable("X-Signature-256");
    for (header, why) in [
        (HMAC.replacen('g', "h", 1), wrong.clone()),
        (HMAC[..40].to_owned(), wrong.clone()),
        (String::new(), wrong),
        (format!("{HMAC}="), unreadable.clone()),
        ("é".to_owned(), unreadable.clone()),
    ] {
        let headers = headers(&[("X-Signature-256", &header)]);
        assert_eq!(refused(&receiver, &headers, BODY, SENT), why, "{header}");
    }
    assert_eq!(refused(&receiver, &headers(&[]), BODY, SENT), VerifyError::Unsigned);
    let twice = headers(&[("X-Signature-256", HMAC), ("X-Signature-256", HMAC)]);
    assert_eq!(refused(&receiver, &twice, BODY, SENT), unreadable);
    let keyless = Receiver::<Event>::new(&SECRET);
    assert_eq!(refused(&keyless, &good, BODY, SENT), VerifyError::UnknownKey);
    // What is the vendor's and no event is told apart from what is not the vendor's.
    let other = Receiver::<Vec<Event>>::new(&SECRET).key("a secret of the vendor").unwrap();
    assert!(matches!(receive(&other, &good, BODY, SENT), Err(ReceiveError::Unread(_))));
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
        let why = refused(&receiver, &headers, BODY, SENT);
        assert_eq!(why, VerifyError::Unreadable("X-Signature-256"), "{text}");
    }
}

static RSA: Scheme = Scheme::header(
    "Signature",
    Algorithm::RsaV15Sha256,
    &[Piece::Body, Piece::Member(&["created_at"])],
)
.time(Piece::Member(&["created_at"]))
.window(3600);
const RSA_BODY: &str = r#"{"event_id":"7d1e","event_type":"transfer_updated","created_at":"2026-11-25T08:00:00.123Z","event_data":{"transfer":{"id":"t-1"}}}"#;
const RSA_SIGNATURE: &str = "T8Ai206g67O8V5okQQSpqi0UD3CE6aPaabRe9fzOxPHWwBTTj88zpghifjwXYQDTzRRjP8N++Itb2/who/1Gno0WxuLUp/JaQqb2vMnpKtsdx1hUsZqZDyynuudqgMHVeC3w0gywIUCplMuNH1dSJls/E91Q3+DC47AcSJKwIMhQKFKOhD2wN+79MRpWw98GvTkOTpmnU27AcZkefkwyskDDbvdOl0CbYFR3FUrKB8CP9FixgOtBrDol5GA9wmmoLfO/qA1WKBFXJHH2N3FnChOyEXK3rZjz6cXXR+0rqV1nH6gdoRGsw6vLBWi1LGFxEYrXmv9cTeL5AT6Uj2qcRQ==";
const RSA_KEY: &str = include_str!("keys/rsa.pub.pem");
/// The same key without the frame around it.
const RSA_KEY_ALONE: &str = include_str!("keys/rsa.pkcs1.pem");

#[test]
fn signature_of_a_webhook_with_rsa_over_the_body_and_a_time() {
    let good = headers(&[("Signature", RSA_SIGNATURE)]);
    for key in [RSA_KEY, RSA_KEY_ALONE] {
        let receiver = Receiver::<Value>::new(&RSA).key(key).unwrap();
        let event = receive(&receiver, &good, RSA_BODY, SENT).unwrap();
        assert_eq!(event["event_data"]["transfer"]["id"], "t-1");
    }
    let receiver = Receiver::<Value>::new(&RSA).key(RSA_KEY).unwrap();
    let later = RSA_BODY.replace("08:00:00.123Z", "09:00:00.123Z");
    assert_eq!(refused(&receiver, &good, &later, SENT), VerifyError::Wrong);
    let without = RSA_BODY.replace("created_at", "made_at");
    let missing = VerifyError::Component("created_at".to_owned());
    assert_eq!(refused(&receiver, &good, &without, SENT), missing);
}

/// A call that comes again after its time is over is not taken, and neither is one from the future.
#[test]
fn signature_of_a_webhook_has_a_window() {
    let good = headers(&[("Signature", RSA_SIGNATURE)]);
    let receiver = Receiver::<Value>::new(&RSA).key(RSA_KEY).unwrap();
    assert!(receive(&receiver, &good, RSA_BODY, SENT + 3630).is_ok());
    assert_eq!(refused(&receiver, &good, RSA_BODY, SENT + 3631), VerifyError::TooOld);
    assert!(receive(&receiver, &good, RSA_BODY, SENT - 29).is_ok());
    assert_eq!(refused(&receiver, &good, RSA_BODY, SENT - 30), VerifyError::TooNew);
    let short = receiver.clone().window(Some(Duration::from_secs(60))).clock_skew(Duration::ZERO);
    assert_eq!(refused(&short, &good, RSA_BODY, SENT + 61), VerifyError::TooOld);
    assert!(receive(&receiver.window(None), &good, RSA_BODY, SENT + 99_999).is_ok());
}

static PROFILE: Profile = Profile::RFC
    .components(&[Component::new("Content-Digest").if_present(), Component::new("@method")])
    .parameters(&[Parameter::KeyId, Parameter::Created, Parameter::Expires])
    .names(Names::AsWritten)
    .lifetime(100)
    .pre_hash(PreHash::Sha512);
static MESSAGE: Scheme = Scheme::message(&PROFILE, Algorithm::Ed25519)
    .covers(&["Content-Digest"])
    .keys(KeyForm::OpenSsh);
const OPENSSH: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7 hooks";

/// A call of the vendor's with this body.
fn signed(body: &str) -> HeaderMap {
    let key = SigningKey::from_pkcs8_pem("whatever", ED25519_PRIVATE).unwrap();
    let digest = content_digest(&[Digest::Sha512], body.as_bytes());
    let own = match body {
        "" => HeaderMap::new(),
        _ => headers(&[("Content-Digest", &digest)]),
    };
    let target = Target::from(&Url::parse("https://example.com/hooks").unwrap());
    let message = Message::request(&http::Method::POST, &target, &own);
    with(&own, &sign(&PROFILE, &message, &key))
}

#[test]
fn signature_of_a_webhook_by_rfc9421_with_a_digest() {
    let receiver = Receiver::<Event>::new(&MESSAGE).key(OPENSSH).unwrap();
    let good = signed(BODY);
    let now = crate::RFC_TIME + 10;
    assert_eq!(receive(&receiver, &good, BODY, now).unwrap().id, "e-1");
    let changed = BODY.replace("e-1", "e-2");
    let different = VerifyError::Digest(DigestError::Different);
    assert_eq!(refused(&receiver, &good, &changed, now), different);
    assert_eq!(refused(&receiver, &good, "", now), different);
    // A digest that is right and that nobody signed.
    let mut own = good.clone();
    let digest = content_digest(&[Digest::Sha512], changed.as_bytes());
    own.insert("content-digest", digest.parse().unwrap());
    assert_eq!(refused(&receiver, &own, &changed, now), VerifyError::Wrong);
    let uncovered = VerifyError::NotCovered("Content-Digest".to_owned());
    assert_eq!(refused(&receiver, &signed(""), "", now), uncovered);
    assert_eq!(refused(&receiver, &headers(&[]), BODY, now), VerifyError::Unsigned);
    assert_eq!(refused(&receiver, &good, BODY, now + 1000), VerifyError::TooOld);
}

#[test]
fn signature_keys_of_webhooks_change() {
    let good = headers(&[("X-Signature-256", HMAC)]);
    let both = Receiver::<Event>::new(&SECRET).key("the next one").unwrap();
    assert_eq!(refused(&both, &good, BODY, SENT), VerifyError::Wrong);
    let both = both.key("a secret of the vendor").unwrap();
    assert!(receive(&both, &good, BODY, SENT).is_ok());
    let own = VerifyingKey::from_pem("whatever", ED25519).unwrap();
    let receiver = Receiver::<Event>::new(&MESSAGE).verifying_key(own).unwrap();
    assert!(receive(&receiver, &signed(BODY), BODY, crate::RFC_TIME).is_ok());
}

#[test]
fn signature_keys_of_webhooks_of_the_wrong_kind() {
    let hmac = VerifyingKey::hmac_sha256("", b"s");
    let pem = "this is no public key in PEM (`-----BEGIN PUBLIC KEY-----`)";
    let other = "the key is for another algorithm than the webhooks'";
    let why = |tried: Result<Receiver<Event>, _>| match tried {
        Err(docwright_runtime::signature::KeyError { .. }) => tried.unwrap_err().to_string(),
        Ok(_) => "taken".to_owned(),
    };
    assert_eq!(why(Receiver::new(&SECRET).key("")), "the secret is empty");
    assert_eq!(why(Receiver::new(&RSA).key("secret")), pem);
    assert_eq!(why(Receiver::new(&RSA).key(ED25519)), "the key is no RSA key");
    assert_eq!(why(Receiver::new(&RSA).verifying_key(hmac)), other);
    let no_openssh = "the key is not in OpenSSH's form: `ssh-ed25519 AAAA…`";
    assert_eq!(why(Receiver::new(&MESSAGE).key(ED25519)), no_openssh);
    let rsa = VerifyingKey::from_pem("", RSA_KEY).unwrap();
    assert_eq!(why(Receiver::new(&MESSAGE).verifying_key(rsa)), other);
}

#[test]
fn signature_keys_of_webhooks_are_never_printed() {
    let receiver = Receiver::<Event>::new(&SECRET).key("hunter2").unwrap();
    let error = refused(&receiver, &headers(&[("X-Signature-256", "AAAA")]), BODY, SENT);
    for shown in [format!("{receiver:?}"), format!("{error:?} {error}")] {
        assert!(!shown.contains("hunter2") && !shown.contains("104, 117"), "{shown}");
    }
}
