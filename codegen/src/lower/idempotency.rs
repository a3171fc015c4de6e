//! Infers idempotency keys from header parameters with an unambiguous name. `[idempotency]` in
//! `vendor.toml` replaces the inference.

use crate::ir::{Api, IdempotencyKey, Method, Operation, Parameter, ParameterIn};
use crate::manifest::Manifest;
use crate::report::{self, Problem, Report};
use crate::samples;
use crate::source::Node;

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
/// generate as keys.
pub fn infer_keys(api: &mut Api, manifest: &Manifest, openapi: &Node, report: &mut Report) {
    if manifest.idempotency.is_some() {
        return;
    }
    for operation in api.operations.iter_mut().filter(|it| has_side_effects(it.method)) {
        let candidates = operation.parameters.iter().filter(|parameter| is_candidate(parameter));
        let headers: Vec<String> = candidates.map(|parameter| parameter.wire.clone()).collect();
        let [header] = headers.as_slice() else {
            if let Some(last) = headers.last() {
                let reason = "the operation has several such headers";
                report.push(not_inferred(openapi, operation, last, reason));
            }
            continue;
        };
        let allows_uuids = find_declaration(openapi, operation, header)
            .is_some_and(|node| samples::allows_uuids(openapi, node));
        if !allows_uuids {
            let reason = "its schema does not allow UUIDs";
            report.push(not_inferred(openapi, operation, header, reason));
            continue;
        }
        for parameter in operation.parameters.iter_mut().filter(|it| is_candidate(it)) {
            parameter.computed = true;
            parameter.required = false;
        }
        operation.computed.idempotency = Some(IdempotencyKey { headers, inferred: true });
    }
}

/// Whether requests with this method may have side effects (RFC 9110 §9.2.1); others need no key.
fn has_side_effects(method: Method) -> bool {
    matches!(method, Method::Post | Method::Patch | Method::Put | Method::Delete)
}

fn is_candidate(parameter: &Parameter) -> bool {
    let has_name = |name: &&str| name.eq_ignore_ascii_case(&parameter.wire);
    parameter.location == ParameterIn::Header && NAMES.iter().any(has_name)
}

/// Returns the node that declares a header parameter, in the operation or in its path item.
fn find_declaration<'n>(
    openapi: &'n Node,
    operation: &Operation,
    header: &str,
) -> Option<&'n Node> {
    let operation = operation.pointer.as_str();
    let (path_item, _) = operation.rsplit_once('/')?;
    [operation, path_item].iter().find_map(|owner| {
        let parameters = openapi.pointer(&format!("{owner}/parameters"))?.as_array()?;
        let mut parameters = parameters.iter().map(|it| samples::resolve_ref(openapi, it));
        let string = |node: &Node, key| node.get(key).and_then(Node::as_str).map(str::to_owned);
        parameters.find(|node| {
            string(node, "in").as_deref() == Some("header")
                && string(node, "name").is_some_and(|it| it.eq_ignore_ascii_case(header))
        })
    })
}

fn not_inferred(openapi: &Node, operation: &Operation, header: &str, reason: &str) -> Problem {
    let node = find_declaration(openapi, operation, header);
    let location = node.map_or(report::Location::Run, |node| report::Location::Entry(node.origin));
    let message = format!("`{header}` is not used as an idempotency key: {reason}");
    let help = "callers pass it like any other header; to use it as a key, list it in `headers` \
                of `[idempotency]` in vendor.toml";
    Problem::note(location, message).help(help)
}
