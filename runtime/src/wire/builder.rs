//! Building a [`Tape`]: arrays and objects, whose items are written once their ends are known.

use super::keys::{FEW, KeyHash, KeyHashes, index_keys};
use super::steps::count_steps;
use super::tape::{Item, Tape, TooLarge};

/// An object whose end has not been read yet.
pub(super) struct OpenObject {
    /// The index of the object in the tape.
    pub(super) at: usize,
    pub(super) len: u32,
    pub(super) hashes: KeyHashes,
    pub(super) has_duplicates: bool,
}

impl OpenObject {
    pub(super) fn new(at: usize) -> Self {
        Self { at, len: 0, hashes: KeyHashes::default(), has_duplicates: false }
    }
}

impl Tape<'_> {
    /// Reserves the item of an array or object, which is written once its end is known.
    pub(super) fn open(&mut self) -> Result<usize, TooLarge> {
        self.push(Item::Null)?;
        Ok(self.items.len() - 1)
    }

    /// Returns the index after the last item, as it is stored in an item.
    fn end(&self) -> Result<u32, TooLarge> {
        u32::try_from(self.items.len()).map_err(|_| TooLarge)
    }

    fn close(&mut self, at: usize, item: Item) {
        if let Some(reserved) = self.items.get_mut(at) {
            *reserved = item;
        }
    }

    /// Writes the item of an array, after the last of its items was read.
    pub(super) fn close_array(&mut self, at: usize, len: u32) -> Result<(), TooLarge> {
        let end = self.end()?;
        self.close(at, Item::Array { len, end });
        Ok(())
    }

    /// Adds the key at index `key` to an object, after its value was read.
    #[inline]
    pub(super) fn add_key(
        &mut self,
        object: &mut OpenObject,
        key: usize,
        hash: KeyHash,
    ) -> Result<(), TooLarge> {
        let end = self.end()?;
        if let Some(Item::Key { next, .. } | Item::OwnedKey { next, .. }) = self.items.get_mut(key)
        {
            *next = end;
        }
        if object.len < FEW.into() && !object.has_duplicates && object.hashes.may_contain(hash) {
            object.has_duplicates = self.is_duplicate(object.at, key, hash);
        }
        object.hashes.insert(hash);
        object.len += 1;
        Ok(())
    }

    /// Writes the item of an object, after the last of its fields was read.
    pub(super) fn close_object(&mut self, object: &OpenObject) -> Result<(), TooLarge> {
        let end = self.end()?;
        let OpenObject { at, len, hashes, has_duplicates } = *object;
        if let Ok(len @ ..=FEW) = u8::try_from(len) {
            self.close(at, Item::Object { has_duplicates, len, end, hashes });
            return Ok(());
        }
        let next = |key: &u32| self.key_link(*key as usize).map(|(_, next)| next as u32);
        let keys = std::iter::successors(Some(at as u32 + 1), next).take(len as usize);
        let (keys, has_duplicates) = index_keys(keys, |key| self.key(key as usize));
        let index = u32::try_from(self.indexes.len()).map_err(|_| TooLarge)?;
        self.indexes.push(keys);
        self.close(at, Item::WideObject { has_duplicates, len, end, index });
        Ok(())
    }

    /// Whether a key before the one at index `key` in the object at index `at` has the same name.
    #[inline(never)]
    fn is_duplicate(&self, at: usize, key: usize, hash: KeyHash) -> bool {
        let name = self.key(key);
        let mut other = at + 1;
        while other < key {
            count_steps(1);
            let Some((other_hash, next)) = self.key_link(other) else { return false };
            if other_hash == hash && self.key(other) == name {
                return true;
            }
            other = next;
        }
        false
    }
}
