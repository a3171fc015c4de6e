//! Bodies in one of several media types that do not carry the same.

use crate::file::File;
use crate::wire::Encode;

/// A body, and which of the operation's media types it is written in. [`bodies!`](crate::bodies)
/// makes one of a generated enum.
pub struct ChosenBody<'a> {
    pub(crate) media: usize,
    pub(crate) body: Body<'a>,
}

/// What a call sends.
pub(crate) enum Body<'a> {
    None,
    Typed(&'a (dyn Encode + Sync)),
    File(File),
}

impl<'a> ChosenBody<'a> {
    /// A value, written in the media type at this index.
    pub fn value(media: usize, value: &'a (dyn Encode + Sync)) -> Self {
        Self { media, body: Body::Typed(value) }
    }

    /// Bytes, in the media type at this index.
    #[must_use]
    pub fn file(media: usize, file: File) -> Self {
        Self { media, body: Body::File(file) }
    }
}

/// The table of an enum of bodies: which of the operation's media types each variant is written in,
/// and whether its value alone stands for it (`from`) or the variant has to be named (`only`).
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
        impl<'a> ::core::convert::From<$name<'a>> for $crate::ChosenBody<'a> {
            fn from(body: $name<'a>) -> Self {
                match body {
                    $($name::$variant(body) => $crate::body_chosen!($index, body, $how),)*
                }
            }
        }
        $($crate::body_from!($name $variant $how $($ty)?);)*
    };
}

/// A body as it is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! body_chosen {
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

/// The variant that a value alone stands for.
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
