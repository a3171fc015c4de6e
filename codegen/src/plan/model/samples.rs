//! Sample values of requests.

use super::Name;

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
        /// The value with required fields only.
        minimal: Expr,
    },
    /// Text or bytes, sent unchanged.
    File(String),
}

/// A Rust expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// `"text"`
    Text(String),
    /// `"text".to_owned()`
    Owned(String),
    /// `runtime::Secret::from("text")`: the text, and the type of the runtime.
    From(String, &'static str),
    /// `"2024-01-31".parse::<runtime::Date>()?`: the text, and the type of the runtime.
    Parsed(String, &'static str),
    /// `7`
    Integer(i128),
    /// `1.5`
    Float(f64),
    /// `true`
    Bool(bool),
    /// `None`
    None,
    /// `Some(…)`
    Some(Box<Expr>),
    /// `Box::new(…)`
    Boxed(Box<Expr>),
    /// `&…`
    Ref(Box<Expr>),
    /// `runtime::Patch::Absent`, `runtime::Patch::Null` or `runtime::Patch::Value(…)`
    Patch(&'static str, Option<Box<Expr>>),
    /// `&[…]`
    Slice(Vec<Expr>),
    /// `vec![…]`
    List(Vec<Expr>),
    /// `runtime::Map::from([("key".to_owned(), …)])`
    Map(Vec<(String, Expr)>),
    /// `types::Status::Open`, `types::Pet::Cat(…)`
    Variant(Name, Name, Option<Box<Expr>>),
    /// `types::Order::new(…).note(…)`: the required fields, then the setters.
    New(Name, Vec<Expr>, Vec<(Name, Expr)>),
    /// `types::Order::default().note(…)`
    Default(Name, Vec<(Name, Expr)>),
    /// `types::Order { id: …, note: None }`
    Literal(Name, Vec<(Name, Expr)>),
}

impl Expr {
    /// Returns the number of expressions in this one, including itself: a measure of how much code it is.
    #[must_use]
    pub fn size(&self) -> usize {
        let sum = |items: &[Expr]| items.iter().map(Expr::size).sum::<usize>();
        let sum_fields =
            |fields: &[(Name, Expr)]| fields.iter().map(|(_, it)| it.size()).sum::<usize>();
        1 + match self {
            Self::Text(_) | Self::Owned(_) | Self::From(..) | Self::Parsed(..) => 0,
            Self::Integer(_) | Self::Float(_) | Self::Bool(_) | Self::None => 0,
            Self::Some(it) | Self::Boxed(it) | Self::Ref(it) => it.size(),
            Self::Patch(_, it) | Self::Variant(_, _, it) => it.as_ref().map_or(0, |it| it.size()),
            Self::Slice(items) | Self::List(items) => sum(items),
            Self::Map(entries) => entries.iter().map(|(_, it)| it.size()).sum(),
            Self::New(_, arguments, setters) => sum(arguments) + sum_fields(setters),
            Self::Default(_, fields) | Self::Literal(_, fields) => sum_fields(fields),
        }
    }
}
