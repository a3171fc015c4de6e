//! Which types are sent and which are received, and which security schemes are used.

use super::{Api, Field, Scheme, SecurityScheme, Type, TypeId};

/// Whether a type is sent, received or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// It is part of a request.
    pub sent: bool,
    /// It is part of a response or webhook.
    pub received: bool,
    /// Only the bodies of patches contain it: those of PATCH requests and of the media type
    /// `application/merge-patch+json`.
    pub only_patched: bool,
}

impl Usage {
    /// Returns whether a field of the type may be missing: it is optional, or its values go in one
    /// direction only and the type is used in the other one as well.
    pub fn may_lack(self, field: &Field) -> bool {
        !field.required || (field.read_only && self.sent) || (field.write_only && self.received)
    }

    /// Returns whether the type distinguishes a field that is `null` from one that is missing. In any
    /// other request than a patch, both mean the same.
    pub fn distinguishes_null(self, field: &Field) -> bool {
        self.may_lack(field) && self.only_patched && !field.read_only
    }
}

/// Computes the usage of every type. `event` is the key of the component that webhooks carry. An
/// unreachable type counts as both sent and received.
pub fn compute_usage(api: &Api, event: Option<&str>) -> Vec<Usage> {
    let mut usage = vec![Usage::default(); api.types.len()];
    for operation in &api.operations {
        let bodies = operation.body.iter().flat_map(|body| &body.media);
        let (patches, bodies): (Vec<_>, Vec<_>) = bodies.partition(|it| operation.is_patch(it));
        let parameters = operation.parameters.iter().map(|p| &p.ty);
        for ty in parameters.chain(bodies.into_iter().map(|media| &media.ty)) {
            mark_reachable(api, ty, &mut usage, |u| !std::mem::replace(&mut u.sent, true));
        }
        for ty in patches.into_iter().map(|media| &media.ty) {
            mark_reachable(api, ty, &mut usage, |u| !std::mem::replace(&mut u.only_patched, true));
        }
        for response in &operation.responses {
            let headers = response.headers.iter().map(|h| &h.ty);
            for ty in response.media.iter().map(|m| &m.ty).chain(headers) {
                mark_reachable(api, ty, &mut usage, |u| !std::mem::replace(&mut u.received, true));
            }
        }
    }
    if let Some(ty) = event.and_then(|event| api.components.get(event)) {
        mark_reachable(api, ty, &mut usage, |u| !std::mem::replace(&mut u.received, true));
    }
    for type_usage in &mut usage {
        if *type_usage == Usage::default() {
            *type_usage = Usage { sent: true, received: true, only_patched: false };
        }
        if type_usage.only_patched {
            type_usage.only_patched = !type_usage.sent && !type_usage.received;
            type_usage.sent = true;
        }
    }
    usage
}

/// Marks every type that is reachable from `ty`. `mark` marks one type and returns whether it was
/// unmarked before.
fn mark_reachable<M>(api: &Api, ty: &Type, marks: &mut [M], mark: fn(&mut M) -> bool) {
    let mut queue: Vec<TypeId> = ty.innermost_id().into_iter().collect();
    while let Some(TypeId(id)) = queue.pop() {
        let (Some(type_marks), Some(def)) = (marks.get_mut(id), api.types.get(id)) else {
            continue;
        };
        if mark(type_marks) {
            def.shape.for_each_type(&mut |ty| queue.extend(ty.innermost_id()));
        }
    }
}

/// Returns, for each type, whether it is one of these types or reachable from them.
pub fn reachable_from<'a>(api: &Api, types: impl Iterator<Item = &'a Type>) -> Vec<bool> {
    let mut reachable = vec![false; api.types.len()];
    for ty in types {
        mark_reachable(api, ty, &mut reachable, |is_marked| !std::mem::replace(is_marked, true));
    }
    reachable
}

/// Returns whether callers can set credentials for a scheme: it is supported, and an operation
/// needs it.
pub fn is_offered(api: &Api, scheme: &SecurityScheme) -> bool {
    let supported = !matches!(scheme.scheme, Scheme::MutualTls | Scheme::Other(_));
    supported && (scheme.token.is_some() || is_required(api, scheme))
}

/// Returns whether an operation needs a scheme.
pub fn is_required(api: &Api, scheme: &SecurityScheme) -> bool {
    let mut requirements = api.operations.iter().flat_map(|operation| &operation.security);
    requirements.any(|it| it.schemes.iter().any(|(name, _)| *name == scheme.name))
}
