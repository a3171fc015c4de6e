//! Where a cycle needs a `Box`: only on edges that hold a value directly, and only inside a cycle.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::ir::{Api, Shape, Type, TypeId};

/// For each type, its component in the graph of types that hold each other directly.
#[derive(Debug, Clone, PartialEq)]
pub struct Boxed {
    component: Vec<usize>,
}

impl Boxed {
    /// Whether a value of `target` directly inside `owner` must be boxed.
    pub fn needed(&self, owner: TypeId, target: TypeId) -> bool {
        match (self.component.get(owner.0), self.component.get(target.0)) {
            (Some(owner), Some(target)) => owner == target,
            _ => false,
        }
    }
}

/// Finds the cycles.
pub fn of(api: &Api) -> Boxed {
    let mut graph = DiGraph::<(), ()>::with_capacity(api.types.len(), api.types.len());
    let nodes: Vec<NodeIndex> = api.types.iter().map(|_| graph.add_node(())).collect();
    for (def, node) in api.types.iter().zip(&nodes) {
        for target in direct(api, &def.shape) {
            if let Some(target) = nodes.get(target.0) {
                graph.add_edge(*node, *target, ());
            }
        }
    }
    let mut component = vec![0; api.types.len()];
    for (number, members) in tarjan_scc(&graph).into_iter().enumerate() {
        for member in members {
            if let Some(slot) = component.get_mut(member.index()) {
                *slot = number;
            }
        }
    }
    Boxed { component }
}

/// The types a type holds directly: not behind a list or a map, which have their own allocation.
fn direct(api: &Api, shape: &Shape) -> Vec<TypeId> {
    let mut out = Vec::new();
    let mut add = |ty: &Type| out.extend(held(api, ty));
    match shape {
        Shape::Struct(item) => item.fields.iter().for_each(|f| add(&f.ty)),
        Shape::Union(item) => item.variants.iter().for_each(|v| add(&v.ty)),
        Shape::Alias(_) | Shape::Enum(_) => {}
    }
    out
}

/// The type that a use of a type holds directly, aliases resolved.
pub fn held(api: &Api, ty: &Type) -> Option<TypeId> {
    let mut ty = ty;
    // An alias cycle would have been refused; the count keeps this finite all the same.
    for _ in 0..=api.types.len() {
        match ty {
            Type::Nullable(inner) => ty = inner,
            Type::Named(id) => match api.types.get(id.0).map(|def| &def.shape) {
                Some(Shape::Alias(target)) => ty = target,
                Some(_) => return Some(*id),
                None => return None,
            },
            Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) => return None,
        }
    }
    None
}
