//! A partition of the types, refined until equal types have equal types nested in them.

use std::collections::BTreeMap;

use crate::ir::TypeId;

/// A partition of all types into groups.
#[derive(Debug)]
pub struct Partition {
    /// The group of each type.
    group: Vec<usize>,
    /// The types of each group, in their order.
    groups: Vec<Vec<TypeId>>,
}

impl Partition {
    /// Groups the types with the same fingerprint.
    pub fn new<K: Ord>(fingerprints: &[K]) -> Self {
        let mut numbers: BTreeMap<&K, usize> = BTreeMap::new();
        let mut group = Vec::with_capacity(fingerprints.len());
        for fingerprint in fingerprints {
            let next = numbers.len();
            group.push(*numbers.entry(fingerprint).or_insert(next));
        }
        let mut groups = vec![Vec::new(); numbers.len()];
        for (id, number) in group.iter().enumerate() {
            if let Some(types) = groups.get_mut(*number) {
                types.push(TypeId(id));
            }
        }
        Self { group, groups }
    }

    /// Splits the groups until the types in each have nested types of the same groups, in the same
    /// order. It starts from the coarsest partition, so types that contain themselves are equal if
    /// nothing distinguishes them.
    pub fn refine(&mut self, nested: &[Vec<TypeId>]) {
        loop {
            let before = self.groups.len();
            let inner = |ids: &Vec<TypeId>| -> Vec<usize> {
                ids.iter().filter_map(|id| self.group_of(*id)).collect()
            };
            let signatures: Vec<(usize, Vec<usize>)> =
                self.group.iter().zip(nested).map(|(own, ids)| (*own, inner(ids))).collect();
            *self = Self::new(&signatures);
            if self.groups.len() == before {
                return;
            }
        }
    }

    /// Splits the groups by the label of each type.
    pub fn split<L: Ord>(&mut self, labels: &[L]) {
        let labelled: Vec<(usize, &L)> = self.group.iter().copied().zip(labels).collect();
        *self = Self::new(&labelled);
    }

    /// Returns the groups of more than one type.
    pub fn repeated(&self) -> impl Iterator<Item = &[TypeId]> {
        self.groups.iter().map(Vec::as_slice).filter(|types| types.len() > 1)
    }

    /// Returns all groups.
    pub fn into_groups(self) -> Vec<Vec<TypeId>> {
        self.groups
    }

    fn group_of(&self, id: TypeId) -> Option<usize> {
        self.group.get(id.0).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Partition, TypeId};

    fn refined(fingerprints: &[&str], nested: &[&[usize]]) -> Vec<Vec<usize>> {
        let nested: Vec<Vec<TypeId>> =
            nested.iter().map(|ids| ids.iter().copied().map(TypeId).collect()).collect();
        let mut partition = Partition::new(fingerprints);
        partition.refine(&nested);
        let plain = |types: Vec<TypeId>| types.into_iter().map(|TypeId(id)| id).collect();
        partition.into_groups().into_iter().map(plain).collect()
    }

    #[test]
    fn types_that_contain_themselves_are_equal() {
        assert_eq!(refined(&["a", "a"], &[&[0], &[1]]), [[0, 1]]);
        assert_eq!(refined(&["a", "a"], &[&[1], &[0]]), [[0, 1]]);
    }

    #[test]
    fn a_difference_below_separates_the_types_above() {
        let groups = refined(&["a", "a", "b", "b", "x", "y"], &[&[2], &[3], &[4], &[5], &[], &[]]);
        assert_eq!(groups, [[0], [1], [2], [3], [4], [5]]);
    }
}
