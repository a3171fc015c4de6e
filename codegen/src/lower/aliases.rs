//! Replaces components that only give another name to a type by that type, so that later stages see
//! no aliases.

use std::collections::BTreeMap;

use super::schema_type::{LoweredSchema, LoweredType};
use crate::depth::MAX_CONTAINER_DEPTH;
use crate::ir::{Operation, Type, TypeDef, TypeId, TypeName};
use crate::report::{Location, Problem, Report};
use crate::source::{Node, escape};

/// What remains of the lowered types without the aliases.
pub struct ResolvedTypes {
    /// The types with a definition of their own.
    pub types: Vec<TypeDef>,
    /// The type that each [`LoweredType`] stands for, by its id.
    pub replacements: Vec<Type>,
    /// The type of each component by its key.
    pub components: BTreeMap<String, Type>,
}

/// Resolves the aliases among `lowered`. A cycle of aliases is broken: one of them becomes
/// [`Type::Any`]. A cycle without an array or map has no meaning and is an error if the report is
/// strict.
pub fn resolve(lowered: Vec<LoweredType>, root: &Node, report: &mut Report) -> ResolvedTypes {
    let mut aliases = Aliases::new(&lowered, root, report);
    let replacements: Vec<Type> =
        (0..lowered.len()).map(|index| aliases.resolve(TypeId(index))).collect();
    let mut resolved =
        ResolvedTypes { types: Vec::new(), replacements, components: BTreeMap::new() };
    for (lowered, replacement) in lowered.into_iter().zip(&resolved.replacements) {
        let LoweredType { name, doc, definition, pointer } = lowered;
        if let TypeName::Component(key) = &name {
            resolved.components.insert(key.clone(), replacement.clone());
        }
        if let LoweredSchema::Def(shape) = definition {
            resolved.types.push(TypeDef { name, doc, shape, pointer });
        }
    }
    for def in &mut resolved.types {
        let mut is_cut = false;
        def.shape.for_each_type_mut(&mut |ty| {
            replace(ty, &resolved.replacements);
            is_cut |= limit_containers(ty);
        });
        if is_cut {
            report_depth(&def.pointer, root, report);
        }
    }
    for (key, ty) in &mut resolved.components {
        if limit_containers(ty) {
            report_depth(&format!("/components/schemas/{}", escape(key)), root, report);
        }
    }
    resolved
}

/// Replaces aliases by their targets in every type that operations use.
pub fn replace_in_operations(
    operations: &mut [Operation],
    replacements: &[Type],
    root: &Node,
    report: &mut Report,
) {
    for operation in operations {
        let mut is_cut = false;
        operation.for_each_type_mut(&mut |ty| {
            replace(ty, replacements);
            is_cut |= limit_containers(ty);
        });
        if is_cut {
            report_depth(&operation.pointer, root, report);
        }
    }
}

/// Replaces an array or map that is nested too deeply by [`Type::Any`], and returns whether there
/// is one. The printed type is parsed recursively, by this generator and by the compiler.
fn limit_containers(ty: &mut Type) -> bool {
    let mut current = ty;
    let mut depth = 0;
    loop {
        if matches!(current, Type::List(_) | Type::Map(_)) {
            depth += 1;
            if depth > MAX_CONTAINER_DEPTH {
                *current = Type::Any;
                return true;
            }
        }
        current = match current {
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => inner,
            Type::Any | Type::Scalar(_) | Type::Named(_) => return false,
        };
    }
}

fn report_depth(pointer: &str, root: &Node, report: &mut Report) {
    let message = format!(
        "arrays and maps are nested more than {MAX_CONTAINER_DEPTH} levels deep here; the values \
         in the innermost ones are read as any JSON value"
    );
    let location = Location::Entry(root.pointer(pointer).unwrap_or(root).origin);
    report.push(Problem::warning(location, message));
}

/// Replaces each named type in `ty` by the one with its id.
pub fn replace(ty: &mut Type, replacements: &[Type]) {
    match ty {
        Type::Named(id) => {
            if let Some(replacement) = replacements.get(id.0) {
                *ty = replacement.clone();
            }
        }
        Type::Nullable(inner) => {
            replace(inner, replacements);
            if matches!(**inner, Type::Any | Type::Nullable(_)) {
                *ty = std::mem::replace(inner, Type::Any);
            }
        }
        Type::List(inner) | Type::Map(inner) => replace(inner, replacements),
        Type::Any | Type::Scalar(_) => {}
    }
}

struct Aliases<'a> {
    root: &'a Node,
    report: &'a mut Report,
    /// The pointers of all types, by their ids.
    pointers: Vec<String>,
    /// The target of each alias.
    targets: BTreeMap<TypeId, Type>,
    /// The new id of each type with a definition.
    ids: BTreeMap<TypeId, TypeId>,
    /// Aliases that were resolved: the containers around the type inside, and that type.
    resolved: BTreeMap<TypeId, (Vec<Container>, Type)>,
}

