//! Webhooks: how they are verified, and the type of their body.

use super::{Context, DocText, RustType, Webhooks, doc};
use crate::manifest::{self, KeyAlgorithm, KeyFormat};

/// Plans how webhooks are received.
pub(super) fn plan(context: &Context<'_>) -> Option<Webhooks> {
    let rule = context.manifest.webhooks.clone()?;
    let event = rule.event.as_ref();
    let event = event.and_then(|key| super::types::components(context).remove(key));
    Some(Webhooks {
        doc: receiver_doc(&rule),
        event: event.unwrap_or(RustType::Runtime("Value")),
        rule,
    })
}

/// Documents the receiver.
fn receiver_doc(rule: &manifest::Webhooks) -> DocText {
    let is_symmetric = rule.algorithm == KeyAlgorithm::HmacSha256;
    let key = match rule.key_format {
        Some(KeyFormat::OpenSsh) => {
            "the vendor's public key in OpenSSH format (`ssh-ed25519 AAAA…`)"
        }
        _ if is_symmetric => "the shared secret",
        _ => "the vendor's public key in PEM",
    };
    let replay = "A webhook may be delivered more than once: store the ids of those that were \
                  processed.";
    doc::wrapped(&format!(
        "Returns a receiver that verifies and decodes webhooks. Add {key} with \
         [`key`](runtime::webhook::Receiver::key).\n\n{replay}"
    ))
}

/// Returns the runtime feature for keys of this algorithm.
pub(super) fn feature(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::Ed25519 | KeyAlgorithm::HmacSha256 => "signature",
        KeyAlgorithm::EcdsaP256Sha256 => "ecdsa-p256",
        KeyAlgorithm::RsaPssSha512 | KeyAlgorithm::RsaV15Sha256 => "rsa",
    }
}
