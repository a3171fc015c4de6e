//! Finds the fields and variants that need a `Box`: those that directly contain a type of the same
//! cycle.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::ir::{Api, Shape, Type, TypeId};

/// For each type, its strongly connected component in the graph of direct containment.
#[derive(Debug, Clone, PartialEq)]
pub struct Boxed {
    component: Vec<usize>,
}

impl Boxed {
    /// Returns whether a value of `target` directly inside `owner` must be boxed.
    pub fn is_needed(&self, owner: TypeId, target: TypeId) -> bool {
        match (self.component.get(owner.0), self.component.get(target.0)) {
            (Some(owner), Some(target)) => owner == target,
            _ => false,
        }
    }
}

/// Finds the cycles of types that contain each other.
pub fn find_cycles(api: &Api) -> Boxed {
    let mut graph = DiGraph::<(), ()>::with_capacity(api.types.len(), api.types.len());
    let nodes: Vec<NodeIndex> = api.types.iter().map(|_| graph.add_node(())).collect();
    for (def, node) in api.types.iter().zip(&nodes) {
        for target in contained_types(&def.shape) {
            if let Some(target) = nodes.get(target.0) {
                graph.add_edge(*node, *target, ());
            }
        }
    }
    let mut component = vec![0; api.types.len()];
    for (number, nodes) in tarjan_scc(&graph).into_iter().enumerate() {
        for node in nodes {
            if let Some(slot) = component.get_mut(node.index()) {
                *slot = number;
            }
        }
    }
    Boxed { component }
}

/// Returns the types that a type contains directly, not in a list or map, which allocate.
fn contained_types(shape: &Shape) -> Vec<TypeId> {
    let mut out = Vec::new();
    let mut add = |ty: &Type| out.extend(contained_type(ty));
    match shape {
        Shape::Struct(item) => item.fields.iter().for_each(|f| add(&f.ty)),
        Shape::Union(item) => item.variants.iter().for_each(|v| add(&v.ty)),
        Shape::Enum(_) | Shape::Id => {}
    }
    out
}

/// Returns the named type that `ty` contains directly.
pub fn contained_type(ty: &Type) -> Option<TypeId> {
    match ty.without_null() {
        Type::Named(id) => Some(*id),
        Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) | Type::Nullable(_) => None,
    }
}
