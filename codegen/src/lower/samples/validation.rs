//! Whether a schema allows a value that is sent.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::view::resolved;
use super::{list, number, text};
use crate::source::Node;

/// How deep a value is looked at.
const DEEPEST: usize = 40;

/// How many schemas are asked at most. Past that anything fits: a description that goes this far
/// means to keep us busy.
const MOST: u32 = 100_000;

/// Whether the schema allows the value, in a request: members that only responses have may be missing.
pub fn fits(root: &Node, schema: &Node, value: &Value) -> bool {
    Judge::new(root).fits(schema, value)
}

/// The same for a schema without its composition.
pub fn alone(root: &Node, schema: &Node, value: &Value) -> bool {
    Judge::new(root).alone(schema, value, 0)
}

/// Says of values whether schemas allow them.
pub struct Judge<'a> {
    root: &'a Node,
    /// How many schemas may still be asked.
    left: Cell<u32>,
}

impl<'a> Judge<'a> {
    /// One that has asked nothing so far.
    pub fn new(root: &'a Node) -> Self {
        Self { root, left: Cell::new(MOST) }
    }
}

impl Judge<'_> {
    /// Whether the schema allows the value, as [`fits`] has it.
    pub fn fits(&self, schema: &Node, value: &Value) -> bool {
        self.allows(schema, value, 0)
    }

    fn allows(&self, schema: &Node, value: &Value, depth: usize) -> bool {
        self.left.set(self.left.get().saturating_sub(1));
        if depth > DEEPEST || self.left.get() == 0 {
            return true;
        }
        let schema = resolved(self.root, schema);
        let some = |key| schema.get(key).and_then(Node::as_array).filter(|it| !it.is_empty());
        let inner = |part: &&Node| self.allows(part, value, depth + 1);
        is_null(schema, value)
            || self.alone(schema, value, depth)
                && some("allOf").is_none_or(|all| all.iter().all(|part| inner(&part)))
                && some("anyOf").is_none_or(|all| all.iter().any(|part| inner(&part)))
                && some("oneOf").is_none_or(|all| all.iter().filter(inner).count() == 1)
                && schema.get("not").is_none_or(|not| !inner(&not))
    }

    fn alone(&self, schema: &Node, value: &Value, depth: usize) -> bool {
        let kind = schema.get("type").and_then(Node::as_str);
        let is_of_kind = kind.is_none_or(|kind| is_a(kind, value)) || is_null(schema, value);
        let listed = schema.get("enum").and_then(Node::as_array);
        let is_it = |it: &Node| same(&it.to_json(), value);
        is_of_kind
            && listed.is_none_or(|values| values.iter().any(is_it))
            && match value {
                Value::String(text) => text::fits(schema, text),
                Value::Number(_) => number::fits(schema, value),
                Value::Array(items) => {
                    let each = |of: &Node| items.iter().all(|it| self.allows(of, it, depth + 1));
                    list::fits(schema, items) && schema.get("items").is_none_or(each)
                }
                Value::Object(members) => self.object(schema, members, depth),
                Value::Null | Value::Bool(_) => true,
            }
    }

    fn object(&self, schema: &Node, members: &Map<String, Value>, depth: usize) -> bool {
        let properties = schema.get("properties");
        let declared = |name: &str| properties.and_then(|it| it.get(name));
        let only_read = |name: &str| {
            let schema = declared(name).map(|it| resolved(self.root, it));
            schema.and_then(|it| it.get("readOnly")?.as_bool()) == Some(true)
        };
        let required = schema.get("required").and_then(Node::as_array).unwrap_or_default();
        let mut required = required.iter().filter_map(Node::as_str);
        let rest = schema.get("additionalProperties");
        required.all(|name| members.contains_key(name) || only_read(name))
            && limit(schema, "minProperties").is_none_or(|least| members.len() >= least)
            && limit(schema, "maxProperties").is_none_or(|most| members.len() <= most)
            && members.iter().all(|(name, member)| match (declared(name), rest) {
                (Some(schema), _) => self.allows(schema, member, depth + 1),
                (None, Some(rest)) => match rest.as_bool() {
                    Some(allowed) => allowed,
                    None => self.allows(rest, member, depth + 1),
                },
                (None, None) => true,
            })
    }
}

/// A limit on how much there is.
pub fn limit(schema: &Node, key: &str) -> Option<usize> {
    usize::try_from(schema.get(key)?.as_int()?).ok()
}

fn is_null(schema: &Node, value: &Value) -> bool {
    value.is_null() && schema.get("nullable").and_then(Node::as_bool) == Some(true)
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|it| it.fract() == 0.0),
        _ => true,
    }
}

/// Numbers are the same if their values are.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (a, b) => a == b,
    }
}
