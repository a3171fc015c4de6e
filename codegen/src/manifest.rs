//! `vendor.toml` as types: everything that is special about a vendor, as data. An unknown key is an
//! error.

mod names;
mod pagination;
mod retry;
mod settle;
mod signing;
mod tokens;
mod webhooks;
mod written;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::report::{Location, Problem, Report};
use crate::source::Document;

pub use names::Names;
pub use pagination::{PageBy, Pagination};
pub use retry::{Retry, RetryHeader, WaitForm};
pub use settle::Resolution;
pub use signing::{
    AbsentQuery, Algorithm, Component, Digests, Encoding, FieldNames, Idempotency, Open,
    Operations, Parameter, PreHash, Signature, TargetUri,
};
pub use tokens::{BodyKind, Tokens};
pub use webhooks::{KeyAlgorithm, KeyForm, Piece, TextEncoding, Webhooks};
pub use written::Written;

/// `specs/<vendor>/vendor.toml`
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Manifest {
    /// The vendor's name as people write it, such as `Acme Pay`.
    pub title: Option<String>,
    /// Where the documentation starts, for the module's documentation.
    pub docs: Option<String>,
    /// Where each page or document came from. Files of the folder that are not listed are read too.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// Members that hold a secret, by their name on the wire, beside the ones every API has
    /// (`client_secret`, `password`, …).
    pub secrets: Vec<String>,
    /// Identifiers that are fixed whatever the description says.
    pub names: Names,
    /// How the vendor's own error codes are found.
    pub error_codes: Option<ErrorCodes>,
    /// What to offer for error responses that the description leaves untyped.
    pub untyped_errors: Option<UntypedErrors>,
    /// How a token for a security scheme is fetched, by the scheme's key, where the description does
    /// not say it.
    pub tokens: BTreeMap<String, Tokens>,
    /// How lists are read page by page, where the description does not show it.
    pub pagination: Vec<Pagination>,
    /// How requests are signed.
    pub signature: Option<Signature>,
    /// Which digests of bodies are sent.
    pub digest: Option<Digests>,
    /// Which headers carry an idempotency key.
    pub idempotency: Option<Idempotency>,
    /// Where the vendor says how long to wait before a call is repeated.
    pub retry: Option<Retry>,
    /// How webhooks are signed, and what they hold.
    pub webhooks: Option<Webhooks>,
    /// Which page holds where pages describe one thing in several ways.
    #[serde(rename = "settle")]
    pub settlements: Vec<Resolution>,
    /// The text it was read from, to show locations of it.
    #[serde(skip)]
    pub written: Option<Written>,
}

impl Manifest {
    /// Reads `vendor.toml`; what is wrong with it is shown at its location in `file`.
    pub fn parse(file: &str, text: &str) -> Result<Self, Report> {
        let mut manifest: Self =
            toml::from_str(text).map_err(|error| unreadable(file, text, &error))?;
        manifest.written = Some(Written { file: file.to_owned(), text: text.into() });
        let mut problems = settle::check(&manifest);
        problems.extend(webhooks::check(&manifest));
        problems.extend(pagination::check(&manifest));
        problems.extend(signing::check(&manifest));
        problems.extend(retry::check(&manifest));
        if problems.is_empty() {
            return Ok(manifest);
        }
        Err(Report { problems, ..located(file, text) })
    }

    /// Where a value of the file stands, by the keys that lead to it; items of a list go by number.
    pub fn location(&self, keys: &[&str]) -> Location {
        self.written.as_ref().map_or(Location::Run, |written| written.location(keys))
    }
}

/// What is wrong with a text that is not TOML, or not what is expected of it.
pub(crate) fn unreadable(file: &str, text: &str, error: &toml::de::Error) -> Report {
    let span = error.span().unwrap_or(0..text.len());
    let mut report = located(file, text);
    let location = Location::Text(file.to_owned(), span);
    report.push(Problem::error(location, error.message().trim_end()));
    report
}

/// An empty report that can show locations of this text.
pub(crate) fn located(file: &str, text: &str) -> Report {
    let mut report = Report::default();
    report.sources.documents.push(Document {
        file: file.to_owned(),
        text: text.into(),
        block: 0..text.len(),
    });
    report
}

