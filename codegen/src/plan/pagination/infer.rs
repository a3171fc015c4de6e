//! Infers pagination from parameters and fields with well-known names. An ambiguous case is not
//! inferred, since a wrong inference could silently skip a page.

use super::path::{Types, is_cursor, step};
use super::{page_type, pagination, query_parameter};
use crate::ir::{self, Literal, Method, ParameterIn, Scalar, Status, Type};
use crate::plan::{Field, Operation, PageBy, Pagination, RustType, Step};

/// Returns the pagination of a list, if its parameters and fields are unambiguous.
pub(super) fn infer_pagination(
    operation: &ir::Operation,
    planned: &Operation,
    types: &Types<'_>,
) -> Option<Pagination> {
    if operation.method != Method::Get || operation.body.is_some() {
        return None;
    }
    let page = page_type(planned)?;
    let (items_path, item) = types.only_list(page)?;
    if has_link_header(operation) {
        return Some(pagination(PageBy::Link, items_path, item, None, true));
    }
    if let Some((parameter, cursor_path)) = cursor(operation, page, types) {
        let by = PageBy::Cursor(parameter);
        return Some(pagination(by, items_path, item, Some(cursor_path), true));
    }
    let by = page_number(operation).or_else(|| offset(operation))?;
    Some(pagination(by, items_path, item, None, true))
}

/// Returns whether a success response declares the header `Link`.
fn has_link_header(operation: &ir::Operation) -> bool {
    let successes = operation.responses.iter().filter(|response| match response.status {
        Status::Code(code) => code / 100 == 2,
        Status::Range(digit) => digit == 2,
        Status::Default => false,
    });
    successes.flat_map(|response| &response.headers).any(|it| it.wire.eq_ignore_ascii_case("link"))
}

/// Removes case and punctuation, so that `PageNumber` and `page_number` are equal.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the first integer query parameter with one of these names.
fn integer_parameter<'o>(
    operation: &'o ir::Operation,
    names: &[&str],
) -> Option<&'o ir::Parameter> {
    let is_integer =
        |ty: &Type| matches!(ty, Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint64));
    let mut integers = operation
        .parameters
        .iter()
        .filter(|it| it.location == ParameterIn::Query && is_integer(&it.ty));
    integers.find(|it| names.contains(&plain(&it.wire).as_str()))
}

/// Returns the parameter for a page number, if the document states the first number.
fn page_number(operation: &ir::Operation) -> Option<PageBy> {
    const NUMBERS: [&str; 5] = ["page", "pagenumber", "pageno", "pagenum", "pageindex"];
    let parameter = integer_parameter(operation, &NUMBERS)?;
    let start = parameter.default.as_ref().or(parameter.constraints.minimum.as_ref())?;
    let first = match start {
        Literal::Int(first @ (0 | 1)) => i64::try_from(*first).ok()?,
        _ => return None,
    };
    Some(PageBy::Page(parameter.wire.clone(), first))
}

/// Returns the parameter for an offset, if there is one for the number of items too.
fn offset(operation: &ir::Operation) -> Option<PageBy> {
    const SIZES: [&str; 6] = ["limit", "count", "size", "pagesize", "perpage", "take"];
    let parameter = integer_parameter(operation, &["offset", "skip"])?;
    integer_parameter(operation, &SIZES)?;
    Some(PageBy::Offset(parameter.wire.clone()))
}

/// Returns the parameter for a cursor, and the path of the field with the next cursor.
fn cursor(
    operation: &ir::Operation,
    page: &RustType,
    types: &Types<'_>,
) -> Option<(String, (Vec<Step>, RustType))> {
    const CURSORS: [&str; 7] = [
        "cursor",
        "pagecursor",
        "nextcursor",
        "pagetoken",
        "nextpagetoken",
        "nexttoken",
        "continuationtoken",
    ];
    let mut queries = operation.parameters.iter().filter(|it| it.location == ParameterIn::Query);
    let name = &queries.find(|it| CURSORS.contains(&plain(&it.wire).as_str()))?.wire;
    let parameter = query_parameter(operation, name)?.wire.clone();
    let plain_name = plain(&parameter);
    let base = plain_name.trim_start_matches("next");
    let candidates = [format!("next{base}"), base.to_owned()];
    let cursor_field = |ty: &RustType| -> Option<&Field> {
        let fields = types.fields(ty);
        let find =
            |name: &String| fields.iter().find(|it| plain(&it.wire) == *name && is_cursor(&it.ty));
        candidates.iter().find_map(find)
    };
    let top_level =
        cursor_field(page).and_then(|field| Some((vec![step(field)?], field.ty.clone())));
    let nested = || {
        let mut paths = types.fields(page).iter().filter_map(|outer| {
            let field = cursor_field(&outer.ty)?;
            Some((vec![step(outer)?, step(field)?], field.ty.clone()))
        });
        let only = paths.next();
        only.filter(|_| paths.next().is_none())
    };
    Some((parameter, top_level.or_else(nested)?))
}
