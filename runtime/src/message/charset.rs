//! Text in the charset of its media type.

use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8};
use http::{HeaderMap, header};

use super::responses::decode_text;
use crate::wire::DecodeError;

/// Decodes a text body in the charset of the header `Content-Type` (RFC 9110 §8.3.2). Default: UTF-8.
///
/// # Errors
/// If the charset is unknown, or the body is not valid in it: text with replacement characters could be
/// another account's name.
pub(crate) fn decode_body(headers: &HeaderMap, body: &Bytes) -> Result<String, DecodeError> {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let Some(label) = content_type.and_then(charset) else { return decode_text(body) };
    let unknown = || DecodeError::invalid("has a charset that is not supported");
    let encoding = Encoding::for_label(label.as_bytes()).ok_or_else(unknown)?;
    if encoding == UTF_8 {
        return decode_text(body);
    }
    match encoding.decode(body) {
        (text, _, false) => Ok(text.into_owned()),
        (_, _, true) => Err(DecodeError::invalid("is not valid in its charset")),
    }
}

/// Returns the parameter `charset` of a media type.
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(content_type: &'static str, body: &'static [u8]) -> Result<String, String> {
        let headers = [(header::CONTENT_TYPE, content_type.parse().unwrap())];
        let decoded = decode_body(&headers.into_iter().collect(), &Bytes::from_static(body));
        decoded.map_err(|error| error.to_string())
    }

    #[test]
    fn transport_text_is_decoded_in_its_charset() {
        for (content_type, body) in [
            ("text/csv; charset=iso-8859-1", &b"J\xfcrgen"[..]),
            ("text/csv;header=present; Charset=\"ISO-8859-15\"", b"J\xfcrgen"),
            ("text/plain; charset=utf-16", b"\xfe\xff\0J\0\xfc\0r\0g\0e\0n"),
            ("text/plain; charset=UTF-8", "\u{feff}J\u{fc}rgen".as_bytes()),
            ("text/plain", "J\u{fc}rgen".as_bytes()),
        ] {
            assert_eq!(decode(content_type, body).as_deref(), Ok("J\u{fc}rgen"), "{content_type}");
        }
    }

    #[test]
    fn transport_text_that_is_not_in_its_charset_is_an_error() {
        for (content_type, body, message) in [
            ("text/plain", &b"\xfc"[..], "the value is not UTF-8"),
            ("text/plain; charset=utf-8", b"\xfc", "the value is not UTF-8"),
            ("text/plain; charset=utf-16le", b"\0\xd8", "the value is not valid in its charset"),
            ("text/plain; charset=x-own", b"a", "the value has a charset that is not supported"),
        ] {
            assert_eq!(decode(content_type, body), Err(message.to_owned()), "{content_type}");
        }
    }
}
