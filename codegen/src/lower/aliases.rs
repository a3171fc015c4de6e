//! Replaces components that only give another name to a type by that type, so that later stages see
//! no aliases.

use std::collections::BTreeMap;

use super::schema_type::{LoweredSchema, LoweredType};
use crate::depth::MAX_CONTAINER_DEPTH;
use crate::ir::{Operation, Type, TypeDef, TypeId, TypeName};
use crate::report::{Location, Problem, Report};
use crate::source::Node;

/// The type that each [`LoweredType`] stands for.
pub type Replacements = BTreeMap<TypeId, Type>;

/// What remains of the lowered types without the aliases.
pub struct ResolvedTypes {
    /// The types with a definition of their own.
    pub types: Vec<TypeDef>,
    /// The type that each [`LoweredType`] stands for.
    pub replacements: Replacements,
    /// The type of each component by its key.
    pub components: BTreeMap<String, Type>,
}

/// Resolves the aliases among `lowered`. A cycle of aliases is broken: one of them becomes
/// [`Type::Any`]. A cycle without an array or map has no meaning and is an error if the report is
/// strict.
pub fn resolve(lowered: Vec<LoweredType>, root: &Node, report: &mut Report) -> ResolvedTypes {
    let replacements = Aliases::new(&lowered, root, report).resolve_all();
    let (mut types, mut components) = (Vec::new(), BTreeMap::new());
    for (index, lowered) in lowered.into_iter().enumerate() {
        let LoweredType { name, doc, definition, pointer } = lowered;
        if let (TypeName::Component(key), Some(ty)) = (&name, replacements.get(&TypeId(index))) {
            components.insert(key.clone(), ty.clone());
        }
        if let LoweredSchema::Def(mut shape) = definition {
            let mut is_cut = false;
            shape.for_each_type_mut(&mut |ty| is_cut |= replace(ty, &replacements));
            if is_cut {
                report_depth(location(&pointer, root), report);
            }
            types.push(TypeDef { name, doc, shape, pointer });
        }
    }
    ResolvedTypes { types, replacements, components }
}

/// Replaces aliases by their targets in every type that operations use.
pub fn replace_in_operations(
    operations: &mut [Operation],
    replacements: &Replacements,
    root: &Node,
    report: &mut Report,
) {
    for operation in operations {
        let mut is_cut = false;
        operation.for_each_type_mut(&mut |ty| is_cut |= replace(ty, replacements));
        if is_cut {
            report_depth(location(&operation.pointer, root), report);
        }
    }
}

/// Replaces the named type in `ty` by the one that it stands for. An array or map that is then
/// nested too deeply becomes [`Type::Any`]: the printed type is parsed recursively, by this generator
/// and by the compiler. Returns whether there is one, which is to be reported.
pub fn replace(ty: &mut Type, replacements: &Replacements) -> bool {
    let innermost = ty.innermost_mut();
    if let Type::Named(id) = innermost
        && let Some(replacement) = replacements.get(id)
    {
        *innermost = replacement.clone();
    }
    normalise(ty, 0)
}

/// Removes `null` around types that allow it, and limits the containers, of which `depth` are around
/// `ty`. Returns whether there were too many.
fn normalise(ty: &mut Type, depth: usize) -> bool {
    match ty {
        Type::List(_) | Type::Map(_) if depth == MAX_CONTAINER_DEPTH => {
            *ty = Type::Any;
            true
        }
        Type::List(inner) | Type::Map(inner) => normalise(inner, depth + 1),
        Type::Nullable(inner) => {
            let is_cut = normalise(inner, depth);
            if matches!(**inner, Type::Any | Type::Nullable(_)) {
                *ty = std::mem::replace(inner, Type::Any);
            }
            is_cut
        }
        Type::Any | Type::Scalar(_) | Type::Named(_) => false,
    }
}

/// Reports a type at `location` that [`replace`] limited.
pub fn report_depth(location: Location, report: &mut Report) {
    let message = format!(
        "arrays and maps are nested more than {MAX_CONTAINER_DEPTH} levels deep here; the values \
         in the innermost ones are read as any JSON value"
    );
    report.push(Problem::warning(location, message));
}

fn location(pointer: &str, root: &Node) -> Location {
    Location::Entry(root.pointer(pointer).unwrap_or(root).origin)
}

struct Aliases<'a> {
    root: &'a Node,
    report: &'a mut Report,
    /// The aliases that are not resolved yet: the target and the JSON pointer of each.
    targets: BTreeMap<TypeId, (Type, &'a str)>,
    replacements: Replacements,
}

impl<'a> Aliases<'a> {
    fn new(lowered: &'a [LoweredType], root: &'a Node, report: &'a mut Report) -> Self {
        let (mut targets, mut replacements) = (BTreeMap::new(), Replacements::new());
        for (index, lowered) in lowered.iter().enumerate() {
            let id = TypeId(index);
            match &lowered.definition {
                LoweredSchema::Type(ty) => {
                    targets.insert(id, (ty.clone(), lowered.pointer.as_str()));
                }
                LoweredSchema::Def(_) => {
                    // Its number among the types with a definition.
                    replacements.insert(id, Type::Named(TypeId(replacements.len())));
                }
            }
        }
        Self { root, report, targets, replacements }
    }

    fn resolve_all(mut self) -> Replacements {
        while let Some(id) = self.targets.keys().next() {
            self.resolve(*id);
        }
        self.replacements
    }

    /// Resolves an alias and those that its target refers to, the last one first.
    fn resolve(&mut self, id: TypeId) {
        let mut path: Vec<TypeId> = Vec::new();
        let mut positions: BTreeMap<TypeId, usize> = BTreeMap::new();
        let mut next = Some(id);
        while let Some(id) = next
            && let Some((target, _)) = self.targets.get(&id)
        {
            if let Some(start) = positions.insert(id, path.len()) {
                self.break_cycle(path.get(start..).unwrap_or_default());
                break;
            }
            path.push(id);
            next = target.innermost_id();
        }
        for id in path.into_iter().rev() {
            let Some((mut ty, pointer)) = self.targets.remove(&id) else { continue };
            if replace(&mut ty, &self.replacements) {
                report_depth(location(pointer, self.root), self.report);
            }
            self.replacements.insert(id, ty);
        }
    }

    /// Breaks a cycle of aliases at the last one, and reports that one.
    fn break_cycle(&mut self, cycle: &[TypeId]) {
        let mut targets = cycle.iter().filter_map(|id| self.targets.get(id));
        let has_container = targets.any(|(target, _)| has_container(target));
        let Some((target, pointer)) = cycle.last().and_then(|id| self.targets.get_mut(id)) else {
            return;
        };
        *target.innermost_mut() = Type::Any;
        let location = location(pointer, self.root);
        if has_container {
            let message = "this array or map contains itself without an object in between; its \
                           items are read as any JSON value";
            self.report.push(Problem::warning(location, message));
        } else {
            let message = "this schema refers only to itself";
            let help = "point the `$ref` to a schema that declares a type";
            self.report.error_or_warn(Problem::error(location, message).help(help));
        }
    }
}

/// Whether there is an array or map around the innermost type.
fn has_container(ty: &Type) -> bool {
    match ty {
        Type::List(_) | Type::Map(_) => true,
        Type::Nullable(inner) => has_container(inner),
        Type::Any | Type::Scalar(_) | Type::Named(_) => false,
    }
}
