//! Request bodies in one of several media types with different types.

use crate::wire::Encode;
use crate::wire::file::File;

/// A body, and the media type in which it is written. [`bodies!`](crate::bodies) implements the conversion
/// from a generated enum.
pub struct SelectedBody<'a> {
    pub(crate) media: usize,
    pub(crate) body: Body<'a>,
}

/// The body of a call.
pub(crate) enum Body<'a> {
    None,
    Typed(&'a (dyn Encode + Sync)),
    File(File),
}

impl<'a> SelectedBody<'a> {
    /// Creates a body from a value and the index of its media type in the operation.
    pub fn value(media: usize, value: &'a (dyn Encode + Sync)) -> Self {
        Self { media, body: Body::Typed(value) }
    }

    /// Creates a body from bytes and the index of their media type in the operation.
    #[must_use]
    pub fn file(media: usize, file: File) -> Self {
        Self { media, body: Body::File(file) }
    }
}

/// Implements the conversions of an enum of bodies, from the table of its variants: the index of the media
/// type of each, and whether its value converts into the variant (`from`) or the variant has to be named
/// (`only`).
///
/// ```
/// use docwright_runtime::{File, Value, bodies};
///
/// #[derive(Debug, Clone)]
/// pub enum PutOrderBody<'a> {
///     Json(&'a Value),
///     Form(&'a Value),
///     TextCsv(File),
/// }
/// bodies!(PutOrderBody {
///     0 => Json from Value,
///     1 => Form only Value,
///     2 => TextCsv from_file,
/// });
///
/// fn put_order<'a>(body: impl Into<PutOrderBody<'a>>) -> PutOrderBody<'a> {
///     body.into()
/// }
/// let order = Value::from(1);
/// assert!(matches!(put_order(&order), PutOrderBody::Json(_)));
/// assert!(matches!(put_order(PutOrderBody::Form(&order)), PutOrderBody::Form(_)));
/// assert!(matches!(put_order(File::from("id\n1\n")), PutOrderBody::TextCsv(_)));
/// ```
#[macro_export]
macro_rules! bodies {
    ($name:ident { $($index:literal => $variant:ident $how:ident $($ty:ty)?),* $(,)? }) => {
        #[allow(deprecated)]
        impl<'a> ::core::convert::From<$name<'a>> for $crate::SelectedBody<'a> {
            fn from(body: $name<'a>) -> Self {
                match body {
                    $($name::$variant(body) => $crate::selected_body!($index, body, $how),)*
                }
            }
        }
        $($crate::body_from!($name $variant $how $($ty)?);)*
    };
}

/// Creates the [`SelectedBody`](crate::SelectedBody) of a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! selected_body {
    ($index:literal, $body:ident, from_file) => {
        Self::file($index, $body)
    };
    ($index:literal, $body:ident, only_file) => {
        Self::file($index, $body)
    };
    ($index:literal, $body:ident, $how:ident) => {
        Self::value($index, $body)
    };
}

/// Implements the conversion of a value into its variant.
#[doc(hidden)]
#[macro_export]
macro_rules! body_from {
    ($name:ident $variant:ident from $ty:ty) => {
        #[allow(deprecated)]
        impl<'a> ::core::convert::From<&'a $ty> for $name<'a> {
            fn from(body: &'a $ty) -> Self {
                Self::$variant(body)
            }
        }
    };
    ($name:ident $variant:ident from_file) => {
        impl ::core::convert::From<$crate::File> for $name<'_> {
            fn from(body: $crate::File) -> Self {
                Self::$variant(body)
            }
        }
    };
    ($name:ident $variant:ident $how:ident $($ty:ty)?) => {};
}
