//! Idempotency keys: what tells a server that a request is a repeat of an earlier one.

use http::HeaderMap;
use uuid::Uuid;

use crate::call::sensitive;
use crate::error::RequestError;
use crate::operation::Operation;

/// Puts the key of a call under each name that the operation knows it by. What the caller has given,
/// under any of the names, is the key; without, one is made (UUID version 7, RFC 9562 §5.7). A header
/// that is there stays.
///
/// # Errors
/// If the key that was given is empty: it would tell no call from another, and the call is repeated as
/// one that has a key.
pub(crate) fn fill(operation: &Operation, headers: &mut HeaderMap) -> Result<(), RequestError> {
    let names = operation.idempotency;
    if names.is_empty() {
        return Ok(());
    }
    let given = names.iter().find_map(|name| headers.get(*name)).cloned();
    if given.as_ref().is_some_and(|key| key.as_bytes().trim_ascii().is_empty()) {
        return Err(RequestError("the idempotency key is empty".to_owned()));
    }
    let Some(key) = given.or_else(|| sensitive(&Uuid::now_v7().to_string())) else {
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
    fn a_key_is_made_once_for_all_names() {
        let mut headers = HeaderMap::new();
        fill(&POST, &mut headers).unwrap();
        let key = Uuid::parse_str(headers["x-key"].to_str().unwrap()).unwrap();
        assert_eq!(key.get_version_num(), 7);
        assert_eq!(headers["x-key"], headers["x-also"]);
        let before = headers.clone();
        fill(&POST, &mut headers).unwrap();
        assert_eq!(headers, before);
    }

    #[test]
    fn a_key_that_is_given_stays() {
        let mut headers = HeaderMap::new();
        headers.insert("x-also", HeaderValue::from_static("mine"));
        fill(&POST, &mut headers).unwrap();
        assert!(headers["x-key"] == "mine" && headers["x-also"] == "mine", "{headers:?}");
    }

    #[test]
    fn a_key_that_is_empty_is_none() {
        for key in ["", " "] {
            let mut headers = HeaderMap::new();
            headers.insert("x-key", HeaderValue::from_static(key));
            let error = fill(&POST, &mut headers).unwrap_err();
            assert_eq!(error.to_string(), "the request was not sent: the idempotency key is empty");
        }
    }

    #[test]
    fn no_key_where_the_operation_knows_none() {
        static GET: Operation = Operation::new("get", Method::Get, "/a");
        let mut headers = HeaderMap::new();
        fill(&GET, &mut headers).unwrap();
        assert!(headers.is_empty());
    }
}
