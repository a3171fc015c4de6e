//! Checks the keys of objects whose keys must follow a rule: paths, status codes, components.

use super::Audit;
use crate::report::{Location, Problem};
use crate::source::Node;

/// The rule for the keys of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dialect) enum KeyRule {
    /// Any string.
    Any,
    /// Paths, which start with a slash.
    Path,
    /// Status codes: `200`, `2XX`, `default`.
    Status,
    /// Names of components. Any name is accepted; the Rust name is chosen later.
    Component,
    /// Names of security schemes.
    Scheme,
}

impl KeyRule {
    /// Returns whether `key` is the key of an object, not of an extension.
    pub(in crate::dialect) fn is_object_key(self, key: &str) -> bool {
        match self {
            Self::Any | Self::Component | Self::Scheme => true,
            Self::Path | Self::Status => !key.starts_with("x-"),
        }
    }
}

/// A key after its check.
pub(super) enum CheckedKey {
    /// The key of an object, corrected if necessary.
    Valid(String),
    /// The key of an extension.
    Extension,
    /// Invalid; this was reported.
    Invalid,
}

impl Audit<'_> {
    /// Checks the key of `node` against `rule`.
    pub(super) fn check_key(&mut self, rule: KeyRule, key: &str, node: &Node) -> CheckedKey {
        match rule {
            KeyRule::Any => CheckedKey::Valid(key.to_owned()),
            // The name of a component may start with `x-`; an extension here is rarely an object.
            KeyRule::Component if key.starts_with("x-") && node.as_object().is_none() => {
                self.ignore_extension(key, node.origin);
                CheckedKey::Invalid
            }
            // Of a scheme, `x-api-key` is a common name; a platform's extension has no `type`.
            KeyRule::Scheme if key.starts_with("x-") && !is_scheme(node) => {
                self.ignore_extension(key, node.origin);
                CheckedKey::Invalid
            }
            KeyRule::Path | KeyRule::Status if key.starts_with("x-") => CheckedKey::Extension,
            KeyRule::Component | KeyRule::Scheme => CheckedKey::Valid(key.to_owned()),
            KeyRule::Path => self.check_path_key(key, node),
            KeyRule::Status => self.check_status_key(key, node),
        }
    }

    fn check_path_key(&mut self, key: &str, node: &Node) -> CheckedKey {
        if key.starts_with('/') {
            return CheckedKey::Valid(key.to_owned());
        }
        let location = Location::Entry(node.origin);
        if key.contains("://") {
            let message = format!("expected a path, found the URL `{key}`");
            let help = "move the host to `servers`, and start the path with `/`";
            self.error_or_warn(Problem::error(location, message).help(help));
            return CheckedKey::Invalid;
        }
        let path = format!("/{key}");
        self.report_problem(Problem::note(
            location,
            format!("the path `{key}` does not start with `/`; it is read as `{path}`"),
        ));
        CheckedKey::Valid(path)
    }

    fn check_status_key(&mut self, key: &str, node: &Node) -> CheckedKey {
        if key == "default" {
            return CheckedKey::Valid(key.to_owned());
        }
        let upper = key.to_ascii_uppercase();
        let is_status = match upper.as_bytes() {
            [b'1'..=b'5', b'X', b'X'] => true,
            [b'1'..=b'9', tens, ones] => tens.is_ascii_digit() && ones.is_ascii_digit(),
            _ => false,
        };
        if is_status {
            return CheckedKey::Valid(upper);
        }
        if upper == "DEFAULT" {
            let message = format!("`{key}` is read as `default`");
            self.report_problem(Problem::note(Location::Entry(node.origin), message));
            return CheckedKey::Valid("default".to_owned());
        }
        let message = format!("`{key}` is not a status code; the response is skipped");
        self.report_problem(
            Problem::warning(Location::Entry(node.origin), message)
                .help("use a status code such as `200`, a range such as `4XX`, or `default`"),
        );
        CheckedKey::Invalid
    }
}

fn is_scheme(node: &Node) -> bool {
    ["type", "scheme", "$ref"].iter().any(|key| node.get(key).is_some())
}
