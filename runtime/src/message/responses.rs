//! The declared responses of an operation, by status.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;

use super::error_text;
use super::untyped::Untyped;
use crate::wire::{Decode, DecodeError, from_slice};

/// An enum with a variant for each declared response. [`responses!`](crate::responses) implements
/// it.
pub trait ResponseEnum: Sized + Send + Sync + 'static {
    /// The vendor's error codes; [`NoCode`] if the API documents none.
    type Code;

    /// The locations of the vendor's error code in a body: field names, or JSON pointers that begin with `/`.
    /// `None`: those of the common forms of errors.
    const CODE_AT: Option<&'static [&'static str]> = None;

    /// The locations of the vendor's message, like [`CODE_AT`](Self::CODE_AT).
    const MESSAGE_AT: Option<&'static [&'static str]> = None;

    /// Decodes the response for this status. `None` if the status is not declared.
    fn read(status: StatusCode, body: &Bytes) -> Option<Result<Self, DecodeError>>;

    /// Returns the vendor's error code in a body as text, whatever the rest of the body is.
    #[must_use]
    fn code_text(body: &Bytes) -> Option<String> {
        error_text::first_text(body, Self::CODE_AT.unwrap_or(error_text::CODES))
    }

    /// Returns the vendor's message in a body. It may repeat what the request contained.
    #[must_use]
    fn message(body: &Bytes) -> Option<String> {
        error_text::first_text(body, Self::MESSAGE_AT.unwrap_or(error_text::MESSAGES))
    }

    /// Returns the vendor's error code in a body, if the API documents its codes.
    fn code(body: &Bytes) -> Option<Self::Code> {
        let _ = body;
        None
    }

    /// Converts a string to an error code.
    fn code_from(text: &str) -> Option<Self::Code> {
        let _ = text;
        None
    }

    /// Returns the vendor's error code in a body if it is a documented one, and thus safe to print.
    fn known_code(body: &Bytes) -> Option<String> {
        let _ = body;
        None
    }
}

/// A JSON body: a type that can be decoded, or an [`Untyped`] body that is kept as received.
pub trait JsonBody: Sized {
    /// Decodes the body.
    ///
    /// # Errors
    /// If the body does not match the type.
    fn read(body: &Bytes) -> Result<Self, DecodeError>;
}

impl<T: Decode> JsonBody for T {
    fn read(body: &Bytes) -> Result<Self, DecodeError> {
        from_slice(body)
    }
}

impl<T> JsonBody for Untyped<T> {
    fn read(body: &Bytes) -> Result<Self, DecodeError> {
        Ok(Self::from(body.clone()))
    }
}

/// The error code of an API that documents no error codes. It has no values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoCode {}

/// The error bodies of an operation that declares none. It has no values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTypedError {}

impl ResponseEnum for NoTypedError {
    type Code = NoCode;

    fn read(_: StatusCode, _: &Bytes) -> Option<Result<Self, DecodeError>> {
        None
    }
}

impl fmt::Display for NoCode {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

/// Decodes a text body.
///
/// # Errors
/// If the body is not UTF-8.
pub fn decode_text(body: &Bytes) -> Result<String, DecodeError> {
    match std::str::from_utf8(body) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
        Err(_) => Err(DecodeError::invalid("is not UTF-8")),
    }
}

