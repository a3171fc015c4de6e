//! Names of earlier runs and of `vendor.toml`. Types that have different ones stay separate, so that
//! no type loses the name it had.

use std::collections::BTreeMap;

use super::partition::Partition;
use crate::ir::TypeId;

/// Returns the name that each type joins: its own, else the one that most types of its group have.
pub fn separate<'n>(partition: &Partition, names: &[Option<&'n str>]) -> Vec<Option<&'n str>> {
    let name = |id: &TypeId| names.get(id.0).copied().flatten();
    let mut joined = names.to_vec();
    for group in partition.repeated() {
        let most_frequent = most_frequent(group.iter().filter_map(name));
        for id in group {
            if let Some(slot) = joined.get_mut(id.0) {
                *slot = slot.or(most_frequent);
            }
        }
    }
    joined
}

/// Returns the most frequent item, the smallest one of several.
pub fn most_frequent<T: Ord + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    // The iterator is reversed because `max_by_key` returns the last maximum.
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(item, _)| item)
}
