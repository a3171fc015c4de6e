//! Two descriptions of one schema as one.
//!
//! Texts may differ; the first one there is holds. A property that only one of them has is taken and
//! is not required, because the other does without it. What only limits values is the first one's.
//! Everything else must be equal.

use crate::source::{Kind, Map, Node};

/// Members that people read, and examples.
const TEXTS: [&str; 9] = [
    "title",
    "summary",
    "description",
    "example",
    "examples",
    "x-docwright-examples",
    "x-docwright-page",
    "deprecated",
    "externalDocs",
];

/// Members that limit values and leave the type as it is.
const LIMITS: [&str; 13] = [
    "default",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// Whether two objects say the same but for texts.
pub(super) fn same(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Object(a), Kind::Object(b)) => {
            let bare = |map: &Map| map.keys().filter(|key| !is_text(map, key)).count();
            bare(a) == bare(b)
                && a.iter()
                    .filter(|(key, _)| !is_text(a, key))
                    .all(|(key, value)| b.get(key).is_some_and(|other| same(value, other)))
        }
        (Kind::Array(a), Kind::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (a, b) => a == b,
    }
}

/// Whether the member is a text. A property may be called `title` or `description` too: its value is
/// a schema then.
fn is_text(map: &Map, key: &str) -> bool {
    let schema = matches!(key, "title" | "summary" | "description" | "deprecated")
        && map.get(key).is_some_and(|node| node.as_object().is_some());
    TEXTS.contains(&key) && !schema
}

/// Adds to `into` what `other` says more; `Err` names the member on which they disagree.
pub(super) fn unite(into: &mut Node, other: &Node) -> Result<(), String> {
    let (Kind::Object(held), Kind::Object(more)) = (&mut into.kind, &other.kind) else {
        return if same(into, other) { Ok(()) } else { Err(String::new()) };
    };
    required(held, more);
    for key in ["properties", "x-docwright-pattern-properties"] {
        members(held, more, key)?;
    }
    for (key, value) in more {
        match (key.as_str(), held.get_mut(key)) {
            ("required" | "properties" | "x-docwright-pattern-properties", _) => {}
            ("enum", Some(own)) => values(own, value),
            ("nullable", own) => {
                let either = value.as_bool() == Some(true);
                if either && own.is_none() {
                    held.insert(key.clone(), value.clone());
                }
            }
            ("additionalProperties", Some(own)) => rest(own, value).map_err(|()| key.clone())?,
            (_, Some(_)) if is_text(more, key) || LIMITS.contains(&key.as_str()) => {}
            ("items" | "not", Some(own)) => unite(own, value)?,
            (_, Some(_)) if key.starts_with("x-") => {}
            (_, Some(own)) if same(own, value) => {}
            (_, Some(_)) => return Err(key.clone()),
            ("type" | "$ref" | "allOf" | "oneOf" | "anyOf", None) => return Err(key.clone()),
            (_, None) => {
                held.insert(key.clone(), value.clone());
            }
        }
    }
    let lost = ["type", "$ref", "allOf", "oneOf", "anyOf"];
    match lost.iter().find(|key| held.contains_key(**key) && !more.contains_key(**key)) {
        Some(key) => Err((*key).to_owned()),
        None => Ok(()),
    }
}

/// Required is what both require.
fn required(held: &mut Map, more: &Map) {
    let names = |map: &Map| -> Vec<Node> {
        map.get("required").and_then(Node::as_array).unwrap_or_default().to_vec()
    };
    let (own, other) = (names(held), names(more));
    let both: Vec<Node> = own.into_iter().filter(|name| other.contains(name)).collect();
    if both.is_empty() {
        held.shift_remove("required");
    } else if let Some(list) = held.get_mut("required") {
        list.kind = Kind::Array(both);
    }
}

fn members(held: &mut Map, more: &Map, key: &str) -> Result<(), String> {
    let Some(Kind::Object(more)) = more.get(key).map(|node| &node.kind) else { return Ok(()) };
    let Some(Kind::Object(held)) = held.get_mut(key).map(|node| &mut node.kind) else {
        return if more.is_empty() { Ok(()) } else { Err(key.to_owned()) };
    };
    for (name, value) in more {
        match held.get_mut(name) {
            Some(own) => unite(own, value).map_err(|inner| join(name, &inner))?,
            None => {
                held.insert(name.clone(), value.clone());
            }
        }
    }
    Ok(())
}

fn join(name: &str, inner: &str) -> String {
    if inner.is_empty() { name.to_owned() } else { format!("{name}.{inner}") }
}

/// An open choice: the values of both.
fn values(own: &mut Node, other: &Node) {
    let (Kind::Array(own), Some(other)) = (&mut own.kind, other.as_array()) else { return };
    for value in other {
        if !own.contains(value) {
            own.push(value.clone());
        }
    }
}

/// Members beside the named ones: what the more generous one says.
fn rest(own: &mut Node, other: &Node) -> Result<(), ()> {
    match (own.as_bool(), other.as_bool()) {
        (Some(a), Some(b)) => {
            own.kind = Kind::Bool(a || b);
            Ok(())
        }
        (Some(false), None) => {
            *own = other.clone();
            Ok(())
        }
        (None, Some(false)) => Ok(()),
        (None, None) => unite(own, other).map_err(|_| ()),
        (Some(true), None) | (None, Some(true)) => Err(()),
    }
}
