//! Requests that read every page of a list.

use super::print::literal;
use super::tokens::{From, type_text};
use crate::plan::{Operation, Output, PageBy, Pagination, RustType, Step};

/// ```text
/// runtime::pages!(ListOrders as pages, items => types::OrderPage, types::Order, ListOrdersError;
///     runtime::Paging::Cursor { parameter: "after" },
///     |page| page.orders.as_mut(),
///     |page| Some(page.meta.as_ref()?.next.as_ref()?.to_string()));
/// ```
pub fn table(operation: &Operation, errors: &str) -> Option<String> {
    let Pagination { pages, items, by, item, to_items, to_next, inferred: _ } =
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
    let next = match to_next {
        Some((steps, ty)) => format!("|page| Some({})", word(steps, ty)),
        None => "|_| None".to_owned(),
    };
    Some(format!(
        "runtime::pages!({} as {pages}, {items} => {}, {}, {errors};\n    runtime::Paging::{paging},\n    \
         |page| {},\n    {next});\n",
        operation.request,
        type_text(page, From::Beside),
        type_text(item, From::Beside),
        list(to_items),
    ))
}

/// `page.orders.as_mut()`, `Some(&mut page.data.as_mut()?.orders)`
fn list(steps: &[Step]) -> String {
    let Some((last, before)) = steps.split_last() else { return "Some(page)".to_owned() };
    let way = way(before, "as_mut");
    match last.optional {
        true => format!("{way}.{}.as_mut()", last.field),
        false => format!("Some(&mut {way}.{})", last.field),
    }
}

/// `page.meta.as_ref()?.next.as_ref()?.to_string()`
fn word(steps: &[Step], ty: &RustType) -> String {
    let way = way(steps, "as_ref");
    match ty {
        RustType::Runtime("Secret") => format!("{way}.expose().to_owned()"),
        _ => format!("{way}.to_string()"),
    }
}

fn way(steps: &[Step], borrow: &str) -> String {
    let mut way = "page".to_owned();
    for Step { field, optional, .. } in steps {
        way.push_str(&format!(".{field}"));
        if *optional {
            way.push_str(&format!(".{borrow}()?"));
        }
    }
    way
}
