//! Webhooks: how they are verified, and the type of their body.

use super::{Context, DocText, RustType, SignedPart, WebhookScheme, WebhookSetting, Webhooks, doc};
use crate::manifest::{self, KeyAlgorithm, KeyFormat, TextEncoding};

/// Plans how webhooks are received.
pub(super) fn plan(context: &Context<'_>) -> Option<Webhooks> {
    let rule = context.manifest.webhooks.as_ref()?;
    let event = rule.event.as_ref().and_then(|key| context.component(key));
    Some(Webhooks {
        runtime_feature: feature(rule.algorithm),
        scheme: scheme(rule),
        settings: settings(rule),
        event: event.unwrap_or(RustType::Value),
        doc: receiver_doc(rule),
    })
}

fn scheme(rule: &manifest::Webhooks) -> WebhookScheme {
    let algorithm = algorithm_variant(rule.algorithm);
    match &rule.header {
        Some(header) => WebhookScheme::Header {
            header: header.clone(),
            algorithm,
            signed: rule.signed.iter().flatten().map(signed_part).collect(),
        },
        None => WebhookScheme::Message { algorithm },
    }
}

/// Returns the settings that `vendor.toml` states.
fn settings(rule: &manifest::Webhooks) -> Vec<WebhookSetting> {
    let manifest::Webhooks { covers, prefix, encoding, time, window, key_format, .. } = rule;
    let encoding = encoding.map(|encoding| match encoding {
        TextEncoding::Base64 => "Base64",
        TextEncoding::Hex => "Hex",
    });
    let key_format = key_format.map(|format| match format {
        KeyFormat::Secret => "Secret",
        KeyFormat::Pem => "Pem",
        KeyFormat::OpenSsh => "OpenSsh",
    });
    let settings = [
        covers.clone().map(WebhookSetting::Covers),
        prefix.clone().map(WebhookSetting::Prefix),
        encoding.map(WebhookSetting::Encoding),
        time.as_ref().map(|part| WebhookSetting::Time(signed_part(part))),
        window.map(WebhookSetting::Window),
        key_format.map(WebhookSetting::KeyFormat),
    ];
    settings.into_iter().flatten().collect()
}

fn signed_part(part: &manifest::SignedPart) -> SignedPart {
    match part {
        manifest::SignedPart::Body => SignedPart::Body,
        manifest::SignedPart::Field(path) => {
            SignedPart::Field(path.split('.').map(str::to_owned).collect())
        }
        manifest::SignedPart::Header(name) => SignedPart::Header(name.clone()),
        manifest::SignedPart::Text(text) => SignedPart::Text(text.clone()),
    }
}

/// Returns the variant of the runtime's enum for a signature algorithm.
pub(super) fn algorithm_variant(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::Ed25519 => "Ed25519",
        KeyAlgorithm::HmacSha256 => "HmacSha256",
        KeyAlgorithm::EcdsaP256Sha256 => "EcdsaP256Sha256",
        KeyAlgorithm::RsaPssSha512 => "RsaPssSha512",
        KeyAlgorithm::RsaV15Sha256 => "RsaV15Sha256",
    }
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
        KeyAlgorithm::Ed25519 => "ed25519",
        KeyAlgorithm::HmacSha256 => "hmac",
        KeyAlgorithm::EcdsaP256Sha256 => "ecdsa-p256",
        KeyAlgorithm::RsaPssSha512 | KeyAlgorithm::RsaV15Sha256 => "rsa",
    }
}
