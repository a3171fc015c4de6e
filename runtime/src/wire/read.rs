//! Filling a [`Tape`] from any of serde's formats.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::tape::{Item, Tag, Tags};
use super::{Decode, DecodeError, Tape, repeat};

/// Deeper documents are refused: reading and decoding are recursive. (`serde_json` stops at 128.)
const MAX_DEPTH: u16 = 192;

/// How `serde_json` hands over a number when somebody in the build turned on `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads a JSON document (RFC 8259) into a type. A byte order mark in front is ignored (§8.1).
///
/// # Errors
/// With the place in the document where it is no JSON or not what the type expects.
pub fn from_slice<T: Decode>(bytes: &[u8]) -> Result<T, DecodeError> {
    T::decode(read_json(bytes)?.root())
}

/// Reads a JSON document.
pub(crate) fn read_json(bytes: &[u8]) -> Result<Tape<'_>, DecodeError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    // Checked as a whole: text by text takes longer.
    let text = std::str::from_utf8(bytes).map_err(|_| DecodeError::not_utf8())?;
    let mut json = serde_json::Deserializer::from_str(text);
    // Enough for most documents; what is not needed is not touched either.
    let tape = read(&mut json, bytes.len() / 6).and_then(|tape| json.end().map(|()| tape));
    let tape = tape.map_err(|error| DecodeError::syntax(&error))?;
    repeat::check(&tape)?;
    Ok(tape)
}

/// What `serde::Deserialize` of a generated type does.
///
/// # Errors
/// As the format reports them, with the path inside the document in the message.
pub fn deserialize<'de, T: Decode, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let tape = read(from, 0)?;
    repeat::check(&tape).and_then(|()| T::decode(tape.root())).map_err(D::Error::custom)
}

fn read<'de, D: Deserializer<'de>>(from: D, capacity: usize) -> Result<Tape<'de>, D::Error> {
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

    fn text<E: Error>(self, text: String) -> Result<(), E> {
        let index = u32::try_from(self.tape.texts.len()).map_err(|_| E::custom("too large"))?;
        self.tape.texts.push(text);
        self.push(Item::Made(index))
    }

    /// Reserves the place of a list's or object's own item.
    fn open<E: Error>(&mut self) -> Result<usize, E> {
        if self.depth >= MAX_DEPTH {
            return Err(E::custom("nested too deeply"));
        }
        self.tape.items.push(Item::Null);
        Ok(self.tape.items.len() - 1)
    }

    /// The item behind the last one, which has to fit the item's own field.
    fn end<E: Error>(&self) -> Result<u32, E> {
        u32::try_from(self.tape.items.len()).map_err(|_| E::custom("too large"))
    }

    fn inner(&mut self) -> Reader<'_, 'de> {
        Reader { tape: self.tape, depth: self.depth + 1 }
    }

    fn close(&mut self, at: usize, item: Item<'de>) {
        if let Some(place) = self.tape.items.get_mut(at) {
            *place = item;
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
        self.text(it.to_owned())
    }

    fn visit_borrowed_str<E: Error>(self, it: &'de str) -> Result<(), E> {
        self.push(Item::Text(it))
    }

    fn visit_string<E: Error>(self, it: String) -> Result<(), E> {
        self.text(it)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<(), A::Error> {
        let at = self.open()?;
        let mut len = 0;
        while list.next_element_seed(self.inner())?.is_some() {
            len += 1;
        }
        let end = self.end()?;
        self.close(at, Item::List { len, end });
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let at = self.open()?;
        let (mut len, mut tags) = (0, Tags::default());
        loop {
            let key = self.tape.items.len();
            let Some(tag) = map.next_key_seed(Key(self.inner()))? else { break };
            map.next_value_seed(self.inner())?;
            let end = self.end()?;
            if let Some(Item::Key { next, .. } | Item::MadeKey { next, .. }) =
                self.tape.items.get_mut(key)
            {
                *next = end;
            }
            if tags.may_hold(tag) {
                repeat::note(self.tape, at, key, len);
            }
            tags.insert(tag);
            len += 1;
        }
        let end = self.end()?;
        repeat::note_among_many(self.tape, at, len);
        match wrapped_number(self.tape, at) {
            Some(number) => {
                self.tape.items.truncate(at);
                self.tape.items.push(number);
            }
            None => self.close(at, Item::Object { len, end, tags }),
        }
        Ok(())
    }
}

/// The number in an object that `serde_json` made of one.
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

/// Appends a key, as text whatever the format made of it.
struct Key<'a, 'de>(Reader<'a, 'de>);

impl Key<'_, '_> {
    fn made<E: Error>(self, key: String) -> Result<Tag, E> {
        let (tag, tape) = (Tag::of(&key), self.0.tape);
        let text = u32::try_from(tape.texts.len()).map_err(|_| E::custom("too large"))?;
        tape.texts.push(key);
        tape.items.push(Item::MadeKey { tag, next: 0, text });
        Ok(tag)
    }
}

impl<'de> DeserializeSeed<'de> for Key<'_, 'de> {
    type Value = Tag;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Tag, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Key<'_, 'de> {
    type Value = Tag;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Tag, E> {
        let tag = Tag::of(text);
        self.0.tape.items.push(Item::Key { tag, next: 0, text });
        Ok(tag)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Tag, E> {
        self.made(key.to_owned())
    }

    fn visit_string<E: Error>(self, key: String) -> Result<Tag, E> {
        self.made(key)
    }

    fn visit_bool<E: Error>(self, key: bool) -> Result<Tag, E> {
        self.made(key.to_string())
    }

    fn visit_i64<E: Error>(self, key: i64) -> Result<Tag, E> {
        self.made(key.to_string())
    }

    fn visit_u64<E: Error>(self, key: u64) -> Result<Tag, E> {
        self.made(key.to_string())
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
    fn a_document_comes_back_as_it_was() {
        let text = r#"{"a":[1,-2,3.5,18446744073709551615,"x\ny",null,true,{}],"b":{"c":[]}}"#;
        assert_eq!(read_value(text).to_string(), text);
    }

    #[test]
    fn a_byte_order_mark_is_ignored() {
        assert_eq!(read_value("\u{feff}[1]"), json!([1]));
    }

    #[test]
    fn what_follows_the_document_is_an_error() {
        assert!(from_slice::<Value>(b"{} {}").is_err());
        assert!(from_slice::<Value>(b"").is_err());
        assert!(from_slice::<Value>(b"{\"a\":").is_err());
    }

    #[test]
    fn depth_is_bounded_whatever_the_format() {
        let deep = "[".repeat(100_000);
        assert!(from_slice::<Value>(deep.as_bytes()).is_err());
        let value = (0..400).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
        let error = deserialize::<Value, _>(value).unwrap_err();
        assert_eq!(error.to_string(), "nested too deeply");
    }

    #[test]
    fn a_number_of_arbitrary_precision_is_a_number() {
        let text = format!("[{{\"{NUMBER}\":\"12\"}},{{\"{NUMBER}\":\"1.5\"}},3]");
        assert_eq!(read_value(&text), json!([12, 1.5, 3]));
    }
}
