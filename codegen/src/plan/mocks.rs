//! Mock operations: for each operation, the type of its body and the possible responses.

use super::naming::{Case, Scope};
use super::{BodyType, Mock, MockBody, Operation, Output, ResponseBody, ResponseEnum, RustType};
use crate::ir::{MediaKind, Status};

/// Methods that every mock has.
const OWN_METHODS: &[&str] = &["clone", "server", "start"];

/// Plans a mock of every operation.
pub fn plan(operations: &[Operation]) -> Vec<Mock> {
    let mut scope = Scope::reserving(Case::Snake, OWN_METHODS);
    let mock = |operation: &Operation| Mock {
        name: match operation.call.is_on_client() {
            true => scope.claim(operation.call.method.as_str()),
            false => operation.call.method.clone(),
        },
        call: operation.call.clone(),
        request: operation.request.clone(),
        http: operation.http,
        template: operation.template.clone(),
        body: mock_body(operation),
        responses: response_bodies(operation),
    };
    operations.iter().map(mock).collect()
}

/// Returns the type that a mock reads the request body as. Multipart bodies stay bytes.
fn mock_body(operation: &Operation) -> MockBody {
    let Some(body) = &operation.body else { return MockBody::None };
    let is_multipart = body.media.iter().any(|media| media.kind == MediaKind::Multipart);
    match &body.ty {
        BodyType::Value(ty) if !is_multipart => MockBody::Value(ty.clone()),
        BodyType::Value(_) | BodyType::Bytes | BodyType::Empty | BodyType::OneOf(_) => {
            MockBody::Bytes
        }
    }
}

/// Returns every declared response type with its statuses. A type stands for one kind of body: if a
/// string is JSON for one status and plain text for another, the first one wins.
fn response_bodies(operation: &Operation) -> Vec<(ResponseBody, Vec<Status>)> {
    let mut bodies: Vec<(ResponseBody, Vec<Status>)> = Vec::new();
    let mut add = |body: ResponseBody, statuses: &[Status]| {
        let ty = body_type(&body);
        match bodies.iter_mut().find(|(other, _)| body_type(other) == ty) {
            Some((_, known)) => known.extend(statuses),
            None => bodies.push((body, statuses.to_vec())),
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
        // A whole stream has no type: `Stub::responds_with_bytes` sends one.
        Output::Events(_) => {}
        Output::Empty => add(ResponseBody::Empty, success),
        Output::OneOf(ok) => add_variants(ok, &mut add),
    }
    if let Some(errors) = &operation.errors {
        add_variants(errors, &mut add);
    }
    bodies
}

fn add_variants(responses: &ResponseEnum, add: &mut impl FnMut(ResponseBody, &[Status])) {
    for variant in &responses.variants {
        let body = match &variant.body {
            // A mock responds with the type that the JSON can be converted to.
            ResponseBody::Untyped(ty) => ResponseBody::Json(ty.clone()),
            body => body.clone(),
        };
        add(body, &[variant.status]);
    }
}

/// Returns the type that callers pass for a body.
fn body_type(body: &ResponseBody) -> Option<RustType> {
    match body {
        ResponseBody::Json(ty) | ResponseBody::Untyped(ty) => Some(ty.clone()),
        ResponseBody::Text => Some(RustType::String),
        ResponseBody::Bytes => Some(RustType::Bytes),
        ResponseBody::Empty => None,
    }
}
