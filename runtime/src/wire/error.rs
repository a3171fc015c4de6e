//! Why a document could not be read or a value not be written.

use std::fmt;

/// Why a document is not what its type describes, and where. Never holds a value of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    /// The way to the location, the innermost step first.
    steps: Vec<Step>,
    fault: Fault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Member(&'static str),
    Key(Option<String>),
    Index(usize),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Fault {
    Missing,
    Expected { what: &'static str, found: &'static str },
    Invalid(&'static str),
    Syntax(String),
}

impl DecodeError {
    /// The value is missing.
    #[cold]
    #[must_use]
    pub fn missing() -> Self {
        Self::new(Fault::Missing)
    }

    /// Something else stands there.
    #[cold]
    #[must_use]
    pub fn expected(what: &'static str, found: &'static str) -> Self {
        Self::new(Fault::Expected { what, found })
    }

    /// The value is of the right kind but not one of its type; `why` completes "the value …".
    #[cold]
    #[must_use]
    pub fn invalid(why: &'static str) -> Self {
        Self::new(Fault::Invalid(why))
    }

    /// The document is no JSON.
    #[cold]
    pub(crate) fn syntax(error: &serde_json::Error) -> Self {
        // The reader takes any value, so that the parser has no occasion to quote one.
        Self::new(Fault::Syntax(error.to_string()))
    }

    /// The document is no text.
    #[cold]
    pub(crate) fn not_utf8() -> Self {
        Self::new(Fault::Syntax("it is not UTF-8".to_owned()))
    }

    fn new(fault: Fault) -> Self {
        Self(Box::new(Inner { steps: Vec::new(), fault }))
    }

    /// The same error, seen from the object that holds the value as the member `name`.
    #[cold]
    #[must_use]
    pub fn in_member(self, name: &'static str) -> Self {
        self.inside(Step::Member(name))
    }

    /// The same error, seen from the map that holds the value under `key`. A key that does not look
    /// like a name is left out: maps are keyed by e-mail addresses and account numbers, too.
    #[cold]
    #[must_use]
    pub fn in_key(self, key: &str) -> Self {
        self.inside(Step::Key(is_plain_key(key).then(|| key.to_owned())))
    }

    /// The same error, seen from the list that holds the value at `index`.
    #[cold]
    #[must_use]
    pub fn in_item(self, index: usize) -> Self {
        self.inside(Step::Index(index))
    }

    fn inside(mut self, step: Step) -> Self {
        self.0.steps.push(step);
        self
    }

    /// The path of the value in the document, such as `content.items[3].expires_in`; empty for the
    /// document itself. `*` stands for a key of a map that does not look like a name.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.steps.iter().rev() {
            match step {
                Step::Member(name) => push_name(&mut path, name),
                Step::Key(name) => push_name(&mut path, name.as_deref().unwrap_or("*")),
                Step::Index(index) => push_index(&mut path, *index),
            }
        }
        path
    }
}

/// Whether a key of a map looks like a name, which may be shown.
pub(crate) fn is_plain_key(key: &str) -> bool {
    key.len() <= 24
        && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// One step of a path, into an item of a list.
pub(crate) fn push_index(path: &mut String, index: usize) {
    path.push_str(&format!("[{index}]"));
}

/// One step of a path, into a member.
pub(crate) fn push_name(path: &mut String, name: &str) {
    if name.contains(['.', '[']) {
        path.push_str(&format!("[{name:?}]"));
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.steps.is_empty() {
            write!(f, "`{}`: ", self.path())?;
        }
        match &self.0.fault {
            Fault::Missing => f.write_str("the value is missing"),
            Fault::Expected { what, found } => write!(f, "expected {what}, found {found}"),
            Fault::Invalid(why) => write!(f, "the value {why}"),
            Fault::Syntax(message) => write!(f, "not a JSON document: {message}"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// Why a value cannot be written: JSON has no word for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the value cannot be written: {0}")]
pub struct EncodeError(pub(crate) String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_reads_from_the_outside_in() {
        let error = DecodeError::expected("an integer", "a string")
            .in_member("expires_in")
            .in_item(3)
            .in_member("items")
            .in_member("content");
        assert_eq!(error.path(), "content.items[3].expires_in");
        assert_eq!(
            error.to_string(),
            "`content.items[3].expires_in`: expected an integer, found a string"
        );
    }

    #[test]
    fn keys_are_shown_where_they_are_names() {
        let path = |key: &str| DecodeError::missing().in_key(key).in_member("rates").path();
        assert_eq!(path("USD"), "rates.USD");
        assert_eq!(path("jane@example.com"), "rates.*");
        assert_eq!(path("4111111111111111"), "rates.*");
        assert_eq!(DecodeError::missing().in_member("a.b").in_member("c").path(), "c[\"a.b\"]");
    }
}
