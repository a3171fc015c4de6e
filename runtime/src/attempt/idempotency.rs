//! Idempotency keys, by which a server recognises a retry of an earlier request.

use http::HeaderMap;
use uuid::Uuid;

use crate::message::error::RequestError;
use crate::message::header_value::sensitive_value;
use crate::operation::Operation;

/// Sets the idempotency key in all headers that the operation uses for it. The key is the value
/// that the caller set in any of these headers, else a new UUID version 7 (RFC 9562 §5.7). Headers
/// that are already set are kept.
///
/// # Errors
/// If the caller's key is empty: it would be the same for all calls, while retries rely on it.
pub(crate) fn set_key(operation: &Operation, headers: &mut HeaderMap) -> Result<(), RequestError> {
    let names = operation.idempotency;
    if names.is_empty() {
        return Ok(());
    }
    let callers_key = names.iter().find_map(|name| headers.get(*name)).cloned();
    if callers_key.as_ref().is_some_and(|key| key.as_bytes().trim_ascii().is_empty()) {
        return Err(RequestError("the idempotency key is empty".to_owned()));
    }
    let Some(key) = callers_key.or_else(|| sensitive_value(&Uuid::now_v7().to_string())) else {
        return Ok(());
    };
    for &name in names {
        if let Ok(name) = http::HeaderName::try_from(name) {
            headers.entry(name).or_insert_with(|| key.clone());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::Method;

    static POST: Operation =
        Operation::new("post", Method::Post, "/a").idempotency(&["X-Key", "X-Also"]);

    #[test]
    fn key_is_generated_once_for_all_headers() {
        let mut headers = HeaderMap::new();
        set_key(&POST, &mut headers).unwrap();
        let key = Uuid::parse_str(headers["x-key"].to_str().unwrap()).unwrap();
        assert_eq!(key.get_version_num(), 7);
        assert_eq!(headers["x-key"], headers["x-also"]);
        let before = headers.clone();
        set_key(&POST, &mut headers).unwrap();
        assert_eq!(headers, before);
    }

    #[test]
    fn callers_key_is_kept() {
        let mut headers = HeaderMap::new();
        headers.insert("x-also", HeaderValue::from_static("mine"));
        set_key(&POST, &mut headers).unwrap();
        assert!(headers["x-key"] == "mine" && headers["x-also"] == "mine", "{headers:?}");
    }

    #[test]
    fn empty_key_is_an_error() {
        for key in ["", " "] {
            let mut headers = HeaderMap::new();
            headers.insert("x-key", HeaderValue::from_static(key));
            let error = set_key(&POST, &mut headers).unwrap_err();
            assert_eq!(error.to_string(), "the request was not sent: the idempotency key is empty");
        }
    }

    #[test]
    fn no_key_if_the_operation_accepts_none() {
        static GET: Operation = Operation::new("get", Method::Get, "/a");
        let mut headers = HeaderMap::new();
        set_key(&GET, &mut headers).unwrap();
        assert!(headers.is_empty());
    }
}
