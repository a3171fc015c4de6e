//! What the first page of the documentation shows.

/// What the first page of the documentation shows, besides the module's documentation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontPage {
    /// The server in the first example, as Rust code.
    pub server: String,
    /// The builder's method with credentials in the first example, as Rust code.
    pub login: String,
    /// The operation that the first example calls, by its index in the plan.
    pub operation: Option<usize>,
    /// The methods of the builder that set credentials, each with a sentence.
    pub credentials: Vec<(String, String)>,
    /// The operations by subject: the words for it, and their indexes in the plan.
    pub groups: Vec<(String, Vec<usize>)>,
}
