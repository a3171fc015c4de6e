//! Headers of responses, typed.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use crate::wire::{Decode, DecodeError, from_slice};

/// Makes a struct of the headers that an operation's responses declare; each may be missing. A header
/// is one value (`one`) or several with commas between them (`list`).
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
/// let mut came = HeaderMap::new();
/// came.insert("x-total", 7.into());
/// let headers = ListOrdersHeaders::read(&came)?;
/// assert_eq!((headers.total, headers.tags), (Some(7), None));
/// # Ok(()) }
/// ```
#[macro_export]
macro_rules! headers {
    ($name:ident { $($how:ident $field:ident = $wire:literal),* $(,)? }) => {
        #[allow(deprecated)]
        impl $name {
            /// Reads the headers of a response or of an error.
            ///
            /// # Errors
            /// If one of them is not what the description says. The error names it.
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

/// How a header is read.
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

/// A header with one value.
///
/// # Errors
/// If it is not of the type.
#[doc(hidden)]
pub fn header_one<T: Decode>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<Option<T>, DecodeError> {
    let value = headers.get(name).map(|value| text(value).and_then(scalar));
    value.transpose().map_err(|error| error.in_member(name))
}

/// A header with a list of values, in one line or in several (RFC 9110 §5.3).
///
/// # Errors
/// If one of them is not of the type.
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
        let line = text(line).map_err(|error| error.in_member(name))?;
        for item in line.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            let index = items.len();
            items.push(scalar(item).map_err(|error| error.in_item(index).in_member(name))?);
        }
    }
    Ok(Some(items))
}

fn text(value: &HeaderValue) -> Result<&str, DecodeError> {
    let text = std::str::from_utf8(value.as_bytes());
    text.map(str::trim).map_err(|_| DecodeError::invalid("is not UTF-8"))
}

/// A value written as plain text: the type takes text, or what the same text is in JSON.
fn scalar<T: Decode>(text: &str) -> Result<T, DecodeError> {
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
    fn each_header_has_its_type_and_may_be_missing() {
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
    fn an_error_names_the_header_and_not_its_value() {
        let expected = "expected an integer, found a string";
        assert_eq!(read(&[("x-count", "s3cret")]), Err(format!("`X-Count`: {expected}")));
        assert_eq!(read(&[("x-counts", "1, x")]), Err(format!("`X-Counts[1]`: {expected}")));
        assert_eq!(read(&[("x-yes", "null")]).unwrap_err().split(':').next(), Some("`X-Yes`"));
    }
}
