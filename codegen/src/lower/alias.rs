//! Components that are only another name for themselves.

use super::reference::MOST_HOPS;
use crate::ir::{Shape, Type, TypeDef, TypeId};
use crate::report::{Location, Problem, Report};
use crate::source::Node;

/// Breaks every cycle of aliases. A cycle without a list or map in it means nothing and is
/// an error, unless the report is lenient.
pub fn check(types: &mut [TypeDef], root: &Node, report: &mut Report) {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        No,
        Open,
        Done,
    }
    let mut seen = vec![Seen::No; types.len()];
    for start in 0..types.len() {
        // (alias, how many of the types it names were followed)
        let mut stack = vec![(start, 0)];
        while let Some((at, next)) = stack.pop() {
            let target = types.get(at).and_then(|def| aliased(def).get(next).copied());
            match target {
                None => set(&mut seen, at, Seen::Done),
                Some(target) => {
                    set(&mut seen, at, Seen::Open);
                    stack.push((at, next + 1));
                    match seen.get(target.0) {
                        Some(Seen::No) => stack.push((target.0, 0)),
                        Some(Seen::Open) => {
                            open(types, at, target, root, report);
                            // The alias names one type less now.
                            stack.pop();
                            stack.push((at, next));
                        }
                        Some(Seen::Done) | None => (),
                    }
                }
            }
        }
    }

    fn set(seen: &mut [Seen], at: usize, value: Seen) {
        if let Some(slot) = seen.get_mut(at) {
            *slot = value;
        }
    }
}

/// The types that an alias names.
fn aliased(def: &TypeDef) -> Vec<TypeId> {
    match &def.shape {
        Shape::Alias(ty) => super::tidy::named(ty),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) => Vec::new(),
    }
}

/// Makes the alias at `index` name any value instead of `target`.
fn open(types: &mut [TypeDef], index: usize, target: TypeId, root: &Node, report: &mut Report) {
    let pure = is_pure(types, index);
    let Some(def) = types.get_mut(index) else { return };
    let location = Location::Member(root.pointer(&def.pointer).unwrap_or(root).origin);
    if pure {
        let what = "this schema is only another name for itself";
        let help = "a reference must lead to a schema with a type";
        report.tolerate(Problem::error(location, what).help(help));
    } else {
        let what = "a list or map of itself, without an object between, is read as any value";
        report.push(Problem::warning(location, what));
    }
    if let Shape::Alias(ty) = &mut def.shape {
        replace(ty, target);
    }
}

/// Whether following the alias leads back to it without a list or map between.
fn is_pure(types: &[TypeDef], index: usize) -> bool {
    let mut at = index;
    for _ in 0..=types.len().min(MOST_HOPS * MOST_HOPS) {
        let next = match types.get(at).map(|def| &def.shape) {
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
        at = next;
    }
    false
}

fn replace(ty: &mut Type, target: TypeId) {
    match ty {
        Type::Named(id) if *id == target => *ty = Type::Any,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => replace(inner, target),
        Type::Named(_) | Type::Any | Type::Scalar(_) => (),
    }
}
