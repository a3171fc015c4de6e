//! `[auth]`: security schemes that the document lacks, or describes incompletely.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Manifest;
use crate::report::Problem;

/// A security scheme, by its key under `[auth]`. Keys that are not set are taken from the document's
/// scheme with that key.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Auth {
    /// The kind of credentials. Required if the document lacks the scheme.
    #[serde(rename = "type")]
    pub kind: Option<AuthKind>,
    /// The name of the header, query parameter or cookie.
    pub name: Option<String>,
    /// What a key in a header is sent after, such as `Bot `.
    pub prefix: Option<String>,
    /// The description in the documentation of the builder's method.
    pub description: Option<String>,
    /// The operations that accept the credentials, in which `*` stands for any text. By default, for a
    /// scheme that the document lacks, those without a security requirement that issue no tokens and
    /// are not declared public: `security: []`.
    pub operations: Option<Vec<String>>,
}

/// A kind of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum AuthKind {
    /// `Authorization: Bearer`
    Bearer,
    /// `Authorization: Basic`
    Basic,
    /// A key in a header.
    Header,
    /// A key in the query.
    Query,
    /// A key in a cookie.
    Cookie,
}

/// Checks `[auth]`.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, auth) in &manifest.auth {
        let mut fail = |setting: &str, message: &str| {
            let location = manifest.location(&["auth", key, setting]);
            problems.push(Problem::error(location, message));
        };
        let has_name =
            matches!(auth.kind, Some(AuthKind::Header | AuthKind::Query | AuthKind::Cookie));
        match &auth.name {
            None if has_name => fail("type", "a key needs the `name` that it is sent under"),
            Some(_) if !has_name => {
                fail("name", "only the types `header`, `query` and `cookie` have a `name`");
            }
            _ => {}
        }
        let allows_prefix = matches!(auth.kind, None | Some(AuthKind::Header | AuthKind::Bearer));
        if auth.prefix.is_some() && !allows_prefix {
            fail("prefix", "only keys in a header have a `prefix`");
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    #[test]
    fn an_incomplete_scheme_is_an_error() {
        for (lines, message) in [
            ("type = \"header\"", "needs the `name`"),
            ("type = \"bearer\"\nname = \"X-Key\"", "have a `name`"),
            ("type = \"query\"\nname = \"key\"\nprefix = \"Bot \"", "have a `prefix`"),
        ] {
            let report =
                Manifest::parse("vendor.toml", &format!("[auth.Key]\n{lines}\n")).unwrap_err();
            assert!(report.problems[0].message.contains(message), "{report:?}");
        }
    }
}
