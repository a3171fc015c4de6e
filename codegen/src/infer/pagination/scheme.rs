//! Infers pagination from parameters and fields with well-known names. An ambiguous case is not
//! inferred, since a wrong inference could silently skip a page.

use super::fields::{FieldAt, Fields, is_cursor};
use super::first_page::first_page;
use super::list::find_list;
use super::names::{
    AFTER, BEFORE, CURSORS, OFFSETS, PAGE_NUMBERS, SIZES, doc_text, is_one_of, mentions,
    names_field,
};
use super::next::{cursor_field, more_field, url_field};
use super::page_type;
use super::request::{RequestField, is_read, request_fields, size_field};
use crate::ir::{
    Field, Literal, Method, Operation, PageBy, PageParameter, Pagination, Scalar, Type,
};

/// How deep in a page the next cursor is searched, as in `paging.next.after`.
pub const DEPTH: usize = 3;

/// A sign of pagination, and what follows from it.
pub struct Scheme {
    /// The parameter, unless the sign is a field or a header of the response.
    pub parameter: Option<PageParameter>,
    /// What was found.
    pub rule: String,
    /// The pagination, or why it is unknown.
    pub pagination: Result<Pagination, String>,
    /// The pagination that users may pin, once they know the number of the first page.
    pub proposal: Option<Pagination>,
}

/// A sign of pagination, without the list.
struct Sign {
    parameter: Option<PageParameter>,
    rule: String,
    by: Result<PageBy, String>,
}

/// What the signs are searched in.
struct Evidence<'e, 'a> {
    operation: &'a Operation,
    request: &'e [RequestField<'a>],
    /// The fields of a page.
    page: &'e [FieldAt<'a>],
    fields: &'e Fields<'a>,
    /// The type of the items, if the list is known.
    item: Option<&'a Type>,
    more: Option<Vec<String>>,
}

/// Returns the clearest sign that an operation returns a paginated list.
pub fn find_scheme<'a>(operation: &'a Operation, fields: &Fields<'a>) -> Option<Scheme> {
    let request = request_fields(operation, fields);
    let page = page_type(operation);
    let list = page.clone().and_then(|page| find_list(operation, page, fields));
    let page = page.ok();
    let path = list.as_ref().ok();
    let item = page.zip(path).and_then(|(page, path)| fields.item_at(page, path));
    let page_fields = page.map(|page| fields.nested(page, DEPTH)).unwrap_or_default();
    let more = more_field(&page_fields);
    let evidence =
        Evidence { operation, request: &request, page: &page_fields, fields, item, more };
    let Sign { parameter, rule, by } = find_sign(&evidence)?;
    let with_list = |by, items: &Vec<String>| {
        complete(by, parameter.clone(), items.clone(), evidence.more.clone(), &request)
    };
    let proposed = by.is_err().then(|| proposed_page(&request, parameter.as_ref())).flatten();
    let proposal = proposed.zip(list.as_ref().ok()).map(|(by, items)| with_list(by, items));
    let pagination =
        list.and_then(|items| Ok(with_list(check_repeatable(operation, by?)?, &items)));
    Some(Scheme { parameter, rule, pagination, proposal })
}

