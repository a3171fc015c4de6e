//! Webhooks: how they are signed, as a static, and what receives them.

use super::print::{Piece as Printed, literal};
use super::tokens::{From, type_text};
use crate::manifest::{KeyAlgorithm, KeyForm, Piece, TextEncoding, Webhooks as Rule};
use crate::plan::Webhooks;

/// ```text
/// use runtime::signature::Algorithm;
/// use runtime::webhook::{Piece, Receiver, Scheme};
///
/// /// How webhooks are signed.
/// pub static SCHEME: Scheme = Scheme::header(
///     "X-Acme-Signature",
///     Algorithm::HmacSha256,
///     &[Piece::Body],
/// );
///
/// /// Receives webhooks …
/// pub fn receiver() -> Receiver<types::Event> {
///     Receiver::new(&SCHEME)
/// }
/// ```
pub fn emit(webhooks: &Webhooks) -> Vec<Printed> {
    let Webhooks { rule, event, doc } = webhooks;
    let mut names = vec!["Receiver", "Scheme"];
    names.extend(rule.header.as_ref().map(|_| "Piece"));
    names.extend(rule.encoding.map(|_| "TextEncoding"));
    names.extend(rule.keys.map(|_| "KeyForm"));
    names.sort_unstable();
    let uses = format!(
        "use runtime::signature::Algorithm;\nuse runtime::webhook::{{{}}};\n",
        names.join(", ")
    );
    let scheme =
        format!("/// How webhooks are signed.\npub static SCHEME: Scheme = {};\n", scheme(rule));
    let doc: String =
        doc.0.iter().map(|line| format!("/// {line}").trim_end().to_owned() + "\n").collect();
    let event = type_text(event, From::Beside);
    let receiver = format!(
        "{doc}#[must_use]\npub fn receiver() -> Receiver<{event}> {{\n    Receiver::new(&SCHEME)\n}}\n"
    );
    [uses, scheme, receiver].map(Printed::Table).into()
}

fn scheme(rule: &Rule) -> String {
    let Rule { header, prefix, encoding, signed, time, algorithm, covers, keys, window, event: _ } =
        rule;
    let algorithm = self::algorithm(*algorithm);
    let mut out = match header {
        Some(header) => {
            let signed: Vec<_> = signed.iter().flatten().map(piece).collect();
            let (header, signed) = (literal(header), signed.join(", "));
            format!(
                "Scheme::header(\n    {header},\n    Algorithm::{algorithm},\n    &[{signed}],\n)"
            )
        }
        None => format!("Scheme::message(&super::signature::PROFILE, Algorithm::{algorithm})"),
    };
    // As rustfmt has it: behind a bracket that stands at the margin, so does what follows.
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
        set(format!("time({})", piece(time)));
    }
    if let Some(window) = window {
        set(format!("window({window})"));
    }
    if let Some(keys) = keys {
        let keys = match keys {
            KeyForm::Secret => "Secret",
            KeyForm::Pem => "Pem",
            KeyForm::OpenSsh => "OpenSsh",
        };
        set(format!("keys(KeyForm::{keys})"));
    }
    out
}

/// `Ed25519`
pub fn algorithm(algorithm: KeyAlgorithm) -> &'static str {
    match algorithm {
        KeyAlgorithm::Ed25519 => "Ed25519",
        KeyAlgorithm::HmacSha256 => "HmacSha256",
        KeyAlgorithm::EcdsaP256Sha256 => "EcdsaP256Sha256",
        KeyAlgorithm::RsaPssSha512 => "RsaPssSha512",
        KeyAlgorithm::RsaV15Sha256 => "RsaV15Sha256",
    }
}

/// `Piece::Member(&["created_at"])`
fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Body => "Piece::Body".to_owned(),
        Piece::Member(path) => {
            let path: Vec<_> = path.split('.').map(literal).collect();
            format!("Piece::Member(&[{}])", path.join(", "))
        }
        Piece::Header(name) => format!("Piece::Header({})", literal(name)),
        Piece::Text(text) => format!("Piece::Text({})", literal(text)),
    }
}
