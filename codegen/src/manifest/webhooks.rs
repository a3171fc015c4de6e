//! `[webhooks]`: how the vendor signs the calls that it makes.

use serde::Deserialize;

use super::Manifest;
use super::signing::{is_field_name, is_printable};
use crate::report::Problem;

/// How webhooks are signed, and what they hold. With a `header`, the signature stands in it; without
/// one, webhooks are signed by RFC 9421, as `[signature]` says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    /// The header that holds the signature.
    pub header: Option<String>,
    /// What stands in it before the signature.
    pub prefix: Option<String>,
    /// How the signature is written in it.
    pub encoding: Option<TextEncoding>,
    /// The pieces that are signed, one behind the other.
    pub signed: Option<Vec<Piece>>,
    /// Where the time of the call stands.
    pub time: Option<Piece>,
    /// What it is signed with.
    pub algorithm: KeyAlgorithm,
    /// The components that a signature by RFC 9421 has to cover.
    pub covers: Option<Vec<String>>,
    /// In which form the key is handed out.
    pub keys: Option<KeyForm>,
    /// For how many seconds a call is taken after its time.
    pub window: Option<u32>,
    /// The component that the body is, by its key.
    pub event: Option<String>,
}

/// A piece of what is signed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// The bytes of the body.
    Body,
    /// The text of a member of the body: members with dots between them.
    Member(String),
    /// The value of a header.
    Header(String),
    /// This text.
    Text(String),
}

/// How a signature is written in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum TextEncoding {
    Base64,
    Hex,
}

/// In which form a key is handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KeyForm {
    /// The text whose bytes are the shared secret.
    Secret,
    /// A public key in PEM.
    Pem,
    /// A public key as OpenSSH writes it.
    OpenSsh,
}

/// An algorithm of RFC 9421 §3.3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[allow(missing_docs, reason = "the names are the RFC's own")]
pub enum KeyAlgorithm {
    #[serde(rename = "ed25519")]
    Ed25519,
    #[serde(rename = "hmac-sha256")]
    HmacSha256,
    #[serde(rename = "ecdsa-p256-sha256")]
    EcdsaP256Sha256,
    #[serde(rename = "rsa-pss-sha512")]
    RsaPssSha512,
    #[serde(rename = "rsa-v1_5-sha256")]
    RsaV15Sha256,
}

/// What is wrong with the table by itself.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let Some(webhooks) = &manifest.webhooks else { return Vec::new() };
    let mistakes = match &webhooks.header {
        Some(header) => of_header(header, webhooks),
        None => of_message(manifest.signature.is_some(), webhooks),
    };
    let all = mistakes.into_iter().chain(of_key(webhooks));
    let problem = |(key, what): (&str, &str)| {
        let keys = if key.is_empty() { vec!["webhooks"] } else { vec!["webhooks", key] };
        Problem::error(manifest.location(&keys), what)
    };
    all.map(problem).collect()
}

/// The key at fault, and what is wrong.
type Mistake = (&'static str, &'static str);

fn of_header(header: &str, webhooks: &Webhooks) -> Vec<Mistake> {
    let mut out = Vec::new();
    if !is_field_name(header) {
        out.push(("header", "this is no name of a header"));
    }
    if webhooks.covers.is_some() {
        out.push(("covers", "only a signature by RFC 9421 covers components, and has no `header`"));
    }
    if webhooks.prefix.as_deref().is_some_and(|prefix| !is_printable(prefix)) {
        out.push(("prefix", "a prefix is printable ASCII"));
    }
    let signed = webhooks.signed.as_deref().unwrap_or_default();
    if signed.is_empty() {
        out.push(("", "a signature in a header needs the pieces that are `signed`"));
    }
    let is_wrong = |piece: &Piece| match piece {
        Piece::Header(name) => !is_field_name(name),
        Piece::Member(path) => path.split('.').any(str::is_empty),
        Piece::Body | Piece::Text(_) => false,
    };
    if signed.iter().any(is_wrong) {
        out.push(("signed", "a header or a member of it has no such name"));
    }
    if !signed.is_empty() && !signed.contains(&Piece::Body) {
        out.push(("signed", "without the `body`, the signature says nothing of it"));
    }
    match &webhooks.time {
        Some(Piece::Body | Piece::Text(_)) => {
            out.push(("time", "a time stands in a header or in a member of the body"));
        }
        Some(Piece::Header(name)) if !signed.contains(&Piece::Header(name.clone())) => {
            out.push(("time", "a time that is not `signed` can be changed by anybody"));
        }
        None if webhooks.window.is_some() => {
            out.push(("window", "without a `time`, nothing says when a call was made"));
        }
        _ => {}
    }
    out
}

fn of_message(has_profile: bool, webhooks: &Webhooks) -> Vec<Mistake> {
    let mut out = Vec::new();
    if !has_profile {
        out.push((
            "",
            "without a `header`, webhooks are signed as `[signature]` says, and there is none",
        ));
    }
    let only_in_headers = [
        ("prefix", webhooks.prefix.is_some()),
        ("encoding", webhooks.encoding.is_some()),
        ("signed", webhooks.signed.is_some()),
        ("time", webhooks.time.is_some()),
    ];
    for (key, _) in only_in_headers.into_iter().filter(|(_, there)| *there) {
        out.push((key, "this belongs to a signature in a `header`"));
    }
    let covers = webhooks.covers.as_deref().unwrap_or_default();
    if !covers.iter().any(|name| name.eq_ignore_ascii_case("content-digest")) {
        out.push((
            "covers",
            "a signature has to cover `content-digest`: nothing else vouches for the body",
        ));
    }
    out
}

