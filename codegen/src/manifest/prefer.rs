//! `[[prefer]]`: which page takes precedence where pages define one component or operation
//! differently.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Manifest;
use crate::report::Problem;

/// The precedence of one page over the others, for one component or operation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preference {
    /// The component that pages define differently: the key of a schema, or the section and key of
    /// another component, such as `parameters/limit`.
    pub component: Option<String>,
    /// The operation that pages define differently, such as `GET /orders`.
    pub operation: Option<String>,
    /// The page that takes precedence: its path relative to `vendor.toml`, with `#2` for the second
    /// document in it.
    #[serde(rename = "use")]
    pub page: String,
    /// Why it takes precedence.
    pub reason: String,
}

impl Preference {
    /// Returns the component or operation that this is about.
    pub fn subject(&self) -> &str {
        self.component.as_deref().or(self.operation.as_deref()).unwrap_or_default()
    }
}

/// Checks `[[prefer]]` without regard to the pages.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, preference) in manifest.preferences.iter().enumerate() {
        let index = index.to_string();
        let mut report = |key: &[&str], message: &str| {
            let keys = [&["prefer", index.as_str()], key].concat();
            problems.push(Problem::error(manifest.location(&keys), message));
        };
        if preference.component.is_some() == preference.operation.is_some() {
            report(&[], "`[[prefer]]` requires exactly one of `component` and `operation`");
        }
        if preference.reason.trim().is_empty() {
            report(&["reason"], "`reason` is empty: say why this page takes precedence");
        }
        let is_same = |other: &&Preference| {
            (&other.component, &other.operation) == (&preference.component, &preference.operation)
        };
        let mut earlier =
            manifest.preferences.iter().take_while(|other| !std::ptr::eq(*other, preference));
        if earlier.any(|other| is_same(&other)) {
            let message =
                format!("an earlier `[[prefer]]` entry already covers `{}`", preference.subject());
            report(&[], &message);
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn incomplete_and_repeated_entries_are_errors() {
        let text = "[[prefer]]\nuse = \"a.md\"\nreason = \" \"\n";
        let report = Manifest::parse("vendor.toml", text).unwrap_err();
        let messages: Vec<_> = report.problems.iter().map(|p| p.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "`[[prefer]]` requires exactly one of `component` and `operation`",
                "`reason` is empty: say why this page takes precedence",
            ]
        );
        let entry = "[[prefer]]\ncomponent = \"Pet\"\nuse = \"a.md\"\nreason = \"newer\"\n";
        assert!(Manifest::parse("vendor.toml", entry).is_ok());
        assert!(Manifest::parse("vendor.toml", &format!("{entry}{entry}")).is_err());
    }
}
