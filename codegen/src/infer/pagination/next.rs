//! The field of a page that tells how the next page is requested: its cursor, its URL, or whether there is one.

use super::fields::{FieldAt, is_cursor};
use super::names::{
    AFTER, CURSORS, LINKS, MORE, NEXT_OBJECTS, NEXT_URLS, is_one_of, mentions, plain,
};
use super::request::RequestField;
use crate::ir::{Field, Scalar, Type};

/// Words in the description of a cursor that say it is the next one, and not the one of the request.
const NEXT: &[&str] =
    &["next", "subsequent", "following", "further", "more ", "remaining", "continue", "last page"];

/// Returns the path of the field with the cursor for a parameter.
///
/// # Errors
///
/// Returns why it is unknown. A field that repeats the cursor of the request would end a list after its first
/// page.
pub fn cursor_field(
    parameter: &RequestField<'_>,
    page: &[FieldAt<'_>],
    has_more: bool,
) -> Result<Vec<String>, String> {
    let name = plain(parameter.wire);
    let base = ["next", "start", "page"].iter().fold(name.as_str(), |base, prefix| {
        base.strip_prefix(prefix).filter(|rest| !rest.is_empty()).unwrap_or(base)
    });
    let ranked = page
        .iter()
        .filter(|it| is_cursor(&it.field.ty))
        .filter_map(|it| Some((rank(it, &name, base, has_more)?, it.path.len(), it)));
    let ranked: Vec<(u8, usize, &FieldAt<'_>)> = ranked.collect();
    let Some(&(rank, depth, found)) = ranked.iter().min_by_key(|(rank, depth, _)| (*rank, *depth))
    else {
        return Err("no field of the response has its next value".to_owned());
    };
    if ranked.iter().filter(|it| (it.0, it.1) == (rank, depth)).count() > 1 {
        return Err("several fields of the response may have its next value".to_owned());
    }
    let path = found.path.join(".");
    if rank == REPEATED && !mentions(&found.field.doc, NEXT) {
        return Err(format!(
            "the description of the field `{path}` does not say whether it is the next value or the one of the request"
        ));
    }
    match is_url(found.field) {
        true => Err(format!("the field `{path}` is a URL")),
        false => Ok(found.owned_path()),
    }
}

/// The rank of a field with the name of the parameter.
const REPEATED: u8 = 2;

/// Returns how likely a field has the cursor for a parameter: 0 is the most likely.
fn rank(it: &FieldAt<'_>, name: &str, base: &str, has_more: bool) -> Option<u8> {
    let field = plain(&it.field.wire);
    let is_next = [format!("next{name}"), format!("next{base}")].contains(&field)
        || (name.starts_with("next") && field == name);
    let is_after = AFTER.contains(&name);
    let takes_cursor = is_after || CURSORS.contains(&name);
    match field.as_str() {
        _ if is_next => Some(0),
        _ if field == name && is_one_of(it.parent(), NEXT_OBJECTS) => Some(1),
        _ if field == name || (!is_after && field == base) => Some(REPEATED),
        "nextcursor" | "nextpagetoken" | "nexttoken" | "nextmarker" if takes_cursor => Some(3),
        "aftercursor" | "endcursor" if is_after => Some(3),
        "nextpage" | "next" if mentions(&it.field.doc, &["cursor", "token"]) => Some(4),
        "lastid" if is_after && has_more => Some(5),
        "last" if is_after && has_more && mentions(&it.field.doc, &["cursor"]) => Some(5),
        _ => None,
    }
}

/// Returns the path of the field with the URL of the next page.
///
/// # Errors
///
/// Returns why it is unknown.
pub fn url_field(page: &[FieldAt<'_>]) -> Result<Option<Vec<String>>, String> {
    let is_text = |field: &Field| {
        matches!(field.ty.without_null(), Type::Scalar(Scalar::String | Scalar::Uri))
    };
    let urls = page.iter().filter(|it| is_text(it.field) && is_next_url(it));
    let urls: Vec<&FieldAt<'_>> = urls.collect();
    match urls.as_slice() {
        [] => Ok(None),
        [url] => Ok(Some(url.owned_path())),
        _ => Err("several fields of the response may have the URL of the next page".to_owned()),
    }
}

fn is_next_url(it: &FieldAt<'_>) -> bool {
    let name = plain(&it.field.wire);
    let grandparent = it.path.iter().rev().nth(2).copied().unwrap_or_default();
    match name.as_str() {
        _ if NEXT_URLS.contains(&name.as_str()) => true,
        "next" if is_one_of(it.parent(), LINKS) => true,
        "next" | "nextpage" => is_url(it.field),
        "href" => plain(it.parent()) == "next" && is_one_of(grandparent, LINKS),
        _ => false,
    }
}

/// Returns whether the document says that a field is a URL.
fn is_url(field: &Field) -> bool {
    let is_uri = matches!(field.ty.without_null(), Type::Scalar(Scalar::Uri));
    let example =
        field.doc.example.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    is_uri || example.contains("://") || mentions(&field.doc, &["url", "link to", "href"])
}

/// Returns the path of the boolean that tells whether another page follows.
pub fn more_field(page: &[FieldAt<'_>]) -> Option<Vec<String>> {
    let is_bool =
        |it: &&FieldAt<'_>| matches!(it.field.ty.without_null(), Type::Scalar(Scalar::Bool));
    let mut found = page.iter().filter(is_bool).filter(|it| is_one_of(&it.field.wire, MORE));
    let first = found.next()?;
    match found.next() {
        None => Some(first.owned_path()),
        Some(_) => None,
    }
}
