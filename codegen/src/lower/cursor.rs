//! Cursors of the walk: a node of the tree with its JSON pointer.

use crate::report::Location;
use crate::source::{Node, escape};

/// A node of the document with its JSON pointer.
#[derive(Debug, Clone)]
pub struct NodeCursor<'a> {
    /// The node. Its parent if the typed model has something that the tree does not.
    pub node: &'a Node,
    /// The pointer, RFC 6901 without `#`.
    pub pointer: String,
}

impl<'a> NodeCursor<'a> {
    /// Returns the cursor at the root of a document.
    pub fn root(node: &'a Node) -> Self {
        Self { node, pointer: String::new() }
    }

    /// Returns the cursor at the value of the key `key`.
    pub fn child(&self, key: &str) -> Self {
        let node = self.node.get(key).unwrap_or(self.node);
        Self { node, pointer: format!("{}/{}", self.pointer, escape(key)) }
    }

    /// Returns the cursor at the array item `index`.
    pub fn item(&self, index: usize) -> Self {
        let node = self.node.as_array().and_then(|items| items.get(index)).unwrap_or(self.node);
        Self { node, pointer: format!("{}/{index}", self.pointer) }
    }

    /// Returns the location of the node.
    pub fn location(&self) -> Location {
        Location::Entry(self.node.origin)
    }

    /// Returns the location of the key `key`, or of the node itself if it has no such key.
    pub fn location_of(&self, key: &str) -> Location {
        Location::Entry(self.node.get(key).unwrap_or(self.node).origin)
    }
}
