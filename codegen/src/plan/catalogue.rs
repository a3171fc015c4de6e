//! The vendor's error codes, as an open enum with what is known of each.

use super::names::{Case, Scope, name};
use super::{Code, CodeCause, Context, DocText, ErrorCodes, Operation, RequestLocation, doc};
use crate::ir::{self, Subject};

/// The catalogue, where the description has one.
pub fn plan(context: &Context<'_>) -> Option<ErrorCodes> {
    let catalogue = context.api.errors.as_ref().filter(|c| !c.codes.is_empty())?;
    let mut scope = Scope::new(Case::Pascal);
    let codes = catalogue
        .codes
        .iter()
        .map(|code| {
            let mut causes: Vec<CodeCause> =
                code.causes.iter().filter_map(|c| cause(context, c)).collect();
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
        field: catalogue.field.clone(),
        name: name("ErrorCode", Case::Pascal),
        codes,
        other: scope.claim_or("Unknown", &["Other".to_owned(), "Unlisted".to_owned()]),
    })
}

/// Tells each operation which codes it responds with.
pub fn tell(context: &Context<'_>, codes: &ErrorCodes, operations: &mut [Operation]) {
    let Some(catalogue) = &context.api.errors else { return };
    for (index, operation) in operations.iter_mut().enumerate() {
        let mut names = Vec::new();
        let mut lines = String::new();
        for (code, made) in catalogue.codes.iter().zip(&codes.codes) {
            let own = code.causes.iter().filter(|cause| cause.operation == index);
            let mut causes: Vec<String> = own.map(words).collect();
            causes.dedup();
            if causes.is_empty() && !code.operations.contains(&index) {
                continue;
            }
            let causes = match causes.is_empty() {
                true => String::new(),
                false => format!(": {}", causes.join(", ")),
            };
            lines.push_str(&format!("- [`{}::{}`]{causes}.\n", codes.name, made.name));
            names.push(made.name.clone());
        }
        if !names.is_empty() {
            let text = doc::own(&format!("# Error codes\n\n{lines}"));
            operation.doc = doc::join(std::mem::take(&mut operation.doc), text);
        }
        operation.error_codes = Some(names);
    }
}

/// What is wrong, in words.
fn words(cause: &ir::Cause) -> String {
    let field = match &cause.subject {
        Subject::Parameter(_, wire) => doc::code(wire),
        Subject::Body(_, path) if path.is_empty() => "the body".to_owned(),
        Subject::Body(_, path) => doc::code(&dotted(path)),
    };
    match cause.why.as_str() {
        why @ ("missing" | "invalid") => format!("{field} is {why}"),
        why => format!("{field} ({})", doc::code(why)),
    }
}

fn cause(context: &Context<'_>, cause: &ir::Cause) -> Option<CodeCause> {
    let names = context.operation_names.get(cause.operation)?;
    let (location, field) = match &cause.subject {
        Subject::Parameter(location, wire) => (RequestLocation::Parameter(*location), wire.clone()),
        Subject::Body(_, path) => (RequestLocation::Body, dotted(path)),
    };
    Some(CodeCause {
        operation: names.method.as_str().trim_start_matches("r#").to_owned(),
        location,
        field,
        why: cause.why.clone(),
    })
}

/// `["items", "[]", "id"]` → `items[].id`
fn dotted(path: &[String]) -> String {
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
    let mut text = doc::text(&context.links, &doc::code(&code.wire));
    let messages: Vec<String> = code.messages.iter().map(|m| doc::code(m)).collect();
    if !messages.is_empty() {
        let all = messages.join(", ");
        text = doc::join(text, doc::text(&context.links, &format!("The vendor's words: {all}.")));
    }
    if !code.defined {
        text = doc::join(
            text,
            doc::text(&context.links, "Named in the description and defined nowhere in it."),
        );
    }
    text
}
