//! Tables for requests that read every page of a list.

use super::print::literal;
use super::tokens::{Referrer, type_text};
use crate::plan::{Operation, Output, PageBy, Pagination, RustType, Step};

/// ```text
/// runtime::pages!(ListOrdersRequest as pages, items => types::OrderPage, types::Order, ListOrdersError;
///     runtime::Paging::Cursor { parameter: "after" },
///     |page| page.orders.as_mut(),
///     |page| Some(page.meta.as_ref()?.next.as_ref()?.to_string()));
/// ```
pub fn pages_table(operation: &Operation, errors: &str) -> Option<String> {
    let Pagination { pages, items, by, item, items_path, cursor_path } =
        operation.pagination.as_ref()?;
    let Output::Json(page) = &operation.output else { return None };
    let paging = match by {
        PageBy::Page(parameter, first) => {
            format!("Page {{ parameter: {}, first: {first} }}", literal(parameter))
        }
        PageBy::Offset(parameter) => format!("Offset {{ parameter: {} }}", literal(parameter)),
        PageBy::Cursor(parameter) => format!("Cursor {{ parameter: {} }}", literal(parameter)),
        PageBy::Link => "Link".to_owned(),
    };
    let next = match cursor_path {
        Some((steps, ty)) => format!("|page| Some({})", cursor_expr(steps, ty)),
        None => "|_| None".to_owned(),
    };
    Some(format!(
        "runtime::pages!({} as {pages}, {items} => {}, {}, {errors};\n    runtime::Paging::{paging},\n    \
         |page| {},\n    {next});\n",
        operation.request,
        type_text(page, Referrer::Sibling),
        type_text(item, Referrer::Sibling),
        items_expr(items_path),
    ))
}

/// `page.orders.as_mut()`, `Some(&mut page.data.as_mut()?.orders)`
fn items_expr(steps: &[Step]) -> String {
    let Some((last, parents)) = steps.split_last() else { return "Some(page)".to_owned() };
    let parent = field_access(parents, "as_mut");
    match last.optional {
        true => format!("{parent}.{}.as_mut()", last.field),
        false => format!("Some(&mut {parent}.{})", last.field),
    }
}

/// `page.meta.as_ref()?.next.as_ref()?.to_string()`
fn cursor_expr(steps: &[Step], ty: &RustType) -> String {
    let cursor = field_access(steps, "as_ref");
    match ty {
        RustType::Secret => format!("{cursor}.expose().to_owned()"),
        _ => format!("{cursor}.to_string()"),
    }
}

/// `page.meta.as_ref()?.next`
fn field_access(steps: &[Step], borrow: &str) -> String {
    let mut expr = "page".to_owned();
    for Step { field, optional, .. } in steps {
        expr.push_str(&format!(".{field}"));
        if *optional {
            expr.push_str(&format!(".{borrow}()?"));
        }
    }
    expr
}
