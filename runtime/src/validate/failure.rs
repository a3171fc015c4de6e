//! What is wrong with values that are to be sent.

use std::fmt;

use super::limit::Number;
use crate::catalogue::RequestLocation;

/// Values that are not what the description asks for; nothing was sent. None of them is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Invalid(Vec<Violation>);

impl Invalid {
    pub(crate) fn of(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() { Ok(()) } else { Err(Self(violations)) }
    }

    /// Every value that is wrong, parameters first; at least one.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.0
    }

    /// The vendor's code of the first one that has one.
    #[must_use]
    pub fn code<C: From<&'static str>>(&self) -> Option<C> {
        self.0.iter().find_map(Violation::code)
    }

    /// The same as text.
    pub(crate) fn code_text(&self) -> Option<&'static str> {
        self.0.iter().find_map(|it| it.code)
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the request was not sent: ")?;
        for (index, violation) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// A value that is not what the description asks for. The value itself is not kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    pub(crate) location: RequestLocation,
    pub(crate) path: String,
    pub(crate) rule: Rule,
    pub(crate) code: Option<&'static str>,
    pub(crate) message: Option<&'static str>,
}

impl Violation {
    /// Where the value would be sent.
    #[must_use]
    pub fn location(&self) -> RequestLocation {
        self.location
    }

    /// The parameter's name, or the path of the value in the body, such as `lines[3].id`; empty for
    /// the body itself. `*` stands for a key of a map that does not look like a name.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether it concerns a header of this name, or a part of its value.
    #[cfg(feature = "validate")]
    pub(crate) fn is_of_header(&self, name: &str) -> bool {
        let own = self.path.get(..name.len());
        let rest = self.path.get(name.len()..).unwrap_or_default();
        self.location == RequestLocation::Header
            && own.is_some_and(|own| own.eq_ignore_ascii_case(name))
            && (rest.is_empty() || rest.starts_with(['.', '[']))
    }

    /// What it breaks.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The code of the error that the vendor would respond with, where the description names one:
    /// `violation.code() == Some(ErrorCode::InvalidZip)`.
    #[must_use]
    pub fn code<C: From<&'static str>>(&self) -> Option<C> {
        self.code.map(C::from)
    }

    /// That error's message, where the description has one. It may change at any time.
    #[must_use]
    pub fn message(&self) -> Option<&'static str> {
        self.message
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.location {
            RequestLocation::Path => "the path parameter ",
            RequestLocation::Query => "the query parameter ",
            RequestLocation::Header => "the header ",
            RequestLocation::Cookie => "the cookie ",
            RequestLocation::Body => "",
        };
        match self.path.as_str() {
            "" => f.write_str("the body")?,
            path => write!(f, "{kind}`{path}`")?,
        }
        write!(f, " {}", self.rule)?;
        match (self.code, self.message) {
            (Some(code), Some(message)) => write!(f, " ({code}: {message})"),
            (Some(code), None) => write!(f, " ({code})"),
            (None, _) => Ok(()),
        }
    }
}

/// A rule of the description that a value breaks.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// It is required and empty.
    Required,
    /// `minLength`
    MinLength(u64),
    /// `maxLength`
    MaxLength(u64),
    /// `pattern`
    Pattern(&'static str),
    /// `minimum`
    Minimum(Number),
    /// `minimum` with `exclusiveMinimum`
    ExclusiveMinimum(Number),
    /// `maximum`
    Maximum(Number),
    /// `maximum` with `exclusiveMaximum`
    ExclusiveMaximum(Number),
    /// `multipleOf`
    MultipleOf(Number),
    /// `minItems`
    MinItems(u64),
    /// `maxItems`
    MaxItems(u64),
    /// `uniqueItems`
    UniqueItems,
    /// `minProperties`
    MinProperties(u64),
    /// `maxProperties`
    MaxProperties(u64),
    /// `enum`
    Enum,
}

impl fmt::Display for Rule {
    /// Completes "the value …".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("is required and empty"),
            Self::MinLength(n) => write!(f, "is shorter than {n} characters"),
            Self::MaxLength(n) => write!(f, "is longer than {n} characters"),
            Self::Pattern(pattern) => write!(f, "does not match the pattern {pattern:?}"),
            Self::Minimum(n) => write!(f, "is less than {n}"),
            Self::ExclusiveMinimum(n) => write!(f, "is not more than {n}"),
            Self::Maximum(n) => write!(f, "is more than {n}"),
            Self::ExclusiveMaximum(n) => write!(f, "is not less than {n}"),
            Self::MultipleOf(n) => write!(f, "is not a multiple of {n}"),
            Self::MinItems(n) => write!(f, "has fewer than {n} items"),
            Self::MaxItems(n) => write!(f, "has more than {n} items"),
            Self::UniqueItems => f.write_str("holds an item twice"),
            Self::MinProperties(n) => write!(f, "has fewer than {n} members"),
            Self::MaxProperties(n) => write!(f, "has more than {n} members"),
            Self::Enum => f.write_str("is not one of the listed values"),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(n) => n.fmt(f),
            Self::Float(n) => n.fmt(f),
        }
    }
}
