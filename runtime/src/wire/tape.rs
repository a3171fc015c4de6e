//! A document as a flat list of items, and a location in it.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::DecodeError;
use super::union::Fit;

/// One item of a [`Tape`]. A list is followed by its items, an object by its keys and values in
/// turn; `end` is the index behind the last of them, so that stepping over a value costs nothing.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item<'de> {
    Null,
    Bool(bool),
    I64(i64),
    U64(u64),
    F64(f64),
    /// Text that stands in the input as it is.
    Text(&'de str),
    /// Text that had to be put together, as an index into [`Tape::texts`].
    Made(u32),
    /// A key; `next` is the index of the one after it.
    Key {
        tag: Tag,
        next: u32,
        text: &'de str,
    },
    /// A key that had to be put together.
    MadeKey {
        tag: Tag,
        next: u32,
        text: u32,
    },
    List {
        len: u32,
        end: u32,
    },
    Object {
        len: u32,
        end: u32,
        tags: Tags,
    },
}

/// A name in short: equal names have equal tags, and others hardly ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag(u16);

impl Tag {
    pub(super) fn of(name: &str) -> Self {
        let bytes = name.as_bytes();
        let (first, last) = match bytes {
            [first, .., last] => (first, last),
            [only] => return Self(u16::from(*only)),
            [] => return Self(0),
        };
        let len = bytes.len();
        let at = |index: usize| u32::from(bytes[index]);
        let sample = u32::from(*first) << 24 | at(len / 2) << 16 | at(len / 4 * 3) << 8;
        let sample = sample | u32::from(*last) ^ len as u32;
        Self((sample.wrapping_mul(0x9E37_79B1) >> 16) as u16)
    }
}

/// Which tags the keys of an object have, as far as 64 bits tell.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tags(u64);

impl Tags {
    pub(super) fn insert(&mut self, tag: Tag) {
        self.0 |= 1 << (tag.0 % 64);
    }

    /// False if no key has the tag.
    pub(super) fn may_hold(self, tag: Tag) -> bool {
        self.0 & 1 << (tag.0 % 64) != 0
    }
}

/// A whole document, read once; text without escapes is borrowed from the input.
#[derive(Default)]
pub struct Tape<'de> {
    pub(super) items: Vec<Item<'de>>,
    /// Texts with escapes; apart from the items, so that these are plain data.
    pub(super) texts: Vec<String>,
    /// The key of a member that its object has already, the first that was met.
    pub(super) repeated: Option<usize>,
    /// How well what has been read so far fits its types: what a union compares.
    pub(super) fit: Cell<Fit>,
    /// How many unions are being tried at this moment, one inside the other.
    pub(super) trials: Cell<u32>,
    /// Which way a union inside a trial has been decided. Without it, unions inside unions would
    /// be tried again for every alternative of every outer one: 2^depth for a hostile document.
    pub(super) decided: RefCell<HashMap<(usize, TypeId), Option<usize>>>,
    /// The members that a struct has taken from a very large object.
    pub(super) taken: RefCell<BTreeSet<usize>>,
}

impl<'de> Tape<'de> {
    /// The document itself.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node { tape: self, at: 0 }
    }
}

/// A value in a document.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tape: &'t Tape<'t>,
    at: usize,
}

impl<'t> Node<'t> {
    /// The value as text.
    #[must_use]
    pub fn as_str(self) -> Option<&'t str> {
        match self.item() {
            Item::Text(text) | Item::Key { text, .. } => Some(text),
            Item::Made(index) | Item::MadeKey { text: index, .. } => {
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

    /// The text of the member that tells a union's variants apart.
    #[must_use]
    pub fn tag(self, name: &str) -> Option<&'t str> {
        self.member(name)?.as_str()
    }

    /// A member of the object, the first of that name.
    #[must_use]
    pub fn member(self, name: &str) -> Option<Node<'t>> {
        self.entries()?.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The items of the list, and how many there are.
    #[must_use]
    pub fn list(self) -> Option<impl ExactSizeIterator<Item = Node<'t>>> {
        let Item::List { len, .. } = self.item() else { return None };
        let mut at = self.at + 1;
        Some((0..len as usize).map(move |_| {
            let node = self.with(at);
            at = node.end();
            node
        }))
    }

