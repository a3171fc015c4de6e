//! Merges two definitions of one schema.
//!
//! Titles, descriptions and examples may differ: the first definition that has one wins. A property
//! that only one definition has is kept, but is not required, since the other definition does not have
//! it. Constraints on values come from the first definition. Everything else must be equal.

use crate::source::{Kind, Map, Node};

/// Keywords for documentation and examples.
const DOC_KEYWORDS: [&str; 9] = [
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

/// Keywords that constrain values without changing the type.
const CONSTRAINT_KEYWORDS: [&str; 13] = [
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

/// Returns whether two values are equal except for documentation and examples.
pub(super) fn equal_ignoring_docs(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Object(a), Kind::Object(b)) => {
            let count = |map: &Map| map.keys().filter(|key| !is_doc_keyword(map, key)).count();
            count(a) == count(b)
                && a.iter().filter(|(key, _)| !is_doc_keyword(a, key)).all(|(key, value)| {
                    b.get(key).is_some_and(|other| equal_ignoring_docs(value, other))
                })
        }
        (Kind::Array(a), Kind::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal_ignoring_docs(a, b))
        }
        (a, b) => a == b,
    }
}

/// Returns whether `key` is a keyword for documentation. A property can be called `title` or
/// `description` too, but then its value is a schema.
fn is_doc_keyword(map: &Map, key: &str) -> bool {
    let is_schema = matches!(key, "title" | "summary" | "description" | "deprecated")
        && map.get(key).is_some_and(|node| node.as_object().is_some());
    DOC_KEYWORDS.contains(&key) && !is_schema
}

/// Merges `other` into `merged`.
///
/// # Errors
///
/// The path of the property, or the keyword, on which the two contradict each other.
pub(super) fn merge_schema(merged: &mut Node, other: &Node) -> Result<(), String> {
    let (Kind::Object(schema), Kind::Object(other_schema)) = (&mut merged.kind, &other.kind) else {
        return if equal_ignoring_docs(merged, other) { Ok(()) } else { Err(String::new()) };
    };
    intersect_required(schema, other_schema);
    for key in ["properties", "x-docwright-pattern-properties"] {
        merge_properties(schema, other_schema, key)?;
    }
    for (key, value) in other_schema {
        match (key.as_str(), schema.get_mut(key)) {
            ("required" | "properties" | "x-docwright-pattern-properties", _) => {}
            ("enum", Some(merged)) => merge_enum_values(merged, value),
            ("nullable", merged) => {
                let is_nullable = value.as_bool() == Some(true);
                if is_nullable && merged.is_none() {
                    schema.insert(key.clone(), value.clone());
                }
            }
            ("additionalProperties", Some(merged)) => {
                merge_additional_properties(merged, value).map_err(|()| key.clone())?;
            }
            (_, Some(_))
                if is_doc_keyword(other_schema, key)
                    || CONSTRAINT_KEYWORDS.contains(&key.as_str()) => {}
            ("items" | "not", Some(merged)) => merge_schema(merged, value)?,
            (_, Some(_)) if key.starts_with("x-") => {}
            (_, Some(merged)) if equal_ignoring_docs(merged, value) => {}
            (_, Some(_)) => return Err(key.clone()),
            ("type" | "$ref" | "allOf" | "oneOf" | "anyOf", None) => return Err(key.clone()),
            (_, None) => {
                schema.insert(key.clone(), value.clone());
            }
        }
    }
    let mut type_keywords = ["type", "$ref", "allOf", "oneOf", "anyOf"].into_iter();
    let is_missing = |key: &&str| schema.contains_key(*key) && !other_schema.contains_key(*key);
    match type_keywords.find(is_missing) {
        Some(key) => Err(key.to_owned()),
        None => Ok(()),
    }
}

/// Keeps only the required properties that both schemas require.
fn intersect_required(schema: &mut Map, other: &Map) {
    let names = |map: &Map| -> Vec<Node> {
        map.get("required").and_then(Node::as_array).unwrap_or_default().to_vec()
    };
    let other = names(other);
    let both: Vec<Node> = names(schema).into_iter().filter(|name| other.contains(name)).collect();
    if both.is_empty() {
        schema.shift_remove("required");
    } else if let Some(list) = schema.get_mut("required") {
        list.kind = Kind::Array(both);
    }
}

/// Merges the property schemas below the keyword `key`.
fn merge_properties(schema: &mut Map, other: &Map, key: &str) -> Result<(), String> {
    let Some(Kind::Object(other)) = other.get(key).map(|node| &node.kind) else { return Ok(()) };
    let Some(Kind::Object(properties)) = schema.get_mut(key).map(|node| &mut node.kind) else {
        return if other.is_empty() { Ok(()) } else { Err(key.to_owned()) };
    };
    for (name, value) in other {
        match properties.get_mut(name) {
            Some(property) => {
                merge_schema(property, value).map_err(|inner| join_path(name, &inner))?;
            }
            None => {
                properties.insert(name.clone(), value.clone());
            }
        }
    }
    Ok(())
}

fn join_path(name: &str, inner: &str) -> String {
    if inner.is_empty() { name.to_owned() } else { format!("{name}.{inner}") }
}

/// Keeps the values of both enums: generated enums are open, so more values do no harm.
fn merge_enum_values(merged: &mut Node, other: &Node) {
    let (Kind::Array(values), Some(other)) = (&mut merged.kind, other.as_array()) else { return };
    for value in other {
        if !values.contains(value) {
            values.push(value.clone());
        }
    }
}

/// Keeps the less restrictive of two values of `additionalProperties`.
fn merge_additional_properties(merged: &mut Node, other: &Node) -> Result<(), ()> {
    match (merged.as_bool(), other.as_bool()) {
        (Some(a), Some(b)) => {
            merged.kind = Kind::Bool(a || b);
            Ok(())
        }
        (Some(false), None) => {
            *merged = other.clone();
            Ok(())
        }
        (None, Some(false)) => Ok(()),
        (None, None) => merge_schema(merged, other).map_err(|_| ()),
        (Some(true), None) | (None, Some(true)) => Err(()),
    }
}
