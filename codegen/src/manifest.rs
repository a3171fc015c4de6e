//! `vendor.toml` as types: everything that is specific to a vendor. Unknown keys are errors.

mod auth;
mod constants;
mod error_fields;
mod json_schema;
mod key_algorithm;
mod meaning;
mod names;
mod pagination;
mod personal_data;
mod prefer;
mod retry;
mod signing;
mod source_text;
mod target;
mod text;
mod tokens;
mod webhooks;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::report::{Location, Problem, Report};

pub use auth::{Auth, AuthKind};
pub use constants::Constants;
pub use error_fields::ErrorFields;
pub use json_schema::json_schema;
pub use key_algorithm::KeyAlgorithm;
pub use meaning::{AllNumbers, Dates, Decimals, Files, Ids, Numbers};
pub use names::{Layout, Names};
pub use pagination::{PageBy, Pagination};
pub use personal_data::PersonalData;
pub use prefer::Preference;
pub use retry::{Retry, RetryHeader, WaitFormat};
pub use signing::{
    AbsentQuery, Algorithm, Component, ConfigurableSetting, Digests, Encoding, FieldNames,
    Idempotency, Operations, Parameter, PreHash, Signature, TargetUri,
};
pub use source_text::ManifestText;
pub use target::{matches_operation, matches_target, matches_value};
pub use tokens::{BasicEncoding, BodyKind, Tokens};
pub use webhooks::{KeyFormat, SignedPart, TextEncoding, Webhooks};

/// The contents of `specs/<vendor>/vendor.toml`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Manifest {
    /// The vendor's name as people write it, such as `Acme Pay`.
    pub title: Option<String>,
    /// The URL of the vendor's documentation, linked from the module's documentation.
    pub docs: Option<String>,
    /// Where each page or document was fetched from. Files of the folder that are not listed are read
    /// too.
    #[serde(rename = "source")]
    pub sources: Vec<Source>,
    /// Properties, parameters and response headers that hold a secret, in addition to the ones that are
    /// always secret (`client_secret`, `password`, …): names on the wire, or patterns of keys such as
    /// `Session.token` and `*.token`.
    pub secrets: Vec<String>,
    /// Which other fields `Debug` does not print.
    pub personal_data: PersonalData,
    /// Which numbers are exact decimal numbers.
    pub numbers: Numbers,
    /// Which strings and numbers are dates.
    pub dates: Dates,
    /// Which parts of multipart bodies are files.
    pub files: Files,
    /// Which strings are ids, and of what.
    pub ids: Ids,
    /// Which values the client does not write, although they are the only allowed ones.
    pub constants: Constants,
    /// Which parameters are set once for all calls of a client, and which are not although most
    /// operations require them: `"header:Acme-Version" = true`.
    pub settings: BTreeMap<String, bool>,
    /// Structs with `additionalProperties: true` that keep the properties that are not declared, in a
    /// map: keys of components, or patterns of them. Otherwise, such properties are ignored.
    pub additional_properties: Vec<String>,
    /// Names that override those derived from the document.
    pub names: Names,
    /// How the vendor's own error codes are found.
    pub error_codes: Option<ErrorCodes>,
    /// Where error bodies have the vendor's code and message.
    pub error_fields: ErrorFields,
    /// The type to try on error responses without a schema.
    pub untyped_errors: Option<UntypedErrors>,
    /// Security schemes that the document lacks or describes incompletely, by their key.
    pub auth: BTreeMap<String, Auth>,
    /// The operations that issue tokens, to which credentials for every call are not sent: patterns such
    /// as `POST /login`. By default, those that look so.
    pub token_operations: Option<Vec<String>>,
    /// How a token for a security scheme is fetched, by the scheme's key, where the document does not
    /// declare it.
    pub tokens: BTreeMap<String, Tokens>,
    /// How lists are paginated, where it cannot be inferred from the document.
    pub pagination: Vec<Pagination>,
    /// How requests are signed.
    pub signature: Option<Signature>,
    /// Which digests of request bodies are sent.
    pub digest: Option<Digests>,
    /// Where idempotency keys are sent.
    pub idempotency: Option<Idempotency>,
    /// Operations that only read, whatever their method, and so may be sent again: patterns such as
    /// `POST /accounts/get`.
    pub repeatable: Vec<String>,
    /// The vendor's response headers that say how long to wait before a retry.
    pub retry: Option<Retry>,
    /// How webhooks are signed, and the type of their body.
    pub webhooks: Option<Webhooks>,
    /// Which page takes precedence where pages define one component or operation differently.
    #[serde(rename = "prefer")]
    pub preferences: Vec<Preference>,
    /// The text that the manifest was parsed from, to report locations in it.
    #[serde(skip)]
    pub source_text: Option<ManifestText>,
}

