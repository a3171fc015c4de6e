//! Which types of a group can be instances of one generic type.

use std::collections::{BTreeMap, BTreeSet};

use super::candidate::Candidate;
use crate::ir::{Api, Type, TypeId, TypeName};

/// Removes the candidates that are among their own arguments: an alias must not stand for itself.
pub fn without_cycles(candidates: Vec<Candidate>) -> Vec<Candidate> {
    let arguments: BTreeMap<TypeId, Vec<TypeId>> = candidates
        .iter()
        .map(|it| (it.id, it.arguments.iter().filter_map(Type::innermost_id).collect()))
        .collect();
    let is_in_itself = |id: TypeId| {
        let (mut seen, mut open) = (BTreeSet::new(), vec![id]);
        while let Some(next) = open.pop() {
            for argument in arguments.get(&next).into_iter().flatten() {
                if *argument == id {
                    return true;
                }
                if seen.insert(*argument) {
                    open.push(*argument);
                }
            }
        }
        false
    };
    candidates.into_iter().filter(|it| !is_in_itself(it.id)).collect()
}

/// Removes the types that would become the same instance as an earlier one: two components stay two
/// types, and so do two responses of one operation.
pub fn distinct(api: &Api, group: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in group {
        let has_twin = kept.iter().filter(|it| it.arguments == candidate.arguments).any(|it| {
            is_component(api, it.id) && is_component(api, candidate.id)
                || are_used_together(api, it.id, candidate.id)
        });
        if !has_twin {
            kept.push(candidate);
        }
    }
    kept
}

/// Returns how many different instances there are.
pub fn count_arguments(group: &[Candidate]) -> usize {
    let mut different: Vec<&Vec<Type>> = Vec::new();
    for candidate in group {
        if !different.contains(&&candidate.arguments) {
            different.push(&candidate.arguments);
        }
    }
    different.len()
}

fn is_component(api: &Api, id: TypeId) -> bool {
    matches!(api.types.get(id.0).map(|def| &def.name), Some(TypeName::Component(_)))
}

/// Returns whether an operation has bodies of both types.
fn are_used_together(api: &Api, one: TypeId, other: TypeId) -> bool {
    api.operations.iter().any(|operation| {
        let bodies = operation.body.iter().flat_map(|body| &body.media);
        let responses = operation.responses.iter().flat_map(|response| &response.media);
        let used: Vec<TypeId> =
            bodies.chain(responses).filter_map(|media| media.ty.innermost_id()).collect();
        used.contains(&one) && used.contains(&other)
    })
}
