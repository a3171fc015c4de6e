//! Mocks: each operation with what it sends and what may come back.

use super::names::{Case, Scope};
use super::{AnswerBody, Answers, BodyType, Mock, MockBody, Operation, Output, RustType};
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
        answers: answers(operation),
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
fn answers(operation: &Operation) -> Vec<(AnswerBody, Vec<Status>)> {
    let mut found: Vec<(AnswerBody, Vec<Status>)> = Vec::new();
    let mut add = |body: AnswerBody, statuses: &[Status]| {
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
        Output::Json(ty) => add(AnswerBody::Json(ty.clone()), success),
        Output::Text => add(AnswerBody::Text, success),
        Output::Bytes => add(AnswerBody::Bytes, success),
        // No type stands for a whole stream: `Stub::responds_with_bytes` gives one.
        Output::Events(_) => {}
        Output::Empty => add(AnswerBody::Empty, success),
        Output::OneOf(ok) => of_variants(ok, &mut add),
    }
    if let Some(errors) = &operation.errors {
        of_variants(errors, &mut add);
    }
    found
}

fn of_variants(answers: &Answers, add: &mut impl FnMut(AnswerBody, &[Status])) {
    for variant in &answers.variants {
        let body = match &variant.body {
            // A mock answers with the type that is offered.
            AnswerBody::Untyped(ty) => AnswerBody::Json(ty.clone()),
            body => body.clone(),
        };
        add(body, &[variant.status]);
    }
}

/// What callers write for it.
fn rust(body: &AnswerBody) -> Option<RustType> {
    match body {
        AnswerBody::Json(ty) | AnswerBody::Untyped(ty) => Some(ty.clone()),
        AnswerBody::Text => Some(RustType::Plain("String")),
        AnswerBody::Bytes => Some(RustType::Runtime("Bytes")),
        AnswerBody::Empty => None,
    }
}
