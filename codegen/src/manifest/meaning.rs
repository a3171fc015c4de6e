//! `[numbers]`, `[dates]`, `[files]` and `[ids]`: what the values of fields and parameters mean.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

/// Which numbers are exact decimal numbers. Fields and parameters are named as on the wire,
/// or by patterns of keys such as `Order.amount` and `*.amount`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Numbers {
    /// Numbers that are not recognised as amounts of money.
    pub decimal: Decimals,
    /// Numbers that are floats in this API, despite their names.
    pub reject: Vec<String>,
}

/// The numbers that are exact decimal numbers.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Decimals {
    /// All numbers of these fields and parameters.
    These(Vec<String>),
    /// All numbers that are not integers.
    All(AllNumbers),
}

/// The value `"all"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AllNumbers {
    /// `"all"`
    All,
}

impl Default for Decimals {
    fn default() -> Self {
        Self::These(Vec::new())
    }
}

impl Decimals {
    /// Returns the patterns of the fields and parameters, `*` for all of them.
    pub fn patterns(&self) -> Vec<String> {
        match self {
            Self::These(patterns) => patterns.clone(),
            Self::All(AllNumbers::All) => vec!["*".to_owned()],
        }
    }
}

/// Which strings and numbers are dates. Fields and parameters are named as on the wire,
/// or by patterns of keys such as `Order.created` and `*.created`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Dates {
    /// Strings that are points in time (RFC 3339).
    pub date_time: Vec<String>,
    /// Strings that are dates (`YYYY-MM-DD`).
    pub date: Vec<String>,
    /// Numbers that are seconds since 1970-01-01T00:00:00Z.
    pub unix_time: Vec<String>,
    /// Fields and parameters that are not dates in this API, despite their descriptions.
    pub reject: Vec<String>,
}

/// Which parts of multipart bodies are files. Parts are named as on the wire, or by patterns of keys
/// such as `Upload.scan` and `*.scan`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// Parts that are files.
    pub parts: Vec<String>,
    /// Parts that are text or JSON in this API, despite their names.
    pub reject: Vec<String>,
}

/// Which strings are ids, and of what. Each kind of id is a type of its own.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Ids {
    /// Whether the kinds are inferred: `Customer.id`, `customer_id` and `/customers/{id}` are a `CustomerId`.
    pub infer: bool,
    /// The fields and parameters of each kind, by the name of its type.
    pub types: BTreeMap<String, Vec<String>>,
    /// Fields and parameters that are plain strings in this API, despite their names.
    pub reject: Vec<String>,
}

#[cfg(test)]
mod tests {
    use crate::manifest::Manifest;

    #[test]
    fn decimal_is_a_list_or_all() {
        let parse = |text: &str| Manifest::parse("vendor.toml", text).map(|it| it.numbers.decimal);
        assert_eq!(
            parse("[numbers]\ndecimal = \"all\"").map(|it| it.patterns()),
            Ok(vec!["*".to_owned()])
        );
        assert_eq!(
            parse("[numbers]\ndecimal = [\"*.amount\"]").map(|it| it.patterns()),
            Ok(vec!["*.amount".to_owned()])
        );
        assert!(parse("[numbers]\ndecimal = \"some\"").is_err());
    }
}
