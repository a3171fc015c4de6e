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
        let Some(value_kind) = grammar.rule(key).and_then(Rule::value_kind) else { continue };
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
    let Some((keyword, rest)) = tokens.split_first() else { return Some(object) };
    match object.grammar().rule(keyword)?.value_kind()? {
        ValueKind::Object(child) => kind_at(child, rest),
        ValueKind::SchemaOrBool => kind_at(ObjectKind::Schema, rest),
        ValueKind::Array(child) | ValueKind::Map(_, child) => kind_at(child, rest.get(1..)?),
        _ => None,
    }
}
