//! Values of headers, and the headers that only the HTTP client sets.

use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Headers that frame the message (RFC 9112 §6). If they contradicted the body, a second request
/// could be smuggled in it.
pub(crate) const FRAMING: [HeaderName; 2] = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING];

/// Headers of the connection (RFC 9110 §7.2, §7.6.1, §7.8). Another `Host` would contradict the URL
/// that is signed, and select another server behind a proxy.
pub(crate) const CONNECTION: [HeaderName; 3] = [header::HOST, header::CONNECTION, header::UPGRADE];

/// Whether only the HTTP client may set a header.
pub(crate) fn is_reserved(name: &HeaderName) -> bool {
    FRAMING.contains(name) || CONNECTION.contains(name)
}

/// Removes the headers that only the HTTP client may set, and that a hook may have set.
pub(crate) fn strip_reserved_headers(headers: &mut HeaderMap) {
    for name in FRAMING.iter().chain(&CONNECTION) {
        headers.remove(name);
    }
}

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
