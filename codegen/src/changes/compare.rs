//! Compares the public items of two versions.

use std::collections::BTreeMap;

use super::renames::Renames;
use super::subject::part_subject;
use super::{Change, ChangeKind, rules};
use crate::surface::{
    Direction, Item, ItemKind, NEW, NEW_FROM_FIELDS, NEW_FROM_FIELDS_WITH_MOCK, NEW_WITH_MOCK,
    Owner, Surface,
};

/// Returns what differs between two versions of a client, the breaking changes first.
///
/// The new version has to be named with the recorded names of the old one: items are the same if they
/// have the same name, or else the same key in the document, or else the same content.
pub fn compare(old: &Surface, new: &Surface) -> Vec<Change> {
    let by_name = |surface: &'_ Surface| -> BTreeMap<(ItemKind, String), usize> {
        let owners = surface.owners.iter().enumerate();
        owners.map(|(index, it)| ((it.item.kind, it.item.name.clone()), index)).collect()
    };
    let (old_names, new_names) = (by_name(old), by_name(new));
    let is_in = |names: &BTreeMap<(ItemKind, String), usize>, owner: &&Owner| {
        names.contains_key(&(owner.item.kind, owner.item.name.clone()))
    };
    let mut removed: Vec<&Owner> =
        old.owners.iter().filter(|owner| !is_in(&new_names, owner)).collect();
    let mut added: Vec<&Owner> =
        new.owners.iter().filter(|owner| !is_in(&old_names, owner)).collect();
    let renames = Renames::find(&removed, &added);
    let mut pairs: Vec<(&Owner, &Owner)> = Vec::new();
    for owner in &old.owners {
        let same_name = new_names.get(&(owner.item.kind, owner.item.name.clone()));
        pairs.extend(same_name.and_then(|index| Some((owner, new.owners.get(*index)?))));
    }
    removed.retain(|old| {
        let is_same = |new: &&Owner| match renames.get(&old.item.name) {
            Some(name) if old.item.kind == ItemKind::Type => new.item.name == name,
            _ if !old.item.key.is_empty() && new.item.key == old.item.key => true,
            // The request type has the name of the operation.
            _ => old.item.kind == ItemKind::Operation && new.item.ty == old.item.ty,
        };
        let found = added.iter().position(|new| new.item.kind == old.item.kind && is_same(new));
        pairs.extend(found.map(|index| (*old, added.remove(index))));
        found.is_none()
    });
    let mut changes = Vec::new();
    for (old, new) in pairs {
        PairComparison { old, new, renames: &renames, changes: &mut changes }.compare();
    }
    changes.extend(removed.iter().map(|owner| change_of_owner(owner, ChangeKind::Removed)));
    changes.extend(added.iter().map(|owner| change_of_owner(owner, ChangeKind::Added)));
    changes.sort_by(|a, b| b.impact.cmp(&a.impact).then_with(|| a.subject.cmp(&b.subject)));
    changes
}

/// Returns the change of an operation or type that only one version has.
fn change_of_owner(owner: &Owner, kind: ChangeKind) -> Change {
    let item = &owner.item;
    let detail = if item.kind == ItemKind::Operation { &item.key } else { &item.ty };
    let ends = match kind {
        ChangeKind::Added => (None, Some(item)),
        _ => (Some(item), None),
    };
    new_change(ends, kind, item.name.clone(), detail.clone())
}

/// Creates a change of an item, which at least one version has.
fn new_change(
    (old, new): (Option<&Item>, Option<&Item>),
    kind: ChangeKind,
    subject: String,
    detail: String,
) -> Change {
    let directions = (old.map(|it| it.direction), new.map(|it| it.direction));
    let direction = match directions {
        (Some(old), Some(new)) if old != new => Direction::Both,
        (Some(direction), _) | (None, Some(direction)) => direction,
        (None, None) => Direction::Both,
    };
    let item = new.or(old).map_or(ItemKind::Type, |it| it.kind);
    let (impact, reason) = rules::effect(item, kind, direction);
    let location = |item: Option<&Item>| item.and_then(|it| it.location.clone());
    let (old, new) = (location(old), location(new));
    Change { item, kind, subject, detail, direction, impact, reason, old, new }
}

