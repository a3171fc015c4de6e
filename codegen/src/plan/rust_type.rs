//! Rust types.

use super::{Name, Plan};
use crate::ir::{Scalar, Type};

/// A type in the generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RustType {
    /// A primitive or a type of the prelude: `bool`, `i64`, `String`.
    Plain(&'static str),
    /// A type of the runtime, such as `Secret`.
    Runtime(&'static str),
    /// A type of the vendor's `types` module.
    Named(Name),
    /// `Vec<T>`
    List(Box<RustType>),
    /// `runtime::Map<T>`
    Map(Box<RustType>),
    /// `Option<T>`, unless it follows from the [`Presence`](super::Presence) of a field.
    Option(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
}

impl RustType {
    /// Returns whether methods take a value of this type by value, because it is small and `Copy`.
    pub fn is_copy(&self) -> bool {
        matches!(self, Self::Plain("bool" | "i32" | "i64" | "u64" | "f64"))
            || matches!(self, Self::Runtime("Uuid"))
    }
}

/// Returns the Rust type of each [`Scalar`].
pub fn scalar_type(scalar: Scalar) -> RustType {
    match scalar {
        Scalar::String | Scalar::Uri | Scalar::Decimal => RustType::Plain("String"),
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
    /// Returns the Rust type of `ty`, a type of the API that this was planned from.
    pub fn rust_type(&self, ty: &Type) -> RustType {
        rust_type(&self.type_names, ty)
    }
}

/// Returns the Rust type of `ty`. `names` are the names of the API's types.
pub fn rust_type(names: &[Option<Name>], ty: &Type) -> RustType {
    let inside = |inner: &Type| rust_type(names, inner);
    match ty {
        Type::Any => RustType::Runtime("Json"),
        Type::Scalar(scalar) => scalar_type(*scalar),
        Type::List(inner) => RustType::List(Box::new(inside(inner))),
        Type::Map(inner) => RustType::Map(Box::new(inside(inner))),
        Type::Nullable(inner) => match inside(inner) {
            same @ (RustType::Option(_) | RustType::Runtime("Json")) => same,
            inner => RustType::Option(Box::new(inner)),
        },
        Type::Named(id) => match names.get(id.0) {
            Some(Some(name)) => RustType::Named(name.clone()),
            _ => RustType::Runtime("Json"),
        },
    }
}
