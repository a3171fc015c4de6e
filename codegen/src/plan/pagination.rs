//! Pagination: which lists have pages, and how the next page is requested. Rules in `vendor.toml`
//! come first; otherwise it is inferred from the document if there is no ambiguity.

mod infer;
mod path;

use std::collections::BTreeMap;

use super::naming::{Case, Scope, operation_key};
use super::operations::REQUEST_METHODS;
use super::{NameOverrides, Operation, Output, PageBy, Pagination, RustType, TypeItem};
use crate::ir::{self, ParameterIn};
use crate::manifest::{self, Manifest};
use crate::report::Problem;
use path::Types;

/// The methods that a request for a list has in addition.
const METHODS: [&str; 4] = ["pages", "pages from", "items", "items from"];

/// Adds pagination to each operation that returns a paginated list.
pub(super) fn plan<'p>(
    overrides: &NameOverrides<'_>,
    api: &ir::Api,
    types: impl IntoIterator<Item = &'p TypeItem>,
    operations: &mut [Operation],
) {
    let types = Types::new(types);
    for (operation, planned) in api.operations.iter().zip(operations) {
        let pagination = match rule_for(overrides.manifest, operation) {
            Some((_, rule)) => apply_rule(rule, operation, planned, &types).ok().flatten(),
            None => infer::infer_pagination(operation, planned, &types),
        };
        planned.pagination = pagination.map(|pagination| with_free_names(pagination, planned));
    }
}

/// Checks that the rules in `vendor.toml` match the operations that they apply to.
pub fn check(
    overrides: &NameOverrides<'_>,
    api: &ir::Api,
    types: &[TypeItem],
    operations: &[Operation],
) -> Vec<Problem> {
    let manifest = overrides.manifest;
    let mut problems = Vec::new();
    for (index, rule) in manifest.pagination.iter().enumerate() {
        let exists = |key: &&String| api.operations.iter().any(|it| operation_key(it) == **key);
        for key in rule.operations.iter().filter(|key| !exists(key)) {
            let location = manifest.location(&["pagination", &index.to_string(), "operations"]);
            let message = format!("there is no operation `{key}`");
            let help = "run `docwright inspect` for the list of operations, then correct the key";
            problems.push(Problem::error(location, message).help(help));
        }
    }
    let types = Types::new(types);
    for (operation, planned) in api.operations.iter().zip(operations) {
        let Some((index, rule)) = rule_for(manifest, operation) else { continue };
        if let Err((key, reason)) = apply_rule(rule, operation, planned, &types) {
            let (index, is_set) = (index.to_string(), key != "items" || rule.items.is_some());
            let location = match is_set {
                true => manifest.location(&["pagination", &index, key]),
                false => manifest.location(&["pagination", &index]),
            };
            let message = format!("`{}`: {reason}", operation_key(operation));
            let help = "correct the rule, or list the operations it applies to in `operations`";
            problems.push(Problem::error(location, message).help(help));
        }
    }
    problems
}

/// Returns a line for each kind of pagination that was inferred, so that users can check it.
pub fn summarize_inferred(operations: &[Operation]) -> Vec<String> {
    let mut methods_by_kind: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for operation in operations {
        let pagination = operation.pagination.as_ref();
        let Some(pagination) = pagination.filter(|it| it.inferred) else { continue };
        let kind = match &pagination.by {
            PageBy::Page(parameter, first) => format!("page number `{parameter}`, from {first}"),
            PageBy::Offset(parameter) => format!("offset `{parameter}`"),
            PageBy::Cursor(parameter) => {
                let steps = pagination.cursor_path.iter().flat_map(|(steps, _)| steps);
                let path: Vec<&str> = steps.map(|step| step.wire.as_str()).collect();
                format!("cursor `{parameter}`, from `{}`", path.join("."))
            }
            PageBy::Link => "header `Link`".to_owned(),
        };
        methods_by_kind.entry(kind).or_default().push(operation.method.to_string());
    }
    let line = |(kind, methods): (String, Vec<String>)| {
        let shown: Vec<&str> = methods.iter().take(3).map(String::as_str).collect();
        let more = if methods.len() > shown.len() { ", …" } else { "" };
        let lists = if methods.len() == 1 { "list is" } else { "lists are" };
        format!("{} {lists} paginated by {kind}: {}{more}", methods.len(), shown.join(", "))
    };
    methods_by_kind.into_iter().map(line).collect()
}

