//! Documentation.

/// The lines of a doc comment, without the leading space.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocText(pub Vec<String>);
