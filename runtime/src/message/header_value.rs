//! Values of headers.

use http::HeaderValue;

/// Returns a header value (RFC 9110 §5.5) that `Debug` does not show.
pub(crate) fn sensitive_value(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_bytes(text.as_bytes()).ok()?;
    value.set_sensitive(true);
    Some(value)
}