impl Manifest {
    /// Parses `vendor.toml`. Problems are reported with their location in `file`.
    pub fn parse(file: &str, text: &str) -> Result<Self, Report> {
        let mut manifest: Self =
            toml::from_str(text).map_err(|error| toml_error(file, text, &error))?;
        manifest.source_text = Some(ManifestText { file: file.to_owned(), text: text.into() });
        let mut problems = names::check(&manifest);
        problems.extend(auth::check(&manifest));
        problems.extend(error_fields::check(&manifest));
        problems.extend(prefer::check(&manifest));
        problems.extend(webhooks::check(&manifest));
        problems.extend(pagination::check(&manifest));
        problems.extend(signing::check(&manifest));
        problems.extend(retry::check(&manifest));
        if problems.is_empty() {
            return Ok(manifest);
        }
        Err(Report { problems, ..Report::default() })
    }

    /// Returns the key of the component that webhooks carry.
    pub fn webhook_event(&self) -> Option<&str> {
        self.webhooks.as_ref()?.event.as_deref()
    }

    /// Returns the location of the value that `keys` lead to. Items of an array are addressed by their
    /// index.
    pub fn location(&self, keys: &[&str]) -> Location {
        self.source_text.as_ref().map_or(Location::Run, |source| source.location(keys))
    }
}

/// Reports a TOML error at its location in `file`.
fn toml_error(file: &str, text: &str, error: &toml::de::Error) -> Report {
    let span = error.span().unwrap_or(0..text.len());
    let location = Location::Text(file.to_owned(), span);
    Problem::error(location, error.message().trim_end()).into()
}

/// Where a page or document was fetched from.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The file's path, relative to `vendor.toml`.
    pub file: String,
    /// The URL that it was fetched from.
    pub url: Option<String>,
    /// The date on which it was fetched, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: Option<String>,
}

/// How the vendor's own error codes are found in the document.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorCodes {
    /// The field of an error body that holds the code: a name, or a JSON pointer such as
    /// `/error/code`.
    pub field: String,
    /// What triggers an error (`missing` or `invalid`) → the extension that declares the error.
    #[serde(default)]
    pub extensions: BTreeMap<String, String>,
    /// The key of the extension that holds the code.
    #[serde(default)]
    pub code: String,
    /// The key of the extension that holds the message.
    pub message: Option<String>,
    /// The key of the extension that holds the HTTP status.
    pub status: Option<String>,
    /// The key of the extension that refers by name to an error defined elsewhere.
    pub reference: Option<String>,
    /// Codes for the names that `reference` uses but the document does not define.
    #[serde(default)]
    pub references: BTreeMap<String, String>,
    /// Components whose error bodies hold the code in another field than `field` → that field.
    #[serde(default)]
    pub types: BTreeMap<String, String>,
    /// Codes that the vendor's documentation lists and the document does not.
    #[serde(default)]
    pub additional: Vec<AdditionalCode>,
}

/// An error code that the document does not declare.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdditionalCode {
    /// The code on the wire.
    pub code: String,
    /// The message that comes with it.
    pub message: Option<String>,
    /// The HTTP statuses that it comes with.
    #[serde(default)]
    pub statuses: Vec<u16>,
    /// The operations that return it, such as `POST /oauth/token`.
    #[serde(default)]
    pub operations: Vec<String>,
}

/// The type to try on error responses without a schema.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UntypedErrors {
    /// The type to try.
    pub read_as: ReadAs,
    /// Why that type is right.
    pub reason: String,
}

/// The type to try on an error response without a schema.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// The type of the operation's success response, if it is an envelope for both.
    Success,
    /// A component, by its key.
    #[serde(untagged)]
    Component(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_manifest_is_parsed() {
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
    fn untyped_errors_can_be_read_as_a_component() {
        let text = "[untyped_errors]\nread_as = \"Envelope\"\nreason = \"x\"\n";
        let manifest = Manifest::parse("vendor.toml", text).unwrap();
        assert_eq!(
            manifest.untyped_errors.unwrap().read_as,
            ReadAs::Component("Envelope".to_owned())
        );
    }

    #[test]
    fn an_unknown_key_is_an_error_at_its_location() {
        let text = "title = \"Acme\"\nsecret = [\"token\"]\n";
        let report = Manifest::parse("specs/acme/vendor.toml", text).unwrap_err();
        let Location::Text(file, span) = &report.problems[0].location else { panic!("{report:?}") };
        assert_eq!((file.as_str(), &text[span.clone()]), ("specs/acme/vendor.toml", "secret"));
        assert!(report.problems[0].message.contains("unknown field `secret`"), "{report:?}");
    }

    #[test]
    fn a_syntax_error_is_an_error_at_its_location() {
        let text = "title = \n";
        let report = Manifest::parse("vendor.toml", text).unwrap_err();
        assert!(
            matches!(&report.problems[0].location, Location::Text(_, span) if span.end <= text.len())
        );
    }
}
