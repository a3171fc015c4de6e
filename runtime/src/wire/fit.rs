//! How well a document matches a type.

/// How well a document matches a type. Lower is better; `unmatched` is compared first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Fit {
    /// The number of parts that the type does not describe.
    pub(super) unmatched: u32,
    /// The number of values read by a type that accepts any value of their kind, and of nullable fields
    /// that are absent.
    pub(super) generic: u32,
}