    /// The members of the object, in the order of the document.
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

    /// The value as it stands, for what no type describes.
    #[must_use]
    pub fn to_value(self) -> Value {
        match self.item() {
            Item::Null => Value::Null,
            Item::Bool(it) => Value::Bool(it),
            Item::I64(it) => Value::from(it),
            Item::U64(it) => Value::from(it),
            Item::F64(it) => Value::from(it),
            Item::Text(_) | Item::Made(_) | Item::Key { .. } | Item::MadeKey { .. } => {
                Value::from(self.as_str().unwrap_or_default())
            }
            Item::List { .. } => {
                Value::Array(self.list().into_iter().flatten().map(Node::to_value).collect())
            }
            Item::Object { .. } => {
                let entries = self.entries().into_iter().flatten();
                Value::Object(entries.map(|(key, it)| (key.to_owned(), it.to_value())).collect())
            }
        }
    }

    /// What the value is, as a word for an error message.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self.item() {
            Item::Null => "null",
            Item::Bool(_) => "a boolean",
            Item::I64(_) | Item::U64(_) => "an integer",
            Item::F64(_) => "a number",
            Item::Text(_) | Item::Made(_) | Item::Key { .. } | Item::MadeKey { .. } => "a string",
            Item::List { .. } => "a list",
            Item::Object { .. } => "an object",
        }
    }

    /// The error that something else stands here than `what`.
    #[cold]
    #[must_use]
    pub fn expected(self, what: &'static str) -> DecodeError {
        DecodeError::expected(what, self.kind())
    }

    /// How many members the object has, the index behind the last, and the tags of the keys.
    pub(super) fn object(self) -> Option<(u32, usize, Tags)> {
        match self.item() {
            Item::Object { len, end, tags } => Some((len, end as usize, tags)),
            _ => None,
        }
    }

    pub(super) fn item(self) -> Item<'t> {
        self.tape.items.get(self.at).copied().unwrap_or(Item::Null)
    }

    pub(super) fn tape(self) -> &'t Tape<'t> {
        self.tape
    }

    pub(super) fn at(self) -> usize {
        self.at
    }

    pub(super) fn with(self, at: usize) -> Node<'t> {
        Node { tape: self.tape, at }
    }

    /// The index behind this value.
    pub(super) fn end(self) -> usize {
        match self.item() {
            Item::List { end, .. } | Item::Object { end, .. } => end as usize,
            _ => self.at + 1,
        }
    }

    /// Whether the value is read to see if it fits, as a variant of a union.
    #[must_use]
    pub fn is_tried(self) -> bool {
        self.tape.trials.get() > 0
    }

    /// Notes that a part of the document has no location in the type: an ignored member, an unknown
    /// value of an enum, an alternative that no variant of a union takes.
    pub fn misfit(self, parts: u32) {
        let fit = self.tape.fit.get();
        self.tape.fit.set(Fit { misfits: fit.misfits.saturating_add(parts), ..fit });
    }

    /// Notes that a value is taken by a type that would take any of its kind: text as a `String`,
    /// a member beside the named ones, a [`Value`]. Where misfits are even, the tighter type wins.
    pub fn loose(self) {
        let fit = self.tape.fit.get();
        self.tape.fit.set(Fit { loose: fit.loose.saturating_add(1), ..fit });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_stays_small() {
        assert_eq!(size_of::<Item<'_>>(), 24);
    }

    #[test]
    fn names_that_differ_have_different_tags_as_a_rule() {
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
            let same = names.iter().position(|other| Tag::of(other) == Tag::of(name));
            assert_eq!(same, Some(index), "{name}");
        }
    }
}