/// Returns page numbers from an unconfirmed first page, if the parameter is one of those for numbers of pages.
fn proposed_page(
    request: &[RequestField<'_>],
    parameter: Option<&PageParameter>,
) -> Option<PageBy> {
    let parameter = request.iter().find(|it| Some(&it.location) == parameter)?;
    let is_page = parameter.has_name(PAGE_NUMBERS) || parameter.has_name(&["index"]);
    let first = i64::from(!matches!(parameter.default, Some(Literal::Int(0))));
    (is_page && parameter.is_integer()).then_some(PageBy::Page(first))
}

/// Adds the size of a page and the excluded parameters.
pub fn complete(
    by: PageBy,
    parameter: Option<PageParameter>,
    items: Vec<String>,
    more: Option<Vec<String>>,
    request: &[RequestField<'_>],
) -> Pagination {
    let size = size_field(request, parameter.as_ref()).map(|size| size.location.clone());
    let excluded = excluded(request, parameter.as_ref());
    Pagination { by, parameter, items, more, size, excluded }
}

/// Rejects an operation that may change something: it must not be sent for every page.
fn check_repeatable(operation: &Operation, by: PageBy) -> Result<PageBy, String> {
    let has_cursor = matches!(by, PageBy::Cursor(_)) && operation.method == Method::Post;
    match operation.computed.idempotency {
        None if is_read(operation) || has_cursor => Ok(by),
        _ => Err("the operation may change something".to_owned()),
    }
}

/// Returns the first clear sign, or else the first one. A page number or an offset beside a cursor whose next
/// value is unknown is not clear: servers ignore one of them.
fn find_sign(evidence: &Evidence<'_, '_>) -> Option<Sign> {
    let mut signs: Vec<Sign> = link_header(evidence).into_iter().collect();
    signs.extend(cursors(evidence));
    signs.extend(url(evidence));
    signs.extend(described_link(evidence));
    signs.extend(last_item(evidence));
    if signs.is_empty() {
        signs.extend(page_number(evidence));
        signs.extend(offset(evidence));
        signs.extend(conditional_cursor(evidence));
    }
    let clear = signs.iter().position(|sign| sign.by.is_ok()).unwrap_or(0);
    (clear < signs.len()).then(|| signs.swap_remove(clear))
}

/// Returns the header `Link`, if a success response declares it and the operation has a parameter for pages or
/// their size. The header has other uses.
fn link_header(evidence: &Evidence<'_, '_>) -> Option<Sign> {
    let (successes, _) = evidence.operation.split_responses();
    let mut headers = successes.iter().flat_map(|response| &response.headers);
    let header = headers.find(|it| it.wire.eq_ignore_ascii_case("link"))?;
    let names = [CURSORS, AFTER, PAGE_NUMBERS, OFFSETS, SIZES];
    let has_parameter =
        evidence.request.iter().any(|it| names.iter().any(|names| it.has_name(names)));
    if !has_parameter && !mentions(&header.doc, &["next", "pagina"]) {
        return None;
    }
    let rule = "the response header `Link`".to_owned();
    Some(Sign { parameter: None, rule, by: Ok(PageBy::Link) })
}

/// Returns the header `Link`, if the description of a cursor says that it comes from there.
fn described_link(evidence: &Evidence<'_, '_>) -> Option<Sign> {
    const PHRASES: [&str; 5] =
        ["`link` response header", "`link` header", "link header", "link relation", "rel=next"];
    let mut parameters = evidence.request.iter().filter(|it| is_cursor_parameter(it));
    let parameter = parameters.find(|it| mentions(it.doc, &PHRASES))?.describe();
    let rule = format!("{parameter}, whose description says that it comes from the header `Link`");
    Some(Sign { parameter: None, rule, by: Ok(PageBy::Link) })
}

/// Returns the parameters for a cursor, those with unmistakable names first. Each is clear if a field of the
/// page has the next cursor.
fn cursors(evidence: &Evidence<'_, '_>) -> Vec<Sign> {
    let parameters = evidence.request.iter();
    let mut parameters: Vec<&RequestField<'_>> = parameters
        .filter(|it| is_cursor_parameter(it) && !is_conditional(it, evidence.request))
        .collect();
    parameters.sort_by_key(|it| !it.has_name(CURSORS));
    let signs = parameters.into_iter().map(|parameter| {
        let found = cursor_field(parameter, evidence.page, evidence.more.is_some());
        let found = found.map_err(|reason| contradiction(parameter, evidence).unwrap_or(reason));
        let described = parameter.describe();
        let rule = match &found {
            Ok(path) => format!("{described} and the field `{}`", path.join(".")),
            Err(_) => described,
        };
        Sign { parameter: Some(parameter.location.clone()), rule, by: found.map(PageBy::Cursor) }
    });
    signs.collect()
}

/// Returns a parameter for a cursor that works only together with another parameter.
fn conditional_cursor(evidence: &Evidence<'_, '_>) -> Option<Sign> {
    let mut parameters = evidence.request.iter().filter(|it| is_cursor_parameter(it));
    let parameter = parameters.find(|it| is_conditional(it, evidence.request))?;
    let reason = "its description says that it requires another parameter";
    let by = Err(reason.to_owned());
    Some(Sign { parameter: Some(parameter.location.clone()), rule: parameter.describe(), by })
}

/// Returns whether a cursor works only together with another parameter, as in "requires `usemarker` to be set".
fn is_conditional(parameter: &RequestField<'_>, request: &[RequestField<'_>]) -> bool {
    let description = doc_text(parameter.doc);
    let is_named = |it: &RequestField<'_>| {
        it.wire != parameter.wire && description.contains(&format!("`{}`", it.wire.to_lowercase()))
    };
    mentions(parameter.doc, &["require", "only if", "must be set"]) && request.iter().any(is_named)
}

