//! Keys in PEM (RFC 7468), and which kind of key it is.

use ed25519_dalek::pkcs8::spki::SubjectPublicKeyInfoRef;
use ed25519_dalek::pkcs8::{Document, ObjectIdentifier, PrivateKeyInfoRef, SecretDocument};

use super::KeyError;

/// What a key is for.
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

/// A private key in PKCS#8 (RFC 5958), wiped from memory when dropped.
pub(super) fn private(pem: &str) -> Result<(Kind, SecretDocument), KeyError> {
    let wrong = |what| Err(KeyError { what });
    let label = label(pem);
    match label {
        "PRIVATE KEY" => {}
        "ENCRYPTED PRIVATE KEY" => return wrong("the key is encrypted: decrypt it first"),
        "PUBLIC KEY" => return wrong("this is a public key; to sign, the private key is needed"),
        "" => return wrong("this is no PEM: it has no `-----BEGIN PRIVATE KEY-----`"),
        "RSA PRIVATE KEY" | "EC PRIVATE KEY" | "OPENSSH PRIVATE KEY" => {
            return wrong(
                "the key is not in PKCS#8: convert it with `openssl pkcs8 -topk8 -nocrypt`",
            );
        }
        _ => return wrong("this is no private key in PKCS#8 (`-----BEGIN PRIVATE KEY-----`)"),
    }
    let unreadable = KeyError { what: "the private key can't be read" };
    let (_, document) = SecretDocument::from_pem(pem).map_err(|_| unreadable.clone())?;
    let info = PrivateKeyInfoRef::try_from(document.as_bytes()).map_err(|_| unreadable)?;
    let kind = kind(info.algorithm.oid, info.algorithm.parameters_oid().ok())?;
    Ok((kind, document))
}

/// A public key as `SubjectPublicKeyInfo` (RFC 5280 §4.1), or an RSA key by itself (RFC 8017 §A.1.1):
/// the bytes of the key itself.
pub(super) fn public(pem: &str) -> Result<(Kind, Vec<u8>), KeyError> {
    match label(pem) {
        "PUBLIC KEY" => {}
        "RSA PUBLIC KEY" => {
            let document = Document::from_pem(pem);
            let what = "the public key can't be read";
            let (_, document) = document.map_err(|_| KeyError { what })?;
            return Ok((Kind::Rsa, document.as_bytes().to_vec()));
        }
        label if label.ends_with("PRIVATE KEY") => {
            let what = "this is a private key; to verify, give the public key";
            return Err(KeyError { what });
        }
        _ => {
            let what = "this is no public key in PEM (`-----BEGIN PUBLIC KEY-----`)";
            return Err(KeyError { what });
        }
    }
    let unreadable = KeyError { what: "the public key can't be read" };
    let (_, document) = Document::from_pem(pem).map_err(|_| unreadable.clone())?;
    let info = SubjectPublicKeyInfoRef::try_from(document.as_bytes());
    let info = info.map_err(|_| unreadable.clone())?;
    let kind = kind(info.algorithm.oid, info.algorithm.parameters_oid().ok())?;
    let bytes = info.subject_public_key.as_bytes().ok_or(unreadable)?;
    Ok((kind, bytes.to_vec()))
}

/// What stands between `-----BEGIN ` and `-----`.
fn label(pem: &str) -> &str {
    let begun = pem.trim_start().strip_prefix("-----BEGIN ");
    begun.and_then(|rest| rest.split_once("-----")).map_or("", |(label, _)| label)
}

fn kind(
    algorithm: ObjectIdentifier,
    parameters: Option<ObjectIdentifier>,
) -> Result<Kind, KeyError> {
    match algorithm {
        ED25519 => Ok(Kind::Ed25519),
        EC if parameters == Some(P256) => Ok(Kind::P256),
        EC => Err(KeyError { what: "the key is of another curve than P-256" }),
        RSA | RSA_PSS => Ok(Kind::Rsa),
        _ => {
            Err(KeyError { what: "the key is of no kind that can sign here (Ed25519, P-256, RSA)" })
        }
    }
}
