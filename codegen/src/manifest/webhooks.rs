//! `[webhooks]`: how the vendor signs the requests that it sends.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Manifest;
use super::key_algorithm::KeyAlgorithm;
use super::text::{is_header_name, is_printable};
use crate::report::Problem;

/// How webhooks are signed, and the type of their body. With `header`, that header contains the
/// signature. Without it, webhooks are signed as in RFC 9421, with the settings of `[signature]`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    /// The header that contains the signature.
    pub header: Option<String>,
    /// The text before the signature in the header.
    pub prefix: Option<String>,
    /// The encoding of the signature in the header.
    pub encoding: Option<TextEncoding>,
    /// The parts of the request that are concatenated and signed.
    pub signed: Option<Vec<SignedPart>>,
    /// The part that contains the time at which the request was sent.
    #[schemars(with = "Option<TimePart>")]
    pub time: Option<SignedPart>,
    /// The signature algorithm.
    pub algorithm: KeyAlgorithm,
    /// The components that an RFC 9421 signature must cover.
    pub covers: Option<Vec<String>>,
    /// The format of the vendor's key.
    pub key_format: Option<KeyFormat>,
    /// The maximum age of a request, in seconds.
    pub window: Option<u32>,
    /// The component that describes the body, by its key.
    pub event: Option<String>,
}

/// A part of the signed content.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignedPart {
    /// The bytes of the request body.
    Body,
    /// The value of a field of the body, by its path: field names separated by dots.
    Field(String),
    /// The value of a header.
    Header(String),
    /// A fixed text.
    Text(String),
}

/// The parts that can contain the time, for the JSON Schema.
#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "only its schema is used")]
enum TimePart {
    /// The value of a field of the body, by its path: field names separated by dots.
    Field(String),
    /// The value of a header.
    Header(String),
}

/// The encoding of a signature in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are self-explanatory")]
pub enum TextEncoding {
    Base64,
    Hex,
}

/// The format of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum KeyFormat {
    /// A shared secret: the bytes of the text.
    Secret,
    /// A public key in PEM.
    Pem,
    /// A public key in OpenSSH's format.
    OpenSsh,
}

/// Checks `[webhooks]`.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let Some(webhooks) = &manifest.webhooks else { return Vec::new() };
    let mistakes = match &webhooks.header {
        Some(header) => check_header_signature(header, webhooks),
        None => check_message_signature(manifest.signature.is_some(), webhooks),
    };
    let all = mistakes.into_iter().chain(check_key(webhooks));
    let problem = |(key, message): Mistake| {
        let keys = if key.is_empty() { vec!["webhooks"] } else { vec!["webhooks", key] };
        Problem::error(manifest.location(&keys), message)
    };
    all.map(problem).collect()
}

/// The invalid key of `[webhooks]`, empty for the table itself, and the message.
type Mistake = (&'static str, &'static str);

fn check_header_signature(header: &str, webhooks: &Webhooks) -> Vec<Mistake> {
    let mut out = Vec::new();
    if !is_header_name(header) {
        out.push(("header", "`header` is not a valid header name"));
    }
    if webhooks.covers.is_some() {
        out.push(("covers", "`covers` is only for RFC 9421 signatures, which have no `header`"));
    }
    if webhooks.prefix.as_deref().is_some_and(|prefix| !is_printable(prefix)) {
        out.push(("prefix", "`prefix` consists of printable ASCII characters"));
    }
    let signed = webhooks.signed.as_deref().unwrap_or_default();
    if signed.is_empty() {
        out.push(("", "a signature in a `header` requires `signed`"));
    }
    let is_invalid = |part: &SignedPart| match part {
        SignedPart::Header(name) => !is_header_name(name),
        SignedPart::Field(path) => path.split('.').any(str::is_empty),
        SignedPart::Body | SignedPart::Text(_) => false,
    };
    if signed.iter().any(is_invalid) {
        out.push(("signed", "`signed` contains an invalid name of a header or field"));
    }
    if !signed.is_empty() && !signed.contains(&SignedPart::Body) {
        out.push(("signed", "`signed` does not contain `body`: anybody could change the body"));
    }
    match &webhooks.time {
        Some(SignedPart::Body | SignedPart::Text(_)) => {
            out.push(("time", "the time must be in a header or in a field of the body"));
        }
        Some(SignedPart::Header(name)) if !signed.contains(&SignedPart::Header(name.clone())) => {
            out.push(("time", "this header is not in `signed`: anybody could change the time"));
        }
        None if webhooks.window.is_some() => {
            out.push(("window", "`window` has no effect without `time`"));
        }
        _ => {}
    }
    out
}

fn check_message_signature(has_profile: bool, webhooks: &Webhooks) -> Vec<Mistake> {
    let mut out = Vec::new();
    if !has_profile {
        out.push((
            "",
            "without `header`, webhooks are signed with the settings of `[signature]`, which is missing",
        ));
    }
    let only_in_headers = [
        ("prefix", webhooks.prefix.is_some()),
        ("encoding", webhooks.encoding.is_some()),
        ("signed", webhooks.signed.is_some()),
        ("time", webhooks.time.is_some()),
    ];
    for (key, _) in only_in_headers.into_iter().filter(|(_, is_set)| *is_set) {
        out.push((key, "this key has no effect without `header`"));
    }
    let covers = webhooks.covers.as_deref().unwrap_or_default();
    if !covers.iter().any(|name| name.eq_ignore_ascii_case("content-digest")) {
        out.push((
            "covers",
            "`covers` must contain `content-digest`: anybody could change the body",
        ));
    }
    out
}

