//! Whether a schema allows a value in a request.

use std::cell::Cell;

use serde_json::{Map, Value};

use super::reference::resolve_ref;
use super::{format, pattern};
use crate::depth::MAX_VALIDATED_DEPTH;
use crate::source::{Kind, Node};

/// How many schemas are visited: a limit against malicious documents. Beyond it, all values are
/// valid.
const MAX_SCHEMAS: u32 = 100_000;

/// Validates values, with one limit for all of them.
pub struct Validator<'a> {
    root: &'a Node,
    /// How many schemas may still be visited.
    budget: Cell<u32>,
}

impl<'a> Validator<'a> {
    /// Creates a validator for schemas of a document.
    pub fn new(root: &'a Node) -> Self {
        Self { root, budget: Cell::new(MAX_SCHEMAS) }
    }
}

impl Validator<'_> {
    /// Whether the schema allows the value in a request, in which `readOnly` properties may be
    /// missing.
    pub fn is_valid(&self, schema: &Node, value: &Value) -> bool {
        self.allows(schema, value, 0)
    }

    /// Like [`Self::is_valid`], but ignores `allOf`, `anyOf`, `oneOf` and `not` of the schema itself.
    pub fn is_valid_without_composition(&self, schema: &Node, value: &Value) -> bool {
        self.allows_without_composition(schema, value, 0)
    }

    fn allows(&self, schema: &Node, value: &Value, depth: usize) -> bool {
        self.budget.set(self.budget.get().saturating_sub(1));
        if depth > MAX_VALIDATED_DEPTH || self.budget.get() == 0 {
            return true;
        }
        let schema = resolve_ref(self.root, schema);
        let some = |key| schema.get(key).and_then(Node::as_array).filter(|it| !it.is_empty());
        let inner = |part: &&Node| self.allows(part, value, depth + 1);
        is_null(schema, value)
            || self.allows_without_composition(schema, value, depth)
                && some("allOf").is_none_or(|all| all.iter().all(|part| inner(&part)))
                && some("anyOf").is_none_or(|all| all.iter().any(|part| inner(&part)))
                && some("oneOf").is_none_or(|all| all.iter().filter(inner).count() == 1)
                && schema.get("not").is_none_or(|not| !inner(&not))
    }

    fn allows_without_composition(&self, schema: &Node, value: &Value, depth: usize) -> bool {
        let kind = schema.get("type").and_then(Node::as_str);
        let has_type = kind.is_none_or(|kind| is_a(kind, value)) || is_null(schema, value);
        let listed = schema.get("enum").and_then(Node::as_array);
        let is_value = |it: &Node| are_equal(it, value);
        has_type
            && listed.is_none_or(|values| values.iter().any(is_value))
            && match value {
                Value::String(text) => is_valid_string(schema, text),
                Value::Number(_) => is_valid_number(schema, value),
                Value::Array(items) => self.allows_array(schema, items, depth),
                Value::Object(properties) => self.allows_object(schema, properties, depth),
                Value::Null | Value::Bool(_) => true,
            }
    }

    fn allows_array(&self, schema: &Node, items: &[Value], depth: usize) -> bool {
        let allows_all =
            |schema: &Node| items.iter().all(|item| self.allows(schema, item, depth + 1));
        let is_first =
            |(index, item): (usize, &Value)| !items.iter().take(index).any(|it| it == item);
        let unique = schema.get("uniqueItems").and_then(Node::as_bool) == Some(true);
        is_in_limits(schema, "minItems", "maxItems", items.len())
            && schema.get("items").is_none_or(allows_all)
            && (!unique || items.iter().enumerate().all(is_first))
    }

    fn allows_object(&self, schema: &Node, object: &Map<String, Value>, depth: usize) -> bool {
        let properties = schema.get("properties");
        let declared = |name: &str| properties.and_then(|it| it.get(name));
        let is_read_only = |name: &str| {
            let schema = declared(name).map(|it| resolve_ref(self.root, it));
            schema.and_then(|it| it.get("readOnly")?.as_bool()) == Some(true)
        };
        let required = schema.get("required").and_then(Node::as_array).unwrap_or_default();
        let mut required = required.iter().filter_map(Node::as_str);
        let additional = schema.get("additionalProperties");
        required.all(|name| object.contains_key(name) || is_read_only(name))
            && is_in_limits(schema, "minProperties", "maxProperties", object.len())
            && object.iter().all(|(name, value)| match (declared(name), additional) {
                (Some(schema), _) => self.allows(schema, value, depth + 1),
                (None, Some(additional)) => match additional.as_bool() {
                    Some(allowed) => allowed,
                    None => self.allows(additional, value, depth + 1),
                },
                (None, None) => true,
            })
    }
}

/// Whether a length or count is in its limits.
fn is_in_limits(schema: &Node, min: &str, max: &str, count: usize) -> bool {
    let limit = |key| usize::try_from(schema.get(key)?.as_int()?).ok();
    limit(min).is_none_or(|min| count >= min) && limit(max).is_none_or(|max| count <= max)
}

fn is_valid_string(schema: &Node, text: &str) -> bool {
    let keyword = |key| schema.get(key).and_then(Node::as_str);
    is_in_limits(schema, "minLength", "maxLength", text.chars().count())
        && keyword("pattern").is_none_or(|it| pattern::matches_pattern(it, text).unwrap_or(true))
        && keyword("format").is_none_or(|it| format::matches_format(it, text))
}

/// Whether a number is within the limits of its schema.
pub fn is_valid_number(schema: &Node, value: &Value) -> bool {
    let Some(value) = value.as_f64() else { return true };
    let float = |key: &str| schema.get(key).and_then(|node| node.to_json().as_f64());
    let flag = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
    let low =
        float("minimum").is_none_or(|low| value > low || value >= low && !flag("exclusiveMinimum"));
    let high = float("maximum")
        .is_none_or(|high| value < high || value <= high && !flag("exclusiveMaximum"));
    let multiple = float("multipleOf").filter(|it| *it > 0.0).is_none_or(|step| {
        let times = value / step;
        (times - times.round()).abs() < 1e-9
    });
    let format = match schema.get("format").and_then(Node::as_str) {
        Some("int32") => value.abs() <= f64::from(i32::MAX),
        Some("uint64" | "uint32" | "uint") => value >= 0.0,
        _ => true,
    };
    low && high && multiple && format
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

/// Whether two values are equal; `1` and `1.0` are.
fn are_equal(node: &Node, value: &Value) -> bool {
    match (&node.kind, value) {
        (Kind::String(node), Value::String(value)) => node == value,
        (Kind::Number(_), Value::Number(value)) => node.to_json().as_f64() == value.as_f64(),
        _ => node.to_json() == *value,
    }
}
