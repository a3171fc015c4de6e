//! Values of headers.

use http::HeaderValue;

/// Returns a header value (RFC 9110 §5.5) that `Debug` does not show.
pub(crate) fn sensitive_value(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_bytes(text.as_bytes()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// Returns the text of a header value, if it is UTF-8.
pub(crate) fn header_text(value: &HeaderValue) -> Option<&str> {
    std::str::from_utf8(value.as_bytes()).ok()
}
