//! A document as a flat sequence of items, and a cursor into it.

use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Range;

use super::fit::Fit;
use super::keys::{IndexedKey, KeyHash, KeyHashes, find_keys};

/// One item of a [`Tape`]. An array is followed by its items, an object by alternating keys and values;
/// `end` is the index after the last of them, so a value is skipped in constant time.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item {
    Null,
    Bool(bool),
    /// An integer whose text is its digits.
    I64(i64),
    /// A number of a format that has floats instead of text.
    F64(f64),
    /// Any other number, as JSON text.
    Number(TextRange),
    /// Any other number, as an index into [`Tape::texts`].
    OwnedNumber(u32),
    String(TextRange),
    /// A string that is not a part of the input, as an index into [`Tape::texts`].
    OwnedString(u32),
    /// A key; `next` is the index of the next key.
    Key {
        hash: KeyHash,
        next: u32,
        text: TextRange,
    },
    /// A key that is not a part of the input; `text` is an index into [`Tape::texts`].
    OwnedKey {
        hash: KeyHash,
        next: u32,
        text: u32,
    },
    Array {
        len: u32,
        end: u32,
    },
    /// An object with few keys.
    Object {
        has_duplicates: bool,
        len: u8,
        end: u32,
        hashes: KeyHashes,
    },
    /// An object with many keys; `index` is an index into [`Tape::indexes`].
    WideObject {
        has_duplicates: bool,
        len: u32,
        end: u32,
        index: u32,
    },
}

/// A part of the input.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextRange {
    start: u32,
    end: u32,
}

impl TextRange {
    /// Creates the range of a text whose length fits into a `u32`.
    #[inline(always)]
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    #[inline(always)]
    fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A whole document, read once.
#[derive(Default)]
pub struct Tape<'de> {
    /// The JSON text, or nothing if the document was read from another format.
    source: &'de str,
    pub(super) items: Vec<Item>,
    /// Strings and numbers that are not a part of the source.
    pub(super) texts: Vec<String>,
    /// The indexes of the wide objects.
    pub(super) indexes: Vec<Vec<IndexedKey>>,
    /// How well the values read so far match their types, which a union compares.
    pub(super) fit: Cell<Fit>,
    /// The number of nested unions whose variants are being matched.
    pub(super) open_matches: Cell<u32>,
    /// The variants selected for unions inside a union that is being matched. Without this cache, nested
    /// unions would be matched again for every variant of every outer one: 2^depth for a hostile document.
    pub(super) decided: RefCell<HashMap<(usize, TypeId), Option<usize>>>,
}

/// The error that a document is too large for memory, or for the indices of a tape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLarge;

impl<'de> Tape<'de> {
    /// Creates an empty tape for a JSON text.
    ///
    /// # Errors
    /// If the length of the text does not fit into a `u32`.
    pub(super) fn for_text(source: &'de str) -> Result<Self, TooLarge> {
        u32::try_from(source.len()).map_err(|_| TooLarge)?;
        let mut tape = Self { source, ..Self::default() };
        // Enough for most documents; unused capacity costs no memory pages. If it is not available, the
        // document may still be small enough.
        let _ = tape.items.try_reserve_exact(source.len() / 6);
        Ok(tape)
    }

    /// Appends an item. Memory that cannot be allocated is an error, since the document determines how
    /// much is needed.
    #[inline]
    pub(super) fn push(&mut self, item: Item) -> Result<(), TooLarge> {
        if self.items.len() == self.items.capacity() {
            self.grow()?;
        }
        self.items.push(item);
        Ok(())
    }

    #[cold]
    fn grow(&mut self) -> Result<(), TooLarge> {
        self.items.try_reserve(1).map_err(|_| TooLarge)
    }

    /// Returns the bytes of the key at index `at`.
    #[inline(always)]
    pub(super) fn key(&self, at: usize) -> &[u8] {
        match self.items.get(at) {
            Some(Item::Key { text, .. }) => self.bytes(*text),
            Some(Item::OwnedKey { text, .. }) => self.owned_text(*text).as_bytes(),
            _ => b"",
        }
    }

    /// Returns the name of the key at index `at`.
    pub(super) fn key_name(&self, at: usize) -> &str {
        match self.items.get(at) {
            Some(Item::Key { text, .. }) => self.text(*text),
            Some(Item::OwnedKey { text, .. }) => self.owned_text(*text),
            _ => "",
        }
    }

    /// Returns the hash of the key at index `at`, and the index of the next key.
    #[inline(always)]
    pub(super) fn key_link(&self, at: usize) -> Option<(KeyHash, usize)> {
        match self.items.get(at)? {
            Item::Key { hash, next, .. } | Item::OwnedKey { hash, next, .. } => {
                Some((*hash, *next as usize))
            }
            _ => None,
        }
    }

    /// Keeps a text, and returns its index.
    pub(super) fn push_text(&mut self, text: String) -> Result<u32, TooLarge> {
        let index = u32::try_from(self.texts.len()).map_err(|_| TooLarge)?;
        self.texts.try_reserve(1).map_err(|_| TooLarge)?;
        self.texts.push(text);
        Ok(index)
    }

    /// Returns the range of a text in the source.
    #[inline]
    pub(super) fn text(&self, text: TextRange) -> &str {
        self.source.get(text.range()).unwrap_or_default()
    }

    /// Returns the bytes of a range of the source.
    #[inline(always)]
    pub(super) fn bytes(&self, text: TextRange) -> &[u8] {
        self.source.as_bytes().get(text.range()).unwrap_or_default()
    }

    pub(super) fn owned_text(&self, index: u32) -> &str {
        self.texts.get(index as usize).map_or("", String::as_str)
    }

    /// Returns the keys of that name in the index of a wide object.
    pub(super) fn find_keys<'t>(
        &'t self,
        keys: &'t [IndexedKey],
        name: &'t str,
    ) -> impl Iterator<Item = IndexedKey> + 't {
        find_keys(keys, name.as_bytes(), |at| self.key(at as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_has_16_bytes() {
        assert_eq!(size_of::<Item>(), 16);
    }
}
