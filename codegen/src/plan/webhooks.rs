//! Webhooks: how they are signed, and what they hold.

use super::{Context, DocText, RustType, Webhooks, doc};
use crate::manifest::{self, KeyAlgorithm, KeyForm};

/// How webhooks are received.
pub(super) fn plan(context: &Context<'_>) -> Option<Webhooks> {
    let rule = context.manifest.webhooks.clone()?;
    let event = rule.event.as_ref();
    let event = event.and_then(|key| super::types::components(context).remove(key));
    Some(Webhooks { doc: about(&rule), event: event.unwrap_or(RustType::Runtime("Value")), rule })
}

/// What is said of the receiver.
fn about(rule: &manifest::Webhooks) -> DocText {
    let shared = rule.algorithm == KeyAlgorithm::HmacSha256;
    let key = match rule.keys {
        Some(KeyForm::OpenSsh) => "a public key as OpenSSH writes it, `ssh-ed25519 AAAA…`",
        _ if shared => "the shared secret",
        _ => "a public key in PEM",
    };
    let repeats =
        "A webhook that was verified may come twice: keep the ids of those that were seen.";
    doc::own(&format!(
        "Receives webhooks once [`key`](runtime::webhook::Receiver::key) has given it {key}.\n\n{repeats}"
    ))
}

/// The feature of the runtime for keys of this kind.
pub(super) fn feature(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::Ed25519 | KeyAlgorithm::HmacSha256 => "signature",
        KeyAlgorithm::EcdsaP256Sha256 => "ecdsa-p256",
        KeyAlgorithm::RsaPssSha512 | KeyAlgorithm::RsaV15Sha256 => "rsa",
    }
}
