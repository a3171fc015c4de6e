//! How the pages of lists are requested: by `[[pagination]]` in `vendor.toml`, or else by parameters
//! and fields with well-known names.

mod fields;
mod first_page;
mod list;
mod names;
mod next;
mod request;
mod rule_report;
mod rules;
mod scheme;

use super::Context;
use crate::ir::{
    Api, Conclusion, Evidence, Inference, MediaKind, Method, Operation, PageParameter, ParameterIn,
    Rejection, State, Status, Subject, Type, compute_usage,
};
use crate::report::Report;
use fields::Fields;
pub use names::singular;
use rules::Rules;
use scheme::Scheme;

/// Adds pagination to each operation that returns a paginated list.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let usage = compute_usage(api, context.event());
    let fields = Fields::new(&api.types, &usage);
    let mut rules = Rules::new(context.manifest);
    let infer =
        |(index, operation)| infer_list(api, context, &fields, &mut rules, index, operation);
    let inferences: Vec<Inference> = api.operations.iter().enumerate().filter_map(infer).collect();
    rules.report(api, report);
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

/// Returns for each operation whether a success returns a list. The response about one item, by a path
/// that ends with a parameter, may contain lists of its parts.
pub fn returns_list(api: &Api, context: &Context<'_>) -> Vec<bool> {
    let usage = compute_usage(api, context.event());
    let fields = Fields::new(&api.types, &usage);
    let returns_list = |operation: &Operation| {
        let (successes, _) = operation.split_responses();
        let media = successes.first().and_then(|response| response.read_media().first().copied());
        let is_item = operation.template.ends_with('}');
        operation.pagination.is_some()
            || media.is_some_and(|media| match is_item {
                true => fields::is_list(media.ty.without_null()),
                false => list::find_list(operation, &media.ty, &fields).is_ok(),
            })
    };
    api.operations.iter().map(returns_list).collect()
}

fn infer_list(
    api: &Api,
    context: &Context<'_>,
    fields: &Fields<'_>,
    rules: &mut Rules<'_>,
    index: usize,
    operation: &Operation,
) -> Option<Inference> {
    let subject = Subject::Operation(index);
    let rule = rules.apply(operation, fields);
    if let Some((rule_index, Some(pagination))) = rule {
        let conclusion = Conclusion::Pagination(Some(pagination));
        let keys = ["pagination", &rule_index.to_string()];
        let text = "`[[pagination]]` applies to the operation";
        return Some(context.pin(api, subject, conclusion, &keys, text));
    }
    let Scheme { parameter, rule: text, pagination, proposal } =
        scheme::find_scheme(operation, fields)?;
    let state = match (&pagination, rule) {
        (_, Some(_)) => State::Rejected(Rejection::Manifest),
        (Ok(_), None) => State::Inferred,
        (Err(reason), None) => State::Rejected(Rejection::Document(reason.clone())),
    };
    let location = match parameter {
        Some(PageParameter::Query(wire)) => Subject::Parameter(index, ParameterIn::Query, wire),
        Some(PageParameter::Body { .. }) | None => Subject::Operation(index),
    };
    let evidence = Evidence { location: context.location(api, &location), rule: text };
    let conclusion = Conclusion::Pagination(pagination.ok().or(proposal));
    let key = operation.key();
    Some(Inference { subject, key, conclusion, evidence, state })
}

/// Returns the type of a page, if every success response with content is JSON of the same type.
fn page_type(operation: &Operation) -> Result<&Type, String> {
    let (successes, _) = operation.split_responses();
    let mut bodies = successes
        .iter()
        .filter(|response| response.status != Status::Code(204) || !response.media.is_empty())
        .map(|response| match response.read_media().first() {
            Some(media) if media.kind == MediaKind::Json => Some(&media.ty),
            _ => None,
        });
    let page = bodies.next().flatten().filter(|_| operation.method != Method::Head);
    page.filter(|first| bodies.all(|other| other == Some(first)))
        .ok_or_else(|| "its success response is not JSON of a single type".to_owned())
}
