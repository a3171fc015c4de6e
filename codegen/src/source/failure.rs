//! Why a parser rejected a text, and the limits of a document.

/// The maximum number of values of a document; the largest known documents have a third of it.
pub(super) const MAX_VALUES: usize = 3_000_000;

/// The reason why a parser rejected a text.
pub(super) struct Failure {
    /// The byte at which it stopped.
    pub(super) at: Option<usize>,
    pub(super) message: String,
    pub(super) help: String,
}
