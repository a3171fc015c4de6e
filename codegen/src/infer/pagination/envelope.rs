//! Whether a response is a list: an array, or an object that holds one array and describes it.

use super::fields::{Fields, is_list};
use super::list::find_list;
use super::names::{METADATA, is_one_of, name_words, singular};
use crate::ir::{Field, Operation, Type};

/// The words that the names of properties beside a list consist of: `has_more`, `total_count`, `first_id`.
const WORDS: &[&str] = &[
    "after",
    "before",
    "count",
    "current",
    "cursor",
    "end",
    "etag",
    "first",
    "from",
    "has",
    "href",
    "incomplete",
    "index",
    "info",
    "is",
    "item",
    "kind",
    "last",
    "limit",
    "link",
    "marker",
    "max",
    "more",
    "next",
    "number",
    "object",
    "odata",
    "offset",
    "page",
    "paging",
    "pagination",
    "per",
    "prev",
    "previous",
    "record",
    "request",
    "result",
    "self",
    "size",
    "start",
    "success",
    "to",
    "token",
    "total",
    "truncated",
    "uri",
    "url",
];

/// Returns whether the response of an operation is a list. An object that contains lists among other things,
/// such as an account with its cards, is not.
pub fn is_list_response(operation: &Operation, ty: &Type, fields: &Fields<'_>) -> bool {
    if is_list(ty.without_null()) {
        return true;
    }
    let Ok(path) = find_list(operation, ty, fields) else { return false };
    let is_named = matches!(path.as_slice(), [list] if names_collection(list, operation));
    is_named || is_envelope(ty, &path, fields)
}

/// Returns whether everything beside a list describes it.
fn is_envelope(ty: &Type, path: &[String], fields: &Fields<'_>) -> bool {
    let Some((wire, rest)) = path.split_first() else { return true };
    let (list, others): (Vec<&Field>, Vec<&Field>) =
        fields.fields(ty).iter().partition(|field| field.wire == *wire);
    others.into_iter().all(describes_list)
        && list.first().is_some_and(|field| is_envelope(&field.ty, rest, fields))
}

fn describes_list(field: &Field) -> bool {
    let words = name_words(&field.wire);
    let is_known = |word: &String| word == "id" || WORDS.iter().any(|it| singular(it) == *word);
    is_one_of(&field.wire, METADATA)
        || field.constant.is_some()
        || (words.iter().all(is_known) && words.iter().any(|word| word != "id"))
}

/// Returns whether a list has the name of the collection that the path ends with: `orders` of `/orders`.
fn names_collection(list: &str, operation: &Operation) -> bool {
    let last = operation.template.rsplit('/').next().unwrap_or_default();
    let is_plural = singular(last) != last && !last.contains('{');
    is_plural && name_words(list) == name_words(last)
}
