//! Paginated lists.

/// How the pages of a list are requested. Paths consist of wire names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// How the next page is requested.
    pub by: PageBy,
    /// Where a request contains the number, offset or cursor; `None` if it is in a URL of the server.
    pub parameter: Option<PageParameter>,
    /// The path from a page to its items; empty if the page is the list itself.
    pub items: Vec<String>,
    /// The path from a page to the boolean that tells whether another page follows.
    pub more: Option<Vec<String>>,
    /// Where a request contains the size of a page.
    pub size: Option<PageParameter>,
    /// The parameters that contradict the one of the page.
    pub excluded: Vec<String>,
}

/// How the next page is requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageBy {
    /// By its number, counting from this number.
    Page(i64),
    /// By the number of items before it.
    Offset,
    /// By the cursor at this path of the previous page.
    Cursor(Vec<String>),
    /// By the value at this path of the last item of the previous page.
    LastItem(Vec<String>),
    /// By the URL at this path of the previous page.
    Url(Vec<String>),
    /// By the URL in the header `Link`.
    Link,
}

/// Where a request contains a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageParameter {
    /// In this query parameter.
    Query(String),
    /// In a JSON body, at this path.
    Body {
        /// The path of the field.
        path: Vec<String>,
        /// Whether the field is a number.
        is_number: bool,
    },
}