/// An array, a map or `null` around a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    List,
    Map,
    Nullable,
}

impl<'a> Aliases<'a> {
    fn new(lowered: &[LoweredType], root: &'a Node, report: &'a mut Report) -> Self {
        let (mut targets, mut ids) = (BTreeMap::new(), BTreeMap::new());
        for (index, lowered) in lowered.iter().enumerate() {
            match &lowered.definition {
                LoweredSchema::Type(ty) => drop(targets.insert(TypeId(index), ty.clone())),
                LoweredSchema::Def(_) => drop(ids.insert(TypeId(index), TypeId(ids.len()))),
            }
        }
        let pointers = lowered.iter().map(|lowered| lowered.pointer.clone()).collect();
        Self { root, report, pointers, targets, ids, resolved: BTreeMap::new() }
    }

    /// Returns the type that `id` stands for.
    fn resolve(&mut self, id: TypeId) -> Type {
        let mut containers: Vec<Container> = Vec::new();
        // The aliases on the way, each with the number of containers before it.
        let mut visited: BTreeMap<TypeId, usize> = BTreeMap::new();
        let (mut last, mut ty) = (id, Type::Named(id));
        let inner = loop {
            let (container, next) = match ty {
                Type::List(inner) => (Container::List, *inner),
                Type::Map(inner) => (Container::Map, *inner),
                Type::Nullable(inner) => (Container::Nullable, *inner),
                Type::Any | Type::Scalar(_) => break ty,
                Type::Named(id) => match self.targets.get(&id) {
                    None => break self.ids.get(&id).map_or(Type::Any, |id| Type::Named(*id)),
                    Some(_) if containers.len() > MAX_CONTAINER_DEPTH => {
                        self.report_depth(last);
                        visited.retain(|visited, _| *visited == id);
                        break Type::Any;
                    }
                    Some(target) => {
                        if let Some((inside, inner)) = self.resolved.get(&id)
                            && containers.len() + inside.len() <= MAX_CONTAINER_DEPTH
                        {
                            containers.extend(inside);
                            break inner.clone();
                        }
                        if let Some(start) = visited.insert(id, containers.len()) {
                            let inside = containers.get(start..).unwrap_or_default();
                            let is_pure = inside.iter().all(|it| *it == Container::Nullable);
                            visited.insert(id, start);
                            self.break_cycle(last, is_pure);
                            break Type::Any;
                        }
                        last = id;
                        ty = target.clone();
                        continue;
                    }
                },
            };
            containers.push(container);
            ty = next;
        };
        let resolved = wrap(&containers, inner.clone());
        for (id, start) in visited {
            let inside = containers.get(start..).unwrap_or_default().to_vec();
            self.resolved.insert(id, (inside, inner.clone()));
        }
        resolved
    }

    fn location(&self, id: TypeId) -> Location {
        let node = self.pointers.get(id.0).and_then(|pointer| self.root.pointer(pointer));
        Location::Entry(node.unwrap_or(self.root).origin)
    }

    fn report_depth(&mut self, id: TypeId) {
        let message = format!(
            "arrays and maps are nested more than {MAX_CONTAINER_DEPTH} levels deep; the items \
             here are read as any JSON value"
        );
        self.report.push(Problem::warning(self.location(id), message));
    }

    /// Reports the alias that closes a cycle, and breaks the cycle there.
    fn break_cycle(&mut self, id: TypeId, is_pure: bool) {
        let location = self.location(id);
        if is_pure {
            let message = "this schema refers only to itself";
            let help = "point the `$ref` to a schema that declares a type";
            self.report.error_or_warn(Problem::error(location, message).help(help));
        } else {
            let message = "this array or map contains itself without an object in between; its \
                           items are read as any JSON value";
            self.report.push(Problem::warning(location, message));
        }
        if let Some(target) = self.targets.get_mut(&id) {
            replace_innermost(target);
        }
    }
}

/// Puts containers around a type. Any value may be `null` anyway.
fn wrap(containers: &[Container], inner: Type) -> Type {
    containers.iter().rev().fold(inner, |inner, container| match (container, inner) {
        (Container::List, inner) => Type::List(Box::new(inner)),
        (Container::Map, inner) => Type::Map(Box::new(inner)),
        (Container::Nullable, nullable @ (Type::Any | Type::Nullable(_))) => nullable,
        (Container::Nullable, inner) => Type::Nullable(Box::new(inner)),
    })
}

/// Replaces the type inside all arrays and maps by any value.
fn replace_innermost(ty: &mut Type) {
    match ty {
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => replace_innermost(inner),
        Type::Named(_) | Type::Any | Type::Scalar(_) => *ty = Type::Any,
    }
}