/// Implements [`ResponseEnum`] from a table of an operation's responses: the status of each
/// variant, and how its body is decoded. Codes come before ranges, and `default` comes last. `code
/// at` and `message at` list the locations of the vendor's error code and message, `"one" |
/// "/or/another"`; the first string found is used. Without them, the common forms of errors are read.
///
/// ```
/// use docwright_runtime::{Map, Untyped, Value, responses, open_enum, record};
///
/// #[derive(Debug)]
/// pub struct Failure { pub code: String }
/// record!(Failure { required code = "code" });
///
/// #[derive(Debug, PartialEq)]
/// pub enum ErrorCode { Expired, Unknown(String) }
/// open_enum!(ErrorCode { Expired = "expired" });
///
/// #[derive(Debug)]
/// pub enum GetOrderError {
///     BadRequest(Failure),
///     Forbidden(Untyped<Failure>),
///     Gone,
///     Maintenance(String),
///     Default(Failure),
/// }
/// responses!(GetOrderError {
///     code 400 => BadRequest json Failure,
///     code 403 => Forbidden json Untyped<Failure>,
///     code 410 => Gone,
///     range 5 => Maintenance text,
///     default => Default json Failure,
/// }, code at "code": ErrorCode, message at "reason" | "/error/text");
/// ```
#[macro_export]
macro_rules! responses {
    ($name:ident {
        $($kind:ident $($status:literal)? => $variant:ident $($how:ident $($ty:ty)?)?),* $(,)?
    } $(, code at $($at:literal)|* $(: $code:ty)?)? $(, message at $($message:literal)|*)? $(,)?) => {
        #[allow(deprecated)]
        impl $crate::ResponseEnum for $name {
            type Code = $crate::response_code!($($($code)?)?);
            $(const CODE_AT: ::core::option::Option<&'static [&'static str]> =
                ::core::option::Option::Some(&[$($at),*]);)?
            $(const MESSAGE_AT: ::core::option::Option<&'static [&'static str]> =
                ::core::option::Option::Some(&[$($message),*]);)?
            fn read(
                status: $crate::StatusCode,
                body: &$crate::Bytes,
            ) -> ::core::option::Option<::core::result::Result<Self, $crate::wire::DecodeError>> {
                let _ = (status, body);
                $(if $crate::response_status!(status $kind $($status)?) {
                    return ::core::option::Option::Some(
                        $crate::response_body!(body, Self::$variant $(, $how $($ty)?)?),
                    );
                })*
                #[allow(unreachable_code)]
                ::core::option::Option::None
            }
            $($(
                fn code(body: &$crate::Bytes) -> ::core::option::Option<Self::Code> {
                    Self::code_text(body)
                        .map(<$code as ::core::convert::From<::std::string::String>>::from)
                }
                fn code_from(text: &str) -> ::core::option::Option<Self::Code> {
                    ::core::option::Option::Some(<$code as ::core::convert::From<&str>>::from(text))
                }
                fn known_code(
                    body: &$crate::Bytes,
                ) -> ::core::option::Option<::std::string::String> {
                    Self::code(body)
                        .filter(|code| code.is_known())
                        .map(|code| ::std::string::ToString::to_string(&code))
                }
            )?)?
        }
    };
}

/// Expands to the type of an operation's error codes.
#[doc(hidden)]
#[macro_export]
macro_rules! response_code {
    () => {
        $crate::NoCode
    };
    ($code:ty) => {
        $code
    };
}

/// Expands to a check whether a status is the declared one.
#[doc(hidden)]
#[macro_export]
macro_rules! response_status {
    ($status:ident code $code:literal) => {
        $status.as_u16() == $code
    };
    ($status:ident range $digit:literal) => {
        $status.as_u16() / 100 == $digit
    };
    ($status:ident default) => {
        true
    };
}