/// Returns the first rule that applies to the operation, and its index.
fn rule_for<'m>(
    manifest: &'m Manifest,
    operation: &ir::Operation,
) -> Option<(usize, &'m manifest::Pagination)> {
    let key = operation_key(operation);
    let applies = |rule: &manifest::Pagination| match rule.operations.as_slice() {
        [] => rule.parameter.as_deref().is_some_and(|it| query_parameter(operation, it).is_some()),
        keys => keys.contains(&key),
    };
    manifest.pagination.iter().enumerate().find(|(_, rule)| applies(rule))
}

fn query_parameter<'o>(operation: &'o ir::Operation, name: &str) -> Option<&'o ir::Parameter> {
    operation.parameters.iter().find(|it| it.location == ParameterIn::Query && it.wire == name)
}

/// Returns the type of a page, if every success response is JSON of the same type.
fn page_type(operation: &Operation) -> Option<&RustType> {
    match &operation.output {
        Output::Json(ty) => Some(ty),
        Output::Text | Output::Bytes | Output::Events(_) | Output::Empty | Output::OneOf(_) => None,
    }
}

/// Applies a rule to an operation.
///
/// # Errors
///
/// Returns the key of the rule that does not match the operation, and why.
fn apply_rule(
    rule: &manifest::Pagination,
    operation: &ir::Operation,
    planned: &Operation,
    types: &Types<'_>,
) -> Result<Option<Pagination>, (&'static str, String)> {
    let parameter = || {
        let name = rule.parameter.clone().unwrap_or_default();
        match query_parameter(operation, &name) {
            Some(_) => Ok(name),
            None => Err(("parameter", format!("there is no query parameter `{name}`"))),
        }
    };
    let by = match rule.by {
        manifest::PageBy::None => return Ok(None),
        manifest::PageBy::Page => PageBy::Page(parameter()?, rule.first.unwrap_or_default()),
        manifest::PageBy::Offset => PageBy::Offset(parameter()?),
        manifest::PageBy::Cursor => PageBy::Cursor(parameter()?),
        manifest::PageBy::Link => PageBy::Link,
    };
    if planned.body.as_ref().is_some_and(|body| body.required) {
        let reason = "operations that require a request body cannot be paginated";
        return Err(("by", reason.to_owned()));
    }
    let Some(page) = page_type(planned) else {
        return Err(("by", "its success response is not JSON of a single type".to_owned()));
    };
    let items = match &rule.items {
        Some(path) => types.list_at(page, path),
        None => types.only_list(page),
    };
    let no_list = || match &rule.items {
        Some(path) => ("items", format!("the response has no list at `{path}`")),
        None => ("items", "the response has no list, or several: set `items`".to_owned()),
    };
    let (items_path, item) = items.ok_or_else(no_list)?;
    let cursor_at = |path: &String| {
        let no_cursor = || ("next", format!("the response has no string or integer at `{path}`"));
        types.cursor_at(page, path).ok_or_else(no_cursor)
    };
    let cursor_path = rule.next.as_ref().map(cursor_at).transpose()?;
    Ok(Some(pagination(by, items_path, item, cursor_path, false)))
}

fn pagination(
    by: PageBy,
    items_path: Vec<super::Step>,
    item: RustType,
    cursor_path: Option<(Vec<super::Step>, RustType)>,
    inferred: bool,
) -> Pagination {
    let methods = METHODS.map(|words| super::naming::name(words, Case::Snake));
    Pagination { methods, by, item, items_path, cursor_path, inferred }
}

/// Renames the methods if the request has other methods with these names.
fn with_free_names(pagination: Pagination, operation: &Operation) -> Pagination {
    let mut scope = Scope::reserving(Case::Snake, REQUEST_METHODS);
    let options = operation.options.iter().map(|option| &option.name);
    let setters = operation.body.iter().flat_map(|body| &body.media_setters);
    for name in options.chain(setters.map(|(name, ..)| name)) {
        scope.reserve(name.as_str());
    }
    let methods = METHODS.map(|words| scope.claim_or(words, &[format!("all {words}")]));
    Pagination { methods, ..pagination }
}
