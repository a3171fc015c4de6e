//! The typed model of everything but schemas and styles, which later stages read from the tree: the
//! model drops keywords that it does not know, rejects styles that it does not know, and rounds wide
//! numbers.

use serde_json::Value;

use super::grammar::{ObjectKind, Rule, ValueKind};
use crate::source::{Kind, Node};

/// Deserializes an audited tree with an empty object in place of every schema, and
/// without styles.
pub(super) fn deserialize_without_schemas(root: &Node) -> Result<openapiv3::OpenAPI, String> {
    let value = object_to_json(root, ObjectKind::Root);
    serde_json::from_value(value).map_err(|error| error.to_string())
}

fn object_to_json(node: &Node, object: ObjectKind) -> Value {
    let Kind::Object(map) = &node.kind else { return node.to_json() };
    if object == ObjectKind::Schema {
        return Value::Object(serde_json::Map::new());
    }
    let grammar = object.grammar();
    let entries = map.iter().filter_map(|(key, value)| {
        let value_kind = grammar.rule(key).and_then(Rule::value_kind);
        let is_style = key == "style" && matches!(value_kind, Some(ValueKind::OneOf(_)));
        (!is_style).then(|| (key.clone(), value_to_json(value, value_kind)))
    });
    Value::Object(entries.collect())
}

fn value_to_json(node: &Node, value_kind: Option<ValueKind>) -> Value {
    match (value_kind, &node.kind) {
        (Some(ValueKind::Map(_, ObjectKind::Schema)), _) => Value::Object(serde_json::Map::new()),
        (Some(ValueKind::Object(object)), _) => object_to_json(node, object),
        (Some(ValueKind::Array(object)), Kind::Array(items)) => {
            items.iter().map(|item| object_to_json(item, object)).collect()
        }
        (Some(ValueKind::Map(rule, object)), Kind::Object(map)) => {
            let entries = map.iter().map(|(key, value)| {
                let is_object = rule.is_object_key(key);
                let value = if is_object { object_to_json(value, object) } else { value.to_json() };
                (key.clone(), value)
            });
            Value::Object(entries.collect())
        }
        _ => node.to_json(),
    }
}
