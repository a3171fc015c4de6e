//! Detection of duplicate keys in an object. RFC 8259 §4 does not define which value is used, and
//! parsers differ, so a duplicate is an error.

use super::tape::Item;
use super::{DecodeError, Node, Tape};

/// Up to this number of keys, each is compared with the earlier ones; in larger objects, all are sorted
/// at the end.
const FEW: u32 = 64;

/// Checks whether the key at index `key`, preceded by `len` others in the object at index `at`, is a
/// duplicate.
pub(super) fn check_key(tape: &mut Tape<'_>, at: usize, key: usize, len: u32) {
    if len >= FEW || tape.duplicate_key.is_some() {
        return;
    }
    let Some(hash) = key_hash(tape, key) else { return };
    let name = tape.root().with(key).as_str();
    let mut other = at + 1;
    while other < key {
        let (Some(Item::BorrowedKey { hash: other_hash, next, .. })
        | Some(Item::OwnedKey { hash: other_hash, next, .. })) = tape.items.get(other)
        else {
            return;
        };
        if *other_hash == hash && tape.root().with(other).as_str() == name {
            tape.duplicate_key = Some(key);
            return;
        }
        other = *next as usize;
    }
}

fn key_hash(tape: &Tape<'_>, key: usize) -> Option<super::tape::KeyHash> {
    match tape.items.get(key)? {
        Item::BorrowedKey { hash, .. } | Item::OwnedKey { hash, .. } => Some(*hash),
        _ => None,
    }
}

/// Checks all keys of a large object, after the last one was read.
pub(super) fn check_large_object(tape: &mut Tape<'_>, at: usize, len: u32) {
    if len <= FEW || tape.duplicate_key.is_some() {
        return;
    }
    let root = tape.root();
    let mut keys = Vec::with_capacity(len as usize);
    let mut key = at + 1;
    while let Some(Item::BorrowedKey { next, .. } | Item::OwnedKey { next, .. }) =
        tape.items.get(key)
    {
        keys.push((root.with(key).as_str(), key));
        key = *next as usize;
    }
    keys.sort_unstable();
    let duplicates = keys.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let first = duplicates.map(|pair| pair[1].1).min();
    tape.duplicate_key = first;
}

/// Returns an error if an object of the document has a duplicate key.
pub(super) fn check_document(tape: &Tape<'_>) -> Result<(), DecodeError> {
    match tape.duplicate_key {
        Some(key) => Err(duplicate_key_error(tape.root(), key)),
        None => Ok(()),
    }
}

#[cold]
fn duplicate_key_error(node: Node<'_>, key: usize) -> DecodeError {
    if let Some(items) = node.items() {
        for (index, item) in items.enumerate() {
            if key < item.end() {
                return duplicate_key_error(item, key).in_item(index);
            }
        }
    }
    for (name, value) in node.entries().into_iter().flatten() {
        if value.index() == key + 1 {
            return DecodeError::invalid("appears twice").in_key(name);
        }
        if key < value.end() {
            return duplicate_key_error(value, key).in_key(name);
        }
    }
    DecodeError::invalid("appears twice")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::{Map, from_slice, record};

    fn decode_error(json: &str) -> String {
        from_slice::<Value>(json.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_duplicate_key_is_an_error_with_its_path() {
        assert_eq!(decode_error(r#"{"a":1,"b":2,"a":1}"#), "`a`: the value appears twice");
        assert_eq!(
            decode_error(r#"{"x":[{},{"y":{"a":{},"b":[],"\u0061":2}}],"z":1}"#),
            "`x[1].y.a`: the value appears twice"
        );
        assert_eq!(decode_error(r#"[{"b.c@d":1,"b.c@d":1}]"#), "`[0].*`: the value appears twice");
    }

    #[test]
    fn the_same_key_in_different_objects_is_accepted() {
        let json = r#"{"":0,"a":{"a":{"a":[{"a":1},{"a":2}]}},"b":{"a":1}}"#;
        assert_eq!(from_slice::<Value>(json.as_bytes()).unwrap().to_string(), json);
    }

    #[test]
    fn duplicate_keys_are_found_in_large_objects() {
        for count in [63, 64, 65, 66, 1000, 100_000] {
            let names: Vec<String> = (0..count).map(|n| format!("\"k{n}\":{{\"k1\":0}}")).collect();
            let json = format!("{{{}}}", names.join(","));
            assert_eq!(from_slice::<Map<Value>>(json.as_bytes()).unwrap().len(), count);
            let json = format!("{{{},\"k7\":1}}", names.join(","));
            assert_eq!(decode_error(&json), "`k7`: the value appears twice", "{count}");
        }
    }

    #[test]
    fn duplicate_keys_are_found_through_serde() {
        #[derive(Debug)]
        struct Point {
            x: i64,
        }
        record!(Point { required x = "x" });
        let point = |json: &str| serde_json::from_str::<Point>(json);
        assert_eq!(point(r#"{"x":1}"#).unwrap().x, 1);
        let error = point(r#"{"x":1,"x":2}"#).unwrap_err().to_string();
        assert!(error.starts_with("`x`: the value appears twice"), "{error}");
    }
}
