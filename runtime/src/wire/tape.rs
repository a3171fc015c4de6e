//! A document as a flat sequence of items, and a cursor into it.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::DecodeError;
use super::fit::Fit;

/// One item of a [`Tape`]. An array is followed by its items, an object by alternating keys and values;
/// `end` is the index after the last of them, so a value is skipped in constant time.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item<'de> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    /// A string that is borrowed from the input.
    BorrowedString(&'de str),
    /// A string with escapes, as an index into [`Tape::texts`].
    OwnedString(u32),
    /// A key that is borrowed from the input; `next` is the index of the next key.
    BorrowedKey {
        hash: KeyHash,
        next: u32,
        text: &'de str,
    },
    /// A key with escapes; `text` is an index into [`Tape::texts`].
    OwnedKey {
        hash: KeyHash,
        next: u32,
        text: u32,
    },
    Array {
        len: u32,
        end: u32,
    },
    Object {
        len: u32,
        end: u32,
        hashes: KeyHashes,
    },
}

/// A 16-bit hash of a key, to compare keys quickly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyHash(u16);

impl KeyHash {
    pub(super) fn new(name: &str) -> Self {
        let bytes = name.as_bytes();
        let (first, last) = match bytes {
            [first, .., last] => (first, last),
            [only] => return Self(u16::from(*only)),
            [] => return Self(0),
        };
        let len = bytes.len();
        let byte = |index: usize| u32::from(bytes[index]);
        let sample = u32::from(*first) << 24 | byte(len / 2) << 16 | byte(len / 4 * 3) << 8;
        let sample = sample | u32::from(*last) ^ len as u32;
        Self((sample.wrapping_mul(0x9E37_79B1) >> 16) as u16)
    }
}

/// A 64-bit Bloom filter of the key hashes of an object.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct KeyHashes(u64);

impl KeyHashes {
    pub(super) fn insert(&mut self, hash: KeyHash) {
        self.0 |= 1 << (hash.0 % 64);
    }

    /// Returns false if no key has the hash.
    pub(super) fn may_contain(self, hash: KeyHash) -> bool {
        self.0 & 1 << (hash.0 % 64) != 0
    }
}

/// A whole document, read once. Strings without escapes are borrowed from the input.
#[derive(Default)]
pub struct Tape<'de> {
    pub(super) items: Vec<Item<'de>>,
    /// The strings with escapes, kept outside of the items so that these stay `Copy`.
    pub(super) texts: Vec<String>,
    /// The index of the first duplicate key.
    pub(super) duplicate_key: Option<usize>,
    /// How well the values read so far match their types, which a union compares.
    pub(super) fit: Cell<Fit>,
    /// The number of nested unions whose variants are being matched.
    pub(super) open_matches: Cell<u32>,
    /// The variants selected for unions inside a union that is being matched. Without this cache, nested
    /// unions would be matched again for every variant of every outer one: 2^depth for a hostile document.
    pub(super) decided: RefCell<HashMap<(usize, TypeId), Option<usize>>>,
    /// The keys that a struct has already read from an object with more than 64 fields.
    pub(super) taken: RefCell<BTreeSet<usize>>,
}

impl<'de> Tape<'de> {
    /// Returns the root of the document.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node { tape: self, at: 0 }
    }
}

/// A cursor to a value in a document.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tape: &'t Tape<'t>,
    at: usize,
}

