//! Targets of rules in `vendor.toml`: patterns of the keys of operations, fields and parameters.
//!
//! | target | key |
//! |---|---|
//! | an operation | `POST /v1/orders` |
//! | a field of a type | `Order.amount` |
//! | a parameter | `GET /v1/orders query:from` |
//!
//! In a pattern, `*` stands for any characters: `GET /v1/*`, `*.amount`, `* query:from`.

use super::Manifest;
use crate::report::{Problem, Report, suggest};

/// Returns whether a pattern matches a key.
pub fn matches_target(pattern: &str, key: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == key };
    let Some(mut key) = key.strip_prefix(start) else { return false };
    let (middle, end) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some((_, after)) = key.split_once(part) else { return false };
        key = after;
    }
    key.ends_with(end)
}

/// Returns whether a pattern matches the key of an operation, whatever the case of its method.
pub fn matches_operation(pattern: &str, key: &str) -> bool {
    match pattern.split_once(' ') {
        Some((method, path)) => {
            matches_target(&format!("{} {path}", method.to_ascii_uppercase()), key)
        }
        None => matches_target(pattern, key),
    }
}

/// Returns whether a pattern matches a value: its name on the wire, or its key.
pub fn matches_value(pattern: &str, wire: &str, key: &str) -> bool {
    matches_target(pattern, wire) || matches_target(pattern, key)
}

impl Manifest {
    /// Reports the patterns of operations in the list at `keys` that match none of the `known` operations.
    /// Returns whether there are any.
    pub fn report_unknown_operations(
        &self,
        keys: &[&str],
        patterns: &[String],
        known: &[String],
        report: &mut Report,
    ) -> bool {
        let mut found = false;
        let exists = |pattern: &str| known.iter().any(|key| matches_operation(pattern, key));
        for (index, pattern) in patterns.iter().enumerate().filter(|(_, it)| !exists(it)) {
            found = true;
            let location = self.location(&[keys, &[&index.to_string()]].concat());
            let message = format!("there is no operation `{pattern}`");
            let otherwise =
                "name operations by method and path, as in `POST /orders` or `GET /v1/*`";
            let help = suggest(pattern, known.iter().map(String::as_str), otherwise);
            report.error_or_warn(Problem::error(location, message).help(help));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_any_characters() {
        for (pattern, expected) in [
            ("GET /v1/pets", true),
            ("GET /v1/*", true),
            ("*", true),
            ("**", true),
            ("* /v1/pets", true),
            ("GET */pets", true),
            ("GET *v1*pets*", true),
            ("GET *pets*v1*", false),
            ("GET /v1", false),
            ("POST *", false),
            ("*pets/*", false),
            ("GET /v1/pets*pets", false),
        ] {
            assert_eq!(matches_target(pattern, "GET /v1/pets"), expected, "{pattern}");
        }
        assert!(matches_target("*.amount", "Order.amount"));
        assert!(!matches_target("*.amount", "Order.amount_due"));
        assert!(!matches_target("a*a", "a"));
    }

    #[test]
    fn the_case_of_a_method_does_not_matter() {
        assert!(matches_operation("post /v1/*", "POST /v1/orders"));
        assert!(matches_operation("* /v1/orders", "POST /v1/orders"));
        assert!(!matches_operation("POST /V1/orders", "POST /v1/orders"));
    }
}
