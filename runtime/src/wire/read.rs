//! Reading a [`Tape`] from any format that serde supports.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::builder::OpenObject;
use super::keys::KeyHash;
use super::scan::{scan, scan_number};
use super::tape::{Item, TooLarge};
use super::{Decode, DecodeError, Tape};

/// The maximum nesting depth of a format other than JSON text, since reading and decoding are recursive.
const MAX_DEPTH: u16 = 192;

/// The key under which `serde_json` passes a number if any crate of the build enables its feature
/// `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// The name that requests the text of a value from `serde_json` instead of the value, and the key under which
/// it passes the text (those of its type `RawValue`). Any other format ignores the name.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

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
    scan(text).map_err(|error| DecodeError::syntax(&error))
}

/// Implements `serde::Deserialize` for a generated type. JSON text is read by the same parser as by
/// [`from_slice`], since the parser of `serde_json` would turn numbers into floats.
///
/// # Errors
/// Errors of the format; the message contains the path inside the document.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    match read_document(from)? {
        Document::Tape(tape) => T::decode(tape.root()).map_err(D::Error::custom),
        Document::Text(text) => from_slice(text.as_bytes()).map_err(D::Error::custom),
    }
}

/// A document that was read through serde.
enum Document<'de> {
    Tape(Tape<'de>),
    /// JSON text that is not borrowed from the input, so that a tape cannot borrow from it.
    Text(String),
}

fn read_document<'de, D: Deserializer<'de>>(from: D) -> Result<Document<'de>, D::Error> {
    let (mut tape, mut json_text) = (Tape::default(), None);
    let reader = Reader { tape: &mut tape, json_text: &mut json_text, depth: 0 };
    from.deserialize_newtype_struct(RAW_VALUE, reader)?;
    match json_text {
        None => Ok(Document::Tape(tape)),
        Some(Cow::Borrowed(text)) => scan(text).map(Document::Tape).map_err(D::Error::custom),
        Some(Cow::Owned(text)) => Ok(Document::Text(text)),
    }
}

/// Appends one value to the tape.
struct Reader<'a, 'de> {
    tape: &'a mut Tape<'de>,
    /// The text of the document, if the format is JSON text.
    json_text: &'a mut Option<Cow<'de, str>>,
    depth: u16,
}

impl<'de> Reader<'_, 'de> {
    fn push<E: Error>(self, item: Item) -> Result<(), E> {
        self.tape.push(item).map_err(too_large)
    }

    fn push_string<E: Error>(self, text: String) -> Result<(), E> {
        let index = self.tape.push_text(text).map_err(too_large)?;
        self.push(Item::OwnedString(index))
    }

    fn push_number<E: Error>(self, text: String) -> Result<(), E> {
        let index = self.tape.push_text(text).map_err(too_large)?;
        self.push(Item::OwnedNumber(index))
    }

    /// Reserves the item of an array or object, which is written once its end is known.
    fn open<E: Error>(&mut self) -> Result<usize, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom("the document is nested too deeply"));
        }
        self.tape.open().map_err(too_large)
    }

    fn inner(&mut self) -> Reader<'_, 'de> {
        Reader { tape: self.tape, json_text: self.json_text, depth: self.depth + 1 }
    }
}

#[cold]
fn too_large<E: Error>(_: TooLarge) -> E {
    E::custom("too large for the available memory")
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
        match i64::try_from(it) {
            Ok(it) => self.push(Item::I64(it)),
            Err(_) => self.push_number(it.to_string()),
        }
    }

    fn visit_i128<E: Error>(self, it: i128) -> Result<(), E> {
        match i64::try_from(it) {
            Ok(it) => self.push(Item::I64(it)),
            Err(_) => self.push_number(it.to_string()),
        }
    }

    fn visit_u128<E: Error>(self, it: u128) -> Result<(), E> {
        match i64::try_from(it) {
            Ok(it) => self.push(Item::I64(it)),
            Err(_) => self.push_number(it.to_string()),
        }
    }

    fn visit_f64<E: Error>(self, it: f64) -> Result<(), E> {
        self.push(Item::F64(it))
    }

    fn visit_str<E: Error>(self, it: &str) -> Result<(), E> {
        self.push_string(it.to_owned())
    }

    fn visit_string<E: Error>(self, it: String) -> Result<(), E> {
        self.push_string(it)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let at = self.open()?;
        let mut len = 0;
        while seq.next_element_seed(self.inner())?.is_some() {
            len += 1;
        }
        self.tape.close_array(at, len).map_err(too_large)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut object = OpenObject::new(self.open()?);
        loop {
            let key = self.tape.items.len();
            let Some(hash) = map.next_key_seed(Key(self.inner()))? else { break };
            if self.depth == 0 && object.len == 0 && self.tape.key_name(key) == RAW_VALUE {
                *self.json_text = Some(map.next_value_seed(JsonText)?);
                return match map.next_key_seed(Key(self.inner()))? {
                    None => Ok(()),
                    Some(_) => Err(A::Error::custom("expected the text of a document only")),
                };
            }
            map.next_value_seed(self.inner())?;
            self.tape.add_key(&mut object, key, hash).map_err(too_large)?;
        }
        match wrapped_number(self.tape, object.at) {
            Some(number) => {
                self.tape.items.truncate(object.at);
                self.push(number)
            }
            None => self.tape.close_object(&object).map_err(too_large),
        }
    }
}

/// Returns the number in the object at index `at`, if that is the last value and represents a number: by
/// `serde_json` with the feature `arbitrary_precision`, or by [`serialize`](super::serialize).
fn wrapped_number(tape: &Tape<'_>, at: usize) -> Option<Item> {
    let is_number =
        tape.items.len() == at + 3 && [NUMBER, RAW_VALUE].contains(&tape.key_name(at + 1));
    let Some(Item::OwnedString(text)) = tape.items.last().filter(|_| is_number) else {
        return None;
    };
    match scan_number(tape.owned_text(*text))? {
        Item::I64(it) => Some(Item::I64(it)),
        _ => Some(Item::OwnedNumber(*text)),
    }
}

/// Reads the text of a document.
struct JsonText;

impl<'de> DeserializeSeed<'de> for JsonText {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Cow<'de, str>, D::Error> {
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for JsonText {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a document")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text))
    }
}

/// Appends a key as a string, whatever its type in the format.
struct Key<'a, 'de>(Reader<'a, 'de>);

impl Key<'_, '_> {
    fn push_owned<E: Error>(self, key: String) -> Result<KeyHash, E> {
        let hash = KeyHash::new(key.as_bytes());
        let text = self.0.tape.push_text(key).map_err(too_large)?;
        self.0.push(Item::OwnedKey { hash, next: 0, text })?;
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
mod tests;