/// Expands to the decoding of a body.
#[doc(hidden)]
#[macro_export]
macro_rules! response_body {
    ($body:ident, $variant:expr) => {
        ::core::result::Result::Ok($variant)
    };
    ($body:ident, $variant:expr, json $ty:ty) => {
        <$ty as $crate::JsonBody>::read($body).map($variant)
    };
    ($body:ident, $variant:expr, text) => {
        $crate::decode_text($body).map($variant)
    };
    ($body:ident, $variant:expr, bytes) => {
        ::core::result::Result::Ok($variant(::core::clone::Clone::clone($body)))
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open_enum;

    #[derive(Debug, PartialEq)]
    enum Declared {
        Bad(Vec<i64>),
        Open(Untyped<Vec<i64>>),
        Gone,
        Text(String),
        Other(Bytes),
    }
    responses!(Declared {
        code 400 => Bad json Vec<i64>,
        code 403 => Open json Untyped<Vec<i64>>,
        code 410 => Gone,
        range 5 => Text text,
        default => Other bytes,
    }, code at "/errors/0/code": Code);

    #[derive(Debug, PartialEq)]
    enum Code {
        Expired,
        Unknown(String),
    }
    open_enum!(Code { Expired = "expired" });

    fn read(status: u16, body: &'static [u8]) -> Option<Result<Declared, DecodeError>> {
        Declared::read(StatusCode::from_u16(status).unwrap(), &Bytes::from_static(body))
    }

    #[test]
    fn status_selects_the_type() {
        assert_eq!(read(400, b"[1]"), Some(Ok(Declared::Bad(vec![1]))));
        assert_eq!(read(410, b"whatever"), Some(Ok(Declared::Gone)));
        assert_eq!(read(503, "später".as_bytes()), Some(Ok(Declared::Text("später".to_owned()))));
        assert_eq!(read(404, b"\xff"), Some(Ok(Declared::Other(Bytes::from_static(b"\xff")))));
        let error = read(400, b"[true]").unwrap().unwrap_err();
        assert_eq!(error.path(), "[0]");
        assert!(read(500, b"\xff").unwrap().is_err());
    }

    #[derive(Debug)]
    enum Nothing {}
    responses!(Nothing {}, code at "code": Code);

    #[test]
    fn codes_without_declared_responses() {
        let body = Bytes::from_static(b"{\"code\":\"expired\"}");
        assert!(Nothing::read(StatusCode::BAD_REQUEST, &body).is_none());
        assert_eq!(Nothing::code(&body), Some(Code::Expired));
    }

    #[test]
    fn untyped_body_is_never_an_error() {
        for body in [&b"[1]"[..], b"<html>", b"\xff"] {
            let Some(Ok(Declared::Open(open))) = read(403, body) else { panic!("{body:?}") };
            assert_eq!(open.raw(), body);
            assert_eq!(open.parse().ok(), (body == b"[1]").then(|| vec![1]));
            assert_eq!(open.value().is_some(), body == b"[1]");
            assert_eq!(format!("{open:?}"), format!("Untyped({} bytes)", body.len()));
        }
    }

    #[test]
    fn error_code_is_read_from_any_body() {
        let code = |body: &'static str| Declared::code(&Bytes::from_static(body.as_bytes()));
        assert_eq!(code(r#"{"errors":[{"code":"expired"}]}"#), Some(Code::Expired));
        assert_eq!(code(r#"{"errors":[{"code":7}]}"#), Some(Code::from("7")));
        assert_eq!(code(r#"{"errors":[]}"#), None);
        assert_eq!(code("<html>"), None);
        let known = |body: &'static str| Declared::known_code(&Bytes::from_static(body.as_bytes()));
        assert_eq!(known(r#"{"errors":[{"code":"expired"}]}"#), Some("expired".to_owned()));
        assert_eq!(known(r#"{"errors":[{"code":"4111-1111"}]}"#), None);
    }

    #[test]
    fn the_table_determines_where_code_and_message_are() {
        #[derive(Debug)]
        enum Listed {}
        responses!(Listed {}, code at "id", message at "text" | "/0/text");
        #[derive(Debug)]
        enum Nowhere {}
        responses!(Nowhere {}, code at, message at);
        let body = Bytes::from_static(br#"{"id":"E1","code":"no","text":"late","message":"no"}"#);
        assert_eq!(Listed::code_text(&body).as_deref(), Some("E1"));
        assert_eq!(Listed::message(&body).as_deref(), Some("late"));
        assert_eq!((Nowhere::code_text(&body), Nowhere::message(&body)), (None, None));
        assert_eq!(NoTypedError::message(&body).as_deref(), Some("no"));
    }
}
