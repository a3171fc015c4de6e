//! Typed response headers.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use crate::wire::{Decode, DecodeError, from_slice};

/// Implements the decoding of a struct with the declared headers of an operation's responses, all
/// of them optional. A header is a single value (`one`) or a comma-separated list (`list`).
///
/// ```
/// use docwright_runtime::{HeaderMap, headers};
///
/// #[derive(Debug)]
/// pub struct ListOrdersHeaders {
///     pub total: Option<i64>,
///     pub tags: Option<Vec<String>>,
/// }
/// headers!(ListOrdersHeaders { one total = "X-Total", list tags = "X-Tags" });
///
/// # fn main() -> Result<(), docwright_runtime::DecodeError> {
/// let mut received = HeaderMap::new();
/// received.insert("x-total", 7.into());
/// let headers = ListOrdersHeaders::read(&received)?;
/// assert_eq!((headers.total, headers.tags), (Some(7), None));
/// # Ok(()) }
/// ```
#[macro_export]
macro_rules! headers {
    ($name:ident { $($how:ident $field:ident = $wire:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $name {
            /// Decodes the headers of a response or error.
            ///
            /// # Errors
            /// If a header does not match its type. The error names the header.
            pub fn read(
                headers: &$crate::HeaderMap,
            ) -> ::core::result::Result<Self, $crate::wire::DecodeError> {
                ::core::result::Result::Ok(Self {
                    $($field: $crate::header_value!(headers, $wire, $how)?,)*
                })
            }
        }
    };
}

/// Expands to the decoding of a header.
#[doc(hidden)]
#[macro_export]
macro_rules! header_value {
    ($headers:ident, $wire:literal, one) => {
        $crate::header_one($headers, $wire)
    };
    ($headers:ident, $wire:literal, list) => {
        $crate::header_list($headers, $wire)
    };
}

/// Decodes a header with a single value.
///
/// # Errors
/// If the value does not match the type.
#[doc(hidden)]
pub fn header_one<T: Decode>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<Option<T>, DecodeError> {
    let value = headers.get(name).map(|value| header_text(value).and_then(decode_scalar));
    value.transpose().map_err(|error| error.in_field(name))
}

/// Decodes a header with a list of values, on one line or several (RFC 9110 §5.3).
///
/// # Errors
/// If a value does not match the type.
#[doc(hidden)]
pub fn header_list<T: Decode>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<Option<Vec<T>>, DecodeError> {
    if !headers.contains_key(name) {
        return Ok(None);
    }
    let mut items = Vec::new();
    for line in headers.get_all(name) {
        let line = header_text(line).map_err(|error| error.in_field(name))?;
        for item in line.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let index = items.len();
            items.push(decode_scalar(item).map_err(|error| error.in_item(index).in_field(name))?);
        }
    }
    Ok(Some(items))
}

fn header_text(value: &HeaderValue) -> Result<&str, DecodeError> {
    let text = std::str::from_utf8(value.as_bytes());
    text.map(str::trim).map_err(|_| DecodeError::invalid("is not UTF-8"))
}

/// Decodes a value from plain text, as a string or else as JSON.
fn decode_scalar<T: Decode>(text: &str) -> Result<T, DecodeError> {
    let quoted = Bytes::from(serde_json::Value::from(text).to_string());
    from_slice(&quoted).or_else(|error| {
        let is_plain = !text.starts_with(['"', '[', '{', 'n']);
        let plain = is_plain.then(|| from_slice(text.as_bytes()).ok()).flatten();
        plain.ok_or(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::open_enum;

    #[derive(Debug, PartialEq)]
    enum Kind {
        Cat,
        Unknown(String),
    }
    open_enum!(Kind { Cat = "cat" });

    #[derive(Debug, PartialEq)]
    struct All {
        text: Option<String>,
        count: Option<i64>,
        rate: Option<f64>,
        yes: Option<bool>,
        kind: Option<Kind>,
        kinds: Option<Vec<Kind>>,
        counts: Option<Vec<i64>>,
    }
    headers!(All {
        one text = "X-Text",
        one count = "X-Count",
        one rate = "X-Rate",
        one yes = "X-Yes",
        one kind = "X-Kind",
        list kinds = "X-Kinds",
        list counts = "X-Counts",
    });

    fn read(lines: &[(&'static str, &'static str)]) -> Result<All, String> {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_static(value));
        }
        All::read(&headers).map_err(|error| error.to_string())
    }

    #[test]
    fn headers_are_decoded_as_their_types() {
        let none = All {
            text: None,
            count: None,
            rate: None,
            yes: None,
            kind: None,
            kinds: None,
            counts: None,
        };
        assert_eq!(read(&[]), Ok(none));
        let all = read(&[
            ("x-text", "12"),
            ("x-count", "12"),
            ("x-rate", "1.5"),
            ("x-yes", "true"),
            ("x-kind", "cat"),
            ("x-kinds", "cat, dog"),
            ("x-kinds", "cow"),
            ("x-counts", ""),
        ]);
        let unknown = |text: &str| Kind::Unknown(text.to_owned());
        let expected = All {
            text: Some("12".to_owned()),
            count: Some(12),
            rate: Some(1.5),
            yes: Some(true),
            kind: Some(Kind::Cat),
            kinds: Some(vec![Kind::Cat, unknown("dog"), unknown("cow")]),
            counts: Some(Vec::new()),
        };
        assert_eq!(all, Ok(expected));
    }

    #[test]
    fn error_names_the_header_but_not_its_value() {
        let expected = "expected an integer, found a string";
        assert_eq!(read(&[("x-count", "s3cret")]), Err(format!("`X-Count`: {expected}")));
        assert_eq!(read(&[("x-counts", "1, x")]), Err(format!("`X-Counts[1]`: {expected}")));
        assert_eq!(read(&[("x-yes", "null")]).unwrap_err().split(':').next(), Some("`X-Yes`"));
    }
}
