//! The differences between two forms of one API.

use std::fmt;

use docwright::ir::{ParameterIn, Status};

/// One difference.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The operation: `GET /pets`.
    pub operation: String,
    /// The part of the operation where it was found first.
    pub part: OperationPart,
    /// The path from there into the types: wire names, `[]` for an array's items, `{}` for a map's
    /// values, `|n` for an alternative.
    pub path: Vec<String>,
    /// The types in both forms that differ; `None` if the operation itself differs.
    pub owner: Option<(String, String)>,
    /// The prefixes of the names of inline types in both forms.
    pub name_prefixes: (String, String),
    /// The aspect that differs.
    pub aspect: Aspect,
}

/// A part of an operation.
#[derive(Debug, Clone, PartialEq)]
pub enum OperationPart {
    /// The operation itself.
    Operation,
    /// A parameter.
    Parameter(ParameterIn, String),
    /// The request body.
    Body,
    /// The response of a status, or all successful responses if they have one type.
    Response(Option<Status>),
}

/// An aspect that differs, with the value in the OpenAPI form and the value in the dialect.
#[derive(Debug, Clone, PartialEq)]
pub enum Aspect {
    /// The name of the method.
    Method(String, String),
    /// Names derived from the name of the method, although that is the same.
    DerivedName(String, String),
    /// The source file of the operation.
    File(String, String),
    /// Whether it is deprecated.
    Deprecated(bool, bool),
    /// A field, parameter, response, body, type or method that only one form has, and whether that
    /// is the OpenAPI form.
    Only(bool, String),
    /// The order of fields, parameters or values.
    Order(String, String),
    /// Whether a parameter, body or field is required.
    Presence(String, String),
    /// The serialization of a parameter.
    Style(String, String),
    /// The media types.
    Media(String, String),
    /// The `Accept` header.
    Accept(String, String),
    /// The name of a type.
    TypeName(String, String),
    /// A type.
    Type(String, String),
    /// The name of a field, variant or value in Rust.
    Name(String, String),
    /// The setter of a field.
    Setter(String, String),
    /// The constructor of a struct, or the derived traits of a type.
    Construction(String, String),
    /// The tag of a union or of a variant.
    Tag(String, String),
    /// The number of alternatives, without and with those of nested unions.
    Nesting(usize, usize),
    /// The security requirements.
    Security(String, String),
    /// The servers.
    Servers(String, String),
}

impl Aspect {
    /// Returns the name of the aspect and both values.
    pub fn values(&self) -> (&'static str, String, String) {
        let shown = |name, a: &dyn fmt::Debug, b: &dyn fmt::Debug| {
            (name, format!("{a:?}").replace('"', ""), format!("{b:?}").replace('"', ""))
        };
        match self {
            Self::Method(a, b) => shown("method", a, b),
            Self::DerivedName(a, b) => shown("derived name", a, b),
            Self::File(a, b) => shown("file", a, b),
            Self::Deprecated(a, b) => shown("deprecated", a, b),
            Self::Only(true, a) => ("only", a.clone(), "-".to_owned()),
            Self::Only(false, b) => ("only", "-".to_owned(), b.clone()),
            Self::Order(a, b) => shown("order", a, b),
            Self::Presence(a, b) => shown("presence", a, b),
            Self::Style(a, b) => shown("style", a, b),
            Self::Media(a, b) => shown("media", a, b),
            Self::Accept(a, b) => shown("accept", a, b),
            Self::TypeName(a, b) => shown("type name", a, b),
            Self::Type(a, b) => shown("type", a, b),
            Self::Name(a, b) => shown("name", a, b),
            Self::Setter(a, b) => shown("setter", a, b),
            Self::Construction(a, b) => shown("construction", a, b),
            Self::Tag(a, b) => shown("tag", a, b),
            Self::Nesting(a, b) => shown("nested unions", a, b),
            Self::Security(a, b) => shown("security", a, b),
            Self::Servers(a, b) => shown("servers", a, b),
        }
    }
}

impl Difference {
    /// Returns the type of the OpenAPI form that differs, or the operation.
    pub fn subject(&self) -> &str {
        self.owner.as_ref().map_or(&self.operation, |(a, _)| a)
    }

    /// Returns the field, value or parameter that differs.
    pub fn element(&self) -> Option<&str> {
        match (
            &self.part,
            self.path.iter().rev().find(|step| !matches!(step.as_str(), "[]" | "{}")),
        ) {
            (_, Some(step)) => Some(step),
            (OperationPart::Parameter(_, wire), None) => Some(wire),
            (_, None) => None,
        }
    }

    /// Returns the name of the aspect and both values: `order: a b ≠ b a`.
    pub fn summary(&self) -> String {
        let (name, a, b) = self.aspect.values();
        format!("{name}: {a} ≠ {b}")
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.operation)?;
        match &self.part {
            OperationPart::Operation => (),
            OperationPart::Parameter(location, wire) => write!(f, ", {location:?} `{wire}`")?,
            OperationPart::Body => write!(f, ", body")?,
            OperationPart::Response(None) => write!(f, ", response")?,
            OperationPart::Response(Some(status)) => write!(f, ", response {status:?}")?,
        }
        for step in &self.path {
            write!(f, " › {step}")?;
        }
        if let Some((a, b)) = &self.owner {
            write!(f, " ({a}/{b})")?;
        }
        write!(f, ": {}", self.summary())
    }
}
