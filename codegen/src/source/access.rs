//! Reading a [`Node`] by kind, member and pointer.

use super::{Kind, Map, Node, Number};
use crate::report::Origin;

impl Node {
    /// A text node.
    pub fn string(text: impl Into<String>, origin: Origin) -> Self {
        Self { kind: Kind::String(text.into()), origin }
    }

    /// A boolean node.
    pub fn bool(value: bool, origin: Origin) -> Self {
        Self { kind: Kind::Bool(value), origin }
    }

    /// A list node.
    pub fn array(items: Vec<Node>, origin: Origin) -> Self {
        Self { kind: Kind::Array(items), origin }
    }

    /// A map node.
    pub fn object(map: Map, origin: Origin) -> Self {
        Self { kind: Kind::Object(map), origin }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            Kind::String(s) => Some(s),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.kind {
            Kind::Bool(b) => Some(*b),
            _ => None,
        }
    }

    /// The value of an integer.
    pub fn as_int(&self) -> Option<i128> {
        match &self.kind {
            Kind::Number(Number::Int(i)) => Some(*i),
            _ => None,
        }
    }

    /// The items of a list.
    pub fn as_array(&self) -> Option<&[Node]> {
        match &self.kind {
            Kind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of a map.
    pub fn as_object(&self) -> Option<&Map> {
        match &self.kind {
            Kind::Object(map) => Some(map),
            _ => None,
        }
    }

    /// The members of a map, to change.
    pub fn as_object_mut(&mut self) -> Option<&mut Map> {
        match &mut self.kind {
            Kind::Object(map) => Some(map),
            _ => None,
        }
    }

    /// The member `key` of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_object()?.get(key)
    }

    /// The node a JSON pointer (RFC 6901, without `#`) names.
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

    /// The node a JSON pointer (RFC 6901, without `#`) names, to change.
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

    /// What kind of value this is, in words for a message.
    pub fn kind_name(&self) -> &'static str {
        match &self.kind {
            Kind::Null => "null",
            Kind::Bool(_) => "a boolean",
            Kind::Number(_) => "a number",
            Kind::String(_) => "a string",
            Kind::Array(_) => "a list",
            Kind::Object(_) => "a map",
        }
    }
}

/// A member's name as a token of a JSON pointer (RFC 6901 §3).
pub fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// A token of a JSON pointer as a member's name.
pub fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
