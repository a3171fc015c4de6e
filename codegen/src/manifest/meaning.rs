//! `[numbers]`, `[dates]` and `[files]`: what the values of fields and parameters mean.

use serde::Deserialize;

/// Which numbers are exact decimal numbers. The patterns are those of [`matches_key`].
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Numbers {
    /// Numbers that are not recognised as amounts of money.
    pub decimal: Decimals,
    /// Numbers that are floats in this API, despite their names.
    pub refuse: Vec<String>,
}

/// The numbers that are exact decimal numbers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Decimals {
    /// All numbers of these fields and parameters.
    These(Vec<String>),
    /// All numbers that are not integers.
    All(AllNumbers),
}

/// The value `"all"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
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

/// Which strings and numbers are dates. The patterns are those of [`matches_key`].
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dates {
    /// Strings that are points in time (RFC 3339).
    pub date_time: Vec<String>,
    /// Strings that are dates (`YYYY-MM-DD`).
    pub date: Vec<String>,
    /// Numbers that are seconds since 1970-01-01T00:00:00Z.
    pub unix_time: Vec<String>,
    /// Fields and parameters that hold no dates in this API, despite their descriptions.
    pub refuse: Vec<String>,
}

/// Which parts of multipart bodies are files. The patterns are those of [`matches_key`].
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Files {
    /// Parts that are files.
    pub parts: Vec<String>,
    /// Parts that are text or JSON in this API, despite their names.
    pub refuse: Vec<String>,
}

/// Whether a pattern such as `*.amount` matches the key of a field (`Order.amount`) or of a parameter
/// (`GET /orders query:from`). A `*` stands for any characters.
pub fn matches_key(pattern: &str, key: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == key };
    let Some(mut key) = key.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').map_or(("", rest), |(middle, end)| (middle, end));
    for part in middle.split('*').filter(|part| !part.is_empty()) {
        let Some((_, after)) = key.split_once(part) else { return false };
        key = after;
    }
    key.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Manifest;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, key, expected) in [
            ("Order.amount", "Order.amount", true),
            ("Order.amount", "Order.amounts", false),
            ("*.amount", "Order.amount", true),
            ("*.amount", "Order.amount_due", false),
            ("Order.*", "Order.amount", true),
            ("Order.*", "Orders.amount", false),
            ("*", "GET /orders query:from", true),
            ("GET * query:*", "GET /orders query:from", true),
            ("GET *:from*", "GET /orders query:from", true),
            ("a*a", "a", false),
            ("a*b*a", "aba", true),
        ] {
            assert_eq!(matches_key(pattern, key), expected, "{pattern} {key}");
        }
    }

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
