//! Documentation page → the description inside it, with what the page says around it.

/// A description that was found on a page, without the description itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The file's name as problems show it.
    pub file: String,
    /// The page's title.
    pub title: Option<String>,
    /// What the page says under its title.
    pub description: Option<String>,
    /// Where the page is published.
    pub link: Option<String>,
    /// Warnings and remarks around the description.
    pub notes: Vec<String>,
    /// The operation the page documents.
    pub target: Option<Target>,
    /// The name of the document the description was cut from.
    pub source: Option<String>,
    /// The description's position in the run's list of documents.
    pub document: u32,
}

/// The operation a page documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Target {
    /// The HTTP method, in lower case.
    pub method: String,
    /// The path, or the webhook's name.
    pub path: String,
    /// Whether it is a webhook.
    pub webhook: bool,
}
