//! The errors that a value triggers.

/// An error that a value triggers, attached to the value's declaration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorTrigger {
    /// The kind of error, by its name in `vendor.toml`, such as `missing` or `invalid`.
    pub kind: String,
    /// The error code's value on the wire.
    pub code: String,
    /// The error's message for this value.
    pub message: Option<String>,
    /// How many array levels below the value the error applies: 0 for the value itself, 1 for the
    /// items of an array, 2 for the items of an array in an array.
    pub item_depth: usize,
}
