//! The names under which objects stand in a map, where they follow a rule.

use super::Audit;
use crate::report::{Location, Problem};
use crate::source::Node;

/// The rule for the names of a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::dialect) enum Names {
    /// Whatever the author likes.
    Any,
    /// Paths: they begin with a slash.
    Path,
    /// Statuses: `200`, `2XX`, `default`.
    Status,
    /// Components. Any name is taken; what Rust makes of it is decided later.
    Component,
}

impl Names {
    /// Whether `name` stands for an object, not for an extension among them.
    pub(super) fn holds(self, name: &str) -> bool {
        match self {
            Self::Any | Self::Component => true,
            Self::Path | Self::Status => !name.starts_with("x-"),
        }
    }
}

/// What a name is read as.
pub(super) enum Name {
    /// The name of an object.
    Is(String),
    /// An extension beside the objects.
    Extension,
    /// Neither; it was reported.
    Refused,
}

impl Audit<'_> {
    /// Reads the name `key` of `node` by the rule `names`.
    pub(super) fn name(&mut self, names: Names, key: &str, node: &Node) -> Name {
        match names {
            Names::Any => Name::Is(key.to_owned()),
            // A component may begin with `x-`: an extension would hardly be a map.
            Names::Component if key.starts_with("x-") && node.as_object().is_none() => {
                self.extension(key, node.origin);
                Name::Refused
            }
            Names::Path | Names::Status if key.starts_with("x-") => Name::Extension,
            Names::Component => Name::Is(key.to_owned()),
            Names::Path => self.path_name(key, node),
            Names::Status => self.status_name(key, node),
        }
    }

    fn path_name(&mut self, key: &str, node: &Node) -> Name {
        if key.starts_with('/') {
            return Name::Is(key.to_owned());
        }
        let location = Location::Member(node.origin);
        if key.contains("://") {
            let what = format!("expected a path, found the address `{key}`");
            let help = "put the host under `servers` and begin the path with `/`";
            self.tolerate(Problem::error(location, what).help(help));
            return Name::Refused;
        }
        let path = format!("/{key}");
        self.problem(Problem::note(
            location,
            format!("a path begins with `/`; `{key}` is read as `{path}`"),
        ));
        Name::Is(path)
    }

    fn status_name(&mut self, key: &str, node: &Node) -> Name {
        if key == "default" {
            return Name::Is(key.to_owned());
        }
        let upper = key.to_ascii_uppercase();
        let is_status = match upper.as_bytes() {
            [b'1'..=b'9', rest @ ..] if rest.len() == 2 => {
                rest == b"XX" || rest.iter().all(u8::is_ascii_digit)
            }
            _ => false,
        };
        if is_status {
            return Name::Is(upper);
        }
        if upper == "DEFAULT" {
            let what = format!("`{key}` is read as `default`");
            self.problem(Problem::note(Location::Member(node.origin), what));
            return Name::Is("default".to_owned());
        }
        let what = format!("`{key}` is not a status; what it describes is left out");
        self.problem(
            Problem::warning(Location::Member(node.origin), what)
                .help("expected a status such as `200`, a range such as `4XX`, or `default`"),
        );
        Name::Refused
    }
}
