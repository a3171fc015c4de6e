//! Escaping of reserved characters in each location of a request.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All characters except the unreserved ones (RFC 3986 §2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// All characters except the unreserved ones and those reserved ones without a meaning in the value of a
/// query parameter: `#[]&+` have one (OpenAPI 3.0.4, "allowReserved").
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// All characters except `cookie-octet` (RFC 6265 §4.1.1), and `%` itself.
const COOKIE: &AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\').add(b'%');

/// The escaping of reserved characters in a location of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// Percent-encodes all but unreserved characters: paths and queries.
    Url,
    /// Percent-encodes all but unreserved and reserved characters.
    Reserved,
    /// Percent-encodes characters that are not allowed in a cookie.
    Cookie,
    /// Does not escape: headers, which are validated as a whole.
    Header,
    /// Does not escape: form fields, which the form serializer escapes.
    Form,
}

impl Escape {
    /// Returns the escaping for `allowReserved`, which applies only to queries.
    pub(crate) fn reserved(self) -> Self {
        if self == Self::Url { Self::Reserved } else { self }
    }

    /// Returns the escaping of a name, which also escapes `=`.
    pub(crate) fn key(self) -> Self {
        match self {
            Self::Reserved | Self::Cookie => Self::Url,
            other => other,
        }
    }

    pub(crate) fn apply(self, text: &str) -> String {
        let set = match self {
            Self::Header | Self::Form => return text.to_owned(),
            Self::Url => UNRESERVED,
            Self::Cookie => COOKIE,
            Self::Reserved => return escape_reserved(text),
        };
        utf8_percent_encode(text, set).to_string()
    }
}

/// Escapes by reserved expansion (RFC 6570 §3.2.3), which keeps existing percent-encoded triplets.
fn escape_reserved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.extend(utf8_percent_encode(&rest[..at], RESERVED));
        let triplet = rest
            .get(at..at + 3)
            .filter(|it| it.bytes().skip(1).all(|digit| digit.is_ascii_hexdigit()));
        out.push_str(triplet.unwrap_or("%25"));
        rest = &rest[at + triplet.map_or(1, str::len)..];
    }
    out.extend(utf8_percent_encode(rest, RESERVED));
    out
}
