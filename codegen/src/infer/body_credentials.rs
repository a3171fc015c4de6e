//! Credentials that the client's builder holds, and that request bodies may repeat.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToSnakeCase;

use super::{Context, client_settings};
use crate::ir::{
    Api, Conclusion, Inference, Operation, Rejection, Scheme, Shape, State, Subject, Type, TypeId,
    compute_usage,
};
use crate::report::Report;

/// Removes the optional properties of request bodies that are named like an API key of the operation.
/// The client sends the key where the security scheme says; `[settings]` can keep the property.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let rules = context.manifest.settings.keys().filter(|key| key.starts_with("body:"));
    let mut unused: BTreeSet<&String> = rules.collect();
    let usage = compute_usage(api, context.event());
    let nested = nested_types(api);
    let mut known = Vec::new();
    let mut inferences = Vec::new();
    for ((id, wire), Repetition { is_required, is_in_all }) in repeated_credentials(api) {
        let usage = usage.get(id.0).copied().unwrap_or_default();
        let key = format!("body:{wire}");
        let rule = context.manifest.settings.get(&key);
        if rule == Some(&false) {
            unused.remove(&key);
        }
        known.push(key);
        let state = match rule {
            Some(false) => State::Rejected(Rejection::Manifest),
            _ if is_required => rejected("the body requires it"),
            _ if !is_in_all => rejected("an operation without the API key sends it, too"),
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
    for key in unused {
        let message = match context.manifest.settings.get(key) {
            Some(true) => format!("`{key}` has no effect: only parameters are settings"),
            Some(false) | None => format!("`{key}` has no effect: no body repeats such an API key"),
        };
        client_settings::report_unused(context, key, message, &known, report);
    }
    inferences
}

/// Sends an empty object for a required body whose properties were all removed, and nothing for an
/// optional one.
fn remove_empty_bodies(api: &mut Api) {
    let is_empty = |operation: &Operation| {
        operation.body.as_ref().is_some_and(|body| api.has_no_properties(body))
    };
    let empty: Vec<bool> = api.operations.iter().map(is_empty).collect();
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

/// How request bodies repeat an API key.
struct Repetition {
    /// Whether the bodies require it.
    is_required: bool,
    /// Whether all operations with the body send the key.
    is_in_all: bool,
}

/// Returns the properties of request bodies that are named like an API key of an operation.
fn repeated_credentials(api: &Api) -> BTreeMap<(TypeId, String), Repetition> {
    let mut found = BTreeMap::new();
    let mut others = BTreeSet::new();
    for operation in &api.operations {
        let keys = api_keys(api, operation);
        for media in operation.body.iter().flat_map(|body| &body.media) {
            let (Type::Named(id), Some(Shape::Struct(shape))) = (&media.ty, api.shape(&media.ty))
            else {
                continue;
            };
            for field in &shape.fields {
                let key = (*id, field.wire.clone());
                if keys.contains(&field.wire.to_snake_case()) {
                    let is_required = field.required;
                    found.insert(key, Repetition { is_required, is_in_all: true });
                } else {
                    others.insert(key);
                }
            }
        }
    }
    for (key, repetition) in &mut found {
        repetition.is_in_all = !others.contains(key);
    }
    found
}

/// Returns the names, in snake case, of the API keys that every request of an operation has.
fn api_keys(api: &Api, operation: &Operation) -> BTreeSet<String> {
    let is_key = |name: &String| {
        let scheme = api.schemes.iter().find(|scheme| scheme.name == *name);
        scheme.is_some_and(|scheme| matches!(scheme.scheme, Scheme::ApiKey { .. }))
    };
    let is_in_all = |name: &String| {
        operation.security.iter().all(|it| it.schemes.iter().any(|(other, _)| other == name))
    };
    let schemes = operation.security.iter().flat_map(|requirement| &requirement.schemes);
    let keys = schemes.map(|(name, _)| name).filter(|name| is_key(name) && is_in_all(name));
    keys.map(|name| name.to_snake_case()).collect()
}

/// Returns the types that are part of another one.
fn nested_types(api: &Api) -> BTreeSet<TypeId> {
    let mut nested = BTreeSet::new();
    for def in &api.types {
        def.shape.for_each_type(&mut |ty| nested.extend(ty.innermost_id()));
    }
    nested
}
