//! The Cargo features of an API.

use crate::plan::naming::Name;

/// A Cargo feature of an API: of a resource, or of a file of types that several resources use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name, without that of the vendor.
    pub name: String,
    /// The features that it enables.
    pub enables: Vec<String>,
    /// Whether it is a resource.
    pub is_resource: bool,
    /// Whether it is enabled by default: a resource, or types that no resource uses. The others are
    /// enabled by the features that use them.
    pub is_default: bool,
    /// The files that it enables.
    pub files: Vec<FileId>,
}

/// A file of operations or of types, without `.rs`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileId {
    /// A file of operations, and the one of their mocks.
    Operations(Name),
    /// A file of types.
    Types(Name),
    /// A file of errors that several operations share.
    Errors(Name),
}
