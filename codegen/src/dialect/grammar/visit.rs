//! Walks over a tree that was audited: every object with its kind, by the same tables.

use super::{Object, Rule, Shape};
use crate::source::{Kind, Node};

/// What is done to each object on a walk.
pub(in crate::dialect) type Visit<'a> = dyn FnMut(&mut Node, Object) + 'a;

/// What is done on a walk that only looks.
pub(in crate::dialect) type Look<'n, 'a> = dyn FnMut(&'n Node, Object) + 'a;

/// Calls `visit` with every object below and with `node` itself, the inner ones first.
pub(in crate::dialect) fn each(node: &mut Node, object: Object, visit: &mut Visit<'_>) {
    children_mut(node, object, &mut |child, object| each(child, object, visit));
    visit(node, object);
}

fn children_mut(node: &mut Node, object: Object, visit: &mut Visit<'_>) {
    let grammar = object.grammar();
    let Kind::Object(map) = &mut node.kind else { return };
    for (key, value) in map.iter_mut() {
        let Some(shape) = grammar.rule(key).and_then(Rule::shape) else { continue };
        match (shape, &mut value.kind) {
            (Shape::One(child), _) => visit(value, child),
            (Shape::SchemaOrFlag, Kind::Object(_)) => visit(value, Object::Schema),
            (Shape::List(child), Kind::Array(items)) => {
                items.iter_mut().for_each(|item| visit(item, child));
            }
            (Shape::Map(names, child), Kind::Object(members)) => {
                let members = members.iter_mut().filter(|(name, _)| names.holds(name));
                members.for_each(|(_, member)| visit(member, child));
            }
            _ => {}
        }
    }
}

/// Calls `look` with every object, the outer ones first.
pub(in crate::dialect) fn each_ref<'n>(node: &'n Node, object: Object, look: &mut Look<'n, '_>) {
    look(node, object);
    let grammar = object.grammar();
    for (key, value) in node.as_object().into_iter().flatten() {
        let Some(shape) = grammar.rule(key).and_then(Rule::shape) else { continue };
        match (shape, &value.kind) {
            (Shape::One(child), _) => each_ref(value, child, look),
            (Shape::SchemaOrFlag, Kind::Object(_)) => each_ref(value, Object::Schema, look),
            (Shape::List(child), Kind::Array(items)) => {
                items.iter().for_each(|item| each_ref(item, child, look));
            }
            (Shape::Map(names, child), Kind::Object(members)) => {
                let members = members.iter().filter(|(name, _)| names.holds(name));
                members.for_each(|(_, member)| each_ref(member, child, look));
            }
            _ => {}
        }
    }
}

/// The kind of object that `pointer`'s tokens lead to from an object of the kind `object`.
pub(in crate::dialect) fn kind_at(object: Object, tokens: &[String]) -> Option<Object> {
    let Some((keyword, rest)) = tokens.split_first() else { return Some(object) };
    let shape = object.grammar().rule(keyword)?.shape()?;
    match shape {
        Shape::One(child) => kind_at(child, rest),
        Shape::SchemaOrFlag => kind_at(Object::Schema, rest),
        Shape::List(child) | Shape::Map(_, child) => kind_at(child, rest.get(1..)?),
        _ => None,
    }
}