impl<'t> Node<'t> {
    /// Returns the value, if it is a string.
    #[must_use]
    pub fn as_str(self) -> Option<&'t str> {
        match self.item() {
            Item::BorrowedString(text) | Item::BorrowedKey { text, .. } => Some(text),
            Item::OwnedString(index) | Item::OwnedKey { text: index, .. } => {
                self.tape.texts.get(index as usize).map(String::as_str)
            }
            _ => None,
        }
    }

    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(self.item(), Item::Null)
    }

    /// Returns the discriminator of a union: the string in the field `name`.
    #[must_use]
    pub fn tag(self, name: &str) -> Option<&'t str> {
        self.field(name)?.as_str()
    }

    /// Returns a field of the object.
    #[must_use]
    pub fn field(self, name: &str) -> Option<Node<'t>> {
        self.entries()?.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// Returns the items of the array.
    #[must_use]
    pub fn items(self) -> Option<impl ExactSizeIterator<Item = Node<'t>>> {
        let Item::Array { len, .. } = self.item() else { return None };
        let mut at = self.at + 1;
        Some((0..len as usize).map(move |_| {
            let node = self.with(at);
            at = node.end();
            node
        }))
    }

    /// Returns the keys and values of the object, in document order.
    #[must_use]
    pub fn entries(self) -> Option<impl ExactSizeIterator<Item = (&'t str, Node<'t>)>> {
        let Item::Object { len, .. } = self.item() else { return None };
        let mut at = self.at + 1;
        Some((0..len as usize).map(move |_| {
            let (key, value) = (self.with(at).as_str().unwrap_or_default(), self.with(at + 1));
            at = value.end();
            (key, value)
        }))
    }

    /// Returns the value as untyped JSON.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self.item() {
            Item::Null => Value::Null,
            Item::Bool(it) => Value::Bool(it),
            Item::I64(it) => Value::from(it),
            Item::U64(it) => Value::from(it),
            Item::F64(it) => Value::from(it),
            Item::BorrowedString(_)
            | Item::OwnedString(_)
            | Item::BorrowedKey { .. }
            | Item::OwnedKey { .. } => Value::from(self.as_str().unwrap_or_default()),
            Item::Array { .. } => {
                Value::Array(self.items().into_iter().flatten().map(Node::to_value).collect())
            }
            Item::Object { .. } => {
                let entries = self.entries().into_iter().flatten();
                Value::Object(entries.map(|(key, it)| (key.to_owned(), it.to_value())).collect())
            }
        }
    }

    /// Returns the type of the value, for an error message.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self.item() {
            Item::Null => "null",
            Item::Bool(_) => "a boolean",
            Item::I64(_) | Item::U64(_) => "an integer",
            Item::F64(_) => "a number",
            Item::BorrowedString(_)
            | Item::OwnedString(_)
            | Item::BorrowedKey { .. }
            | Item::OwnedKey { .. } => "a string",
            Item::Array { .. } => "an array",
            Item::Object { .. } => "an object",
        }
    }

    /// Creates the error that the value is not `what`.
    #[cold]
    #[must_use]
    pub fn expected(self, what: &'static str) -> DecodeError {
        DecodeError::expected(what, self.kind())
    }

    /// Returns the number of fields of the object, the index after the last, and the hashes of the keys.
    pub(super) fn object(self) -> Option<(u32, usize, KeyHashes)> {
        match self.item() {
            Item::Object { len, end, hashes } => Some((len, end as usize, hashes)),
            _ => None,
        }
    }

    pub(super) fn item(self) -> Item<'t> {
        self.tape.items.get(self.at).copied().unwrap_or(Item::Null)
    }

    pub(super) fn tape(self) -> &'t Tape<'t> {
        self.tape
    }

    pub(super) fn index(self) -> usize {
        self.at
    }

    pub(super) fn with(self, at: usize) -> Node<'t> {
        Node { tape: self.tape, at }
    }

    /// Returns the index after this value.
    pub(super) fn end(self) -> usize {
        match self.item() {
            Item::Array { end, .. } | Item::Object { end, .. } => end as usize,
            _ => self.at + 1,
        }
    }

    /// Whether the value is being matched against the variants of a union.
    #[must_use]
    pub fn is_union_candidate(self) -> bool {
        self.tape.open_matches.get() > 0
    }

    /// Counts parts of the document that the type does not describe: unknown fields, unknown values of an
    /// enum, and values that match no variant of a union.
    pub fn count_unmatched(self, parts: u32) {
        let fit = self.tape.fit.get();
        self.tape.fit.set(Fit { unmatched: fit.unmatched.saturating_add(parts), ..fit });
    }

    /// Counts a value read by a type that accepts any value of its kind: any string as a `String`, a
    /// field without a name in the table, a [`Value`]. Of two variants with equally many unmatched parts,
    /// the one with fewer such values wins.
    pub fn count_generic(self) {
        let fit = self.tape.fit.get();
        self.tape.fit.set(Fit { generic: fit.generic.saturating_add(1), ..fit });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_has_24_bytes() {
        assert_eq!(size_of::<Item<'_>>(), 24);
    }

    #[test]
    fn similar_names_have_different_hashes() {
        let names = [
            "id",
            "di",
            "name",
            "a1",
            "a11",
            "first_name",
            "last_name",
            "first_line",
            "x",
            "y",
            "",
        ];
        for (index, name) in names.iter().enumerate() {
            let same = names.iter().position(|other| KeyHash::new(other) == KeyHash::new(name));
            assert_eq!(same, Some(index), "{name}");
        }
    }
}
