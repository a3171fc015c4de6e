//! The keys of an object: quick comparison, lookup in wide objects, and detection of duplicates.

use super::steps::count_steps;

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

/// Returns a hash of all bytes of a key (FNV-1a). Keys that collide are compared by name, so a document
/// made of them is not searched more slowly than in `log n` comparisons.
fn full_hash(name: &[u8]) -> u32 {
    name.iter().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// Returns the index of the keys of a wide object, and whether one appears twice. `keys` are the indices of
/// the keys in the tape, and `name` returns the name at such an index.
pub(super) fn index_keys<'k>(
    keys: impl Iterator<Item = u32>,
    name: impl Fn(u32) -> &'k [u8],
) -> (Vec<IndexedKey>, bool) {
    let indexed = |(position, at)| IndexedKey { hash: full_hash(name(at)), position, at };
    let mut keys: Vec<IndexedKey> = (0..).zip(keys).map(indexed).collect();
    keys.sort_unstable_by(|a, b| {
        count_steps(1);
        let by_name = || name(a.at).cmp(name(b.at));
        a.hash.cmp(&b.hash).then_with(by_name).then(a.position.cmp(&b.position))
    });
    let is_same = |a: &IndexedKey, b: &IndexedKey| a.hash == b.hash && name(a.at) == name(b.at);
    let has_duplicates = keys.windows(2).any(|pair| matches!(pair, [a, b] if is_same(a, b)));
    (keys, has_duplicates)
}

/// Returns the keys of a name in the index of a wide object; `name` is as in [`index_keys`].
pub(super) fn find_keys<'k>(
    keys: &'k [IndexedKey],
    wanted: &'k [u8],
    name: impl Fn(u32) -> &'k [u8] + Clone + 'k,
) -> impl Iterator<Item = IndexedKey> + 'k {
    let hash = full_hash(wanted);
    let order = move |key: &IndexedKey| {
        count_steps(1);
        key.hash.cmp(&hash).then_with(|| name(key.at).cmp(wanted))
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
