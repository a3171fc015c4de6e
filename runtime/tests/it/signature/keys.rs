//! Keys of every supported algorithm, and errors for other keys.

use docwright_runtime::Url;
use docwright_runtime::signature::{
    Algorithm, Component, Message, Profile, Signer, SigningKey, Target, Verifier, VerifyingKey,
};

use super::rfc9421::{ECC_P256, ED25519, ED25519_PRIVATE};
use super::{RFC_TIME, headers, sign, unix_time, with_signature};

static PROFILE: Profile = Profile::RFC.components(&[Component::new("@path")]);

const P256_PRIVATE: &str = include_str!("keys/p256.pem");
const P256_PUBLIC: &str = include_str!("keys/p256.pub.pem");
const RSA_PRIVATE: &str = include_str!("keys/rsa.pem");
const RSA_PUBLIC: &str = include_str!("keys/rsa.pub.pem");

#[test]
fn signature_keys_of_every_algorithm_sign_and_verify() {
    let seed = [7; 32];
    let ed25519 = SigningKey::ed25519_from_seed("k", &seed).unwrap();
    for (signer, key, algorithm) in [
        (
            SigningKey::from_pkcs8_pem("k", ED25519_PRIVATE).unwrap(),
            VerifyingKey::from_pem("k", ED25519).unwrap(),
            Algorithm::Ed25519,
        ),
        (
            SigningKey::from_pkcs8_pem("k", P256_PRIVATE).unwrap(),
            VerifyingKey::from_pem("k", P256_PUBLIC).unwrap(),
            Algorithm::EcdsaP256Sha256,
        ),
        (
            SigningKey::from_pkcs8_pem("k", RSA_PRIVATE).unwrap(),
            VerifyingKey::from_pem("k", RSA_PUBLIC).unwrap(),
            Algorithm::RsaPssSha512,
        ),
        (
            SigningKey::hmac_sha256("k", b"s").unwrap(),
            VerifyingKey::hmac_sha256("k", b"s").unwrap(),
            Algorithm::HmacSha256,
        ),
    ] {
        assert_eq!((signer.algorithm(), key.algorithm()), (algorithm, algorithm));
        let target = Target::from(&Url::parse("https://example.com/a").unwrap());
        let (method, headers) = (http::Method::GET, headers(&[]));
        let signed = sign(&PROFILE, &Message::request(&method, &target, &headers), &signer);
        let headers = with_signature(&headers, &signed);
        let message = Message::request(&method, &target, &headers);
        let verifier = Verifier::new(PROFILE);
        assert!(
            verifier.clone().key(key).verify(&message, unix_time(RFC_TIME)).is_ok(),
            "{algorithm:?}"
        );
        let other = VerifyingKey::hmac_sha256("k", b"other").unwrap();
        assert!(
            verifier.key(other).verify(&message, unix_time(RFC_TIME)).is_err(),
            "{algorithm:?}"
        );
    }
    assert_eq!(ed25519.key_id(), "k");
}

#[test]
fn signature_key_of_the_wrong_kind_is_a_clear_error() {
    let begin = |label: &str| format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
    for (pem, expected) in [
        (ED25519.to_owned(), "this is a public key: signing requires the private key"),
        (begin("ENCRYPTED PRIVATE KEY"), "the key is encrypted: decrypt it first"),
        (
            begin("RSA PRIVATE KEY"),
            "the key is not in PKCS#8: convert it with `openssl pkcs8 -topk8 -nocrypt`",
        ),
        (begin("PRIVATE KEY"), "the private key is malformed"),
        (
            begin("CERTIFICATE"),
            "this is not a private key in PKCS#8: expected `-----BEGIN PRIVATE KEY-----`",
        ),
        ("secret".to_owned(), "the key is not in PEM: expected `-----BEGIN PRIVATE KEY-----`"),
        (
            include_str!("keys/x25519.pem").to_owned(),
            "the type of the key is not supported: use an Ed25519, P-256 or RSA key",
        ),
        (include_str!("keys/p384.pem").to_owned(), "the key uses another curve than P-256"),
    ] {
        assert_eq!(SigningKey::from_pkcs8_pem("k", &pem).unwrap_err().to_string(), expected);
    }
    for (pem, expected) in [
        (ED25519_PRIVATE, "this is a private key: verification requires the public key"),
        (
            "ssh-ed25519 AAAA",
            "this is not a public key in PEM: expected `-----BEGIN PUBLIC KEY-----`",
        ),
    ] {
        assert_eq!(VerifyingKey::from_pem("k", pem).unwrap_err().to_string(), expected);
    }
    assert!(VerifyingKey::rsa_v15_from_pem("k", ECC_P256).is_err());
}

#[test]
fn signature_key_in_openssh_format() {
    let line = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICa0C4+T//PYlxEvfrxYKyMtvXJRfQgv6Dz7MN3OQ9G7 us@example";
    let key = VerifyingKey::from_openssh("k", line).unwrap();
    let signer = SigningKey::from_pkcs8_pem("k", ED25519_PRIVATE).unwrap();
    let signature = docwright_runtime::block_on(signer.sign(b"message")).unwrap().unwrap();
    assert!(key.verifies(b"message", &signature));
    assert!(!key.verifies(b"another", &signature));
    for (text, expected) in [
        ("ssh-rsa AAAA", "the key is not an Ed25519 key: expected `ssh-ed25519 AAAA…`"),
        ("ssh-ed25519", "the key is not in OpenSSH format: expected `ssh-ed25519 AAAA…`"),
        ("ssh-ed25519 AAAAC3Nz", "the key is not in OpenSSH format: expected `ssh-ed25519 AAAA…`"),
        (ED25519, "the key is not in OpenSSH format: expected `ssh-ed25519 AAAA…`"),
    ] {
        assert_eq!(VerifyingKey::from_openssh("k", text).unwrap_err().to_string(), expected);
    }
}

#[test]
fn signature_keys_are_never_printed() {
    let secret = "hunter2-hunter2";
    let signer = SigningKey::hmac_sha256("the-id", secret.as_bytes()).unwrap();
    let key = VerifyingKey::hmac_sha256("the-id", secret.as_bytes()).unwrap();
    let ed25519 = SigningKey::ed25519_from_seed("the-id", &[42; 32]).unwrap();
    assert_eq!(format!("{signer:?}"), "SigningKey { id: \"the-id\", algorithm: HmacSha256, .. }");
    assert_eq!(format!("{key:?}"), "VerifyingKey { id: \"the-id\", algorithm: HmacSha256, .. }");
    assert_eq!(format!("{ed25519:?}"), "SigningKey { id: \"the-id\", algorithm: Ed25519, .. }");
}
