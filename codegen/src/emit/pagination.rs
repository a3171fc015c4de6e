//! Tables for requests that read every page of a list.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::option_method;
use super::print::literal;
use super::tokens::{Referrer, type_text};
use crate::ir::{PageBy, PageParameter, Pagination as Scheme};
use crate::plan::{Name, Operation, PageSize, Pagination, Step};

/// ```text
/// runtime::pages!(ListOrdersRequest as [pages, pages_from, items, items_from]
///         => types::OrderPage, types::Order, ListOrdersError;
///     runtime::Paging::cursor(&["meta", "next"]).query("after").items(&["orders"]),
///     |page| page.orders.as_mut());
/// ```
pub fn pages_table(operation: &Operation, errors: &str) -> Option<String> {
    let Pagination { methods, scheme, page, item, items_path, .. } =
        operation.pagination.as_ref()?;
    let methods: Vec<&str> = methods.iter().map(Name::as_str).collect();
    Some(format!(
        "runtime::pages!({} as [{}]\n        => {}, {}, {errors};\n    runtime::Paging::{},\n    \
         |page| {});\n",
        operation.request,
        methods.join(", "),
        type_text(page, Referrer::Sibling),
        type_text(item, Referrer::Sibling),
        paging(scheme),
        items_expr(items_path),
    ))
}

/// `cursor(&["meta", "next"]).query("after").items(&["orders"])`
fn paging(scheme: &Scheme) -> String {
    let Scheme { by, parameter, items, more, size: _, excluded } = scheme;
    let mut expr = match by {
        PageBy::Page(first) => format!("page({first})"),
        PageBy::Offset => "offset()".to_owned(),
        PageBy::Cursor(path) => format!("cursor({})", names(path)),
        PageBy::LastItem(path) => format!("last_item({})", names(path)),
        PageBy::Url(path) => format!("url({})", names(path)),
        PageBy::Link => "link()".to_owned(),
    };
    let parameter = match parameter {
        Some(PageParameter::Query(wire)) => Some(format!(".query({})", literal(wire))),
        Some(PageParameter::Body { path, is_number: false }) => {
            Some(format!(".body({})", names(path)))
        }
        Some(PageParameter::Body { path, is_number: true }) => {
            Some(format!(".body_number({})", names(path)))
        }
        None => None,
    };
    let list = |method: &str, path: &[String]| {
        (!path.is_empty()).then(|| format!(".{method}({})", names(path)))
    };
    let more = more.as_deref().and_then(|path| list("more", path));
    let parts = [parameter, list("items", items), more, list("excludes", excluded)];
    expr.extend(parts.into_iter().flatten());
    expr
}

/// `&["meta", "next"]`
fn names(path: &[String]) -> String {
    let names: Vec<String> = path.iter().map(|name| literal(name)).collect();
    format!("&[{}]", names.join(", "))
}

/// ```text
/// /// Sets the maximum number of items of a page.
/// pub fn page_size(self, page_size: i64) -> Self { Self(self.0.body_value(&["count"], &page_size)) }
/// ```
pub fn page_size_method(operation: &Operation) -> Option<TokenStream> {
    match operation.pagination.as_ref()?.page_size.as_ref()? {
        PageSize::Option(argument) => Some(option_method(argument)),
        PageSize::Body { name, path } => Some(quote! {
            #[doc = " Sets the maximum number of items of a page."]
            pub fn #name(self, #name: i64) -> Self {
                Self(self.0.body_value(&[#(#path),*], &#name))
            }
        }),
    }
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
