//! Lists that come page by page.

use super::{Name, RustType};

/// How a request reads every page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// The request's method that gives the pages.
    pub pages: Name,
    /// The request's method that gives the items.
    pub items: Name,
    /// How the next page is asked for.
    pub by: PageBy,
    /// The type of an item.
    pub item: RustType,
    /// The members that lead from a page to its items; none where it is the list itself.
    pub to_items: Vec<Step>,
    /// The members that lead to the word for the next page, and the type of that.
    pub to_next: Option<(Vec<Step>, RustType)>,
    /// Whether the description shows it, and `vendor.toml` says nothing of it.
    pub inferred: bool,
}

/// How the next page is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageBy {
    /// By number, in a query parameter; the first one's.
    Page(String, i64),
    /// By items passed over, in a query parameter.
    Offset(String),
    /// By a word of the page before, in a query parameter.
    Cursor(String),
    /// By the header `Link`.
    Link,
}

/// A member on the way into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The field.
    pub field: Name,
    /// Its name on the wire.
    pub wire: String,
    /// Whether it is an `Option`.
    pub optional: bool,
}
