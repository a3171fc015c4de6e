//! Sample values of requests.

use crate::plan::naming::Name;
use crate::plan::rust_type::RustType;

/// A sample request of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// A value for each argument, in order.
    pub arguments: Vec<Expr>,
    /// The request's method and a value for each optional parameter that is not deprecated.
    pub options: Vec<(Name, Expr)>,
    /// The body in its first media type.
    pub body: Option<SampleBody>,
}

/// A sample body.
#[derive(Debug, Clone, PartialEq)]
pub enum SampleBody {
    /// A typed value.
    Value {
        /// The value with required and optional fields.
        full: Expr,
        /// The value for the documentation; `None` if it is too large or not realistic.
        example: Option<Expr>,
    },
    /// Text or bytes, sent unchanged.
    File {
        /// The text.
        text: String,
        /// The media type, where the document leaves it to the caller.
        media_type: Option<String>,
    },
}

/// A Rust expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// `"text"`
    Text(String),
    /// `"text".to_owned()`
    Owned(String),
    /// `runtime::Secret::from("text")`: the text, and its type.
    From(String, RustType),
    /// `"2024-01-31".parse::<runtime::Date>()?`: the text, and its type.
    Parsed(String, RustType),
    /// `7`
    Integer(i128),
    /// `1.5`
    Float(f64),
    /// `true`
    Bool(bool),
    /// Nothing: the argument of a method without one.
    Nothing,
    /// `None`
    None,
    /// `Some(…)`
    Some(Box<Expr>),
    /// `Box::new(…)`
    Boxed(Box<Expr>),
    /// `&…`
    Ref(Box<Expr>),
    /// `runtime::Patch::Null`
    PatchNull,
    /// `&[…]`
    Slice(Vec<Expr>),
    /// `vec![…]`
    List(Vec<Expr>),
    /// `runtime::Map::from([("key".to_owned(), …)])`
    Map(Vec<(String, Expr)>),
    /// `types::Status::Open`, `types::Pet::Cat(…)`
    Variant(Name, Name, Option<Box<Expr>>),
    /// `types::Status::Unknown(…)`, a value that the document does not list.
    Unlisted(Name, Name, Box<Expr>),
    /// `types::Order::new(…).note(…)`: the required fields, then the setters.
    New(Name, Vec<Expr>, Vec<(Name, Expr)>),
    /// `types::Order::default().note(…)`
    Default(Name, Vec<(Name, Expr)>),
    /// `types::Order::new(types::OrderRequiredFields { id: … }).note(…)`: the type, the struct of its
    /// required fields, these fields, then the setters.
    NewFromFields(Name, Name, Vec<(Name, Expr)>, Vec<(Name, Expr)>),
}

impl Sample {
    /// Returns whether an expression of the sample names a type of the `types` module.
    #[must_use]
    pub fn uses_types_module(&self) -> bool {
        let body = match &self.body {
            Some(SampleBody::Value { full, .. }) => Some(full),
            Some(SampleBody::File { .. }) | None => None,
        };
        let options = self.options.iter().map(|(_, value)| value);
        self.arguments.iter().chain(options).chain(body).any(Expr::uses_types_module)
    }
}

impl Expr {
    /// Returns the expressions that this one consists of.
    fn parts(&self) -> Vec<&Expr> {
        match self {
            Self::Text(_) | Self::Owned(_) | Self::From(..) | Self::Parsed(..) => Vec::new(),
            Self::Integer(_) | Self::Float(_) | Self::Bool(_) => Vec::new(),
            Self::None | Self::Nothing | Self::PatchNull => Vec::new(),
            Self::Some(value) | Self::Boxed(value) | Self::Ref(value) => vec![value],
            Self::Unlisted(_, _, value) => vec![value],
            Self::Variant(_, _, value) => value.iter().map(|it| &**it).collect(),
            Self::Slice(items) | Self::List(items) => items.iter().collect(),
            Self::Map(entries) => entries.iter().map(|(_, value)| value).collect(),
            Self::New(_, arguments, setters) => {
                arguments.iter().chain(field_values(setters)).collect()
            }
            Self::NewFromFields(_, _, fields, setters) => {
                field_values(fields).chain(field_values(setters)).collect()
            }
            Self::Default(_, setters) => field_values(setters).collect(),
        }
    }

    /// Returns the number of expressions in this one, including itself: a measure of how much code it is.
    #[must_use]
    pub fn size(&self) -> usize {
        1 + self.parts().into_iter().map(Self::size).sum::<usize>()
    }

    /// Returns whether the expression names a type of the `types` module.
    #[must_use]
    pub fn uses_types_module(&self) -> bool {
        let is_type = matches!(self, Self::From(_, RustType::Named(_)));
        let is_value = matches!(
            self,
            Self::Variant(..)
                | Self::Unlisted(..)
                | Self::New(..)
                | Self::Default(..)
                | Self::NewFromFields(..)
        );
        is_type || is_value || self.parts().into_iter().any(Self::uses_types_module)
    }

    /// Returns whether the document lists every value of an enum or union in the expression.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        !matches!(self, Self::Unlisted(..)) && self.parts().into_iter().all(Self::is_listed)
    }

    /// Returns whether the expression names an item of the runtime.
    #[must_use]
    pub fn uses_runtime(&self) -> bool {
        let is_runtime = match self {
            Self::From(_, ty) | Self::Parsed(_, ty) => ty.uses_runtime(),
            Self::PatchNull | Self::Map(_) => true,
            _ => false,
        };
        is_runtime || self.parts().into_iter().any(Self::uses_runtime)
    }
}

fn field_values(fields: &[(Name, Expr)]) -> impl Iterator<Item = &Expr> {
    fields.iter().map(|(_, value)| value)
}
