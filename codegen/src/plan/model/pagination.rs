//! Paginated lists.

pub use crate::ir::PageBy;
use crate::plan::naming::Name;
use crate::plan::rust_type::RustType;

/// How the pages of a list are requested.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// The request's methods that return the pages, the pages from a cursor on, the items, and the
    /// items from a cursor on.
    pub methods: [Name; 4],
    /// How the next page is requested.
    pub by: PageBy,
    /// The type of an item.
    pub item: RustType,
    /// The fields that lead from a page to its items; empty if the page is the list itself.
    pub items_path: Vec<Step>,
    /// The fields that lead from a page to the cursor of the next one, and the cursor's type.
    pub cursor_path: Option<(Vec<Step>, RustType)>,
}

/// A field on the path to a nested value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The field.
    pub field: Name,
    /// Its name on the wire.
    pub wire: String,
    /// Whether it is an `Option`.
    pub optional: bool,
}
