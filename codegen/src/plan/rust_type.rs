//! Rust types.

use super::naming::Name;
use crate::ir::{Scalar, StringFormat, Type};

/// A type in the generated code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// `runtime::Decimal`: an exact number.
    Decimal,
    /// `runtime::DecimalString`: an exact number in a string.
    DecimalString,
    /// `runtime::UnixTime`: seconds since 1970-01-01T00:00:00Z.
    UnixTime,
    /// `String`
    String,
    /// `runtime::Secret`
    Secret,
    /// The type of a format in the runtime: see [`format_type`].
    Format(StringFormat),
    /// `runtime::Base64`
    Base64,
    /// `runtime::Bytes`
    Bytes,
    /// `runtime::File`: bytes with a file name and a media type.
    File,
    /// `runtime::Json`: a value of any type, whose numbers keep their digits.
    Json,
    /// `runtime::Value`: a parsed value of any type.
    Value,
    /// A type of the vendor's `types` module.
    Named(Name),
    /// A parameter of the generic type that contains it.
    Parameter(Name),
    /// `Vec<T>`
    List(Box<RustType>),
    /// `runtime::Map<T>`
    Map(Box<RustType>),
    /// `Option<T>`, unless it follows from the [`Presence`](super::Presence) of a field.
    Option(Box<RustType>),
    /// `Box<T>`
    Boxed(Box<RustType>),
}

/// How a method of the client or of a request takes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParameterForm<'t> {
    /// `&str`
    Str,
    /// `&[T]`, for items of this type.
    Slice(&'t RustType),
    /// `T`
    Value,
    /// `&T`
    Reference,
}

impl RustType {
    /// Returns whether methods take a value of this type by value, because it is small
    /// or because callers make it for the call.
    pub fn is_taken_by_value(&self) -> bool {
        match self {
            Self::Bool | Self::I32 | Self::I64 | Self::U64 | Self::F64 => true,
            Self::Format(format) => *format == StringFormat::Uuid,
            Self::String | Self::Secret | Self::Base64 => false,
            Self::Bytes | Self::File | Self::Json | Self::Value => false,
            Self::Named(_) | Self::Parameter(_) => false,
            Self::Decimal | Self::DecimalString | Self::UnixTime => false,
            Self::List(_) | Self::Map(_) | Self::Option(_) | Self::Boxed(_) => false,
        }
    }

    /// Returns whether constructors and setters take `impl Into` of this type, so that callers can
    /// pass a literal or an unboxed value.
    pub fn is_taken_by_into(&self) -> bool {
        match self {
            Self::String | Self::Secret | Self::Base64 | Self::Bytes | Self::File => true,
            Self::Decimal | Self::DecimalString | Self::UnixTime | Self::Boxed(_) => true,
            Self::Bool | Self::I32 | Self::I64 | Self::U64 | Self::F64 => false,
            Self::Format(_) | Self::Json | Self::Value => false,
            Self::Named(_) | Self::Parameter(_) => false,
            Self::List(_) | Self::Map(_) | Self::Option(_) => false,
        }
    }

    /// Returns how a method of the client or of a request takes a value of this type.
    pub fn parameter_form(&self) -> ParameterForm<'_> {
        match self {
            Self::String => ParameterForm::Str,
            Self::List(item) => ParameterForm::Slice(item),
            ty if ty.is_taken_by_value() => ParameterForm::Value,
            _ => ParameterForm::Reference,
        }
    }

    /// Returns whether the type is one of the runtime's or contains one.
    pub fn uses_runtime(&self) -> bool {
        match self {
            Self::Secret | Self::Format(_) | Self::Base64 => true,
            Self::Bytes | Self::File | Self::Json | Self::Value | Self::Map(_) => true,
            Self::Decimal | Self::DecimalString | Self::UnixTime => true,
            Self::List(inner) | Self::Option(inner) | Self::Boxed(inner) => inner.uses_runtime(),
            Self::Bool | Self::I32 | Self::I64 | Self::U64 | Self::F64 => false,
            Self::String | Self::Named(_) | Self::Parameter(_) => false,
        }
    }

    /// Returns the name of the type in the `types` module that it is or contains.
    pub fn named(&self) -> Option<&Name> {
        match self {
            Self::Named(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Option(inner) | Self::Boxed(inner) => {
                inner.named()
            }
            Self::Bool | Self::I32 | Self::I64 | Self::U64 | Self::F64 => None,
            Self::String | Self::Secret | Self::Format(_) | Self::Base64 => None,
            Self::Bytes | Self::File | Self::Json | Self::Value => None,
            Self::Parameter(_) => None,
            Self::Decimal | Self::DecimalString | Self::UnixTime => None,
        }
    }

    /// Returns the type parameter that it is or contains.
    pub fn parameter(&self) -> Option<&Name> {
        match self {
            Self::Parameter(name) => Some(name),
            Self::List(inner) | Self::Map(inner) | Self::Option(inner) | Self::Boxed(inner) => {
                inner.parameter()
            }
            _ => None,
        }
    }

    /// Returns whether the type is in the `types` module or contains one that is.
    pub fn uses_types_module(&self) -> bool {
        self.named().is_some()
    }
}

/// Returns the name of the runtime's type for a format.
pub fn format_type(format: StringFormat) -> &'static str {
    match format {
        StringFormat::DateTime => "Timestamp",
        StringFormat::Date => "Date",
        StringFormat::Uuid => "Uuid",
    }
}

/// Returns the Rust type of each [`Scalar`].
pub fn scalar_type(scalar: Scalar) -> RustType {
    match scalar {
        Scalar::String | Scalar::Uri => RustType::String,
        Scalar::Decimal => RustType::Decimal,
        Scalar::UnixTime => RustType::UnixTime,
        Scalar::DecimalString => RustType::DecimalString,
        Scalar::Secret => RustType::Secret,
        Scalar::Bool => RustType::Bool,
        Scalar::Int32 => RustType::I32,
        Scalar::Int64 => RustType::I64,
        Scalar::Uint64 => RustType::U64,
        Scalar::Number => RustType::F64,
        Scalar::Format(format) => RustType::Format(format),
        Scalar::Base64 => RustType::Base64,
        Scalar::Binary => RustType::Bytes,
    }
}

/// Returns the Rust type of `ty`. `names` are the names of the API's types.
pub fn rust_type(names: &[Option<Name>], ty: &Type) -> RustType {
    let inside = |inner: &Type| rust_type(names, inner);
    match ty {
        Type::Any => RustType::Json,
        Type::Scalar(scalar) => scalar_type(*scalar),
        Type::List(inner) => RustType::List(Box::new(inside(inner))),
        Type::Map(inner) => RustType::Map(Box::new(inside(inner))),
        Type::Nullable(inner) => match inside(inner) {
            same @ (RustType::Option(_) | RustType::Json) => same,
            inner => RustType::Option(Box::new(inner)),
        },
        Type::Named(id) => match names.get(id.0) {
            Some(Some(name)) => RustType::Named(name.clone()),
            _ => RustType::Json,
        },
    }
}
