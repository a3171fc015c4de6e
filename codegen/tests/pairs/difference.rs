//! What two forms of one API disagree on.

use std::fmt;

use docwright::ir::{ParameterIn, Status};

/// One disagreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// `GET /pets`
    pub operation: String,
    /// Where in the operation it was met first.
    pub top: Top,
    /// The way from there into the types: wire names, `[]` for an item, `{}` for a value, `|n` for
    /// an alternative.
    pub steps: Vec<String>,
    /// The types (in the first form, in the second) whose member disagrees; none where it is the
    /// operation itself.
    pub owner: Option<(String, String)>,
    /// Where a type's name differs: the names that an inline type there begins with.
    pub within: (String, String),
    /// What it is.
    pub what: What,
}

/// Where in an operation something stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Top {
    /// The operation itself.
    Operation,
    /// A parameter.
    Argument(ParameterIn, String),
    /// The request body.
    Body,
    /// The success, or the error, of a status; none where all successes are of one type.
    Response(Option<Status>),
}

/// A disagreement; the first form's before the second's.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// The method's name.
    Method(String, String),
    /// Names made of the method's, although that is the same.
    MadeName(String, String),
    /// The file of the operation.
    File(String, String),
    /// Whether it is deprecated.
    Deprecated(bool, bool),
    /// A member, parameter, response, body, type or method that only one has: whether it is the first.
    Only(bool, String),
    /// The order of members, parameters or values.
    Order(String, String),
    /// Whether a parameter or body is required, or what mode a member has.
    Mode(String, String),
    /// How a parameter is written.
    Style(String, String),
    /// Media types.
    Media(String, String),
    /// `Accept`
    Accept(String, String),
    /// The name of a type.
    TypeName(String, String),
    /// A type.
    Type(String, String),
    /// The name of a member, variant or value in Rust.
    Name(String, String),
    /// The setter of a member.
    Setter(String, String),
    /// How a struct is made, or what is derived on a type.
    Making(String, String),
    /// The tag of a union, or what selects a variant.
    Tag(String, String),
    /// How many alternatives stand here, and how many with those of unions among them.
    Nesting(usize, usize),
    /// What a call has to send to authenticate.
    Security(String, String),
    /// The servers a call may go to.
    Servers(String, String),
}

impl What {
    /// Both sides, for printing.
    pub fn sides(&self) -> (&'static str, String, String) {
        let shown = |word, a: &dyn fmt::Debug, b: &dyn fmt::Debug| {
            (word, format!("{a:?}").replace('"', ""), format!("{b:?}").replace('"', ""))
        };
        match self {
            Self::Method(a, b) => shown("method", a, b),
            Self::MadeName(a, b) => shown("made name", a, b),
            Self::File(a, b) => shown("file", a, b),
            Self::Deprecated(a, b) => shown("deprecated", a, b),
            Self::Only(true, a) => ("only", a.clone(), "-".to_owned()),
            Self::Only(false, b) => ("only", "-".to_owned(), b.clone()),
            Self::Order(a, b) => shown("order", a, b),
            Self::Mode(a, b) => shown("mode", a, b),
            Self::Style(a, b) => shown("style", a, b),
            Self::Media(a, b) => shown("media", a, b),
            Self::Accept(a, b) => shown("accept", a, b),
            Self::TypeName(a, b) => shown("type name", a, b),
            Self::Type(a, b) => shown("type", a, b),
            Self::Name(a, b) => shown("name", a, b),
            Self::Setter(a, b) => shown("setter", a, b),
            Self::Making(a, b) => shown("making", a, b),
            Self::Tag(a, b) => shown("tag", a, b),
            Self::Nesting(a, b) => shown("unions in unions", a, b),
            Self::Security(a, b) => shown("security", a, b),
            Self::Servers(a, b) => shown("servers", a, b),
        }
    }
}

impl Difference {
    /// The method or the first form's type that it is a difference of.
    pub fn subject(&self) -> &str {
        self.owner.as_ref().map_or(&self.operation, |(a, _)| a)
    }

    /// What of the subject differs: a member, a value, a parameter.
    pub fn member(&self) -> Option<&str> {
        match (
            &self.top,
            self.steps.iter().rev().find(|step| !matches!(step.as_str(), "[]" | "{}")),
        ) {
            (_, Some(step)) => Some(step),
            (Top::Argument(_, wire), None) => Some(wire),
            (_, None) => None,
        }
    }

    /// The kind and both sides.
    pub fn words(&self) -> String {
        let (word, a, b) = self.what.sides();
        format!("{word}: {a} ≠ {b}")
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.operation)?;
        match &self.top {
            Top::Operation => (),
            Top::Argument(location, wire) => write!(f, ", {location:?} `{wire}`")?,
            Top::Body => write!(f, ", body")?,
            Top::Response(None) => write!(f, ", response")?,
            Top::Response(Some(status)) => write!(f, ", response {status:?}")?,
        }
        for step in &self.steps {
            write!(f, " › {step}")?;
        }
        if let Some((a, b)) = &self.owner {
            write!(f, " ({a}/{b})")?;
        }
        write!(f, ": {}", self.words())
    }
}
