//! Webhooks: the signature scheme as a static, and the receiver.

use super::print::{Fragment, literal};
use super::tokens::{Referrer, type_text};
use crate::manifest::{KeyAlgorithm, KeyFormat, SignedPart, TextEncoding, Webhooks as Rule};
use crate::plan::Webhooks;

/// ```text
/// use runtime::signature::Algorithm;
/// use runtime::webhook::{Receiver, SignatureScheme, SignedPart};
///
/// /// The signature scheme of webhooks.
/// pub static SCHEME: SignatureScheme = SignatureScheme::header(
///     "X-Acme-Signature",
///     Algorithm::HmacSha256,
///     &[SignedPart::Body],
/// );
///
/// /// Returns a receiver that verifies and decodes webhooks. …
/// pub fn receiver() -> Receiver<types::Event> {
///     Receiver::new(&SCHEME)
/// }
/// ```
pub fn emit(webhooks: &Webhooks) -> Vec<Fragment> {
    let Webhooks { rule, event, doc } = webhooks;
    let mut imports = vec!["Receiver", "SignatureScheme"];
    imports.extend(rule.header.as_ref().map(|_| "SignedPart"));
    imports.extend(rule.encoding.map(|_| "TextEncoding"));
    imports.extend(rule.key_format.map(|_| "KeyFormat"));
    imports.sort_unstable();
    let uses = format!(
        "use runtime::signature::Algorithm;\nuse runtime::webhook::{{{}}};\n",
        imports.join(", ")
    );
    let scheme = scheme_expr(rule);
    let scheme = format!(
        "/// The signature scheme of webhooks.\npub static SCHEME: SignatureScheme = {scheme};\n"
    );
    let doc: String =
        doc.0.iter().map(|line| format!("/// {line}").trim_end().to_owned() + "\n").collect();
    let event = type_text(event, Referrer::Sibling);
    let receiver = format!(
        "{doc}#[must_use]\npub fn receiver() -> Receiver<{event}> {{\n    Receiver::new(&SCHEME)\n}}\n"
    );
    [uses, scheme, receiver].map(Fragment::Table).into()
}

fn scheme_expr(rule: &Rule) -> String {
    let Rule {
        header,
        prefix,
        encoding,
        signed,
        time,
        algorithm,
        covers,
        key_format,
        window,
        event: _,
    } = rule;
    let algorithm = algorithm_variant(*algorithm);
    let mut out = match header {
        Some(header) => {
            let signed: Vec<_> = signed.iter().flatten().map(signed_part).collect();
            let (header, signed) = (literal(header), signed.join(", "));
            format!(
                "SignatureScheme::header(\n    {header},\n    Algorithm::{algorithm},\n    &[{signed}],\n)"
            )
        }
        None => {
            format!("SignatureScheme::message(&super::signature::PROFILE, Algorithm::{algorithm})")
        }
    };
    // Like rustfmt: calls after a closing bracket at the margin are not indented.
    let indent = if header.is_some() { "" } else { "    " };
    let mut set = |setting: String| out.push_str(&format!("\n{indent}.{setting}"));
    if let Some(covers) = covers {
        let covers: Vec<_> = covers.iter().map(|name| literal(name)).collect();
        set(format!("covers(&[{}])", covers.join(", ")));
    }
    if let Some(prefix) = prefix {
        set(format!("prefix({})", literal(prefix)));
    }
    if let Some(encoding) = encoding {
        let encoding = match encoding {
            TextEncoding::Base64 => "Base64",
            TextEncoding::Hex => "Hex",
        };
        set(format!("encoding(TextEncoding::{encoding})"));
    }
    if let Some(time) = time {
        set(format!("time({})", signed_part(time)));
    }
    if let Some(window) = window {
        set(format!("window({window})"));
    }
    if let Some(key_format) = key_format {
        let key_format = match key_format {
            KeyFormat::Secret => "Secret",
            KeyFormat::Pem => "Pem",
            KeyFormat::OpenSsh => "OpenSsh",
        };
        set(format!("key_format(KeyFormat::{key_format})"));
    }
    out
}

/// `Ed25519`
pub fn algorithm_variant(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::Ed25519 => "Ed25519",
        KeyAlgorithm::HmacSha256 => "HmacSha256",
        KeyAlgorithm::EcdsaP256Sha256 => "EcdsaP256Sha256",
        KeyAlgorithm::RsaPssSha512 => "RsaPssSha512",
        KeyAlgorithm::RsaV15Sha256 => "RsaV15Sha256",
    }
}

/// `SignedPart::Field(&["created_at"])`
fn signed_part(part: &SignedPart) -> String {
    match part {
        SignedPart::Body => "SignedPart::Body".to_owned(),
        SignedPart::Field(path) => {
            let path: Vec<_> = path.split('.').map(literal).collect();
            format!("SignedPart::Field(&[{}])", path.join(", "))
        }
        SignedPart::Header(name) => format!("SignedPart::Header({})", literal(name)),
        SignedPart::Text(text) => format!("SignedPart::Text({})", literal(text)),
    }
}
