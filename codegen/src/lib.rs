//! Turns API documentation pages and OpenAPI documents into Rust clients.
//!
//! The library does no I/O: bytes in, [`Files`] or a [`Report`] out. Data flows one way, and the
//! modules below stand in the order of that flow; a module uses only modules above it.

pub mod dialect;
pub mod files;
pub mod ir;
pub mod manifest;
pub mod merge;
pub mod page;
pub mod report;
pub mod source;

pub use files::Files;
pub use manifest::Manifest;
pub use report::{Problem, Report};

/// Everything known about one vendor, as read from disk by the caller.
#[derive(Debug, Clone, Default)]
pub struct Vendor {
    /// The Rust module's (or crate's) name, such as `orders_api`.
    pub name: String,
    /// `vendor.toml`
    pub manifest: Manifest,
    /// The pages and documents, in any order.
    pub inputs: Vec<Input>,
    /// `overlay.yaml`
    pub overlay: Option<Input>,
}

/// A file's name and content.
#[derive(Debug, Clone)]
pub struct Input {
    /// The name as problems show it: a path with `/` between parts.
    pub file: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}
