//! `[signature]`, `[digest]` and `[idempotency]`: headers that the client computes for each request,
//! and how the vendor's way differs from RFC 9421, RFC 9530 and the idempotency draft.

mod check;
mod component;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::webhooks::KeyAlgorithm;
use crate::ir::Method;

pub(super) use check::{check, is_field_name, is_printable};
pub use component::Component;

/// How requests are signed. What is left out is as RFC 9421 has it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Signature {
    /// Which operations are signed.
    pub operations: Operations,
    /// The one algorithm that there are keys for; else the key says it.
    pub algorithm: Option<KeyAlgorithm>,
    /// The label of the signature (§4.1).
    pub label: Option<String>,
    /// What is covered, in this order (§2).
    pub components: Vec<Component>,
    /// The parameters, in this order (§2.3).
    pub parameters: Option<Vec<Parameter>>,
    /// The text of the parameter `tag`.
    pub tag: Option<String>,
    /// Seconds from `created` to `expires`.
    pub lifetime: Option<u32>,
    /// How the names of fields are written.
    pub names: Option<FieldNames>,
    /// What `@target-uri` holds.
    pub target_uri: Option<TargetUri>,
    /// What `@query` is if there is none.
    pub absent_query: Option<AbsentQuery>,
    /// What of the signature base goes to the algorithm.
    pub pre_hash: Option<PreHash>,
    /// What the base64 of the `Signature` field holds.
    pub encoding: Option<Encoding>,
    /// What the vendor leaves open, each with the reason: options of the client's builder, with what is
    /// said above as their default.
    pub open: BTreeMap<Open, String>,
}

/// Digests of bodies (RFC 9530).
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Digests {
    /// Which operations have one.
    pub operations: Operations,
    /// Methods that have one; empty: all.
    pub methods: Vec<Method>,
    /// The algorithms, each of which gives one member of the field.
    pub algorithms: Vec<Algorithm>,
}

/// Idempotency keys. With this table, none is inferred; an empty list of operations says that there is
/// none.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Idempotency {
    /// Which operations have one.
    pub operations: Operations,
    /// Methods that have one; empty: all.
    pub methods: Vec<Method>,
    /// The headers that carry the key, all of them the same one.
    pub headers: Vec<String>,
}

/// Which operations something is computed for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operations {
    /// Those that declare the header as a parameter.
    #[default]
    Declared,
    /// All of them.
    All,
    /// These: `"POST /orders"`.
    #[serde(untagged)]
    These(Vec<String>),
}

/// A parameter of a signature (RFC 9421 §2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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

/// How the names of fields are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldNames {
    /// In lower case.
    LowerCase,
    /// As the components are written here.
    AsWritten,
}

/// What `@target-uri` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetUri {
    /// The whole URI.
    Whole,
    /// Scheme and authority.
    Origin,
}

/// What `@query` is without a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsentQuery {
    /// `?`
    QuestionMark,
    /// Nothing.
    Empty,
    /// Not covered.
    Omitted,
}

/// What of the signature base goes to the algorithm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum PreHash {
    /// The base itself.
    #[serde(rename = "none")]
    None,
    /// The bytes of its SHA-256.
    #[serde(rename = "sha-256")]
    Sha256,
    /// The bytes of its SHA-512.
    #[serde(rename = "sha-512")]
    Sha512,
    /// Its SHA-256 in lower-case hexadecimal.
    #[serde(rename = "sha-256-hex")]
    Sha256Hex,
    /// Its SHA-512 in lower-case hexadecimal.
    #[serde(rename = "sha-512-hex")]
    Sha512Hex,
}

/// What the base64 of the `Signature` field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// The bytes of the signature.
    Raw,
    /// Their lower-case hexadecimal.
    LowerHex,
    /// Their upper-case hexadecimal.
    UpperHex,
}

/// A digest's algorithm (RFC 9530 §5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Algorithm {
    /// `sha-256`
    #[serde(rename = "sha-256")]
    Sha256,
    /// `sha-512`
    #[serde(rename = "sha-512")]
    Sha512,
}

/// What of a profile may be left open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are those of the members of `Signature`")]
pub enum Open {
    Components,
    Parameters,
    Lifetime,
    Names,
    TargetUri,
    AbsentQuery,
    PreHash,
    Encoding,
}

impl Open {
    /// Its key in `vendor.toml`.
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
    /// The parameters, in their order.
    pub fn parameters(&self) -> &[Parameter] {
        self.parameters.as_deref().unwrap_or(&[Parameter::Created, Parameter::KeyId])
    }
}
