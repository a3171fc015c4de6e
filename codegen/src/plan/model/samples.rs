//! Sample values of requests.

use super::Name;

/// What a request of an operation may look like.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// A value for each argument, in their order.
    pub arguments: Vec<Expr>,
    /// A value for each option, by its method; those that are deprecated are not there.
    pub options: Vec<(Name, Expr)>,
    /// The body in the first of its media types.
    pub body: Option<SampleBody>,
}

/// A body.
#[derive(Debug, Clone, PartialEq)]
pub enum SampleBody {
    /// A typed value.
    Value {
        /// With members that may be missing.
        whole: Expr,
        /// With the required members alone.
        least: Expr,
    },
    /// Text or bytes as they are.
    File(String),
}

/// A value as Rust writes it.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// `"text"`
    Text(String),
    /// `"text".to_owned()`
    Owned(String),
    /// `runtime::Secret::from("text")`: the text, and the runtime's type.
    From(String, &'static str),
    /// `"2024-01-31".parse::<runtime::Date>()?`: the text, and the runtime's type.
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
    /// `runtime::Patch::Absent`, and the other two.
    Patch(&'static str, Option<Box<Expr>>),
    /// `&[…]`
    Slice(Vec<Expr>),
    /// `vec![…]`
    List(Vec<Expr>),
    /// `runtime::Map::from([("key".to_owned(), …)])`
    Map(Vec<(String, Expr)>),
    /// `types::Status::Open`, `types::Pet::Cat(…)`
    Variant(Name, Name, Option<Box<Expr>>),
    /// `types::Order::new(…).note(…)`, the required members, then those that have setters.
    New(Name, Vec<Expr>, Vec<(Name, Expr)>),
    /// `types::Order::default().note(…)`
    Default(Name, Vec<(Name, Expr)>),
    /// `types::Order { id: …, note: None }`
    Literal(Name, Vec<(Name, Expr)>),
}

impl Expr {
    /// How many expressions it is made of.
    #[must_use]
    pub fn size(&self) -> usize {
        let all = |all: &[Expr]| all.iter().map(Expr::size).sum::<usize>();
        let named = |all: &[(Name, Expr)]| all.iter().map(|(_, it)| it.size()).sum::<usize>();
        1 + match self {
            Self::Text(_) | Self::Owned(_) | Self::From(..) | Self::Parsed(..) => 0,
            Self::Integer(_) | Self::Float(_) | Self::Bool(_) | Self::None => 0,
            Self::Some(it) | Self::Boxed(it) | Self::Ref(it) => it.size(),
            Self::Patch(_, it) | Self::Variant(_, _, it) => it.as_ref().map_or(0, |it| it.size()),
            Self::Slice(items) | Self::List(items) => all(items),
            Self::Map(members) => members.iter().map(|(_, it)| it.size()).sum(),
            Self::New(_, arguments, setters) => all(arguments) + named(setters),
            Self::Default(_, members) | Self::Literal(_, members) => named(members),
        }
    }
}
