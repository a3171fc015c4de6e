//! Which headers carry an idempotency key: those that `[idempotency]` in `vendor.toml` lists, or else
//! a header parameter with an unambiguous name.

use super::Context;
use crate::ir::{
    Api, Conclusion, Evidence, IdempotencyKey, Inference, Method, Operation, Parameter,
    ParameterIn, Rejection, State, Subject,
};
use crate::report::{Problem, Report};
use crate::samples;

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

/// Marks the operations that have such a parameter, if its schema allows the UUIDs that clients
/// generate as keys. Those that `[idempotency]` applies to are marked already.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let mut inferences = Vec::new();
    for index in 0..api.operations.len() {
        let Some(inference) = infer_key(api, index, context) else { continue };
        match (&inference.conclusion, &inference.state) {
            (Conclusion::IdempotencyKey(headers), State::Inferred) => {
                apply(api, index, headers.clone());
            }
            (_, State::Rejected(Rejection::Document(reason))) => {
                report.push(not_inferred(&inference, reason));
            }
            _ => {}
        }
        inferences.push(inference);
    }
    inferences
}

fn infer_key(api: &Api, index: usize, context: &Context<'_>) -> Option<Inference> {
    let operation = api.operations.get(index)?;
    if let Some(IdempotencyKey { headers }) = &operation.computed.idempotency {
        let conclusion = Conclusion::IdempotencyKey(headers.clone());
        let rule = "`[idempotency]` applies to the operation";
        let subject = Subject::Operation(index);
        return Some(context.pin(api, subject, conclusion, &["idempotency"], rule));
    }
    if !has_side_effects(operation.method) {
        return None;
    }
    let candidates = operation.parameters.iter().filter(|parameter| is_candidate(parameter));
    let headers: Vec<String> = candidates.map(|parameter| parameter.wire.clone()).collect();
    let last = headers.last()?.clone();
    let reject = |reason: &str| State::Rejected(Rejection::Document(reason.to_owned()));
    let state = match headers.as_slice() {
        _ if context.manifest.idempotency.is_some() => State::Rejected(Rejection::Manifest),
        [header] if allows_uuids(context, operation, header) => State::Inferred,
        [_] => reject("its schema does not allow UUIDs"),
        _ => reject("the operation has several such headers"),
    };
    let rule = "a header parameter with this name";
    let location = context.location(api, &Subject::Parameter(index, ParameterIn::Header, last));
    let evidence = Evidence { location, rule: rule.to_owned() };
    let (subject, key) = (Subject::Operation(index), operation.key());
    let conclusion = Conclusion::IdempotencyKey(headers);
    Some(Inference { subject, key, conclusion, evidence, state })
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
    node.is_some_and(|node| samples::allows_uuids(context.openapi, node))
}

fn apply(api: &mut Api, index: usize, headers: Vec<String>) {
    let Some(operation) = api.operations.get_mut(index) else { return };
    for parameter in operation.parameters.iter_mut().filter(|it| is_candidate(it)) {
        parameter.computed = true;
        parameter.required = false;
    }
    operation.computed.idempotency = Some(IdempotencyKey { headers });
}

fn not_inferred(inference: &Inference, reason: &str) -> Problem {
    let header = match &inference.conclusion {
        Conclusion::IdempotencyKey(headers) => headers.last().map_or("", String::as_str),
        _ => "",
    };
    let message = format!("`{header}` is not used as an idempotency key: {reason}");
    let help = "callers pass it like any other header; to use it as a key, list it in `headers` \
                of `[idempotency]` in vendor.toml";
    Problem::note(inference.evidence.location.clone(), message).help(help)
}