fn is_cursor_parameter(parameter: &RequestField<'_>) -> bool {
    let is_text = matches!(parameter.ty, Type::Scalar(Scalar::String | Scalar::Secret));
    (parameter.has_name(CURSORS) && is_cursor(parameter.ty))
        || (parameter.has_name(AFTER) && is_position(parameter))
        || (parameter.has_name(&["page", "offset"]) && is_text)
}

/// Returns whether a parameter such as `after` takes a position in a list, and not a time.
fn is_position(parameter: &RequestField<'_>) -> bool {
    is_cursor(parameter.ty) && !mentions(parameter.doc, &[" date", "timestamp", "iso 8601"])
}

/// Returns the field with the URL of the next page.
fn url(evidence: &Evidence<'_, '_>) -> Option<Sign> {
    if evidence.operation.method != Method::Get {
        return None;
    }
    let found = url_field(evidence.page).transpose()?;
    let mut parameters = evidence.request.iter().filter(|it| is_cursor_parameter(it));
    if let Some(reason) = parameters.find_map(|it| contradiction(it, evidence)) {
        let rule = "a field with the URL of the next page".to_owned();
        return Some(Sign { parameter: None, rule, by: Err(reason) });
    }
    let rule = match &found {
        Ok(path) => format!("the field `{}` with the URL of the next page", path.join(".")),
        Err(_) => "fields with the URL of the next page".to_owned(),
    };
    Some(Sign { parameter: None, rule, by: found.map(PageBy::Url) })
}

/// Returns why the field with the URL of the next page is not one: a cursor takes its value, by the description
/// of the parameter.
fn contradiction(parameter: &RequestField<'_>, evidence: &Evidence<'_, '_>) -> Option<String> {
    let path = url_field(evidence.page).ok()??;
    let field = path.last()?;
    let takes_part = mentions(parameter.doc, &["url", "link", "href"]);
    (names_field(parameter.doc, field) && !takes_part).then(|| {
        let (path, parameter) = (path.join("."), parameter.describe());
        format!("the description of {parameter} says that it takes the value of the field `{path}`, which is a URL")
    })
}

