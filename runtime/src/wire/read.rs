//! Reading a [`Tape`] from any format that serde supports.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::tape::{Item, KeyHash, KeyHashes};
use super::{Decode, DecodeError, Tape, duplicate_keys};

/// The maximum nesting depth, since reading and decoding are recursive (`serde_json` stops at 128).
const MAX_DEPTH: u16 = 192;

/// The key under which `serde_json` passes a number if any crate of the build enables its feature
/// `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads a JSON document (RFC 8259) into a type. A leading byte order mark is ignored (§8.1).
///
/// # Errors
/// If the document is not JSON or does not have the expected type. The error contains the location.
pub fn from_slice<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    T::decode(read_json(bytes)?.root())
}

/// Reads a JSON document into a tape.
pub(crate) fn read_json(bytes: &[u8]) -> Result<Tape<'_>, DecodeError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // One check of the whole input is faster than one per string.
    let text = std::str::from_utf8(bytes).map_err(|_| DecodeError::not_utf8())?;
    let mut json = serde_json::Deserializer::from_str(text);
    // Enough for most documents; unused capacity costs no memory pages.
    let tape = read_tape(&mut json, bytes.len() / 6).and_then(|tape| json.end().map(|()| tape));
    let tape = tape.map_err(|error| DecodeError::syntax(&error))?;
    duplicate_keys::check_document(&tape)?;
    Ok(tape)
}

/// Implements `serde::Deserialize` for a generated type.
///
/// # Errors
/// Errors of the format; the message contains the path inside the document.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let tape = read_tape(from, 0)?;
    duplicate_keys::check_document(&tape)
        .and_then(|()| T::decode(tape.root()))
        .map_err(D::Error::custom)
}

fn read_tape<'de, D: Deserializer<'de>>(from: D, capacity: usize) -> Result<Tape<'de>, D::Error> {
    let mut tape = Tape { items: Vec::with_capacity(capacity), ..Tape::default() };
    Reader { tape: &mut tape, depth: 0 }.deserialize(from)?;
    Ok(tape)
}

/// Appends one value to the tape.
struct Reader<'a, 'de> {
    tape: &'a mut Tape<'de>,
    depth: u16,
}

impl<'de> Reader<'_, 'de> {
    fn push<E: Error>(self, item: Item<'de>) -> Result<(), E> {
        self.tape.items.push(item);
        Ok(())
    }

    fn push_owned<E: Error>(self, text: String) -> Result<(), E> {
        let index = u32::try_from(self.tape.texts.len()).map_err(|_| E::custom("too large"))?;
        self.tape.texts.push(text);
        self.push(Item::OwnedString(index))
    }

    /// Reserves the item of an array or object, which is written once its end is known.
    fn open<E: Error>(&mut self) -> Result<usize, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom("the document is nested too deeply"));
        }
        self.tape.items.push(Item::Null);
        Ok(self.tape.items.len() - 1)
    }

    /// Returns the index after the last item, as it is stored in an item.
    fn end<E: Error>(&self) -> Result<u32, E> {
        u32::try_from(self.tape.items.len()).map_err(|_| E::custom("too large"))
    }

    fn inner(&mut self) -> Reader<'_, 'de> {
        Reader { tape: self.tape, depth: self.depth + 1 }
    }

    fn close(&mut self, at: usize, item: Item<'de>) {
        if let Some(reserved) = self.tape.items.get_mut(at) {
            *reserved = item;
        }
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.push(Item::Null)
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.push(Item::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.deserialize(from)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        self.deserialize(from)
    }

    fn visit_bool<E: Error>(self, it: bool) -> Result<(), E> {
        self.push(Item::Bool(it))
    }

    fn visit_i64<E: Error>(self, it: i64) -> Result<(), E> {
        self.push(Item::I64(it))
    }

    fn visit_u64<E: Error>(self, it: u64) -> Result<(), E> {
        self.push(i64::try_from(it).map_or(Item::U64(it), Item::I64))
    }

    fn visit_i128<E: Error>(self, it: i128) -> Result<(), E> {
        self.push(integer(it))
    }

    fn visit_u128<E: Error>(self, it: u128) -> Result<(), E> {
        self.push(i128::try_from(it).map_or(Item::F64(it as f64), integer))
    }

    fn visit_f64<E: Error>(self, it: f64) -> Result<(), E> {
        self.push(Item::F64(it))
    }

    fn visit_str<E: Error>(self, it: &str) -> Result<(), E> {
        self.push_owned(it.to_owned())
    }

    fn visit_borrowed_str<E: Error>(self, it: &'de str) -> Result<(), E> {
        self.push(Item::BorrowedString(it))
    }

    fn visit_string<E: Error>(self, it: String) -> Result<(), E> {
        self.push_owned(it)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let at = self.open()?;
        let mut len = 0;
        while seq.next_element_seed(self.inner())?.is_some() {
            len += 1;
        }
        let end = self.end()?;
        self.close(at, Item::Array { len, end });
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let at = self.open()?;
        let (mut len, mut hashes) = (0, KeyHashes::default());
        loop {
            let key = self.tape.items.len();
            let Some(hash) = map.next_key_seed(Key(self.inner()))? else { break };
            map.next_value_seed(self.inner())?;
            let end = self.end()?;
            if let Some(Item::BorrowedKey { next, .. } | Item::OwnedKey { next, .. }) =
                self.tape.items.get_mut(key)
            {
                *next = end;
            }
            if hashes.may_contain(hash) {
                duplicate_keys::check_key(self.tape, at, key, len);
            }
            hashes.insert(hash);
            len += 1;
        }
        let end = self.end()?;
        duplicate_keys::check_large_object(self.tape, at, len);
        match wrapped_number(self.tape, at) {
            Some(number) => {
                self.tape.items.truncate(at);
                self.tape.items.push(number);
            }
            None => self.close(at, Item::Object { len, end, hashes }),
        }
        Ok(())
    }
}

