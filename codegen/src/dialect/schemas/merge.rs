//! Merges two definitions of one schema.
//!
//! Titles, descriptions and examples may differ: the first definition that has one wins. A property
//! that only one definition has is kept, but is not required, since the other definition does not have
//! it. Constraints on values come from the first definition. Everything else must be equal.

use super::compare::{equal_ignoring_docs, is_doc_keyword, required_names};
use crate::source::{Kind, Map, Node};

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

/// Merges `other` into `merged`.
///
/// # Errors
///
/// The path of the property, or the keyword, on which the two contradict each other.
pub(crate) fn merge_schema(merged: &mut Node, other: &Node) -> Result<(), String> {
    intersect_required(merged, other);
    let (Kind::Object(schema), Kind::Object(other_schema)) = (&mut merged.kind, &other.kind) else {
        return if equal_ignoring_docs(merged, other) { Ok(()) } else { Err(String::new()) };
    };
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
fn intersect_required(schema: &mut Node, other: &Node) {
    let other_names = required_names(other);
    let names = required_names(schema).iter().filter(|name| other_names.contains(name));
    let both: Vec<Node> = names.cloned().collect();
    let Some(map) = schema.as_object_mut().filter(|_| other.as_object().is_some()) else { return };
    if both.is_empty() {
        map.shift_remove("required");
    } else if let Some(list) = map.get_mut("required") {
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

/// Adds the properties of `other` to `into`, and the names of its required properties. Properties
/// that both have are not changed.
pub(crate) fn add_properties(into: &mut Node, other: &Node) {
    let Some(map) = into.as_object_mut() else { return };
    let properties_of_other = other.get("properties").and_then(Node::as_object);
    for (name, property) in properties_of_other.into_iter().flatten() {
        let Some(properties) = map.get_mut("properties").and_then(Node::as_object_mut) else {
            break;
        };
        properties.entry(name.clone()).or_insert_with(|| property.clone());
    }
    for name in required_names(other) {
        let list = map
            .entry("required".to_owned())
            .or_insert_with(|| Node::array(Vec::new(), name.origin));
        if let Kind::Array(list) = &mut list.kind
            && !list.contains(name)
        {
            list.push(name.clone());
        }
    }
}
