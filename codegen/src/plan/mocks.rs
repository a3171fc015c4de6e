//! Mocks: each operation with what it sends and what may come back.

use super::names::{Case, Scope};
use super::{BodyType, Mock, MockBody, Operation, Output, ResponseBody, ResponseEnum, RustType};
use crate::ir::{MediaKind, Status};

/// Methods that every mock has.
const OWN_METHODS: &[&str] = &["clone", "server", "start"];

/// A mock of every operation.
pub fn plan(operations: &[Operation]) -> Vec<Mock> {
    let mut scope = Scope::reserving(Case::Snake, OWN_METHODS);
    let mock = |operation: &Operation| Mock {
        name: scope.claim(operation.method.as_str().trim_start_matches("r#")),
        method: operation.method.clone(),
        request: operation.request.clone(),
        http: operation.http,
        template: operation.template.clone(),
        body: body(operation),
        responses: responses(operation),
    };
    operations.iter().map(mock).collect()
}

/// What a mock reads a body as: of parts, it keeps the bytes.
fn body(operation: &Operation) -> MockBody {
    let Some(body) = &operation.body else { return MockBody::None };
    let parts = body.media.iter().any(|media| media.kind == MediaKind::Multipart);
    match &body.ty {
        BodyType::Value(ty) if !parts => MockBody::Value(ty.clone()),
        BodyType::Value(_) | BodyType::Bytes | BodyType::OneOf(_) => MockBody::Bytes,
    }
}

/// Every type that is declared, with its statuses. One type stands for one kind of body: where a
/// text is JSON for one status and plain for another, the first of them holds.
fn responses(operation: &Operation) -> Vec<(ResponseBody, Vec<Status>)> {
    let mut found: Vec<(ResponseBody, Vec<Status>)> = Vec::new();
    let mut add = |body: ResponseBody, statuses: &[Status]| {
        let ty = rust(&body);
        match found.iter_mut().find(|(other, _)| rust(other) == ty) {
            Some((_, known)) => known.extend(statuses),
            None => found.push((body, statuses.to_vec())),
        }
    };
    let success = match operation.success.as_slice() {
        [] => &[Status::Range(2)],
        declared => declared,
    };
    match &operation.output {
        Output::Json(ty) => add(ResponseBody::Json(ty.clone()), success),
        Output::Text => add(ResponseBody::Text, success),
        Output::Bytes => add(ResponseBody::Bytes, success),
        // No type stands for a whole stream: `Stub::responds_with_bytes` gives one.
        Output::Events(_) => {}
        Output::Empty => add(ResponseBody::Empty, success),
        Output::OneOf(ok) => of_variants(ok, &mut add),
    }
    if let Some(errors) = &operation.errors {
        of_variants(errors, &mut add);
    }
    found
}

fn of_variants(responses: &ResponseEnum, add: &mut impl FnMut(ResponseBody, &[Status])) {
    for variant in &responses.variants {
        let body = match &variant.body {
            // A mock responds with the type that is offered.
            ResponseBody::Untyped(ty) => ResponseBody::Json(ty.clone()),
            body => body.clone(),
        };
        add(body, &[variant.status]);
    }
}

/// What callers write for it.
fn rust(body: &ResponseBody) -> Option<RustType> {
    match body {
        ResponseBody::Json(ty) | ResponseBody::Untyped(ty) => Some(ty.clone()),
        ResponseBody::Text => Some(RustType::Plain("String")),
        ResponseBody::Bytes => Some(RustType::Runtime("Bytes")),
        ResponseBody::Empty => None,
    }
}