/// Returns the parameter for the id of the last item, if the page tells whether more items follow. It is
/// described as an id, or as a cursor that no other part of the page can have.
fn last_item(evidence: &Evidence<'_, '_>) -> Option<Sign> {
    let has_text = evidence.page.iter().any(|it| may_be_cursor(it.field));
    let is_id = |it: &RequestField<'_>| {
        mentions(it.doc, &[" id ", " id.", "`id`", "identifier"])
            || (!has_text && (it.has_name(&["startingafter"]) || mentions(it.doc, &["cursor"])))
    };
    let mut parameters = evidence.request.iter().filter(|it| it.has_name(AFTER) && is_position(it));
    let parameter = parameters.find(|it| is_id(it))?;
    evidence.more.as_ref()?;
    let id = vec!["id".to_owned()];
    let has_id = evidence.item.is_some_and(|item| evidence.fields.has_cursor(item, &id));
    let id = match has_id {
        true => Ok(PageBy::LastItem(id)),
        false => Err("the items have no `id`".to_owned()),
    };
    let rule = format!("{} and the `id` of the last item", parameter.describe());
    Some(Sign { parameter: Some(parameter.location.clone()), rule, by: id })
}

/// Returns whether a field of a page may have a cursor: a string that does not label the page.
fn may_be_cursor(field: &Field) -> bool {
    let is_label = is_one_of(&field.wire, &["object", "type", "url", "uri", "href"]);
    matches!(field.ty.without_null(), Type::Scalar(Scalar::String | Scalar::Uri)) && !is_label
}

/// Returns the parameter for a page number, which is clear if the document states the first number.
fn page_number(evidence: &Evidence<'_, '_>) -> Option<Sign> {
    let is_named = |it: &RequestField<'_>| {
        let says_page = || mentions(it.doc, &["page number", "page index", "number of the page"]);
        it.has_name(PAGE_NUMBERS)
            || (it.has_name(OFFSETS) || it.has_name(&["index"])) && says_page()
    };
    let has_size = size_field(evidence.request, None).is_some();
    let is_page = |it: &RequestField<'_>| {
        it.is_integer() && (is_named(it) || (it.has_name(&["index"]) && has_size))
    };
    let parameter = evidence.request.iter().find(|it| is_page(it))?;
    let described = parameter.describe();
    let (rule, by) = match first_page(parameter) {
        _ if !is_named(parameter) => {
            let reason = "it may be the number of a page or of an item";
            (described, Err(reason.to_owned()))
        }
        Ok((first, source)) => {
            let rule = format!("{described}, whose {source} states that the first page is {first}");
            (rule, Ok(PageBy::Page(first)))
        }
        Err(reason) => (described, Err(reason)),
    };
    Some(Sign { parameter: Some(parameter.location.clone()), rule, by })
}

/// Returns the parameter for an offset, which is clear if there is one for the number of items too.
fn offset(evidence: &Evidence<'_, '_>) -> Option<Sign> {
    let is_offset = |it: &&RequestField<'_>| {
        it.is_integer() && (it.has_name(OFFSETS) || it.has_name(&["startindex"]))
    };
    let parameter = evidence.request.iter().find(is_offset)?;
    let described = parameter.describe();
    let is_one = |literal: Option<&Literal>| matches!(literal, Some(Literal::Int(1..)));
    let begins_later = is_one(parameter.default)
        || is_one(parameter.constraints.minimum.as_ref())
        || !parameter.has_name(OFFSETS);
    let (rule, by) = match size_field(evidence.request, Some(&parameter.location)) {
        _ if begins_later => (described, Err("it does not count items from 0".to_owned())),
        Some(size) => (format!("{described} and `{}`", size.wire), Ok(PageBy::Offset)),
        None => (described, Err("a parameter for the number of items is missing".to_owned())),
    };
    Some(Sign { parameter: Some(parameter.location.clone()), rule, by })
}

/// Returns the parameters that contradict the one of the page, because they reverse the order.
fn excluded(request: &[RequestField<'_>], parameter: Option<&PageParameter>) -> Vec<String> {
    let is_after = request.iter().any(|it| it.has_name(AFTER) && Some(&it.location) == parameter);
    let is_before = |it: &&RequestField<'_>| it.has_name(BEFORE) && is_position(it);
    let excluded = request.iter().filter(is_before).map(|it| it.wire.to_owned());
    if is_after { excluded.collect() } else { Vec::new() }
}
