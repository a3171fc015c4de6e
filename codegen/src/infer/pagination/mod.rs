//! How the pages of lists are requested: by `[[pagination]]` in `vendor.toml`, or else by parameters
//! and fields with well-known names.

mod path;
mod rules;
mod scheme;

use super::Context;
use crate::ir::{
    Api, Conclusion, Evidence, Inference, MediaKind, Method, Operation, ParameterIn, Rejection,
    State, Subject, Type, compute_usage,
};
use crate::manifest;
use crate::report::Report;
use path::Fields;
use scheme::Scheme;

/// Adds pagination to each operation that returns a paginated list.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    rules::report_unknown_operations(api, context.manifest, report);
    let usage = compute_usage(api, event(context));
    let fields = Fields::new(&api.types, &usage);
    let infer = |(index, operation)| infer_list(api, context, &fields, index, operation, report);
    let inferences: Vec<Inference> = api.operations.iter().enumerate().filter_map(infer).collect();
    for Inference { subject, conclusion, state, .. } in &inferences {
        if let (Subject::Operation(index), Conclusion::Pagination(pagination)) =
            (subject, conclusion)
            && matches!(state, State::Inferred | State::Pinned)
            && let Some(operation) = api.operations.get_mut(*index)
        {
            operation.pagination.clone_from(pagination);
        }
    }
    inferences
}

/// The key of the component that webhooks carry.
fn event<'a>(context: &Context<'a>) -> Option<&'a str> {
    context.manifest.webhooks.as_ref().and_then(|webhooks| webhooks.event.as_deref())
}

fn infer_list(
    api: &Api,
    context: &Context<'_>,
    fields: &Fields<'_>,
    index: usize,
    operation: &Operation,
    report: &mut Report,
) -> Option<Inference> {
    let subject = Subject::Operation(index);
    let rule = rules::find_rule(context.manifest, operation);
    if let Some((rule_index, rule)) = rule.filter(|(_, it)| it.by != manifest::PageBy::None) {
        let pagination = rules::apply(rule, operation, fields);
        let pagination = pagination.map_err(|mismatch| {
            report.push(mismatch.problem(context.manifest, rule_index, operation));
        });
        let conclusion = Conclusion::Pagination(Some(pagination.ok()?));
        let keys = ["pagination", &rule_index.to_string()];
        let text = "`[[pagination]]` applies to the operation";
        return Some(context.pin(api, subject, conclusion, &keys, text));
    }
    let Scheme { parameter, rule: text, pagination } = scheme::find_scheme(operation, fields)?;
    let state = match (&pagination, rule) {
        (_, Some(_)) => State::Rejected(Rejection::Manifest),
        (Ok(_), None) => State::Inferred,
        (Err(reason), None) => State::Rejected(Rejection::Document(reason.clone())),
    };
    let location = match parameter {
        Some(wire) => Subject::Parameter(index, ParameterIn::Query, wire),
        None => Subject::Operation(index),
    };
    let evidence = Evidence { location: context.location(api, &location), rule: text };
    let conclusion = Conclusion::Pagination(pagination.ok());
    let key = operation.key();
    Some(Inference { subject, key, conclusion, evidence, state })
}

/// Returns the type of a page, if every success response is JSON of the same type.
fn page_type(operation: &Operation) -> Result<&Type, String> {
    let (successes, _) = operation.split_responses();
    let mut bodies = successes.iter().map(|response| match response.read_media().first() {
        Some(media) if media.kind == MediaKind::Json => Some(&media.ty),
        _ => None,
    });
    let page = bodies.next().flatten().filter(|_| operation.method != Method::Head);
    page.filter(|first| bodies.all(|other| other == Some(first)))
        .ok_or_else(|| "its success response is not JSON of a single type".to_owned())
}
