//! Locations in the input: cheap values that refer to a document and do not own it.

use std::ops::Range;

/// Where a node was read from: the document (an index into the run's list of documents) and the
/// node's number in reading order. Cheap to copy; resolved to a line and column only when a problem
/// is shown (`source::locate`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin {
    /// Index of the document in the run's `Sources`.
    pub document: u32,
    /// The node's number: every value of the document counted from 0 in reading order, an object or
    /// array before its contents, a YAML alias as a copy of the value it refers to.
    pub node: u32,
}

/// The part of the input that a problem points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Location {
    /// The object entry or array item that holds this node, from its key (if it has one) to the end
    /// of its value.
    Entry(Origin),
    /// The value alone.
    Value(Origin),
    /// A byte range of a file, by the file's name.
    Text(String, Range<usize>),
    /// A whole file.
    File(String),
    /// The run as a whole.
    Run,
}
