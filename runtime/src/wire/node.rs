//! A cursor to a value in a document.

use std::borrow::Cow;

use super::DecodeError;
use super::fit::Fit;
use super::keys::{KeyHash, Keys};
use super::number::NumberRef;
use super::tape::{Item, Tape};

/// An object of a document.
pub(super) struct ObjectRef<'t> {
    /// The number of fields.
    pub(super) len: u32,
    /// The index after the last field.
    pub(super) end: usize,
    pub(super) keys: Keys<'t>,
    /// Whether a key appears twice.
    pub(super) has_duplicates: bool,
}

impl Tape<'_> {
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
            Item::String(text) => Some(self.tape.text(text)),
            Item::OwnedString(index) => Some(self.tape.owned_text(index)),
            _ => None,
        }
    }

    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(self) -> bool {
        matches!(self.item(), Item::Null)
    }

    /// Returns the value, if it is a number.
    pub(super) fn number(self) -> Option<NumberRef<'t>> {
        match self.item() {
            Item::I64(it) => Some(NumberRef::I64(it)),
            Item::F64(it) => Some(NumberRef::F64(it)),
            Item::Number(text) => Some(NumberRef::Text(self.tape.text(text))),
            Item::OwnedNumber(index) => Some(NumberRef::Text(self.tape.owned_text(index))),
            _ => None,
        }
    }

    /// Returns the text of a string, or the digits of a number as they are in the document.
    pub(crate) fn string_or_number(self) -> Option<Cow<'t, str>> {
        match self.number() {
            Some(number) => number.text(),
            None => self.as_str().map(Cow::Borrowed),
        }
    }

    /// Returns the value, if it is a boolean.
    pub(super) fn as_bool(self) -> Option<bool> {
        match self.item() {
            Item::Bool(it) => Some(it),
            _ => None,
        }
    }

    /// Returns the discriminator of a union: the string in the field `name`.
    #[must_use]
    pub fn tag(self, name: &str) -> Option<&'t str> {
        self.field(name)?.as_str()
    }

    /// Returns a field of the object, unless its key appears twice: parsers differ in which one they use
    /// (RFC 8259 §4).
    #[must_use]
    pub fn field(self, name: &str) -> Option<Node<'t>> {
        let object = self.object()?;
        if object.has_duplicates && self.is_duplicate(name) {
            return None;
        }
        match object.keys {
            Keys::Few(hashes) if !hashes.may_contain(KeyHash::new(name.as_bytes())) => None,
            Keys::Few(_) => self.entries()?.find(|(key, _)| *key == name).map(|(_, value)| value),
            Keys::Many(keys) => {
                let key = self.tape.find_keys(keys, name).next()?;
                Some(self.with(key.at as usize + 1))
            }
        }
    }

    /// Whether the key `name` appears twice in the object.
    #[cold]
    pub(super) fn is_duplicate(self, name: &str) -> bool {
        match self.object().map(|object| object.keys) {
            Some(Keys::Many(keys)) => self.tape.find_keys(keys, name).nth(1).is_some(),
            _ => self.entries().into_iter().flatten().filter(|(key, _)| *key == name).count() > 1,
        }
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
        let len = self.object()?.len;
        let mut at = self.at + 1;
        Some((0..len as usize).map(move |_| {
            let (key, value) = (self.tape.key_name(at), self.with(at + 1));
            at = value.end();
            (key, value)
        }))
    }

    /// Returns the type of the value, for an error message.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self.item() {
            Item::Null => "null",
            Item::Bool(_) => "a boolean",
            Item::I64(_) | Item::F64(_) | Item::Number(_) | Item::OwnedNumber(_) => {
                let is_integer = self.number().is_some_and(NumberRef::is_integer);
                if is_integer { "an integer" } else { "a number" }
            }
            Item::String(_) | Item::OwnedString(_) => "a string",
            // A cursor never points to a key.
            Item::Key { .. } | Item::OwnedKey { .. } => "a key",
            Item::Array { .. } => "an array",
            Item::Object { .. } | Item::WideObject { .. } => "an object",
        }
    }

    /// Creates the error that the value is not `what`.
    #[cold]
    #[must_use]
    pub fn expected(self, what: &'static str) -> DecodeError {
        DecodeError::expected(what, self.kind())
    }

    /// Returns the object, if the value is one.
    pub(super) fn object(self) -> Option<ObjectRef<'t>> {
        match self.item() {
            Item::Object { has_duplicates, len, end, hashes } => {
                let (len, end) = (len.into(), end as usize);
                Some(ObjectRef { len, end, keys: Keys::Few(hashes), has_duplicates })
            }
            Item::WideObject { has_duplicates, len, end, index } => {
                let keys = self.tape.indexes.get(index as usize).map_or(&[][..], Vec::as_slice);
                Some(ObjectRef { len, end: end as usize, keys: Keys::Many(keys), has_duplicates })
            }
            _ => None,
        }
    }

    pub(super) fn item(self) -> Item {
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
            Item::Array { end, .. } | Item::Object { end, .. } | Item::WideObject { end, .. } => {
                end as usize
            }
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
        if !self.is_union_candidate() {
            return;
        }
        let fit = self.tape.fit.get();
        self.tape.fit.set(Fit { unmatched: fit.unmatched.saturating_add(parts), ..fit });
    }

    /// Counts a value read by a type that accepts any value of its kind: any string as a `String`, a
    /// field without a name in the table, a `Value`. Of two variants with equally many unmatched parts,
    /// the one with fewer such values wins.
    pub fn count_generic(self) {
        if !self.is_union_candidate() {
            return;
        }
        let fit = self.tape.fit.get();
        self.tape.fit.set(Fit { generic: fit.generic.saturating_add(1), ..fit });
    }
}