/// An operation or type in both versions.
struct PairComparison<'a> {
    old: &'a Owner,
    new: &'a Owner,
    renames: &'a Renames<'a>,
    changes: &'a mut Vec<Change>,
}

impl PairComparison<'_> {
    fn compare(&mut self) {
        self.compare_owners();
        self.compare_order();
        // A struct that becomes an enum has nothing in common with it, except for traits.
        let is_other_kind =
            self.old.item.kind == ItemKind::Type && self.old.item.ty != self.new.item.ty;
        let is_compared = |part: &&Item| !is_other_kind || part.kind == ItemKind::Trait;
        let mut matched: Vec<bool> = self.new.parts.iter().map(|it| !is_compared(&it)).collect();
        for old in self.old.parts.iter().filter(is_compared) {
            let is_same = |new: &Item| group(new.kind) == group(old.kind) && new.key == old.key;
            match self.new.parts.iter().position(is_same) {
                None => self.push((Some(old), None), ChangeKind::Removed, old.ty.clone()),
                Some(index) => {
                    if let Some(is_matched) = matched.get_mut(index) {
                        *is_matched = true;
                    }
                    if let Some(new) = self.new.parts.get(index) {
                        self.compare_parts(old, new);
                    }
                }
            }
        }
        for (new, _) in self.new.parts.iter().zip(matched).filter(|(_, is_matched)| !is_matched) {
            let is_required = new.required && new.kind != ItemKind::Argument;
            let kind = if is_required { ChangeKind::AddedRequired } else { ChangeKind::Added };
            self.push((None, Some(new)), kind, new.ty.clone());
        }
    }

    fn compare_owners(&mut self) {
        let (old, new) = (&self.old.item, &self.new.item);
        let is_operation = old.kind == ItemKind::Operation;
        let arrow = |old: &str, new: &str| format!("{old} → {new}");
        let mut found = Vec::new();
        if old.name != new.name {
            found.push((ChangeKind::Renamed, arrow(&old.name, &new.name)));
        } else if !is_operation && old.ty != new.ty {
            found.push((ChangeKind::Retyped, arrow(&old.ty, &new.ty)));
        }
        if is_operation && old.key != new.key {
            found.push((ChangeKind::Moved, arrow(&old.key, &new.key)));
        }
        if new.deprecated && !old.deprecated {
            found.push((ChangeKind::Deprecated, String::new()));
        }
        let changes = found.into_iter().map(|(kind, detail)| {
            new_change((Some(old), Some(new)), kind, old.name.clone(), detail)
        });
        self.changes.extend(changes);
    }

    /// Compares the order of the arguments that both versions have.
    fn compare_order(&mut self) {
        let arguments = |owner: &Owner, other: &Owner| -> Vec<(String, String)> {
            let is_argument = |part: &&Item| {
                let is_field = part.kind == ItemKind::Field;
                part.required && (is_field || part.kind == ItemKind::Argument)
            };
            let find = |key: &str| other.parts.iter().filter(is_argument).any(|it| it.key == key);
            let parts = owner.parts.iter().filter(is_argument).filter(|part| find(&part.key));
            parts.map(|part| (part.key.clone(), part.name.clone())).collect()
        };
        let (old, new) = (arguments(self.old, self.new), arguments(self.new, self.old));
        let is_same = has_named_arguments(self.old)
            || has_named_arguments(self.new)
            || old.iter().map(|(key, _)| key).eq(new.iter().map(|(key, _)| key));
        if is_same {
            return;
        }
        let names = |arguments: &[(String, String)]| {
            arguments.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let detail = format!("({}) → ({})", names(&old), names(&new));
        match self.old.item.kind {
            ItemKind::Operation => {
                let (old, new) = (&self.old.item, &self.new.item);
                let subject = old.name.clone();
                let ends = (Some(old), Some(new));
                self.changes.push(new_change(ends, ChangeKind::Reordered, subject, detail));
            }
            _ => {
                let constructor = |owner: &'_ Owner| {
                    owner.parts.iter().find(|it| it.kind == ItemKind::Constructor).cloned()
                };
                let (old, new) = (constructor(self.old), constructor(self.new));
                self.push((old.as_ref(), new.as_ref()), ChangeKind::Reordered, detail);
            }
        }
    }

    fn compare_parts(&mut self, old: &Item, new: &Item) {
        let ends = (Some(old), Some(new));
        let old_ty = self.renames.apply(&old.ty);
        let arrow = |old: &str, new: &str| format!("{old} → {new}");
        if old.kind == ItemKind::Constructor {
            self.compare_constructors(old, new);
            return;
        }
        // Arguments are passed by position.
        if old.name != new.name && old.kind != ItemKind::Argument && new.kind != ItemKind::Argument
        {
            // A variant of a union has the name of its type.
            let is_of_type = self.renames.get(&old.name) == Some(&new.name);
            if !is_of_type || old.kind == ItemKind::Variant {
                self.push(ends, ChangeKind::Renamed, arrow(&old.name, &new.name));
            }
        }
        let is_wrapped = |inner: &str, outer: &str| {
            [format!("Option<{inner}>"), format!("runtime::Patch<{inner}>")].contains(&outer.into())
        };
        let is_field = old.kind == ItemKind::Field;
        let has_presence_change = is_field
            && (is_wrapped(&old_ty, &new.ty)
                || is_wrapped(&new.ty, &old_ty)
                || (old_ty == new.ty && old.required != new.required));
        let is_now_required = (!old.required && new.required)
            || (has_presence_change && is_wrapped(&new.ty, &old_ty));
        if has_presence_change || (!is_field && old.required != new.required) {
            let kind = if is_now_required { ChangeKind::Required } else { ChangeKind::Optional };
            let is_same = old.ty == new.ty;
            self.push(ends, kind, if is_same { new.ty.clone() } else { arrow(&old.ty, &new.ty) });
        }
        if !has_presence_change && old_ty != new.ty {
            self.push(ends, ChangeKind::Retyped, arrow(&old.ty, &new.ty));
        }
    }

    fn compare_constructors(&mut self, old: &Item, new: &Item) {
        let kind = match (old.ty.as_str(), new.ty.as_str()) {
            (old, new) if old == new => return,
            // It was only received before.
            (NEW_WITH_MOCK, NEW) | (NEW_FROM_FIELDS_WITH_MOCK, NEW_FROM_FIELDS) => return,
            _ => ChangeKind::Retyped,
        };
        self.push((Some(old), Some(new)), kind, format!("{} → {}", old.ty, new.ty));
    }

    fn push(&mut self, ends: (Option<&Item>, Option<&Item>), kind: ChangeKind, detail: String) {
        let subject = match ends {
            (Some(old), _) => part_subject(self.old, old),
            (None, Some(new)) => part_subject(self.new, new),
            (None, None) => return,
        };
        self.changes.push(new_change(ends, kind, subject, detail));
    }
}

/// Returns whether the constructor of a type takes its fields by name.
fn has_named_arguments(owner: &Owner) -> bool {
    let is_named = |part: &Item| {
        part.kind == ItemKind::Constructor
            && [NEW_FROM_FIELDS, NEW_FROM_FIELDS_WITH_MOCK].contains(&part.ty.as_str())
    };
    owner.parts.iter().any(is_named)
}

/// Returns the kind by which parts are compared: an argument may become an option.
fn group(kind: ItemKind) -> ItemKind {
    match kind {
        ItemKind::Argument => ItemKind::Option,
        kind => kind,
    }
}
