//! Where idempotency keys are sent: in the headers and the property of the body that `[idempotency]` in
//! `vendor.toml` lists, or else in a header parameter and a property with unambiguous names.

mod body_field;

use super::Context;
use crate::ir::{
    Api, Conclusion, Evidence, IdempotencyKey, Inference, Method, Operation, Parameter,
    ParameterIn, Rejection, State, Subject,
};
use crate::report::{Problem, Report};
use crate::samples;

pub(super) use body_field::check_field;

/// The header names, compared without case.
const NAMES: [&str; 8] = [
    "Idempotency-Key",
    "X-Idempotency-Key",
    "Idempotency-Id",
    "X-Idempotency-Id",
    "Idempotence-Key",
    "X-Idempotence-Key",
    "Idempotency-Token",
    "X-Idempotency-Token",
];

/// Marks the operations that have such a parameter or property, if its schema allows the UUIDs that
/// clients generate as keys. Those that `[idempotency]` applies to are marked already.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let mut inferences = Vec::new();
    for index in 0..api.operations.len() {
        for inference in infer_keys(api, index, context) {
            match (&inference.conclusion, &inference.state) {
                (Conclusion::IdempotencyKey(key), State::Inferred) => apply(api, index, key),
                (_, State::Rejected(Rejection::Document(reason))) => {
                    report.push(not_inferred(&inference, reason));
                }
                _ => {}
            }
            inferences.push(inference);
        }
    }
    body_field::mark_fields(api, context.event());
    inferences
}

/// Returns the conclusion about the headers of an operation, and that about its body.
fn infer_keys(api: &Api, index: usize, context: &Context<'_>) -> Vec<Inference> {
    let Some(operation) = api.operations.get(index) else { return Vec::new() };
    if let Some(key) = &operation.computed.idempotency {
        let conclusion = Conclusion::IdempotencyKey(key.clone());
        let rule = "`[idempotency]` applies to the operation";
        let subject = Subject::Operation(index);
        return vec![context.pin(api, subject, conclusion, &["idempotency"], rule)];
    }
    if !has_side_effects(operation.method) {
        return Vec::new();
    }
    let in_header = infer_header(api, index, operation, context);
    in_header.into_iter().chain(infer_field(api, index, operation, context)).collect()
}

fn infer_header(
    api: &Api,
    index: usize,
    operation: &Operation,
    context: &Context<'_>,
) -> Option<Inference> {
    let candidates = operation.parameters.iter().filter(|parameter| is_candidate(parameter));
    let headers: Vec<String> = candidates.map(|parameter| parameter.wire.clone()).collect();
    let last = headers.last()?.clone();
    let fits = match headers.as_slice() {
        [header] if allows_uuids(context, operation, header) => Ok(()),
        [_] => Err("its schema does not allow UUIDs"),
        _ => Err("the operation has several such headers"),
    };
    let rule = "a header parameter with this name";
    let location = context.location(api, &Subject::Parameter(index, ParameterIn::Header, last));
    let key = IdempotencyKey { headers, field: None };
    Some(conclude(
        index,
        operation,
        context,
        key,
        fits,
        Evidence { location, rule: rule.to_owned() },
    ))
}

fn infer_field(
    api: &Api,
    index: usize,
    operation: &Operation,
    context: &Context<'_>,
) -> Option<Inference> {
    let found = body_field::find_fields(api, operation, &body_field::has_key_name);
    let (id, wire) = *found.first()?;
    let fits = match found.as_slice() {
        [_] if body_field::is_alone(api, operation) => {
            Err("the body has no other property, so that it may be the key of another request")
        }
        [_] => check_field(api, context, operation, wire),
        _ => Err("the body has several such properties"),
    };
    let rule = "a property of the request body with this name".to_owned();
    let location = context.location(api, &Subject::Field(id, wire.to_owned()));
    let key = IdempotencyKey { headers: Vec::new(), field: Some(wire.to_owned()) };
    Some(conclude(index, operation, context, key, fits, Evidence { location, rule }))
}

fn conclude(
    index: usize,
    operation: &Operation,
    context: &Context<'_>,
    idempotency: IdempotencyKey,
    fits: Result<(), &str>,
    evidence: Evidence,
) -> Inference {
    let state = match fits {
        _ if context.manifest.idempotency.is_some() => State::Rejected(Rejection::Manifest),
        Ok(()) => State::Inferred,
        Err(reason) => State::Rejected(Rejection::Document(reason.to_owned())),
    };
    let (subject, key) = (Subject::Operation(index), operation.key());
    Inference { subject, key, conclusion: Conclusion::IdempotencyKey(idempotency), evidence, state }
}

/// Whether requests with this method may have side effects (RFC 9110 §9.2.1); others need no key.
fn has_side_effects(method: Method) -> bool {
    matches!(method, Method::Post | Method::Patch | Method::Put | Method::Delete)
}

fn is_candidate(parameter: &Parameter) -> bool {
    NAMES.iter().any(|name| parameter.is(ParameterIn::Header, name))
}

fn allows_uuids(context: &Context<'_>, operation: &Operation, header: &str) -> bool {
    let node = context.find_parameter(operation, ParameterIn::Header, header);
    node.is_some_and(|node| samples::parameter_allows_uuids(context.openapi, node))
}

fn apply(api: &mut Api, index: usize, key: &IdempotencyKey) {
    let Some(operation) = api.operations.get_mut(index) else { return };
    let is_key = |it: &Parameter| key.headers.iter().any(|name| it.is(ParameterIn::Header, name));
    for parameter in operation.parameters.iter_mut().filter(|it| is_key(it)) {
        parameter.computed = true;
        parameter.required = false;
    }
    let idempotency = operation.computed.idempotency.get_or_insert_default();
    idempotency.headers.extend(key.headers.iter().cloned());
    idempotency.field = idempotency.field.take().or(key.field.clone());
}

fn not_inferred(inference: &Inference, reason: &str) -> Problem {
    let name = match &inference.conclusion {
        Conclusion::IdempotencyKey(IdempotencyKey { headers, field }) => {
            field.as_ref().or(headers.last()).map_or("", String::as_str)
        }
        _ => "",
    };
    let message = format!("`{name}` is not used as an idempotency key: {reason}");
    let help = "callers pass it like any other value; to use it as a key, set `headers` or `field` \
                of `[idempotency]` in vendor.toml";
    Problem::note(inference.evidence.location.clone(), message).help(help)
}
