//! Types as Rust writes them.

use super::{Name, Plan};
use crate::ir::{Api, Scalar, Shape, Type};

/// A type in the printed code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RustType {
    /// A primitive or a type of the prelude: `bool`, `i64`, `String`.
    Plain(&'static str),
    /// A type of the runtime, by its name there: `Secret`.
    Runtime(&'static str),
    /// A type of the vendor's `types` module.
    Named(Name),
    /// `Vec<T>`
    List(Box<RustType>),
    /// `runtime::Map<T>`
    Map(Box<RustType>),
    /// `Option<T>`, where no field's mode says so.
    Option(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
}

impl RustType {
    /// Whether a value is passed by value to a method that only reads it.
    pub fn is_copy(&self) -> bool {
        matches!(self, Self::Plain("bool" | "i32" | "i64" | "u64" | "f64"))
            || matches!(self, Self::Runtime("Uuid"))
    }
}

/// What each built-in type is in Rust: one row per [`Scalar`].
pub fn scalar(scalar: Scalar) -> RustType {
    match scalar {
        Scalar::Text | Scalar::Uri | Scalar::Decimal => RustType::Plain("String"),
        Scalar::Secret => RustType::Runtime("Secret"),
        Scalar::Bool => RustType::Plain("bool"),
        Scalar::Int32 => RustType::Plain("i32"),
        Scalar::Int64 => RustType::Plain("i64"),
        Scalar::Uint64 => RustType::Plain("u64"),
        Scalar::Number => RustType::Plain("f64"),
        Scalar::DateTime => RustType::Runtime("Timestamp"),
        Scalar::Date => RustType::Runtime("Date"),
        Scalar::Uuid => RustType::Runtime("Uuid"),
        Scalar::Base64 => RustType::Runtime("Base64"),
        Scalar::Binary => RustType::Runtime("Bytes"),
    }
}

impl Plan {
    /// What `ty` became, a type of the API that this was planned from.
    pub fn rust_type(&self, api: &Api, ty: &Type) -> RustType {
        of(api, &self.type_names, ty)
    }
}

/// `ty` in Rust, aliases resolved to what they stand for; `names` are those of the API's types.
pub fn of(api: &Api, names: &[Option<Name>], ty: &Type) -> RustType {
    // Every step goes one alias or one level down; past this depth the description is nonsense.
    bounded(api, names, ty, 64)
}

fn bounded(api: &Api, names: &[Option<Name>], ty: &Type, depth: u32) -> RustType {
    let Some(depth) = depth.checked_sub(1) else { return RustType::Runtime("Json") };
    let inside = |inner: &Type| bounded(api, names, inner, depth);
    match ty {
        Type::Any => RustType::Runtime("Json"),
        Type::Scalar(one) => scalar(*one),
        Type::List(inner) => RustType::List(Box::new(inside(inner))),
        Type::Map(inner) => RustType::Map(Box::new(inside(inner))),
        Type::Nullable(inner) => match inside(inner) {
            same @ (RustType::Option(_) | RustType::Runtime("Json")) => same,
            inner => RustType::Option(Box::new(inner)),
        },
        Type::Named(id) => match api.types.get(id.0).map(|def| &def.shape) {
            Some(Shape::Alias(target)) => inside(target),
            _ => match names.get(id.0) {
                Some(Some(name)) => RustType::Named(name.clone()),
                _ => RustType::Runtime("Json"),
            },
        },
    }
}
