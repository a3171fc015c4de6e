//! The keys of an object: quick comparison, lookup in wide objects, and detection of duplicates.

use super::steps::count_steps;
use super::tape::Tape;

/// Up to this number of keys, an object is searched key by key; a wider one has an index.
pub(super) const FEW: u8 = 64;

/// A 16-bit hash of a key, to compare keys quickly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeyHash(u16);

impl KeyHash {
    #[inline(always)]
    pub(super) fn new(name: &[u8]) -> Self {
        let (first, last) = match name {
            [first, .., last] => (first, last),
            [only] => return Self(u16::from(*only)),
            [] => return Self(0),
        };
        let len = name.len();
        let byte = |index: usize| u32::from(name.get(index).copied().unwrap_or_default());
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

/// How the keys of an object are found.
#[derive(Debug, Clone, Copy)]
pub(super) enum Keys<'t> {
    /// One after the other, if the filter contains the key.
    Few(KeyHashes),
    /// By their index.
    Many(&'t [IndexedKey]),
}

/// A key of a wide object. The keys of an object are sorted by hash, then by name, then by position.
#[derive(Debug, Clone, Copy)]
pub(super) struct IndexedKey {
    hash: u32,
    /// The position of the key in the object.
    pub(super) position: u32,
    /// The index of the key in the tape.
    pub(super) at: u32,
}

/// Returns a hash of all bytes of a key (FNV-1a). Keys that collide are told apart by name, so a document
/// made of them is not searched more slowly than in `log n` comparisons.
fn full_hash(name: &[u8]) -> u32 {
    name.iter().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

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

    /// Adds the key at index `key`, after its value was read.
    #[inline(always)]
    pub(super) fn add_key(&mut self, tape: &Tape<'_>, key: usize, hash: KeyHash) {
        if self.len < FEW.into() && !self.has_duplicates && self.hashes.may_contain(hash) {
            self.has_duplicates = is_duplicate(tape, self.at, key, hash);
        }
        self.hashes.insert(hash);
        self.len += 1;
    }
}

/// Whether a key before the one at index `key` in the object at index `at` has the same name.
#[inline(never)]
fn is_duplicate(tape: &Tape<'_>, at: usize, key: usize, hash: KeyHash) -> bool {
    let name = tape.key(key);
    let mut other = at + 1;
    while other < key {
        count_steps(1);
        let Some((other_hash, next)) = tape.key_link(other) else { return false };
        if other_hash == hash && tape.key(other) == name {
            return true;
        }
        other = next;
    }
    false
}

/// Returns the index of the keys of the wide object at index `at`, and whether one appears twice.
pub(super) fn index_keys(tape: &Tape<'_>, at: usize, len: u32) -> (Vec<IndexedKey>, bool) {
    let mut keys = Vec::with_capacity(len as usize);
    let mut key = at + 1;
    while let Some((_, next)) = tape.key_link(key) {
        let hash = full_hash(tape.key(key));
        keys.push(IndexedKey { hash, position: keys.len() as u32, at: key as u32 });
        key = next;
    }
    let name = |key: &IndexedKey| tape.key(key.at as usize);
    keys.sort_unstable_by(|a, b| {
        count_steps(1);
        a.hash.cmp(&b.hash).then_with(|| name(a).cmp(name(b))).then(a.position.cmp(&b.position))
    });
    let is_same = |a: &IndexedKey, b: &IndexedKey| a.hash == b.hash && name(a) == name(b);
    let has_duplicates = keys.windows(2).any(|pair| matches!(pair, [a, b] if is_same(a, b)));
    (keys, has_duplicates)
}

/// Returns the first key of that name in the index of a wide object.
pub(super) fn find_key(tape: &Tape<'_>, keys: &[IndexedKey], name: &str) -> Option<IndexedKey> {
    keys_from(tape, keys, name).next()
}

/// Whether the index of a wide object has two keys of that name.
pub(super) fn is_indexed_twice(tape: &Tape<'_>, keys: &[IndexedKey], name: &str) -> bool {
    keys_from(tape, keys, name).nth(1).is_some()
}

/// Returns the keys of that name in the index of a wide object.
fn keys_from<'k>(
    tape: &'k Tape<'_>,
    keys: &'k [IndexedKey],
    name: &'k str,
) -> impl Iterator<Item = IndexedKey> + 'k {
    let name = name.as_bytes();
    let hash = full_hash(name);
    let order = move |key: &IndexedKey| {
        count_steps(1);
        key.hash.cmp(&hash).then_with(|| tape.key(key.at as usize).cmp(name))
    };
    let first = keys.partition_point(|key| order(key).is_lt());
    let from_first = keys.get(first..).unwrap_or_default();
    from_first.iter().copied().take_while(move |key| order(key).is_eq())
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let same = names
                .iter()
                .position(|other| KeyHash::new(other.as_bytes()) == KeyHash::new(name.as_bytes()));
            assert_eq!(same, Some(index), "{name}");
        }
    }
}
