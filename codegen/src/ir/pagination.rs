//! Paginated lists.

/// How the pages of a list are requested. Paths consist of wire names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// How the next page is requested.
    pub by: PageBy,
    /// The path from a page to its items; empty if the page is the list itself.
    pub items: Vec<String>,
    /// The path from a page to the cursor of the next one.
    pub next: Option<Vec<String>>,
}

/// How the next page is requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageBy {
    /// By its number, in a query parameter, counting from this number.
    Page(String, i64),
    /// By the number of items before it, in a query parameter.
    Offset(String),
    /// By a cursor from the previous page, in a query parameter.
    Cursor(String),
    /// By the URL in the header `Link`.
    Link,
}
