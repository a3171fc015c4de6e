//! Infers pagination from parameters and fields with well-known names. An ambiguous case is not
//! inferred, since a wrong inference could silently skip a page.

use super::page_type;
use super::path::{Fields, is_cursor};
use crate::ir::{
    Field, Literal, Method, Operation, PageBy, Pagination, Parameter, ParameterIn, Scalar, Type,
};

/// A sign of pagination, and what follows from it.
pub struct Scheme {
    /// The query parameter, unless the sign is a header.
    pub parameter: Option<String>,
    /// What was found.
    pub rule: String,
    /// The pagination, or why it is unclear.
    pub pagination: Result<Pagination, String>,
}

/// How the next page is requested, with the path of its cursor.
type Next = (PageBy, Option<Vec<String>>);

/// Returns the first scheme of a list that is clear, or else the first one that is not.
pub fn find_scheme(operation: &Operation, fields: &Fields<'_>) -> Option<Scheme> {
    if operation.method != Method::Get || operation.body.is_some() {
        return None;
    }
    let found =
        [link(operation), cursor(operation, fields), page_number(operation), offset(operation)];
    let mut signs: Vec<Sign> = found.into_iter().flatten().collect();
    let clear = signs.iter().position(|sign| sign.next.is_ok()).unwrap_or(0);
    let Sign { parameter, rule, next } = (clear < signs.len()).then(|| signs.swap_remove(clear))?;
    let items = page_type(operation).and_then(|page| {
        let no_list = || "the response has no list, or several".to_owned();
        fields.only_list(page).ok_or_else(no_list)
    });
    let pagination = items.and_then(|items| next.map(|(by, next)| Pagination { by, items, next }));
    Some(Scheme { parameter, rule, pagination })
}

/// A sign of pagination, without the list.
struct Sign {
    parameter: Option<String>,
    rule: String,
    next: Result<Next, String>,
}

/// Returns the header `Link`, if a success response declares it.
fn link(operation: &Operation) -> Option<Sign> {
    let (successes, _) = operation.split_responses();
    let mut headers = successes.iter().flat_map(|response| &response.headers);
    headers.find(|it| it.wire.eq_ignore_ascii_case("link"))?;
    let rule = "the response header `Link`".to_owned();
    Some(Sign { parameter: None, rule, next: Ok((PageBy::Link, None)) })
}

/// Removes case and punctuation, so that `PageNumber` and `page_number` are equal.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the first query parameter with one of these names that `accept` accepts.
fn query_parameter<'o>(
    operation: &'o Operation,
    names: &[&str],
    accept: fn(&Type) -> bool,
) -> Option<&'o Parameter> {
    let mut queries = operation
        .parameters
        .iter()
        .filter(|it| it.location == ParameterIn::Query && accept(&it.ty));
    queries.find(|it| names.contains(&plain(&it.wire).as_str()))
}

fn is_integer(ty: &Type) -> bool {
    matches!(ty, Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint64))
}

/// Returns the parameter for a page number, which is clear if the document states the first number.
fn page_number(operation: &Operation) -> Option<Sign> {
    const NUMBERS: [&str; 5] = ["page", "pagenumber", "pageno", "pagenum", "pageindex"];
    let parameter = query_parameter(operation, &NUMBERS, is_integer)?;
    let start = parameter.default.as_ref().or(parameter.constraints.minimum.as_ref());
    let wire = parameter.wire.clone();
    let rule = format!("the integer query parameter `{wire}`");
    let sign = |rule, next| Some(Sign { parameter: Some(wire.clone()), rule, next });
    match start {
        Some(Literal::Int(first @ (0 | 1))) => {
            let by = PageBy::Page(wire.clone(), i64::from(*first == 1));
            sign(format!("{rule}, whose first value is {first}"), Ok((by, None)))
        }
        _ => {
            let reason = "neither its `default` nor its `minimum` is the number of the first page";
            sign(rule, Err(reason.to_owned()))
        }
    }
}

/// Returns the parameter for an offset, which is clear if there is one for the number of items too.
fn offset(operation: &Operation) -> Option<Sign> {
    const SIZES: [&str; 6] = ["limit", "count", "size", "pagesize", "perpage", "take"];
    let parameter = query_parameter(operation, &["offset", "skip"], is_integer)?;
    let size = query_parameter(operation, &SIZES, is_integer);
    let wire = parameter.wire.clone();
    let (rule, next) = match size {
        Some(size) => (
            format!("the integer query parameters `{wire}` and `{}`", size.wire),
            Ok((PageBy::Offset(wire.clone()), None)),
        ),
        None => (
            format!("the integer query parameter `{wire}`"),
            Err("a parameter for the number of items is missing".to_owned()),
        ),
    };
    Some(Sign { parameter: Some(wire), rule, next })
}

/// Returns the parameter for a cursor, which is clear if a field of the page has the next cursor.
fn cursor(operation: &Operation, fields: &Fields<'_>) -> Option<Sign> {
    const CURSORS: [&str; 7] = [
        "cursor",
        "pagecursor",
        "nextcursor",
        "pagetoken",
        "nextpagetoken",
        "nexttoken",
        "continuationtoken",
    ];
    let wire = query_parameter(operation, &CURSORS, |_| true)?.wire.clone();
    let next = page_type(operation).ok().and_then(|page| next_cursor(&wire, page, fields));
    let (rule, next) = match next {
        Some(path) => (
            format!("the query parameter `{wire}` and the field `{}`", path.join(".")),
            Ok((PageBy::Cursor(wire.clone()), Some(path))),
        ),
        None => (
            format!("the query parameter `{wire}`"),
            Err("no field of the response has the next cursor, or several have".to_owned()),
        ),
    };
    Some(Sign { parameter: Some(wire), rule, next })
}

/// Returns the path of the field with the next cursor: in the page, or in one of its fields.
fn next_cursor(parameter: &str, page: &Type, fields: &Fields<'_>) -> Option<Vec<String>> {
    let plain_name = plain(parameter);
    let base = plain_name.trim_start_matches("next");
    let candidates = [format!("next{base}"), base.to_owned()];
    let cursor_field = |ty: &Type| -> Option<&Field> {
        let find = |name: &String| {
            fields.fields(ty).find(|it| plain(&it.wire) == *name && is_cursor(&it.ty))
        };
        candidates.iter().find_map(find)
    };
    let nested = || {
        let mut paths = fields.fields(page).filter_map(|outer| {
            Some(vec![outer.wire.clone(), cursor_field(&outer.ty)?.wire.clone()])
        });
        let only = paths.next();
        only.filter(|_| paths.next().is_none())
    };
    cursor_field(page).map(|field| vec![field.wire.clone()]).or_else(nested)
}
