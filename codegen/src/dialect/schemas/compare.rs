//! Compares schemas, and reads the keywords that comparisons need.

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

/// Returns whether two values are equal except for documentation and examples.
pub(crate) fn equal_ignoring_docs(a: &Node, b: &Node) -> bool {
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
pub(crate) fn is_doc_keyword(map: &Map, key: &str) -> bool {
    let is_schema = matches!(key, "title" | "summary" | "description" | "deprecated")
        && map.get(key).is_some_and(|node| node.as_object().is_some());
    DOC_KEYWORDS.contains(&key) && !is_schema
}

/// Returns whether `b` has a property for every property of `a`.
pub(crate) fn is_subset_of(a: &Node, b: &Node) -> bool {
    property_names(a).all(|name| property(b, name).is_some())
}

/// Returns whether `b` extends `a` by `allOf`, or is the same: every property of `a` is a property
/// of `b`, either unchanged or as one of several `allOf` parts.
pub(crate) fn is_extended_by(a: &Node, b: &Node) -> bool {
    property_names(a).all(|name| match (property(a, name), property(b, name)) {
        (Some(in_a), Some(in_b)) => {
            let parts_of_b = all_of_parts(in_b);
            let contains_all = |parts: &[Node]| {
                !parts.is_empty() && parts.iter().all(|part| parts_of_b.contains(part))
            };
            in_a == in_b || parts_of_b.contains(in_a) || contains_all(all_of_parts(in_a))
        }
        (_, None) | (None, _) => false,
    })
}

/// Returns the `allOf` parts of a property that has several.
fn all_of_parts(node: &Node) -> &[Node] {
    node.get("allOf").and_then(Node::as_array).filter(|parts| parts.len() > 1).unwrap_or_default()
}

/// Returns the schema of a property.
pub(crate) fn property<'n>(schema: &'n Node, name: &str) -> Option<&'n Node> {
    schema.get("properties")?.get(name)
}

/// Returns the names of the properties.
pub(crate) fn property_names(schema: &Node) -> impl Iterator<Item = &str> {
    let properties = schema.get("properties").and_then(Node::as_object);
    properties.into_iter().flat_map(|map| map.keys().map(String::as_str))
}

/// Returns the names in `required`.
pub(crate) fn required_names(schema: &Node) -> &[Node] {
    schema.get("required").and_then(Node::as_array).unwrap_or_default()
}
