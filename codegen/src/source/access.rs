//! Constructors of [`Node`], and access to its value by kind, key and JSON pointer.

use super::{Kind, Map, Node, Number};
use crate::report::Origin;

impl Node {
    /// Creates a string.
    pub fn string(text: impl Into<String>, origin: Origin) -> Self {
        Self { kind: Kind::String(text.into()), origin }
    }

    /// Creates a boolean.
    pub fn bool(value: bool, origin: Origin) -> Self {
        Self { kind: Kind::Bool(value), origin }
    }

    /// Creates an array.
    pub fn array(items: Vec<Node>, origin: Origin) -> Self {
        Self { kind: Kind::Array(items), origin }
    }

    /// Creates an object.
    pub fn object(map: Map, origin: Origin) -> Self {
        Self { kind: Kind::Object(map), origin }
    }

    /// Returns the value if it is a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(s) => Some(s),
            _ => None,
        }
    }

    /// Returns the value if it is a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.kind {
            Kind::Bool(b) => Some(*b),
            _ => None,
        }
    }

    /// Returns the value if it is an integer.
    pub fn as_int(&self) -> Option<i128> {
        match &self.kind {
            Kind::Number(Number::Int(i)) => Some(*i),
            _ => None,
        }
    }

    /// Returns the items if the value is an array.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the entries if the value is an object.
    pub fn as_object(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Object(map) => Some(map),
            _ => None,
        }
    }

    /// Returns the entries for modification if the value is an object.
    pub fn as_object_mut(&mut self) -> Option<&mut Map> {
        match &mut self.kind {
            Kind::Object(map) => Some(map),
            _ => None,
        }
    }

    /// Returns the value of `key` if this is an object that has the key.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// Returns the node at a JSON pointer (RFC 6901, without `#`).
    pub fn pointer(&self, pointer: &str) -> Option<&Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |node, token| match &node.kind {
            Kind::Object(map) => map.get(&unescape(token)),
            Kind::Array(items) => items.get(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Returns the node at a JSON pointer (RFC 6901, without `#`) for modification.
    pub fn pointer_mut(&mut self, pointer: &str) -> Option<&mut Node> {
        if pointer.is_empty() {
            return Some(self);
        }
        pointer.strip_prefix('/')?.split('/').try_fold(self, |node, token| match &mut node.kind {
            Kind::Object(map) => map.get_mut(&unescape(token)),
            Kind::Array(items) => items.get_mut(token.parse::<usize>().ok()?),
            _ => None,
        })
    }

    /// Returns whether the value is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.kind, Kind::Null)
    }

    /// Names the kind of the value for a message.
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "an array",
            Kind::Object(_) => "an object",
        }
    }
}

/// Escapes a key for use as a token of a JSON pointer (RFC 6901 §3).
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// Unescapes a token of a JSON pointer.
pub fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