fn check_key(webhooks: &Webhooks) -> Option<Mistake> {
    if webhooks.window == Some(0) {
        return Some(("window", "a window of 0 seconds rejects every webhook"));
    }
    let is_hmac = webhooks.algorithm == KeyAlgorithm::HmacSha256;
    let is_ed25519 = webhooks.algorithm == KeyAlgorithm::Ed25519;
    match webhooks.key_format? {
        KeyFormat::Secret if !is_hmac => {
            Some(("key_format", "only `hmac-sha256` uses a shared secret"))
        }
        KeyFormat::Pem | KeyFormat::OpenSsh if is_hmac => {
            Some(("key_format", "`hmac-sha256` requires the format `secret`"))
        }
        KeyFormat::OpenSsh if !is_ed25519 => {
            Some(("key_format", "the format `openssh` is only supported for `ed25519`"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyFormat, SignedPart};
    use crate::manifest::Manifest;
    use crate::report::Location;

    /// A table, the part of it that the error points at, and the beginning of the message.
    const INVALID: &[(&str, &str, &str)] = &[
        ("header = \"X\"\nsigned = [\"body\"]\n", "[webhooks]", "missing field `algorithm`"),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha1\"\n",
            "\"hmac-sha1\"",
            "unknown variant `hmac-sha1`",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\n",
            "[webhooks]",
            "a signature in a `header` requires `signed`",
        ),
        ("headers = \"X\"\n", "headers", "unknown field `headers`"),
        (
            "header = \"a b\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\n",
            "header = \"a b\"",
            "`header` is not a valid header name",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [{ header = \"T\" }]\n",
            "signed = [{ header = \"T\" }]",
            "`signed` does not contain `body`",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\", { field = \"a..b\" }]\n",
            "signed = [\"body\", { field = \"a..b\" }]",
            "`signed` contains an invalid name",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"all\"]\n",
            "\"all\"",
            "unknown variant `all`",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\ntime = { header = \"T\" }\n",
            "time = { header = \"T\" }",
            "this header is not in `signed`",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\ntime = \"body\"\n",
            "time = \"body\"",
            "the time must be in a header",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\nwindow = 9\n",
            "window = 9",
            "`window` has no effect",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\ncovers = []\n",
            "covers = []",
            "`covers` is only for RFC 9421 signatures",
        ),
        (
            "header = \"X\"\nalgorithm = \"hmac-sha256\"\nsigned = [\"body\"]\nkey_format = \"pem\"\n",
            "key_format = \"pem\"",
            "`hmac-sha256` requires the format",
        ),
        (
            "header = \"X\"\nalgorithm = \"rsa-pss-sha512\"\nsigned = [\"body\"]\nkey_format = \"openssh\"\n",
            "key_format = \"openssh\"",
            "the format `openssh`",
        ),
        (
            "header = \"X\"\nalgorithm = \"ed25519\"\nsigned = [\"body\"]\nkey_format = \"secret\"\n",
            "key_format = \"secret\"",
            "only `hmac-sha256` uses a shared secret",
        ),
        (
            "algorithm = \"ed25519\"\ncovers = [\"content-digest\"]\n",
            "[webhooks]",
            "without `header`, webhooks are signed with the settings",
        ),
        (
            "algorithm = \"ed25519\"\ncovers = [\"@path\"]\n[signature]\ncomponents = [\"@path\"]\n",
            "covers = [\"@path\"]",
            "`covers` must contain `content-digest`",
        ),
        (
            "algorithm = \"ed25519\"\ncovers = [\"content-digest\"]\nprefix = \"\"\n[signature]\ncomponents = [\"@path\"]\n",
            "prefix = \"\"",
            "this key has no effect without `header`",
        ),
        (
            "algorithm = \"ed25519\"\ncovers = [\"content-digest\"]\nwindow = 0\n[signature]\ncomponents = [\"@path\"]\n",
            "window = 0",
            "a window of 0 seconds",
        ),
    ];

    #[test]
    fn a_valid_table_is_parsed() {
        let text = "[webhooks]\nheader = \"X\"\nprefix = \"v1=\"\nencoding = \"hex\"\nalgorithm = \"hmac-sha256\"\n\
                    signed = [{ header = \"X-Time\" }, { text = \".\" }, \"body\"]\ntime = { header = \"X-Time\" }\n\
                    window = 60\nkey_format = \"secret\"\nevent = \"Event\"\n";
        let webhooks = Manifest::parse("vendor.toml", text).unwrap().webhooks.unwrap();
        assert_eq!(webhooks.signed.unwrap()[1], SignedPart::Text(".".to_owned()));
        assert_eq!(webhooks.key_format, Some(KeyFormat::Secret));
    }

    #[test]
    fn invalid_tables_are_errors_at_their_location() {
        for (table, part, message) in INVALID {
            let text = format!("[webhooks]\n{table}");
            let report = Manifest::parse("vendor.toml", &text).expect_err(&text);
            let [problem] = report.problems.as_slice() else { panic!("{text}: {report:?}") };
            let Location::Text(_, span) = &problem.location else { panic!("{problem:?}") };
            let found = text[span.clone()].trim_start_matches("[webhooks]\n");
            assert!(problem.message.starts_with(message), "{text}: {}", problem.message);
            assert_eq!(found, *part, "{text}");
        }
    }
}
