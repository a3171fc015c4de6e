//! Paginated lists.

use super::Argument;
use crate::ir;
use crate::plan::naming::Name;
use crate::plan::rust_type::RustType;

/// How the pages of a list are requested.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// The request's methods that return the pages, the pages from a cursor on, the items, and the
    /// items from a cursor on.
    pub methods: [Name; 4],
    /// The request's method that sets the size of a page.
    pub page_size: Option<PageSize>,
    /// How the next page is requested.
    pub scheme: ir::Pagination,
    /// The type of a page.
    pub page: RustType,
    /// The type of an item.
    pub item: RustType,
    /// The fields that lead from a page to its items; empty if the page is the list itself.
    pub items_path: Vec<Step>,
}

/// A method that sets the size of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum PageSize {
    /// It sets the same parameter as an option of the request.
    Option(Argument),
    /// It sets a field of the request body.
    Body {
        /// The name of the method.
        name: Name,
        /// The path of the field.
        path: Vec<String>,
    },
}

/// A field on the path to a nested value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The field.
    pub field: Name,
    /// Whether it is an `Option`.
    pub optional: bool,
}
