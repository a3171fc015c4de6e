//! The API's error codes, as an open enum with the messages, statuses and causes of each.

use super::naming::{Case, Scope, name};
use super::{Code, CodeCause, Context, DocText, ErrorCodes, Operation, RequestLocation, doc};
use crate::ir::{self, CauseTarget};

/// Plans the enum of error codes, if the API has any.
pub fn plan(context: &Context<'_>) -> Option<ErrorCodes> {
    let catalogue = context.api.errors.as_ref().filter(|c| !c.codes.is_empty())?;
    let mut scope = Scope::new(Case::Pascal);
    let codes = catalogue
        .codes
        .iter()
        .map(|code| {
            let mut causes: Vec<CodeCause> =
                code.causes.iter().filter_map(|cause| plan_cause(context, cause)).collect();
            causes.sort();
            causes.dedup();
            Code {
                name: scope.claim(&code.wire),
                wire: code.wire.clone(),
                doc: code_doc(context, code),
                messages: code.messages.clone(),
                statuses: code.statuses.clone(),
                causes,
            }
        })
        .collect();
    Some(ErrorCodes {
        name: name("ErrorCode", Case::Pascal),
        codes,
        other: scope.claim_or("Unknown", &["Other".to_owned(), "Unlisted".to_owned()]),
    })
}

/// Adds to each operation the error codes that it is documented to return, and lists them in the
/// documentation of its method.
pub fn add_to_operations(context: &Context<'_>, codes: &ErrorCodes, operations: &mut [Operation]) {
    let Some(catalogue) = &context.api.errors else { return };
    for (index, operation) in operations.iter_mut().enumerate() {
        let mut names = Vec::new();
        let mut lines = String::new();
        for (code, variant) in catalogue.codes.iter().zip(&codes.codes) {
            let causes = code.causes.iter().filter(|cause| cause.operation == index);
            let mut causes: Vec<String> = causes.map(cause_text).collect();
            causes.dedup();
            if causes.is_empty() && !code.operations.contains(&index) {
                continue;
            }
            let causes = match causes.is_empty() {
                true => String::new(),
                false => format!(": {}", causes.join(", ")),
            };
            lines.push_str(&format!("- [`{}::{}`]{causes}.\n", codes.name, variant.name));
            names.push(variant.name.clone());
        }
        if !names.is_empty() {
            let text = doc::wrapped(&format!("# Error codes\n\n{lines}"));
            operation.doc = doc::join(std::mem::take(&mut operation.doc), text);
        }
        operation.error_codes = Some(names);
    }
}

/// Returns the text about a cause in the documentation: `` `items[].id` is missing ``.
fn cause_text(cause: &ir::Cause) -> String {
    let field = match &cause.target {
        CauseTarget::Parameter(_, wire) => doc::inline_code(wire),
        CauseTarget::Body(path) if path.is_empty() => "the body".to_owned(),
        CauseTarget::Body(path) => doc::inline_code(&join_path(path)),
    };
    match cause.kind.as_str() {
        kind @ ("missing" | "invalid") => format!("{field} is {kind}"),
        kind => format!("{field} ({})", doc::inline_code(kind)),
    }
}

/// Plans a cause, if its operation is generated.
fn plan_cause(context: &Context<'_>, cause: &ir::Cause) -> Option<CodeCause> {
    let names = context.names.operations.get(cause.operation)?;
    let (location, field) = match &cause.target {
        CauseTarget::Parameter(location, wire) => {
            (RequestLocation::Parameter(*location), wire.clone())
        }
        CauseTarget::Body(path) => (RequestLocation::Body, join_path(path)),
    };
    Some(CodeCause {
        operation: names.method.as_str().to_owned(),
        location,
        field,
        kind: cause.kind.clone(),
    })
}

/// Joins a path: `["items", "[]", "id"]` → `items[].id`.
fn join_path(path: &[String]) -> String {
    let mut out = String::new();
    for part in path {
        if !out.is_empty() && part != "[]" {
            out.push('.');
        }
        out.push_str(part);
    }
    out
}

fn code_doc(context: &Context<'_>, code: &ir::ErrorCode) -> DocText {
    let mut text = doc::markdown(&context.links, &doc::inline_code(&code.wire));
    let messages: Vec<String> = code.messages.iter().map(|it| doc::inline_code(it)).collect();
    if !messages.is_empty() {
        let label = if messages.len() == 1 { "Message" } else { "Messages" };
        let messages = format!("{label}: {}.", messages.join(", "));
        text = doc::join(text, doc::markdown(&context.links, &messages));
    }
    if !code.defined {
        let undefined = "The API documentation uses this code without defining it.";
        text = doc::join(text, doc::markdown(&context.links, undefined));
    }
    text
}