/// Where a page or document came from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The file beside `vendor.toml`.
    pub file: String,
    /// Its address.
    pub url: Option<String>,
    /// The day it was fetched, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: Option<String>,
}

/// How the vendor's own error codes are found in the description.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCodes {
    /// The member of an error body that carries the code: a name, or a JSON pointer such as
    /// `/error/code`.
    pub field: String,
    /// Why an error is raised (`missing`, `invalid`) → the extension that says which.
    #[serde(default)]
    pub extensions: BTreeMap<String, String>,
    /// The extension's member that holds the code.
    #[serde(default)]
    pub code: String,
    /// The extension's member that holds the message.
    pub message: Option<String>,
    /// The extension's member that holds the HTTP status.
    pub status: Option<String>,
    /// The extension's member that names a code defined elsewhere.
    pub reference: Option<String>,
    /// Wire codes for names that `reference` uses and nothing defines.
    #[serde(default)]
    pub references: BTreeMap<String, String>,
    /// Components of error bodies that carry the code elsewhere than in `field` → where.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    /// Codes that the description lacks, as the documentation has them.
    #[serde(default)]
    pub listed: Vec<ListedCode>,
}

/// A code that the description lacks.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedCode {
    /// Its text on the wire.
    pub code: String,
    /// Its message.
    pub message: Option<String>,
    /// The statuses it comes with.
    #[serde(default)]
    pub statuses: Vec<u16>,
    /// The operations that respond with it, such as `POST /oauth/token`.
    #[serde(default)]
    pub operations: Vec<String>,
}

/// What to offer for error responses that the description leaves untyped.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UntypedErrors {
    /// The type to try.
    pub read_as: ReadAs,
    /// Why that is right.
    pub reason: String,
}

/// The type to try on an untyped error response.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// The type of the operation's own success response: an envelope for both.
    Success,
    /// A component, by its key.
    #[serde(untagged)]
    Component(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_manifest_is_read() {
        let text = r#"
            title = "Acme Pay"
            docs = "https://docs.acme.test"
            secrets = ["token"]

            [[source]]
            file = "token.md"
            date = "2026-11-22"

            [names.operations]
            "POST /token" = "create_token"

            [error_codes]
            field = "error_code"
            extensions = { missing = "x-missing", invalid = "x-invalid" }
            code = "code"

            [untyped_errors]
            read_as = "success"
            reason = "every response is an envelope"
        "#;
        let manifest = Manifest::parse("specs/acme/vendor.toml", text).unwrap();
        assert_eq!(manifest.title.as_deref(), Some("Acme Pay"));
        assert_eq!(manifest.names.operations["POST /token"], "create_token");
        assert_eq!(manifest.error_codes.unwrap().extensions["missing"], "x-missing");
        assert_eq!(manifest.untyped_errors.unwrap().read_as, ReadAs::Success);
    }

    #[test]
    fn a_component_can_be_read_for_untyped_errors() {
        let text = "[untyped_errors]\nread_as = \"Envelope\"\nreason = \"x\"\n";
        let manifest = Manifest::parse("vendor.toml", text).unwrap();
        assert_eq!(
            manifest.untyped_errors.unwrap().read_as,
            ReadAs::Component("Envelope".to_owned())
        );
    }

    #[test]
    fn an_unknown_key_is_an_error_at_its_place() {
        let text = "title = \"Acme\"\nsecret = [\"token\"]\n";
        let report = Manifest::parse("specs/acme/vendor.toml", text).unwrap_err();
        let Location::Text(file, span) = &report.problems[0].location else { panic!("{report:?}") };
        assert_eq!((file.as_str(), &text[span.clone()]), ("specs/acme/vendor.toml", "secret"));
        assert!(report.problems[0].what.contains("unknown field `secret`"), "{report:?}");
        assert_eq!(report.sources.documents[0].file, "specs/acme/vendor.toml");
    }

    #[test]
    fn a_syntax_error_is_an_error_at_its_place() {
        let text = "title = \n";
        let report = Manifest::parse("vendor.toml", text).unwrap_err();
        assert!(
            matches!(&report.problems[0].location, Location::Text(_, span) if span.end <= text.len())
        );
    }
}
