//! Credentials that the client's builder holds, and that request bodies may repeat.

use std::collections::BTreeSet;

use heck::ToSnakeCase;

use super::{Context, client_settings};
use crate::ir::{
    Api, Body, Conclusion, Inference, Rejection, Scheme, Shape, State, Subject, Type, TypeId,
    compute_usage,
};
use crate::report::Report;

/// Removes the optional properties of request bodies that are named like an API key of the operation.
/// The client sends the key where the security scheme says; `[settings]` can keep the property.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let rules = context.manifest.settings.keys().filter(|key| key.starts_with("body:"));
    let mut unused: BTreeSet<&String> = rules.collect();
    let event = context.manifest.webhooks.as_ref().and_then(|webhooks| webhooks.event.as_deref());
    let usage = compute_usage(api, event);
    let nested = nested_types(api);
    let mut inferences = Vec::new();
    for (id, wire, is_required) in repeated_credentials(api) {
        let usage = usage.get(id.0).copied().unwrap_or_default();
        let key = format!("body:{wire}");
        unused.remove(&key);
        let state = match context.manifest.settings.get(&key) {
            Some(false) => State::Rejected(Rejection::Manifest),
            _ if is_required => rejected("the body requires it"),
            _ if !usage.sent || usage.received || nested.contains(&id) => {
                rejected("its type is used elsewhere, too")
            }
            _ => State::Inferred,
        };
        let is_removed = state == State::Inferred;
        let rule = "an API key of the operation has this name";
        let subject = Subject::Field(id, wire.clone());
        inferences.push(context.infer(api, subject, Conclusion::BodyCredential, state, rule));
        if is_removed
            && let Some(Shape::Struct(shape)) = api.types.get_mut(id.0).map(|def| &mut def.shape)
        {
            shape.fields.retain(|field| field.wire != wire);
        }
    }
    remove_empty_bodies(api);
    let of_rule = |key: &String| client_settings::unused(context, key, false);
    report.problems.extend(unused.into_iter().map(of_rule));
    inferences
}

/// Sends an empty object for a required body whose properties were all removed, and nothing for an
/// optional one.
fn remove_empty_bodies(api: &mut Api) {
    let is_empty = |ty: &Type| match api.shape(ty) {
        Some(Shape::Struct(shape)) => shape.fields.is_empty() && shape.additional.is_none(),
        Some(Shape::Enum(_) | Shape::Id | Shape::Union(_)) | None => false,
    };
    let all_are_empty = |body: &Body| body.media.iter().all(|media| is_empty(&media.ty));
    let empty: Vec<bool> =
        api.operations.iter().map(|it| it.body.as_ref().is_some_and(all_are_empty)).collect();
    for (operation, _) in api.operations.iter_mut().zip(empty).filter(|(_, is_empty)| *is_empty) {
        match &mut operation.body {
            Some(body) if body.required => body.is_empty = true,
            body => *body = None,
        }
    }
}

fn rejected(reason: &str) -> State {
    State::Rejected(Rejection::Document(reason.to_owned()))
}

/// Returns the types of request bodies with such a property, and whether they require it.
fn repeated_credentials(api: &Api) -> BTreeSet<(TypeId, String, bool)> {
    let mut found = BTreeSet::new();
    for operation in &api.operations {
        let is_key = |name: &String| {
            let scheme = api.schemes.iter().find(|scheme| scheme.name == *name);
            scheme.is_some_and(|scheme| matches!(scheme.scheme, Scheme::ApiKey { .. }))
        };
        let schemes = operation.security.iter().flat_map(|requirement| &requirement.schemes);
        let keys = schemes.map(|(name, _)| name).filter(|name| is_key(name));
        let keys: BTreeSet<String> = keys.map(|name| name.to_snake_case()).collect();
        for media in operation.body.iter().flat_map(|body| &body.media) {
            let (Type::Named(id), Some(Shape::Struct(shape))) = (&media.ty, api.shape(&media.ty))
            else {
                continue;
            };
            let repeated = shape.fields.iter().filter(|it| keys.contains(&it.wire.to_snake_case()));
            found.extend(repeated.map(|field| (*id, field.wire.clone(), field.required)));
        }
    }
    found
}

/// Returns the types that are part of another one.
fn nested_types(api: &Api) -> BTreeSet<TypeId> {
    let mut nested = BTreeSet::new();
    for def in &api.types {
        def.shape.for_each_type(&mut |ty| nested.extend(ty.innermost_id()));
    }
    nested
}
