//! `vendor.toml` as types: everything that is special about a vendor, as data. An unknown key is an
//! error.

use std::collections::BTreeMap;

use serde::Deserialize;

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
    /// What to offer for error answers that the description leaves untyped.
    pub untyped_errors: Option<UntypedErrors>,
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

/// Identifiers that are fixed whatever the description says.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Names {
    /// `"POST /oauth/token"` → method name.
    pub operations: BTreeMap<String, String>,
    /// A component's key, or the JSON pointer of an inline schema → type name.
    pub types: BTreeMap<String, String>,
    /// A server's URL → variant name.
    pub servers: BTreeMap<String, String>,
}

/// How the vendor's own error codes are found in the description.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCodes {
    /// The member of an error body that carries the code.
    pub field: String,
    /// Why an error is raised (`missing`, `invalid`) → the extension that says which.
    pub extensions: BTreeMap<String, String>,
    /// The extension's member that holds the code.
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
}

/// What to offer for error answers that the description leaves untyped.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UntypedErrors {
    /// The type to try.
    pub read_as: ReadAs,
    /// Why that is right.
    pub reason: String,
}

/// The type to try on an untyped error answer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// The type of the operation's own success answer: an envelope for both.
    Success,
    /// A component, by its key.
    #[serde(untagged)]
    Component(String),
}
