//! Aliases that refer to themselves.

use super::reference::MAX_HOPS;
use crate::ir::{Shape, Type, TypeDef, TypeId};
use crate::report::{Location, Problem, Report};
use crate::source::Node;

/// Breaks every cycle of aliases: an alias in it becomes [`Type::Any`]. A cycle without an array or
/// map has no meaning and is an error if the report is strict.
pub fn break_cycles(types: &mut [TypeDef], root: &Node, report: &mut Report) {
    #[derive(Clone, Copy, PartialEq)]
    enum Visit {
        New,
        Active,
        Done,
    }
    let mut visits = vec![Visit::New; types.len()];
    for start in 0..types.len() {
        // (alias, number of its targets that were visited)
        let mut stack = vec![(start, 0)];
        while let Some((alias, next)) = stack.pop() {
            let target = types.get(alias).and_then(|def| alias_targets(def).get(next).copied());
            match target {
                None => set(&mut visits, alias, Visit::Done),
                Some(target) => {
                    set(&mut visits, alias, Visit::Active);
                    stack.push((alias, next + 1));
                    match visits.get(target.0) {
                        Some(Visit::New) => stack.push((target.0, 0)),
                        Some(Visit::Active) => {
                            replace_target(types, alias, target, root, report);
                            // The alias has one target less now.
                            stack.pop();
                            stack.push((alias, next));
                        }
                        Some(Visit::Done) | None => (),
                    }
                }
            }
        }
    }

    fn set(visits: &mut [Visit], alias: usize, visit: Visit) {
        if let Some(slot) = visits.get_mut(alias) {
            *slot = visit;
        }
    }
}

/// Returns the types that an alias refers to.
fn alias_targets(def: &TypeDef) -> Vec<TypeId> {
    match &def.shape {
        Shape::Alias(ty) => super::dedup_types::named_types(ty),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => Vec::new(),
    }
}

/// Replaces `target` in the alias at `index` by [`Type::Any`], and reports it.
fn replace_target(
    types: &mut [TypeDef],
    index: usize,
    target: TypeId,
    root: &Node,
    report: &mut Report,
) {
    let pure = is_pure_cycle(types, index);
    let Some(def) = types.get_mut(index) else { return };
    let location = Location::Entry(root.pointer(&def.pointer).unwrap_or(root).origin);
    if pure {
        let message = "this schema refers only to itself";
        let help = "point the `$ref` to a schema that declares a type";
        report.error_or_warn(Problem::error(location, message).help(help));
    } else {
        let message = "this array or map contains itself without an object in between; its items \
                       are read as any JSON value";
        report.push(Problem::warning(location, message));
    }
    if let Shape::Alias(ty) = &mut def.shape {
        replace_with_any(ty, target);
    }
}

/// Whether the alias leads back to itself without an array or map in between.
fn is_pure_cycle(types: &[TypeDef], index: usize) -> bool {
    let mut current = index;
    for _ in 0..=types.len().min(MAX_HOPS * MAX_HOPS) {
        let next = match types.get(current).map(|def| &def.shape) {
            Some(Shape::Alias(Type::Named(id))) => id.0,
            Some(Shape::Alias(Type::Nullable(inner))) => match &**inner {
                Type::Named(id) => id.0,
                _ => return false,
            },
            _ => return false,
        };
        if next == index {
            return true;
        }
        current = next;
    }
    false
}

fn replace_with_any(ty: &mut Type, target: TypeId) {
    match ty {
        Type::Named(id) if *id == target => *ty = Type::Any,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
            replace_with_any(inner, target)
        }
        Type::Named(_) | Type::Any | Type::Scalar(_) => (),
    }
}
