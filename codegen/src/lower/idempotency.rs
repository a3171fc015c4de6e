//! Idempotency keys that nobody has to say: header parameters with a name that means nothing else.
//! `[idempotency]` of `vendor.toml` replaces all that is inferred here.

use super::samples;
use crate::ir::{Api, IdempotencyKey, Method, Operation, Parameter, ParameterIn};
use crate::manifest::Manifest;
use crate::report::{self, Problem, Report};
use crate::source::Node;

/// The names, without regard to case.
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

/// Marks the operations that have such a parameter, if a key that the client makes fits it.
pub fn infer(api: &mut Api, manifest: &Manifest, openapi: &Node, report: &mut Report) {
    if manifest.idempotency.is_some() {
        return;
    }
    for operation in api.operations.iter_mut().filter(|it| may_change(it.method)) {
        let named = operation.parameters.iter().filter(|parameter| is_named(parameter));
        let headers: Vec<String> = named.map(|parameter| parameter.wire.clone()).collect();
        let [header] = headers.as_slice() else {
            if let Some(last) = headers.last() {
                let why = "it is one of several such headers, and nothing says how they differ";
                report.push(not_inferred(openapi, operation, last, why));
            }
            continue;
        };
        let takes = declared(openapi, operation, header)
            .is_some_and(|node| samples::takes_uuids(openapi, node));
        if !takes {
            let why = "a UUID is not what its schema allows";
            report.push(not_inferred(openapi, operation, header, why));
            continue;
        }
        for parameter in operation.parameters.iter_mut().filter(|it| is_named(it)) {
            parameter.computed = true;
            parameter.required = false;
        }
        operation.computed.idempotency = Some(IdempotencyKey { headers, inferred: true });
    }
}

/// Whether a request may change something (RFC 9110 §9.2.1): only then a key is of use.
fn may_change(method: Method) -> bool {
    matches!(method, Method::Post | Method::Patch | Method::Put | Method::Delete)
}

fn is_named(parameter: &Parameter) -> bool {
    let is = |name: &&str| name.eq_ignore_ascii_case(&parameter.wire);
    parameter.location == ParameterIn::Header && NAMES.iter().any(is)
}

/// The parameter as the description has it: the operation's own, or its path's.
fn declared<'n>(openapi: &'n Node, operation: &Operation, header: &str) -> Option<&'n Node> {
    let own = operation.pointer.as_str();
    let (path, _) = own.rsplit_once('/')?;
    [own, path].iter().find_map(|holder| {
        let all = openapi.pointer(&format!("{holder}/parameters"))?.as_array()?;
        let mut all = all.iter().map(|it| samples::resolved(openapi, it));
        let text = |node: &Node, key| node.get(key).and_then(Node::as_str).map(str::to_owned);
        all.find(|node| {
            text(node, "in").as_deref() == Some("header")
                && text(node, "name").is_some_and(|it| it.eq_ignore_ascii_case(header))
        })
    })
}

fn not_inferred(openapi: &Node, operation: &Operation, header: &str, why: &str) -> Problem {
    let node = declared(openapi, operation, header);
    let location = node.map_or(report::Location::Run, |node| report::Location::Member(node.origin));
    let what = format!("`{header}` is not taken for an idempotency key: {why}");
    let help = "callers give it as any other header; `[idempotency]` in vendor.toml, with its `headers`, \
                makes a key of it all the same";
    Problem::note(location, what).help(help)
}
