//! `[[settle]]`: which page holds where pages describe one thing in several ways.

use serde::Deserialize;

use super::Manifest;
use crate::report::Problem;

/// One settled conflict.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resolution {
    /// The component that is described in several ways: a schema's key, or another component's with
    /// its section, such as `parameters/limit`.
    pub component: Option<String>,
    /// The operation that is described in several ways, such as `GET /orders`.
    pub operation: Option<String>,
    /// The page whose version holds: its file beside `vendor.toml`, with `#2` for the second
    /// description in it.
    #[serde(rename = "use")]
    pub page: String,
    /// Why.
    pub reason: String,
}

impl Resolution {
    /// What it settles, in words.
    pub fn subject(&self) -> &str {
        self.component.as_deref().or(self.operation.as_deref()).unwrap_or_default()
    }
}

/// What is wrong with the settlements by themselves.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, one) in manifest.settlements.iter().enumerate() {
        let index = index.to_string();
        let mut wrong = |key: &[&str], what: &str| {
            let keys = [&["settle", index.as_str()], key].concat();
            problems.push(Problem::error(manifest.location(&keys), what));
        };
        if one.component.is_some() == one.operation.is_some() {
            wrong(&[], "a settlement names either a `component` or an `operation`");
        }
        if one.reason.trim().is_empty() {
            wrong(&["reason"], "a settlement needs a `reason`");
        }
        let same = |other: &&Resolution| {
            (&other.component, &other.operation) == (&one.component, &one.operation)
        };
        if manifest
            .settlements
            .iter()
            .take_while(|other| !std::ptr::eq(*other, one))
            .any(|o| same(&o))
        {
            wrong(&[], &format!("`{}` is settled already", one.subject()));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settlement_that_says_too_little_is_an_error_at_its_place() {
        let text = "[[settle]]\nuse = \"a.md\"\nreason = \" \"\n";
        let report = Manifest::parse("vendor.toml", text).unwrap_err();
        let says: Vec<_> = report.problems.iter().map(|p| p.what.as_str()).collect();
        assert_eq!(
            says,
            [
                "a settlement names either a `component` or an `operation`",
                "a settlement needs a `reason`"
            ]
        );
        let twice = "[[settle]]\ncomponent = \"Pet\"\nuse = \"a.md\"\nreason = \"newer\"\n";
        assert!(Manifest::parse("vendor.toml", twice).is_ok());
        assert!(Manifest::parse("vendor.toml", &format!("{twice}{twice}")).is_err());
    }
}
