//! How characters that mean something in their location are kept from doing so.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but RFC 3986's unreserved characters.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// As far as reserved characters have no meaning of their own inside a query's value: `#[]&+` have
/// one (OpenAPI 3.0.4, "allowReserved").
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

/// Everything but RFC 6265's `cookie-octet`, and `%` itself.
const COOKIE: &AsciiSet =
    &percent_encoding::CONTROLS.add(b' ').add(b'"').add(b',').add(b';').add(b'\\').add(b'%');

/// How characters that mean something in their location are kept from doing so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Escape {
    /// Percent-encoding of all but unreserved characters: paths and queries.
    Url,
    /// Percent-encoding that leaves reserved characters.
    Reserved,
    /// Percent-encoding of what a cookie can't hold.
    Cookie,
    /// None: headers, which are checked as a whole.
    Header,
    /// None as yet: members of a form, which is escaped as a whole.
    Later,
}

impl Escape {
    /// With `allowReserved`, which is for queries.
    pub(crate) fn reserved(self) -> Self {
        if self == Self::Url { Self::Reserved } else { self }
    }

    /// What a name is kept from: `=` ends it, which a value may hold.
    pub(crate) fn key(self) -> Self {
        match self {
            Self::Reserved | Self::Cookie => Self::Url,
            other => other,
        }
    }

    pub(crate) fn apply(self, text: &str) -> String {
        let set = match self {
            Self::Header | Self::Later => return text.to_owned(),
            Self::Url => UNRESERVED,
            Self::Cookie => COOKIE,
            Self::Reserved => return reserved(text),
        };
        utf8_percent_encode(text, set).to_string()
    }
}

/// RFC 6570's reserved expansion: what is percent-encoded already stays so.
fn reserved(text: &str) -> String {
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
