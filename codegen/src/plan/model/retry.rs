//! Retries.

/// A response header that says how long to wait before a retry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryHeader {
    /// Its name.
    pub name: String,
    /// The format of its value, as a variant of the runtime's enum.
    pub format: &'static str,
    /// The statuses of the responses that it is read from. If empty, all.
    pub statuses: Vec<u16>,
}
