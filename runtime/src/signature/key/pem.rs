//! Parsing of PEM keys (RFC 7468).

use pkcs8::spki::SubjectPublicKeyInfoRef;
use pkcs8::{Document, ObjectIdentifier, PrivateKeyInfoRef, SecretDocument};

use super::KeyError;

/// The type of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Ed25519,
    P256,
    Rsa,
}

const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");

/// Parses a private key in PKCS#8 (RFC 5958). It is wiped from memory when dropped.
pub(super) fn parse_private_key(pem: &str) -> Result<(Kind, SecretDocument), KeyError> {
    let error = |what| Err(KeyError { what });
    match pem_label(pem) {
        "PRIVATE KEY" => {}
        "ENCRYPTED PRIVATE KEY" => return error("the key is encrypted: decrypt it first"),
        "PUBLIC KEY" => return error("this is a public key: signing requires the private key"),
        "" => return error("the key is not in PEM: expected `-----BEGIN PRIVATE KEY-----`"),
        "RSA PRIVATE KEY" | "EC PRIVATE KEY" | "OPENSSH PRIVATE KEY" => {
            return error(
                "the key is not in PKCS#8: convert it with `openssl pkcs8 -topk8 -nocrypt`",
            );
        }
        _ => {
            return error(
                "this is not a private key in PKCS#8: expected `-----BEGIN PRIVATE KEY-----`",
            );
        }
    }
    let malformed = KeyError { what: "the private key is malformed" };
    let (_, document) = SecretDocument::from_pem(pem).map_err(|_| malformed.clone())?;
    let info = PrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| malformed)?;
    let kind = key_kind(info.algorithm.oid, info.algorithm.parameters_oid().ok())?;
    Ok((kind, document))
}

/// Parses a public key, which is a `SubjectPublicKeyInfo` (RFC 5280 §4.1) or an `RSAPublicKey` (RFC 8017
/// §A.1.1), and returns the bytes of the key itself.
pub(super) fn parse_public_key(pem: &str) -> Result<(Kind, Vec<u8>), KeyError> {
    match pem_label(pem) {
        "PUBLIC KEY" => {}
        "RSA PUBLIC KEY" => {
            let document = Document::from_pem(pem);
            let what = "the public key is malformed";
            let (_, document) = document.map_err(|_| KeyError { what })?;
            return Ok((Kind::Rsa, document.as_bytes().to_vec()));
        }
        label if label.ends_with("PRIVATE KEY") => {
            let what = "this is a private key: verification requires the public key";
            return Err(KeyError { what });
        }
        _ => {
            let what = "this is not a public key in PEM: expected `-----BEGIN PUBLIC KEY-----`";
            return Err(KeyError { what });
        }
    }
    let malformed = KeyError { what: "the public key is malformed" };
    let (_, document) = Document::from_pem(pem).map_err(|_| malformed.clone())?;
    let info = SubjectPublicKeyInfoRef::try_from(document.as_bytes());
    let info = info.map_err(|_| malformed.clone())?;
    let kind = key_kind(info.algorithm.oid, info.algorithm.parameters_oid().ok())?;
    let bytes = info.subject_public_key.as_bytes().ok_or(malformed)?;
    Ok((kind, bytes.to_vec()))
}

/// Returns the label between `-----BEGIN ` and `-----`.
fn pem_label(pem: &str) -> &str {
    let header = pem.trim_start().strip_prefix("-----BEGIN ");
    header.and_then(|rest| rest.split_once("-----")).map_or("", |(label, _)| label)
}

fn key_kind(
    algorithm: ObjectIdentifier,
    parameters: Option<ObjectIdentifier>,
) -> Result<Kind, KeyError> {
    match algorithm {
        ED25519 => Ok(Kind::Ed25519),
        EC if parameters == Some(P256) => Ok(Kind::P256),
        EC => Err(KeyError { what: "the key uses another curve than P-256" }),
        RSA | RSA_PSS => Ok(Kind::Rsa),
        _ => Err(KeyError {
            what: "the type of the key is not supported: use an Ed25519, P-256 or RSA key",
        }),
    }
}
