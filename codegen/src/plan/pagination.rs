//! Which lists are read page by page, and how: what `vendor.toml` says, else what the description
//! shows beyond doubt.

mod infer;
mod path;

use std::collections::BTreeMap;

use super::names::{Case, Scope};
use super::operations::REQUEST_METHODS;
use super::{Item, NameOverrides, Operation, Output, PageBy, Pagination, RustType};
use crate::ir::{self, ParameterIn};
use crate::manifest::{self, Manifest};
use crate::report::Problem;
use path::Types;

/// Adds to each operation how its list is read.
pub(super) fn plan<'p>(
    overrides: &NameOverrides<'_>,
    api: &ir::Api,
    types: impl IntoIterator<Item = &'p Item>,
    operations: &mut [Operation],
) {
    let types = Types::of(types);
    for (said, operation) in api.operations.iter().zip(operations) {
        let found = match rule_for(overrides.manifest, said) {
            Some((_, rule)) => by_rule(rule, said, operation, &types).ok().flatten(),
            None => infer::pagination(said, operation, &types),
        };
        operation.pagination = found.map(|found| named(found, operation));
    }
}

/// What is wrong with the rules of `vendor.toml` for these operations.
pub fn check(
    overrides: &NameOverrides<'_>,
    api: &ir::Api,
    types: &[Item],
    operations: &[Operation],
) -> Vec<Problem> {
    let manifest = overrides.manifest;
    let mut problems = Vec::new();
    for (index, rule) in manifest.pagination.iter().enumerate() {
        let known = |key: &&String| {
            api.operations.iter().any(|it| super::overrides::operation_key(it) == **key)
        };
        for key in rule.operations.iter().filter(|key| !known(key)) {
            let location = manifest.location(&["pagination", &index.to_string(), "operations"]);
            let what = format!("`{key}` is no operation that is generated");
            problems.push(
                Problem::error(location, what).help("see how it is called, then mend the list"),
            );
        }
    }
    let types = Types::of(types);
    for (said, operation) in api.operations.iter().zip(operations) {
        let Some((index, rule)) = rule_for(manifest, said) else { continue };
        if let Err((key, what)) = by_rule(rule, said, operation, &types) {
            let (index, stands) = (index.to_string(), key != "items" || rule.items.is_some());
            let location = match stands {
                true => manifest.location(&["pagination", &index, key]),
                false => manifest.location(&["pagination", &index]),
            };
            let what = format!("`{}`: {what}", super::overrides::operation_key(said));
            problems.push(
                Problem::error(location, what)
                    .help("mend the rule, or name the operations it is for"),
            );
        }
    }
    problems
}

/// A line for each list that is read in a way that the description shows, for people to look at.
pub fn inferred(operations: &[Operation]) -> Vec<String> {
    let mut by: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for operation in operations {
        let Some(found) = operation.pagination.as_ref().filter(|it| it.inferred) else { continue };
        let words = match &found.by {
            PageBy::Page(parameter, first) => {
                format!("page by page, by `{parameter}` from {first}")
            }
            PageBy::Offset(parameter) => format!("page by page, by the offset `{parameter}`"),
            PageBy::Cursor(parameter) => {
                let steps = found.to_next.iter().flat_map(|(steps, _)| steps);
                let next: Vec<&str> = steps.map(|step| step.wire.as_str()).collect();
                format!("page by page, by the cursor `{parameter}` from `{}`", next.join("."))
            }
            PageBy::Link => "page by page, by the header `Link`".to_owned(),
        };
        by.entry(words).or_default().push(operation.method.as_str());
    }
    let line = |(words, methods): (String, Vec<&str>)| {
        let (count, some) = (methods.len(), methods.iter().take(3).copied().collect::<Vec<_>>());
        let more = if count > some.len() { ", …" } else { "" };
        let lists = if count == 1 { "list is" } else { "lists are" };
        format!("{count} {lists} read {words}: {}{more}", some.join(", "))
    };
    by.into_iter().map(line).collect()
}

/// The first rule that is for the operation, and its number.
fn rule_for<'m>(
    manifest: &'m Manifest,
    said: &ir::Operation,
) -> Option<(usize, &'m manifest::Pagination)> {
    let key = super::overrides::operation_key(said);
    let is_for = |rule: &manifest::Pagination| match rule.operations.as_slice() {
        [] => rule.parameter.as_deref().is_some_and(|name| query(said, name).is_some()),
        named => named.contains(&key),
    };
    manifest.pagination.iter().enumerate().find(|(_, rule)| is_for(rule))
}

/// A query parameter.
fn query<'o>(said: &'o ir::Operation, name: &str) -> Option<&'o ir::Parameter> {
    said.parameters.iter().find(|it| it.location == ParameterIn::Query && it.wire == name)
}

/// What a page is, where a success is JSON of one type.
fn page(operation: &Operation) -> Option<&RustType> {
    match &operation.output {
        Output::Json(ty) => Some(ty),
        Output::Text | Output::Bytes | Output::Events(_) | Output::Empty | Output::OneOf(_) => None,
    }
}

/// What a rule says; else the key of the rule that is at fault, and why.
fn by_rule(
    rule: &manifest::Pagination,
    said: &ir::Operation,
    operation: &Operation,
    types: &Types<'_>,
) -> Result<Option<Pagination>, (&'static str, String)> {
    let parameter = || {
        let name = rule.parameter.clone().unwrap_or_default();
        match query(said, &name) {
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
    if operation.body.as_ref().is_some_and(|body| body.required) {
        return Err(("by", "it has a body, which pages are not asked for with".to_owned()));
    }
    let Some(page) = page(operation) else {
        return Err(("by", "its response is not JSON of one type".to_owned()));
    };
    let items = match &rule.items {
        Some(path) => types.list_at(page, path),
        None => types.only_list(page),
    };
    let no_list = || ("items", "the response has no list there, or several".to_owned());
    let (to_items, item) = items.ok_or_else(no_list)?;
    let no_next = || ("next", "the response has no text or number there".to_owned());
    let next = rule.next.as_ref().map(|path| types.word_at(page, path).ok_or_else(no_next));
    Ok(Some(found(by, to_items, item, next.transpose()?, false)))
}

fn found(
    by: PageBy,
    to_items: Vec<super::Step>,
    item: RustType,
    to_next: Option<(Vec<super::Step>, RustType)>,
    inferred: bool,
) -> Pagination {
    let name = |words| super::names::name(words, Case::Snake);
    Pagination { pages: name("pages"), items: name("items"), by, item, to_items, to_next, inferred }
}

/// Names that the request's other methods leave.
fn named(found: Pagination, operation: &Operation) -> Pagination {
    let mut scope = Scope::reserving(Case::Snake, REQUEST_METHODS);
    let choices = operation.body.iter().flat_map(|body| &body.choices).map(|(name, ..)| name);
    for name in operation.options.iter().map(|option| &option.name).chain(choices) {
        scope.reserve(name.as_str().trim_start_matches("r#"));
    }
    let pages = scope.claim_or("pages", &["all pages".to_owned()]);
    let items = scope.claim_or("items", &["all items".to_owned()]);
    Pagination { pages, items, ..found }
}
