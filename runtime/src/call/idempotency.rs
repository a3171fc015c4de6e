//! Idempotency keys, by which a server recognises a retry of an earlier request.

use http::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

use crate::message::error::RequestError;
use crate::message::header_value::sensitive_value;
use crate::operation::Operation;

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

/// Creates a key for a call of this operation, if it accepts one: a UUID version 7 (RFC 9562 §5.7).
pub(super) fn generate_key(operation: &Operation) -> Option<HeaderValue> {
    let accepts_key = !operation.idempotency.is_empty();
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

fn key_names(operation: &Operation) -> impl Iterator<Item = &&'static str> {
    operation.idempotency.iter().chain(&WELL_KNOWN)
}

/// Sets the idempotency key in all headers that the operation uses for it, and returns it. The key is
/// the one that the caller has set in any header for keys, else the `generated` one. Headers that are
/// already set are kept.
///
/// # Errors
/// If the caller's key is empty: it would be the same for all calls, while retries rely on it.
pub(super) fn set_key(
    operation: &Operation,
    headers: &mut HeaderMap,
    generated: Option<HeaderValue>,
) -> Result<Option<HeaderValue>, RequestError> {
    let callers_key = find_key(operation, headers).cloned();
    if callers_key.as_ref().is_some_and(|key| key.as_bytes().trim_ascii().is_empty()) {
        return Err(RequestError::idempotency_key("the idempotency key is empty".to_owned()));
    }
    let Some(key) = callers_key.or(generated) else { return Ok(None) };
    for &name in operation.idempotency {
        if let Ok(name) = HeaderName::try_from(name) {
            headers.entry(name).or_insert_with(|| key.clone());
        }
    }
    Ok(Some(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;

    static POST: Operation =
        Operation::new("post", Method::Post, "/a").idempotency(&["X-Key", "X-Also"]);
    static GET: Operation = Operation::new("get", Method::Get, "/a");

    #[test]
    fn key_is_generated_once_for_all_headers() {
        let mut headers = HeaderMap::new();
        let generated = generate_key(&POST);
        let key = set_key(&POST, &mut headers, generated.clone()).unwrap();
        assert_eq!(key, generated);
        let key = Uuid::parse_str(headers["x-key"].to_str().unwrap()).unwrap();
        assert_eq!(key.get_version_num(), 7);
        assert_eq!(headers["x-key"], headers["x-also"]);
        let before = headers.clone();
        set_key(&POST, &mut headers, generate_key(&POST)).unwrap();
        assert_eq!(headers, before);
    }

    #[test]
    fn callers_key_is_kept() {
        for (operation, name) in [(&POST, "x-also"), (&GET, "idempotency-key")] {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static("mine"));
            let key = set_key(operation, &mut headers, generate_key(operation)).unwrap();
            assert_eq!(key.unwrap(), "mine");
            let names = operation.idempotency.iter().chain([&name]);
            assert!(names.into_iter().all(|name| headers[*name] == "mine"), "{headers:?}");
        }
    }

    #[test]
    fn empty_key_is_an_error() {
        for (key, operation, name) in
            [("", &POST, "x-key"), (" ", &POST, "x-key"), ("", &GET, "idempotency-key")]
        {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static(key));
            let error = set_key(operation, &mut headers, None).unwrap_err();
            assert_eq!(error.to_string(), "the request was not sent: the idempotency key is empty");
        }
    }

    #[test]
    fn no_key_if_the_operation_accepts_none() {
        let mut headers = HeaderMap::new();
        assert_eq!(set_key(&GET, &mut headers, generate_key(&GET)).unwrap(), None);
        assert!(headers.is_empty());
    }
}