/// Returns the number in an object by which `serde_json` represents a number.
fn wrapped_number<'de>(tape: &Tape<'_>, at: usize) -> Option<Item<'de>> {
    if tape.items.len() != at + 3 {
        return None;
    }
    let text = |at| tape.root().with(at).as_str();
    let digits = (text(at + 1) == Some(NUMBER)).then(|| text(at + 2)).flatten()?;
    match digits.parse::<i128>() {
        Ok(it) => Some(integer(it)),
        Err(_) => digits.parse().ok().map(Item::F64),
    }
}

fn integer<'de>(it: i128) -> Item<'de> {
    match (i64::try_from(it), u64::try_from(it)) {
        (Ok(it), _) => Item::I64(it),
        (_, Ok(it)) => Item::U64(it),
        _ => Item::F64(it as f64),
    }
}

/// Appends a key as a string, whatever its type in the format.
struct Key<'a, 'de>(Reader<'a, 'de>);

impl Key<'_, '_> {
    fn push_owned<E: Error>(self, key: String) -> Result<KeyHash, E> {
        let (hash, tape) = (KeyHash::new(&key), self.0.tape);
        let text = u32::try_from(tape.texts.len()).map_err(|_| E::custom("too large"))?;
        tape.texts.push(key);
        tape.items.push(Item::OwnedKey { hash, next: 0, text });
        Ok(hash)
    }
}

impl<'de> DeserializeSeed<'de> for Key<'_, 'de> {
    type Value = KeyHash;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<KeyHash, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Key<'_, 'de> {
    type Value = KeyHash;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<KeyHash, E> {
        let hash = KeyHash::new(text);
        self.0.tape.items.push(Item::BorrowedKey { hash, next: 0, text });
        Ok(hash)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<KeyHash, E> {
        self.push_owned(key.to_owned())
    }

    fn visit_string<E: Error>(self, key: String) -> Result<KeyHash, E> {
        self.push_owned(key)
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<KeyHash, E> {
        self.push_owned(key.to_string())
    }

    fn visit_i64<E: Error>(self, key: i64) -> Result<KeyHash, E> {
        self.push_owned(key.to_string())
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<KeyHash, E> {
        self.push_owned(key.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read_value(text: &str) -> Value {
        from_slice::<Value>(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_document_round_trips() {
        let text = r#"{"a":[1,-2,3.5,18446744073709551615,"x\ny",null,true,{}],"b":{"c":[]}}"#;
        assert_eq!(read_value(text).to_string(), text);
    }

    #[test]
    fn a_byte_order_mark_is_ignored() {
        assert_eq!(read_value("\u{feff}[1]"), json!([1]));
    }

    #[test]
    fn trailing_data_and_truncation_are_errors() {
        assert!(from_slice::<Value>(b"{} {}").is_err());
        assert!(from_slice::<Value>(b"").is_err());
        assert!(from_slice::<Value>(b"{\"a\":").is_err());
    }

    #[test]
    fn nesting_depth_is_limited_in_any_format() {
        let deep = "[".repeat(100_000);
        assert!(from_slice::<Value>(deep.as_bytes()).is_err());
        let value = (0..400).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
        let error = deserialize::<Value, _>(value).unwrap_err();
        assert_eq!(error.to_string(), "the document is nested too deeply");
    }

    #[test]
    fn a_number_of_arbitrary_precision_is_a_number() {
        let text = format!("[{{\"{NUMBER}\":\"12\"}},{{\"{NUMBER}\":\"1.5\"}},3]");
        assert_eq!(read_value(&text), json!([12, 1.5, 3]));
    }
}
