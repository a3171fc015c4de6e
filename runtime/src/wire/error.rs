//! Errors of reading a document and of writing a value.

use std::fmt;

use super::syntax_error::SyntaxError;

/// The error that a document does not have the expected type, with the path of the value. It never
/// contains a value of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError(Box<Inner>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    /// The path to the value, innermost step first.
    steps: Vec<Step>,
    fault: Fault,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Field(&'static str),
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
    /// Creates the error that a value is missing.
    #[cold]
    #[must_use]
    pub fn missing() -> Self {
        Self::new(Fault::Missing)
    }

    /// Creates the error that a value has another type than `what`.
    #[cold]
    #[must_use]
    pub fn expected(what: &'static str, found: &'static str) -> Self {
        Self::new(Fault::Expected { what, found })
    }

    /// Creates the error that a value has the right type but is invalid; `what` completes "the value …".
    #[cold]
    #[must_use]
    pub fn invalid(what: &'static str) -> Self {
        Self::new(Fault::Invalid(what))
    }

    /// Creates the error that the key of a value appears twice in its object.
    #[cold]
    pub(crate) fn duplicate() -> Self {
        Self::invalid("appears twice")
    }

    /// Creates the error that the document is not JSON.
    #[cold]
    pub(super) fn syntax(error: &SyntaxError) -> Self {
        Self::new(Fault::Syntax(error.to_string()))
    }

    /// Creates the error that the document is not UTF-8.
    #[cold]
    pub(crate) fn not_utf8() -> Self {
        Self::new(Fault::Syntax("it is not UTF-8".to_owned()))
    }

    fn new(fault: Fault) -> Self {
        Self(Box::new(Inner { steps: Vec::new(), fault }))
    }

    /// Prefixes the path with the field `name`.
    #[cold]
    #[must_use]
    pub fn in_field(self, name: &'static str) -> Self {
        self.inside(Step::Field(name))
    }

    /// Prefixes the path with the map key `key`. A key that does not look like a name is replaced by
    /// `*`: maps may be keyed by e-mail addresses or account numbers.
    #[cold]
    #[must_use]
    pub fn in_key(self, key: &str) -> Self {
        self.inside(Step::Key(is_plain_key(key).then(|| key.to_owned())))
    }

    /// Prefixes the path with the array index `index`.
    #[cold]
    #[must_use]
    pub fn in_item(self, index: usize) -> Self {
        self.inside(Step::Index(index))
    }

    fn inside(mut self, step: Step) -> Self {
        self.0.steps.push(step);
        self
    }

    /// Returns the path of the value in the document, such as `content.items[3].expires_in`; empty for
    /// the document itself. `*` stands for a map key that does not look like a name.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.steps.iter().rev() {
            match step {
                Step::Field(name) => push_field(&mut path, name),
                Step::Key(name) => push_field(&mut path, name.as_deref().unwrap_or("*")),
                Step::Index(index) => push_index(&mut path, *index),
            }
        }
        path
    }
}

/// Whether a map key looks like a name, and may be shown in a message.
pub(crate) fn is_plain_key(key: &str) -> bool {
    key.len() <= 24
        && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
}

/// Appends an array index to a path.
pub(crate) fn push_index(path: &mut String, index: usize) {
    path.push_str(&format!("[{index}]"));
}

/// Appends a field name to a path.
pub(crate) fn push_field(path: &mut String, name: &str) {
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
            Fault::Invalid(what) => write!(f, "the value {what}"),
            Fault::Syntax(message) => write!(f, "not a JSON document: {message}"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// The error that a value cannot be written in the target format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the value cannot be written: {0}")]
pub struct EncodeError(pub(crate) String);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_starts_at_the_root() {
        let error = DecodeError::expected("an integer", "a string")
            .in_field("expires_in")
            .in_item(3)
            .in_field("items")
            .in_field("content");
        assert_eq!(error.path(), "content.items[3].expires_in");
        assert_eq!(
            error.to_string(),
            "`content.items[3].expires_in`: expected an integer, found a string"
        );
    }

    #[test]
    fn map_keys_are_shown_only_if_they_look_like_names() {
        let path = |key: &str| DecodeError::missing().in_key(key).in_field("rates").path();
        assert_eq!(path("USD"), "rates.USD");
        assert_eq!(path("jane@example.com"), "rates.*");
        assert_eq!(path("4111111111111111"), "rates.*");
        assert_eq!(DecodeError::missing().in_field("a.b").in_field("c").path(), "c[\"a.b\"]");
    }
}
