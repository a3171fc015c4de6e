//! Tables for requests that read every page of a list.

use super::print::literal;
use super::tokens::{Referrer, type_text};
use crate::plan::{Name, Operation, Output, PageBy, Pagination, Step};

/// ```text
/// runtime::pages!(ListOrdersRequest as [pages, pages_from, items, items_from]
///         => types::OrderPage, types::Order, ListOrdersError;
///     runtime::Paging::cursor(&["meta", "next"]).query("after").items(&["orders"]),
///     |page| page.orders.as_mut());
/// ```
pub fn pages_table(operation: &Operation, errors: &str) -> Option<String> {
    let Pagination { methods, by, item, items_path, cursor_path } =
        operation.pagination.as_ref()?;
    let Output::Json(page) = &operation.output else { return None };
    let wires = |steps: &[Step]| path(steps.iter().map(|step| step.wire.as_str()));
    let cursor = cursor_path.as_ref().map(|(steps, _)| wires(steps)).unwrap_or_default();
    let mut paging = match by {
        PageBy::Page(parameter, first) => format!("page({first}).query({})", literal(parameter)),
        PageBy::Offset(parameter) => format!("offset().query({})", literal(parameter)),
        PageBy::Cursor(parameter) => format!("cursor({cursor}).query({})", literal(parameter)),
        PageBy::Link => "link()".to_owned(),
    };
    if !items_path.is_empty() {
        paging.push_str(&format!(".items({})", wires(items_path)));
    }
    let methods: Vec<&str> = methods.iter().map(Name::as_str).collect();
    Some(format!(
        "runtime::pages!({} as [{}]\n        => {}, {}, {errors};\n    runtime::Paging::{paging},\n    \
         |page| {});\n",
        operation.request,
        methods.join(", "),
        type_text(page, Referrer::Sibling),
        type_text(item, Referrer::Sibling),
        items_expr(items_path),
    ))
}

/// `&["meta", "next"]`
fn path<'w>(wires: impl Iterator<Item = &'w str>) -> String {
    let wires: Vec<String> = wires.map(literal).collect();
    format!("&[{}]", wires.join(", "))
}

/// `page.orders.as_mut()`, `Some(&mut page.data.as_mut()?.orders)`
fn items_expr(steps: &[Step]) -> String {
    let Some((last, parents)) = steps.split_last() else { return "Some(page)".to_owned() };
    let parent = field_access(parents);
    match last.optional {
        true => format!("{parent}.{}.as_mut()", last.field),
        false => format!("Some(&mut {parent}.{})", last.field),
    }
}

/// `page.meta.as_mut()?.orders`
fn field_access(steps: &[Step]) -> String {
    let mut expr = "page".to_owned();
    for Step { field, optional, .. } in steps {
        expr.push_str(&format!(".{field}"));
        if *optional {
            expr.push_str(".as_mut()?");
        }
    }
    expr
}