fn of_key(webhooks: &Webhooks) -> Option<Mistake> {
    if webhooks.window == Some(0) {
        return Some(("window", "a call that is taken for 0 seconds is never taken"));
    }
    let shared = webhooks.algorithm == KeyAlgorithm::HmacSha256;
    let ed25519 = webhooks.algorithm == KeyAlgorithm::Ed25519;
    match webhooks.keys? {
        KeyForm::Secret if !shared => Some(("keys", "a shared secret is for `hmac-sha256`")),
        KeyForm::Pem | KeyForm::OpenSsh if shared => Some(("keys", "`hmac-sha256` has a `secret`")),
        KeyForm::OpenSsh if !ed25519 => {
            Some(("keys", "a key of OpenSSH is read for `ed25519` alone"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyForm, Piece};
    use crate::manifest::Manifest;
    use crate::report::Location;

    /// A table, the part of it that is wrong, and how what is said of it begins.
    const WRONG: &[(&str, &str, &str)] = &[
        ("header = \"X\"\nsigned = [\"body\"]\n", "[webhooks]", "missing field `algorithm`"),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha1\"\n",
            "\"hmac-sha1\"",
            "unknown variant `hmac-sha1`",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\n",
            "[webhooks]",
            "a signature in a header needs the pieces",
        ),
        ("headers = \"X\"\n", "headers", "unknown field `headers`"),
        (
            "header = \"a b\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\n",
            "header = \"a b\"",
            "this is no name of a header",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [{ header = \"T\" }]\n",
            "signed = [{ header = \"T\" }]",
            "without the `body`",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\", { member = \"a..b\" }]\n",
            "signed = [\"body\", { member = \"a..b\" }]",
            "a header or a member",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"all\"]\n",
            "\"all\"",
            "unknown variant `all`",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\ntime = { header = \"T\" }\n",
            "time = { header = \"T\" }",
            "a time that is not `signed`",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\ntime = \"body\"\n",
            "time = \"body\"",
            "a time stands in a header",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\nwindow = 9\n",
            "window = 9",
            "without a `time`",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\ncovers = []\n",
            "covers = []",
            "only a signature by RFC 9421",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\nkeys = \"pem\"\n",
            "keys = \"pem\"",
            "`hmac-sha256` has a `secret`",
        ),
        (
            "header = \"X\"\nalgorithm = \"rsa-pss-sha512\"\nsigned = [\"body\"]\nkeys = \"openssh\"\n",
            "keys = \"openssh\"",
            "a key of OpenSSH",
        ),
        (
            "header = \"X\"\nalgorithm = \"ed25519\"\nsigned = [\"body\"]\nkeys = \"secret\"\n",
            "keys = \"secret\"",
            "a shared secret is for",
        ),
        (
            "algorithm = \"ed25519\"\ncovers = [\"content-digest\"]\n",
            "[webhooks]",
            "without a `header`, webhooks are signed as `[signature]` says",
        ),
        (
            "algorithm = \"ed25519\"\ncovers = [\"@path\"]\n[signature]\ncomponents = [\"@path\"]\n",
            "covers = [\"@path\"]",
            "a signature has to cover `content-digest`",
        ),
        (
            "algorithm = \"ed25519\"\ncovers = [\"content-digest\"]\nprefix = \"\"\n[signature]\ncomponents = [\"@path\"]\n",
            "prefix = \"\"",
            "this belongs to a signature in a `header`",
        ),
        (
            "algorithm = \"ed25519\"\ncovers = [\"content-digest\"]\nwindow = 0\n[signature]\ncomponents = [\"@path\"]\n",
            "window = 0",
            "a call that is taken for 0 seconds",
        ),
    ];

    #[test]
    fn signature_of_webhooks_that_is_right() {
        let text = "[webhooks]\nheader = \"X\"\nprefix = \"v1=\"\nencoding = \"hex\"\nalgorithm = \"hmac-sha256\"\n\
                    signed = [{ header = \"X-Time\" }, { text = \".\" }, \"body\"]\ntime = { header = \"X-Time\" }\n\
                    window = 60\nkeys = \"secret\"\nevent = \"Event\"\n";
        let webhooks = Manifest::parse("vendor.toml", text).unwrap().webhooks.unwrap();
        assert_eq!(webhooks.signed.unwrap()[1], Piece::Text(".".to_owned()));
        assert_eq!(webhooks.keys, Some(KeyForm::Secret));
    }

    #[test]
    fn signature_of_webhooks_that_is_wrong_is_an_error_at_its_place() {
        for (table, at, what) in WRONG {
            let text = format!("[webhooks]\n{table}");
            let report = Manifest::parse("vendor.toml", &text).expect_err(&text);
            let [problem] = report.problems.as_slice() else { panic!("{text}: {report:?}") };
            let Location::Text(_, span) = &problem.location else { panic!("{problem:?}") };
            let location = text[span.clone()].trim_start_matches("[webhooks]\n");
            assert!(problem.what.starts_with(what), "{text}: {}", problem.what);
            assert_eq!(location, *at, "{text}");
        }
    }
}
