//! What callers send and what they receive.

use crate::ir::{Api, Shape, Type, TypeDef, TypeId, TypeName};

/// Who writes values of a type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Usage {
    /// Some request carries it.
    pub sent: bool,
    /// Some response carries it.
    pub received: bool,
}

/// The usage of every type. `event` is the component that webhooks hold, by its key. A type that
/// neither it nor an operation reaches counts as both.
pub fn of(api: &Api, event: Option<&str>) -> Vec<Usage> {
    let mut usage = vec![Usage::default(); api.types.len()];
    for operation in &api.operations {
        let parameters = operation.parameters.iter().map(|p| &p.ty);
        let bodies = operation.body.iter().flat_map(|b| b.media.iter().map(|m| &m.ty));
        for ty in parameters.chain(bodies) {
            mark(api, ty, &mut usage, |u| !std::mem::replace(&mut u.sent, true));
        }
        for response in &operation.responses {
            let headers = response.headers.iter().map(|h| &h.ty);
            for ty in response.media.iter().map(|m| &m.ty).chain(headers) {
                mark(api, ty, &mut usage, |u| !std::mem::replace(&mut u.received, true));
            }
        }
    }
    let is_event = |def: &TypeDef| matches!(&def.name, TypeName::Component(key) if Some(key.as_str()) == event);
    for id in (0..api.types.len()).filter(|id| api.types.get(*id).is_some_and(is_event)) {
        let ty = Type::Named(TypeId(id));
        mark(api, &ty, &mut usage, |u| !std::mem::replace(&mut u.received, true));
    }
    for one in &mut usage {
        if *one == Usage::default() {
            *one = Usage { sent: true, received: true };
        }
    }
    usage
}

/// Marks every type that `ty` reaches; `first` marks one and says whether it was unmarked.
fn mark(api: &Api, ty: &Type, usage: &mut [Usage], first: fn(&mut Usage) -> bool) {
    let mut open = Vec::new();
    named(ty, &mut open);
    while let Some(TypeId(id)) = open.pop() {
        let (Some(one), Some(def)) = (usage.get_mut(id), api.types.get(id)) else { continue };
        if !first(one) {
            continue;
        }
        match &def.shape {
            Shape::Struct(item) => {
                item.fields
                    .iter()
                    .map(|f| &f.ty)
                    .chain(&item.rest)
                    .for_each(|t| named(t, &mut open));
            }
            Shape::Union(item) => item.variants.iter().for_each(|v| named(&v.ty, &mut open)),
            Shape::Alias(ty) => named(ty, &mut open),
            Shape::Enum(_) => {}
        }
    }
}

/// The named types a use of a type mentions.
pub fn named(ty: &Type, out: &mut Vec<TypeId>) {
    match ty {
        Type::Named(id) => out.push(*id),
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => named(inner, out),
        Type::Any | Type::Scalar(_) => {}
    }
}
