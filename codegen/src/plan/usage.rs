//! Which types are sent and which are received, and which security schemes are used.

use crate::ir::{Api, Scheme, SecurityScheme, Shape, Type, TypeDef, TypeId, TypeName};

/// Whether a type is sent, received or both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// It is part of a request.
    pub sent: bool,
    /// It is part of a response or webhook.
    pub received: bool,
}

/// Computes the usage of every type. `event` is the key of the component that webhooks carry. An
/// unreachable type counts as both sent and received.
pub fn compute_usage(api: &Api, event: Option<&str>) -> Vec<Usage> {
    let mut usage = vec![Usage::default(); api.types.len()];
    for operation in &api.operations {
        let parameters = operation.parameters.iter().map(|p| &p.ty);
        let bodies = operation.body.iter().flat_map(|b| b.media.iter().map(|m| &m.ty));
        for ty in parameters.chain(bodies) {
            mark_reachable(api, ty, &mut usage, |u| !std::mem::replace(&mut u.sent, true));
        }
        for response in &operation.responses {
            let headers = response.headers.iter().map(|h| &h.ty);
            for ty in response.media.iter().map(|m| &m.ty).chain(headers) {
                mark_reachable(api, ty, &mut usage, |u| !std::mem::replace(&mut u.received, true));
            }
        }
    }
    let is_event = |def: &TypeDef| matches!(&def.name, TypeName::Component(key) if Some(key.as_str()) == event);
    for id in (0..api.types.len()).filter(|id| api.types.get(*id).is_some_and(is_event)) {
        let ty = Type::Named(TypeId(id));
        mark_reachable(api, &ty, &mut usage, |u| !std::mem::replace(&mut u.received, true));
    }
    for type_usage in &mut usage {
        if *type_usage == Usage::default() {
            *type_usage = Usage { sent: true, received: true };
        }
    }
    usage
}

/// Marks every type that is reachable from `ty`. `mark` marks one type and returns whether it was
/// unmarked before.
fn mark_reachable(api: &Api, ty: &Type, usage: &mut [Usage], mark: fn(&mut Usage) -> bool) {
    let mut queue = Vec::new();
    named_types(ty, &mut queue);
    while let Some(TypeId(id)) = queue.pop() {
        let (Some(type_usage), Some(def)) = (usage.get_mut(id), api.types.get(id)) else {
            continue;
        };
        if !mark(type_usage) {
            continue;
        }
        match &def.shape {
            Shape::Struct(item) => {
                item.fields
                    .iter()
                    .map(|f| &f.ty)
                    .chain(&item.additional)
                    .for_each(|t| named_types(t, &mut queue));
            }
            Shape::Union(item) => item.variants.iter().for_each(|v| named_types(&v.ty, &mut queue)),
            Shape::Alias(ty) => named_types(ty, &mut queue),
            Shape::Enum(_) => {}
        }
    }
}

/// Adds the named types in `ty` to `out`.
pub fn named_types(ty: &Type, out: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => out.push(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named_types(inner, out),
        Type::Any | Type::Scalar(_) => {}
    }
}

/// Returns whether callers can set credentials for a scheme: it is supported, and an operation
/// needs it.
pub fn is_offered(api: &Api, scheme: &SecurityScheme) -> bool {
    let supported = !matches!(scheme.scheme, Scheme::Other(_));
    let mut requirements = api.operations.iter().flat_map(|operation| &operation.security);
    let is_scheme = |name: &String| *name == scheme.name;
    let mut is_required =
        || requirements.any(|it| it.schemes.iter().any(|(name, _)| is_scheme(name)));
    supported && (scheme.token.is_some() || is_required())
}
