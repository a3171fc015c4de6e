//! Idempotency keys: what tells a server that a request is a repeat of an earlier one.

use http::HeaderMap;
use uuid::Uuid;

use crate::call::sensitive;
use crate::operation::Operation;

/// Puts the key of a call under each name that the operation knows it by. What the caller has given,
/// under any of the names, is the key; without, one is made (UUID version 7, RFC 9562 §5.7). A header
/// that is there stays.
pub(crate) fn fill(operation: &Operation, headers: &mut HeaderMap) {
    let names = operation.idempotency;
    if names.is_empty() {
        return;
    }
    let given = names.iter().find_map(|name| headers.get(*name)).cloned();
    let Some(key) = given.or_else(|| sensitive(&Uuid::now_v7().to_string())) else { return };
    for &name in names {
        if let Ok(name) = http::HeaderName::try_from(name) {
            headers.entry(name).or_insert_with(|| key.clone());
        }
    }
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
        fill(&POST, &mut headers);
        let key = Uuid::parse_str(headers["x-key"].to_str().unwrap()).unwrap();
        assert_eq!(key.get_version_num(), 7);
        assert_eq!(headers["x-key"], headers["x-also"]);
        let before = headers.clone();
        fill(&POST, &mut headers);
        assert_eq!(headers, before);
    }

    #[test]
    fn a_key_that_is_given_stays() {
        let mut headers = HeaderMap::new();
        headers.insert("x-also", HeaderValue::from_static("mine"));
        fill(&POST, &mut headers);
        assert!(headers["x-key"] == "mine" && headers["x-also"] == "mine", "{headers:?}");
    }

    #[test]
    fn no_key_where_the_operation_knows_none() {
        static GET: Operation = Operation::new("get", Method::Get, "/a");
        let mut headers = HeaderMap::new();
        fill(&GET, &mut headers);
        assert!(headers.is_empty());
    }
}
