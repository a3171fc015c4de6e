//! Finds the types that have another name and the same content.

use std::collections::{BTreeMap, BTreeSet};

use crate::surface::{Item, ItemKind, Owner};

/// Types that were renamed: old name → new name.
#[derive(Debug, Clone, Default)]
pub(super) struct Renames<'a>(BTreeMap<&'a str, &'a str>);

impl<'a> Renames<'a> {
    /// Pairs the types that exist in one version only and have the same content. Types that contain each
    /// other are renamed together: the pairs are assumed to be equal until a difference is found.
    pub fn find(removed: &[&'a Owner], added: &[&'a Owner]) -> Self {
        let is_type = |owner: &&&'a Owner| owner.item.kind == ItemKind::Type;
        let mut candidates: Vec<(&Owner, &Owner)> = Vec::new();
        let mut taken = BTreeSet::new();
        for old in removed.iter().filter(is_type) {
            let is_free = |new: &&&'a Owner| !taken.contains(&*new.item.name);
            let mut free = added.iter().filter(is_type).filter(is_free);
            if let Some(new) = free.find(|new| has_same_outline(old, new)) {
                taken.insert(&*new.item.name);
                candidates.push((*old, *new));
            }
        }
        loop {
            let pairs = candidates.iter();
            let renames =
                Self(pairs.map(|(old, new)| (&*old.item.name, &*new.item.name)).collect());
            let count = candidates.len();
            candidates.retain(|(old, new)| {
                let mut parts = old.parts.iter().zip(&new.parts);
                parts.all(|(old, new)| renames.apply(&old.ty) == new.ty)
            });
            if candidates.len() == count {
                return renames;
            }
        }
    }

    /// Returns the new name of a type that was renamed.
    pub fn get(&self, old: &str) -> Option<&'a str> {
        self.0.get(old).copied()
    }

    /// Replaces the old names in the text of a type.
    pub fn apply(&self, ty: &str) -> String {
        if self.0.is_empty() {
            return ty.to_owned();
        }
        let mut text = String::with_capacity(ty.len());
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut rest = ty;
        while let Some(first) = rest.chars().next() {
            let end = match is_word(first) {
                true => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                false => first.len_utf8(),
            };
            let Some((token, tail)) = rest.split_at_checked(end) else { break };
            text.push_str(self.get(token).unwrap_or(token));
            rest = tail;
        }
        text
    }
}

/// Returns whether two types are equal up to the types that they contain. A type without parts equals
/// every other one, so it is not compared.
fn has_same_outline(old: &Owner, new: &Owner) -> bool {
    let is_same = |(old, new): (&Item, &Item)| {
        old.key == new.key && old.kind == new.kind && old.required == new.required
    };
    let is_compared = |owner: &Owner| {
        owner.parts.iter().any(|part| !matches!(part.kind, ItemKind::Trait | ItemKind::Constructor))
    };
    old.item.ty == new.item.ty
        && old.parts.len() == new.parts.len()
        && is_compared(old)
        && old.parts.iter().zip(&new.parts).all(is_same)
}
