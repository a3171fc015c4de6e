//! Idempotency keys, by which a server recognises a retry of an earlier request.

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

use super::body::BodyValue;
use crate::message::bodies::Body;
use crate::message::error::RequestError;
use crate::message::header_value::{header_text, sensitive_value};
use crate::operation::Operation;
use crate::wire::View;
use crate::wire::json::Json;

/// Headers that carry an idempotency key if the caller sets them, for any operation.
const WELL_KNOWN: [&str; 8] = [
    "idempotency-key",
    "x-idempotency-key",
    "idempotency-id",
    "x-idempotency-id",
    "idempotence-key",
    "x-idempotence-key",
    "idempotency-token",
    "x-idempotency-token",
];

/// The idempotency key of a call, unless the caller sets one in a header.
#[derive(Clone, Default)]
pub(super) struct CallKey {
    /// The key that the caller has set for the field of the body.
    pub(super) set: Option<HeaderValue>,
    /// The key in the caller's body.
    pub(super) in_body: Option<HeaderValue>,
    generated: Option<HeaderValue>,
}

impl CallKey {
    /// Creates the key of a call of this operation.
    pub(super) fn new(operation: &Operation) -> Self {
        let generated = generate_key(operation);
        Self { generated, ..Self::default() }
    }

    /// Returns the caller's key, which is not in a header, or else the generated one. `None` if the
    /// operation has no header for it and the body no place.
    pub(super) fn get(&self, operation: &Operation, body: &Body<'_>) -> Option<&HeaderValue> {
        let generated = self.generated.as_ref().filter(|_| accepts_key(operation, body));
        self.caller_key().or(generated)
    }

    /// Returns the key that the caller has set, or that the caller's body contains.
    fn caller_key(&self) -> Option<&HeaderValue> {
        self.set.as_ref().or(self.in_body.as_ref())
    }

    /// Sets the key in the headers and the body, and returns it.
    ///
    /// # Errors
    /// If the key is empty, the body has no place for it, or the header and the body have different
    /// keys: the server would recognise a retry by one of them, and the caller would store the other.
    pub(super) fn apply(
        &self,
        operation: &Operation,
        headers: &mut HeaderMap,
        body: &Body<'_>,
        values: &mut Vec<BodyValue>,
    ) -> Result<Option<HeaderValue>, RequestError> {
        let in_header = find_key(operation, headers);
        if self.set.is_some() && !accepts_key(operation, body) {
            let message = "the idempotency key would not be sent: the body can't contain it";
            return Err(RequestError::idempotency_key(message));
        }
        if let (Some(in_header), Some(other)) = (in_header, self.caller_key())
            && in_header != other
        {
            let message = "a header and the body have different idempotency keys";
            return Err(RequestError::idempotency_key(message));
        }
        let Some(key) = in_header.or(self.get(operation, body)).cloned() else { return Ok(None) };
        set_key(operation, headers, &key)?;
        let is_in_body = self.in_body.is_some() && self.set.is_none();
        if has_field(operation, body) && !is_in_body {
            let text = header_text(&key).unwrap_or_default();
            values.push((operation.idempotency_field, Json::from(text)));
        }
        Ok(Some(key))
    }
}

/// Whether a call with this body can contain an idempotency key, in a header or in the body.
fn accepts_key(operation: &Operation, body: &Body<'_>) -> bool {
    !operation.idempotency.is_empty() || has_field(operation, body)
}

/// Whether the body is an object that can contain the idempotency key.
pub(super) fn has_field(operation: &Operation, body: &Body<'_>) -> bool {
    let is_object = matches!(body, Body::Typed(body) if matches!(body.view(), View::Object(_)));
    is_object && !operation.idempotency_field.is_empty()
}

/// Creates a key for a call of this operation, if it accepts one: a UUID version 7 (RFC 9562 §5.7).
pub(super) fn generate_key(operation: &Operation) -> Option<HeaderValue> {
    let accepts_key = !operation.idempotency.is_empty() || !operation.idempotency_field.is_empty();
    accepts_key.then(|| sensitive_value(&Uuid::now_v7().to_string())).flatten()
}

/// Returns the key in the headers that the caller has set.
pub(super) fn find_key<'h>(
    operation: &Operation,
    headers: &'h HeaderMap,
) -> Option<&'h HeaderValue> {
    key_names(operation).find_map(|name| headers.get(*name))
}

/// Removes the key from the headers that the caller has set.
pub(super) fn remove_keys(operation: &Operation, headers: &mut HeaderMap) {
    key_names(operation).for_each(|name| drop(headers.remove(*name)));
}

/// Restores the key headers of a request, which a hook may have changed: all attempts have the same key,
/// the one that errors and responses report.
pub(crate) fn restore_keys(operation: &Operation, request: &HeaderMap, headers: &mut HeaderMap) {
    for name in key_names(operation) {
        match request.get(*name) {
            Some(key) => drop(headers.insert(*name, key.clone())),
            None => drop(headers.remove(*name)),
        }
    }
}

fn key_names(operation: &Operation) -> impl Iterator<Item = &&'static str> {
    operation.idempotency.iter().chain(&WELL_KNOWN)
}

/// Sets the idempotency key in all headers that the operation uses for it. Headers that are already set
/// are kept.
///
/// # Errors
/// If the key is empty: it would be the same for all calls, while retries rely on it.
pub(super) fn set_key(
    operation: &Operation,
    headers: &mut HeaderMap,
    key: &HeaderValue,
) -> Result<(), RequestError> {
    if key.as_bytes().trim_ascii().is_empty() {
        return Err(RequestError::idempotency_key("the idempotency key is empty".to_owned()));
    }
    for &name in operation.idempotency {
        if let Ok(name) = HeaderName::try_from(name) {
            headers.entry(name).or_insert_with(|| key.clone());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;

    static POST: Operation =
        Operation::new("post", Method::Post, "/a").idempotency(&["X-Key", "X-Also"]);
    static GET: Operation = Operation::new("get", Method::Get, "/a");

    #[test]
    fn key_is_set_in_all_headers() {
        let mut headers = HeaderMap::new();
        let key = generate_key(&POST).unwrap();
        set_key(&POST, &mut headers, &key).unwrap();
        assert_eq!((&headers["x-key"], &headers["x-also"]), (&key, &key));
        let version = Uuid::parse_str(key.to_str().unwrap()).unwrap().get_version_num();
        assert_eq!(version, 7);
        let before = headers.clone();
        set_key(&POST, &mut headers, &generate_key(&POST).unwrap()).unwrap();
        assert_eq!(headers, before);
    }

    #[test]
    fn key_in_a_header_is_found() {
        for (operation, name) in [(&POST, "x-also"), (&GET, "idempotency-key")] {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static("mine"));
            assert_eq!(find_key(operation, &headers).unwrap(), "mine");
            remove_keys(operation, &mut headers);
            assert_eq!(find_key(operation, &headers), None);
        }
    }

    #[test]
    fn empty_key_is_an_error() {
        for key in ["", " "] {
            let key = HeaderValue::from_static(key);
            let error = set_key(&POST, &mut HeaderMap::new(), &key).unwrap_err();
            assert_eq!(error.to_string(), "the request was not sent: the idempotency key is empty");
        }
    }

    #[test]
    fn no_key_is_generated_if_the_operation_accepts_none() {
        assert_eq!(generate_key(&GET), None);
    }
}
