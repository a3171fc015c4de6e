//! The list in a page, beside lists of errors and of other metadata.

use super::fields::{Fields, is_list};
use super::names::{LISTS, METADATA, READS, is_one_of, name_words, plain};
use crate::ir::{Operation, Type};

/// Returns the path of the list in a page: empty if the page is the list.
///
/// # Errors
///
/// Returns why it is unknown.
pub fn find_list(
    operation: &Operation,
    page: &Type,
    fields: &Fields<'_>,
) -> Result<Vec<String>, String> {
    if is_list(page.without_null()) {
        return Ok(Vec::new());
    }
    let resources = resources(operation);
    let mut metadata = Vec::new();
    for depth in [1, 2] {
        let nested = fields.nested(page, depth).into_iter();
        let lists = nested.filter(|it| it.path.len() == depth && is_list(&it.field.ty));
        let (candidates, others): (Vec<_>, Vec<_>) = lists.partition(|it| {
            let has_parent_of_items = !is_one_of(it.parent(), METADATA) || it.parent() == "meta";
            has_parent_of_items
                && (names_resource(&it.field.wire, &resources) || !is_metadata(&it.field.wire))
        });
        metadata.extend(others.into_iter().map(|it| it.path.join(".")));
        let paths: Vec<Vec<String>> = candidates.iter().map(|it| it.owned_path()).collect();
        match paths.as_slice() {
            [] => {}
            [path] if fields.is_list_at(page, path) => return Ok(path.clone()),
            [path] => {
                let path = path.join(".");
                return Err(format!("the list `{path}` distinguishes `null` from missing"));
            }
            several => return choose(several, &resources),
        }
    }
    Err(match metadata.is_empty() {
        true => "the response has no list".to_owned(),
        false => format!("the response has only lists of metadata: `{}`", metadata.join("`, `")),
    })
}

/// Returns the only list that is named after the resource or has a general name such as `data`.
fn choose(lists: &[Vec<String>], resources: &[Vec<String>]) -> Result<Vec<String>, String> {
    let name = |path: &[String]| path.last().cloned().unwrap_or_default();
    let is_named = |path: &&Vec<String>| names_resource(&name(path), resources);
    let is_general = |path: &&Vec<String>| is_one_of(&name(path), LISTS);
    let named: Vec<_> = lists.iter().filter(is_named).collect();
    let general: Vec<_> = lists.iter().filter(is_general).collect();
    match (named.as_slice(), general.as_slice()) {
        ([list], []) | ([], [list]) => Ok((*list).clone()),
        ([named], [general]) if named == general => Ok((*named).clone()),
        _ => {
            let names: Vec<String> = lists.iter().map(|path| path.join(".")).collect();
            Err(format!("the response has several lists: `{}`", names.join("`, `")))
        }
    }
}

/// Returns the words of each literal segment of the path, without those for reading: the resources.
fn resources(operation: &Operation) -> Vec<Vec<String>> {
    let segments = operation.template.split('/').filter(|segment| !segment.contains('{'));
    let resources = segments.map(|segment| {
        let words = name_words(segment.trim_end_matches(".json")).into_iter();
        words.filter(|word| !READS.contains(&word.as_str())).collect::<Vec<_>>()
    });
    resources.filter(|words| !words.is_empty()).collect()
}

/// Returns whether a list is named after a resource: `audit_log_entries` after `audit-logs`.
fn names_resource(list: &str, resources: &[Vec<String>]) -> bool {
    let words = name_words(list);
    resources.iter().any(|resource| {
        resource.iter().all(|word| words.contains(word))
            || words.iter().all(|word| resource.contains(word))
    })
}

/// Returns whether a list describes the page or its items.
fn is_metadata(list: &str) -> bool {
    let is_about = |word: &String| matches!(word.as_str(), "error" | "warning" | "related");
    METADATA.contains(&plain(list).as_str()) || name_words(list).iter().any(is_about)
}
