//! The cookies of a request.

use http::{HeaderMap, header};

use crate::message::error::RequestError;
use crate::message::header_value::sensitive_value;

/// Appends cookies to those in the caller's `Cookie` header: there is only one such header (RFC
/// 6265 §5.4).
pub(super) fn add_cookies(
    headers: &mut HeaderMap,
    mut cookies: String,
) -> Result<(), RequestError> {
    if cookies.is_empty() {
        return Ok(());
    }
    if let Some(existing) = headers.get(header::COOKIE) {
        let existing = existing.to_str().ok().map(|value| value.trim_end_matches([';', ' ']));
        if let Some(existing) = existing.filter(|value| !value.is_empty()) {
            cookies = format!("{existing}; {cookies}");
        }
    }
    let invalid =
        || RequestError::parameter("a cookie contains a character that is not allowed in a header");
    let cookies = sensitive_value(&cookies).ok_or_else(invalid)?;
    headers.insert(header::COOKIE, cookies);
    Ok(())
}
