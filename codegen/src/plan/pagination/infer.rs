//! What the description itself shows of how a list is read. A guess that may be wrong is none: it
//! could pass over a page in silence.

use super::path::{Types, is_word, step};
use super::{found, page, query};
use crate::ir::{self, Literal, Method, ParameterIn, Scalar, Status, Type};
use crate::plan::{Field, Operation, PageBy, Pagination, RustType, Step};

/// How a list is read, where the names of its parameters and members leave no doubt.
pub(super) fn pagination(
    said: &ir::Operation,
    operation: &Operation,
    types: &Types<'_>,
) -> Option<Pagination> {
    if said.method != Method::Get || said.body.is_some() {
        return None;
    }
    let page = page(operation)?;
    let (to_items, item) = types.only_list(page)?;
    if has_link(said) {
        return Some(found(PageBy::Link, to_items, item, None, true));
    }
    if let Some((parameter, next)) = cursor(said, page, types) {
        return Some(found(PageBy::Cursor(parameter), to_items, item, Some(next), true));
    }
    let by = number(said).or_else(|| offset(said))?;
    Some(found(by, to_items, item, None, true))
}

/// Whether a success declares the header `Link`.
fn has_link(said: &ir::Operation) -> bool {
    let successes = said.responses.iter().filter(|response| match response.status {
        Status::Code(code) => code / 100 == 2,
        Status::Range(digit) => digit == 2,
        Status::Default => false,
    });
    successes.flat_map(|response| &response.headers).any(|it| it.wire.eq_ignore_ascii_case("link"))
}

/// Letters and digits, in lower case: `PageNumber` and `page_number` are one name.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn integer<'o>(said: &'o ir::Operation, names: &[&str]) -> Option<&'o ir::Parameter> {
    let is_integer =
        |ty: &Type| matches!(ty, Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint64));
    let mut all =
        said.parameters.iter().filter(|it| it.location == ParameterIn::Query && is_integer(&it.ty));
    all.find(|it| names.contains(&plain(&it.wire).as_str()))
}

/// A page number, of which the description says where it starts.
fn number(said: &ir::Operation) -> Option<PageBy> {
    const NUMBERS: [&str; 5] = ["page", "pagenumber", "pageno", "pagenum", "pageindex"];
    let found = integer(said, &NUMBERS)?;
    let starts = found.default.as_ref().or(found.constraints.minimum.as_ref())?;
    let first = match starts {
        Literal::Int(first @ (0 | 1)) => i64::try_from(*first).ok()?,
        _ => return None,
    };
    Some(PageBy::Page(found.wire.clone(), first))
}

/// An offset, beside a parameter for how many items come.
fn offset(said: &ir::Operation) -> Option<PageBy> {
    const SIZES: [&str; 6] = ["limit", "count", "size", "pagesize", "perpage", "take"];
    let found = integer(said, &["offset", "skip"])?;
    integer(said, &SIZES)?;
    Some(PageBy::Offset(found.wire.clone()))
}

/// A parameter for a cursor, and the member that holds the next one.
fn cursor(
    said: &ir::Operation,
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
    let mut queries = said.parameters.iter().filter(|it| it.location == ParameterIn::Query);
    let found = queries.find(|it| CURSORS.contains(&plain(&it.wire).as_str()))?;
    let parameter = query(said, &found.wire)?.wire.clone();
    let own = plain(&parameter);
    let bare = own.trim_start_matches("next");
    let wanted = [format!("next{bare}"), bare.to_owned()];
    let next = |ty: &RustType| -> Option<&Field> {
        let fields = types.fields(ty);
        let named =
            |name: &String| fields.iter().find(|it| plain(&it.wire) == *name && is_word(&it.ty));
        wanted.iter().find_map(named)
    };
    let top = next(page).and_then(|field| Some((vec![step(field)?], field.ty.clone())));
    let within = || {
        let mut found = types.fields(page).iter().filter_map(|outer| {
            let field = next(&outer.ty)?;
            Some((vec![step(outer)?, step(field)?], field.ty.clone()))
        });
        let only = found.next();
        only.filter(|_| found.next().is_none())
    };
    Some((parameter, top.or_else(within)?))
}
