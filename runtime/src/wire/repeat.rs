//! Members that an object has twice. RFC 8259 §4 leaves open which of them counts; to take one would
//! be a guess that two readers make differently.

use super::tape::Item;
use super::{DecodeError, Node, Tape};

/// Up to here every key is compared with those before it; in larger objects, all at the end.
const FEW: u32 = 64;

/// Looks whether the key at `key`, the member number `len` of the object at `at`, stands there before.
pub(super) fn note(tape: &mut Tape<'_>, at: usize, key: usize, len: u32) {
    if len >= FEW || tape.repeated.is_some() {
        return;
    }
    let Some(tag) = tag(tape, key) else { return };
    let name = tape.root().with(key).as_str();
    let mut other = at + 1;
    while other < key {
        let (Some(Item::Key { tag: its, next, .. }) | Some(Item::MadeKey { tag: its, next, .. })) =
            tape.items.get(other)
        else {
            return;
        };
        if *its == tag && tape.root().with(other).as_str() == name {
            tape.repeated = Some(key);
            return;
        }
        other = *next as usize;
    }
}

fn tag(tape: &Tape<'_>, key: usize) -> Option<super::tape::Tag> {
    match tape.items.get(key)? {
        Item::Key { tag, .. } | Item::MadeKey { tag, .. } => Some(*tag),
        _ => None,
    }
}

/// Looks through a large object that has been read but for its own item.
pub(super) fn note_among_many(tape: &mut Tape<'_>, at: usize, len: u32) {
    if len <= FEW || tape.repeated.is_some() {
        return;
    }
    let root = tape.root();
    let mut keys = Vec::with_capacity(len as usize);
    let mut key = at + 1;
    while let Some(Item::Key { next, .. } | Item::MadeKey { next, .. }) = tape.items.get(key) {
        keys.push((root.with(key).as_str(), key));
        key = *next as usize;
    }
    keys.sort_unstable();
    let twice = keys.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let first = twice.map(|pair| pair[1].1).min();
    tape.repeated = first;
}

/// An error if an object of the document has a member twice.
pub(super) fn check(tape: &Tape<'_>) -> Result<(), DecodeError> {
    match tape.repeated {
        Some(key) => Err(error(tape.root(), key)),
        None => Ok(()),
    }
}

#[cold]
fn error(node: Node<'_>, key: usize) -> DecodeError {
    if let Some(items) = node.list() {
        for (index, item) in items.enumerate() {
            if key < item.end() {
                return error(item, key).in_item(index);
            }
        }
    }
    for (name, value) in node.entries().into_iter().flatten() {
        if value.at() == key + 1 {
            return DecodeError::invalid("stands there twice").in_key(name);
        }
        if key < value.end() {
            return error(value, key).in_key(name);
        }
    }
    DecodeError::invalid("stands there twice")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::{Map, from_slice, record};

    fn fails(json: &str) -> String {
        from_slice::<Value>(json.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_member_that_stands_twice_is_an_error_with_its_path() {
        assert_eq!(fails(r#"{"a":1,"b":2,"a":1}"#), "`a`: the value stands there twice");
        assert_eq!(
            fails(r#"{"x":[{},{"y":{"a":{},"b":[],"\u0061":2}}],"z":1}"#),
            "`x[1].y.a`: the value stands there twice"
        );
        assert_eq!(fails(r#"[{"b.c@d":1,"b.c@d":1}]"#), "`[0].*`: the value stands there twice");
    }

    #[test]
    fn the_same_name_in_other_objects_is_none() {
        let json = r#"{"":0,"a":{"a":{"a":[{"a":1},{"a":2}]}},"b":{"a":1}}"#;
        assert_eq!(from_slice::<Value>(json.as_bytes()).unwrap().to_string(), json);
    }

    #[test]
    fn large_objects_too() {
        for members in [63, 64, 65, 66, 1000, 100_000] {
            let names: Vec<String> =
                (0..members).map(|n| format!("\"k{n}\":{{\"k1\":0}}")).collect();
            let json = format!("{{{}}}", names.join(","));
            assert_eq!(from_slice::<Map<Value>>(json.as_bytes()).unwrap().len(), members);
            let json = format!("{{{},\"k7\":1}}", names.join(","));
            assert_eq!(fails(&json), "`k7`: the value stands there twice", "{members}");
        }
    }

    #[test]
    fn through_serde_too() {
        #[derive(Debug)]
        struct Point {
            x: i64,
        }
        record!(Point { required x = "x" });
        let point = |json: &str| serde_json::from_str::<Point>(json);
        assert_eq!(point(r#"{"x":1}"#).unwrap().x, 1);
        let error = point(r#"{"x":1,"x":2}"#).unwrap_err().to_string();
        assert!(error.starts_with("`x`: the value stands there twice"), "{error}");
    }
}
