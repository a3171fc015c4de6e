//! Visits every object of an audited tree together with its kind, by the same tables.

use super::{ObjectKind, Rule, ValueKind};
use crate::source::{Kind, Node};

/// A callback that may change each object of a tree.
pub(in crate::dialect) type ObjectVisitorMut<'a> = dyn FnMut(&mut Node, ObjectKind) + 'a;

/// A callback that reads each object of a tree.
pub(in crate::dialect) type ObjectVisitor<'n, 'a> = dyn FnMut(&'n Node, ObjectKind) + 'a;

/// Calls `visit` for `node` and every object below it, inner objects first.
pub(in crate::dialect) fn for_each_object_mut(
    node: &mut Node,
    object: ObjectKind,
    visit: &mut ObjectVisitorMut<'_>,
) {
    children_mut(node, object, &mut |child, object| for_each_object_mut(child, object, visit));
    visit(node, object);
}

fn children_mut(node: &mut Node, object: ObjectKind, visit: &mut ObjectVisitorMut<'_>) {
    let grammar = object.grammar();
    let Kind::Object(map) = &mut node.kind else { return };
    for (key, value) in map.iter_mut() {
        if let Some(value_kind) = grammar.rule(key).and_then(Rule::value_kind) {
            objects_mut(value, value_kind, visit);
        }
    }
}

/// Calls `visit` for the objects that a value of this kind consists of, not for those below them.
fn objects_mut(value: &mut Node, value_kind: ValueKind, visit: &mut ObjectVisitorMut<'_>) {
    match (value_kind, &mut value.kind) {
        (ValueKind::Object(child), _) => visit(value, child),
        (ValueKind::SchemaOrBool, Kind::Object(_)) => visit(value, ObjectKind::Schema),
        (ValueKind::Array(child), Kind::Array(items)) => {
            items.iter_mut().for_each(|item| visit(item, child));
        }
        (ValueKind::Map(key_rule, child), Kind::Object(map)) => {
            let objects = map.iter_mut().filter(|(key, _)| key_rule.is_object_key(key));
            objects.for_each(|(_, object)| visit(object, child));
        }
        _ => {}
    }
}

/// Calls `visit` for every object in a value of this kind, inner objects first.
pub(in crate::dialect) fn for_each_in_value_mut(
    value: &mut Node,
    value_kind: ValueKind,
    visit: &mut ObjectVisitorMut<'_>,
) {
    objects_mut(value, value_kind, &mut |node, object| for_each_object_mut(node, object, visit));
}

/// Calls `visit` for `node` and every object below it, outer objects first.
pub(in crate::dialect) fn for_each_object<'n>(
    node: &'n Node,
    object: ObjectKind,
    visit: &mut ObjectVisitor<'n, '_>,
) {
    visit(node, object);
    let grammar = object.grammar();
    for (key, value) in node.as_object().into_iter().flatten() {
        let Some(value_kind) = grammar.rule(key).and_then(Rule::value_kind) else { continue };
        match (value_kind, &value.kind) {
            (ValueKind::Object(child), _) => for_each_object(value, child, visit),
            (ValueKind::SchemaOrBool, Kind::Object(_)) => {
                for_each_object(value, ObjectKind::Schema, visit)
            }
            (ValueKind::Array(child), Kind::Array(items)) => {
                items.iter().for_each(|item| for_each_object(item, child, visit));
            }
            (ValueKind::Map(key_rule, child), Kind::Object(map)) => {
                let objects = map.iter().filter(|(key, _)| key_rule.is_object_key(key));
                objects.for_each(|(_, object)| for_each_object(object, child, visit));
            }
            _ => {}
        }
    }
}

/// Returns the kind of the object that the pointer `tokens` lead to from an object of kind
/// `object`.
pub(in crate::dialect) fn kind_at(object: ObjectKind, tokens: &[String]) -> Option<ObjectKind> {
    match value_kind_at(object, tokens)? {
        ValueKind::Object(object) => Some(object),
        ValueKind::SchemaOrBool => Some(ObjectKind::Schema),
        _ => None,
    }
}

/// Returns the kind of the value that the pointer `tokens` lead to from an object of kind `object`.
pub(in crate::dialect) fn value_kind_at(
    object: ObjectKind,
    tokens: &[String],
) -> Option<ValueKind> {
    let Some((keyword, rest)) = tokens.split_first() else {
        return Some(ValueKind::Object(object));
    };
    let value_kind = object.grammar().rule(keyword)?.value_kind()?;
    match (value_kind, rest) {
        (_, []) => Some(value_kind),
        (ValueKind::Object(child), rest) => value_kind_at(child, rest),
        (ValueKind::SchemaOrBool, rest) => value_kind_at(ObjectKind::Schema, rest),
        (ValueKind::Array(child) | ValueKind::Map(_, child), [_, rest @ ..]) => {
            value_kind_at(child, rest)
        }
        (ValueKind::Any | ValueKind::AnyArray, _) => Some(ValueKind::Any),
        _ => None,
    }
}
