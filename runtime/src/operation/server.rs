//! The servers of operations, as constant data.

/// A server that some operations use instead of the base URL (OpenAPI 3.0.4, "Operation Object",
/// `servers`). Generated code holds one constant for each.
///
/// If the caller's base URL is not one of the OpenAPI document, the URL of this server is unknown
/// and must be set too. This way, a request for a vault never reaches another host, and a request
/// for one environment never reaches another.
#[derive(Debug, Clone, Copy)]
pub struct OperationServer {
    pub(crate) setter: &'static str,
    pub(crate) urls: &'static [&'static str],
}

impl OperationServer {
    /// Creates a server with the name of the builder method that sets it, and its URLs: one for
    /// each server of the OpenAPI document, in the same order, or one for all of them. A URL that
    /// begins with a slash is a path on the base URL's host.
    #[must_use]
    pub const fn new(setter: &'static str, urls: &'static [&'static str]) -> Self {
        Self { setter, urls }
    }

    /// Returns the name of the builder method that sets it.
    #[must_use]
    pub const fn setter(&self) -> &'static str {
        self.setter
    }
}
