//! `[signature]`, `[digest]` and `[idempotency]`: headers that the client computes for each request,
//! where the vendor deviates from RFC 9421, RFC 9530 and the idempotency draft.

mod check;
mod component;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::key_algorithm::KeyAlgorithm;
use crate::method::Method;

pub(super) use check::check;
pub use component::Component;

/// How requests are signed. Settings that are not set default to RFC 9421.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Signature {
    /// The operations that are signed.
    pub operations: Operations,
    /// The algorithm, if all keys are for the same one. Otherwise the key determines it.
    pub algorithm: Option<KeyAlgorithm>,
    /// The label of the signature (§4.1).
    pub label: Option<String>,
    /// The covered components, in this order (§2).
    pub components: Vec<Component>,
    /// The signature parameters, in this order (§2.3).
    pub parameters: Option<Vec<Parameter>>,
    /// The value of the parameter `tag`.
    pub tag: Option<String>,
    /// The seconds from `created` to `expires`.
    pub lifetime: Option<u32>,
    /// The case of header names in the signature base.
    pub names: Option<FieldNames>,
    /// The value of `@target-uri`.
    pub target_uri: Option<TargetUri>,
    /// The value of `@query` if the URL has no query.
    pub absent_query: Option<AbsentQuery>,
    /// The input to the signature algorithm.
    pub pre_hash: Option<PreHash>,
    /// The bytes that are base64-encoded in the `Signature` header.
    pub encoding: Option<Encoding>,
    /// Settings that the vendor's documentation does not specify, each with an explanation. The
    /// client's builder has a method for each, with the value above as the default.
    pub configurable: BTreeMap<ConfigurableSetting, String>,
}

/// Digests of request bodies (RFC 9530).
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Digests {
    /// The operations that send digests.
    pub operations: Operations,
    /// The HTTP methods that send digests. If empty, all.
    pub methods: Vec<Method>,
    /// The algorithms. The header has one digest for each.
    pub algorithms: Vec<Algorithm>,
}

/// Idempotency keys. With this table, none are inferred from the document. An empty list of operations
/// turns them off.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Idempotency {
    /// The operations that send an idempotency key.
    pub operations: Operations,
    /// The HTTP methods that send an idempotency key. If empty, all.
    pub methods: Vec<Method>,
    /// The headers that carry the key, all with the same value.
    pub headers: Vec<String>,
    /// The field of request bodies that carries the key.
    pub field: Option<String>,
}

/// The operations that a header is computed for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Operations {
    /// Operations that declare the header as a parameter.
    #[default]
    Declared,
    /// All operations.
    All,
    /// The listed operations: patterns such as `"POST /orders"` and `"POST /v1/*"`.
    #[serde(untagged)]
    Listed(Vec<String>),
}

/// A parameter of a signature (RFC 9421 §2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "the names are the RFC's own")]
pub enum Parameter {
    Created,
    Expires,
    KeyId,
    Alg,
    Nonce,
    Tag,
}

/// The case of header names in the signature base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldNames {
    /// Lower case.
    LowerCase,
    /// As written in `components`.
    AsWritten,
}

/// The value of `@target-uri`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetUri {
    /// The whole URI.
    Whole,
    /// The scheme and the authority.
    Origin,
}

/// The value of `@query` if the URL has no query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AbsentQuery {
    /// `?`
    QuestionMark,
    /// The empty string.
    Empty,
    /// None: the component is not covered.
    Omitted,
}

/// The input to the signature algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum PreHash {
    /// The signature base.
    #[serde(rename = "none")]
    None,
    /// The bytes of the base's SHA-256.
    #[serde(rename = "sha-256")]
    Sha256,
    /// The bytes of the base's SHA-512.
    #[serde(rename = "sha-512")]
    Sha512,
    /// The base's SHA-256 in lower-case hexadecimal.
    #[serde(rename = "sha-256-hex")]
    Sha256Hex,
    /// The base's SHA-512 in lower-case hexadecimal.
    #[serde(rename = "sha-512-hex")]
    Sha512Hex,
}

/// The bytes that are base64-encoded in the `Signature` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// The bytes of the signature.
    Raw,
    /// The signature in lower-case hexadecimal.
    LowerHex,
    /// The signature in upper-case hexadecimal.
    UpperHex,
}

/// A digest algorithm (RFC 9530 §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub enum Algorithm {
    /// `sha-256`
    #[serde(rename = "sha-256")]
    Sha256,
    /// `sha-512`
    #[serde(rename = "sha-512")]
    Sha512,
}

/// A setting of `[signature]` that users of the client can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are those of the fields of `Signature`")]
pub enum ConfigurableSetting {
    Components,
    Parameters,
    Lifetime,
    Names,
    TargetUri,
    AbsentQuery,
    PreHash,
    Encoding,
}

impl ConfigurableSetting {
    /// Returns the setting's key in `vendor.toml`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Components => "components",
            Self::Parameters => "parameters",
            Self::Lifetime => "lifetime",
            Self::Names => "names",
            Self::TargetUri => "target_uri",
            Self::AbsentQuery => "absent_query",
            Self::PreHash => "pre_hash",
            Self::Encoding => "encoding",
        }
    }
}

impl Signature {
    /// Returns the signature parameters in order.
    pub fn parameters(&self) -> &[Parameter] {
        self.parameters.as_deref().unwrap_or(&[Parameter::Created, Parameter::KeyId])
    }
}
