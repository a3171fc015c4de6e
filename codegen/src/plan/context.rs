//! Lookup tables that all parts of the plan use.

use super::CallPath;
use super::boxed::Boxed;
use super::doc::Links;
use super::naming::{AssignedNames, NameOverrides};
use super::rust_type::{RustType, rust_type};
use crate::ir::{self, Usage};
use crate::manifest::Manifest;

/// Lookup tables: computed once, then read-only.
pub(super) struct Context<'a> {
    pub manifest: &'a Manifest,
    pub api: &'a ir::Api,
    /// The overrides and what earlier runs recorded.
    pub overrides: NameOverrides<'a>,
    /// Whether each type is sent, received or both.
    pub usage: Vec<Usage>,
    /// Whether the fields of each type are parts of a multipart body.
    pub multipart: Vec<bool>,
    /// The fields and variants that need a `Box`, as (owner, target) edges.
    pub boxed: Boxed,
    /// How callers reach each operation.
    pub calls: Vec<CallPath>,
    /// The assigned names.
    pub names: AssignedNames,
    /// Resolves relative links in descriptions.
    pub links: Links,
}

impl Context<'_> {
    /// Returns the Rust type of `ty`.
    pub fn rust_type(&self, ty: &ir::Type) -> RustType {
        rust_type(&self.names.types, ty)
    }

    /// Returns the Rust type of a component, by its key.
    pub fn component(&self, key: &str) -> Option<RustType> {
        self.api.components.get(key).map(|ty| self.rust_type(ty))
    }
}
