//! Looks up schemas in the document, independently of the code under test.

use std::collections::BTreeMap;

use docwright::ir::ParameterIn;
use docwright::source::Node;

/// Resolves the references from a node; a node without a reference is returned as is.
pub fn resolve_refs<'n>(root: &'n Node, node: &'n Node) -> &'n Node {
    let mut node = node;
    while let Some(pointer) = node.get("$ref").and_then(Node::as_str) {
        let pointer = pointer.strip_prefix('#').expect("a reference into the document");
        node = root.pointer(pointer).expect("a reference to something");
    }
    node
}

/// Returns the schemas and all parts of their `allOf`.
pub fn parts<'n>(root: &'n Node, schemas: &[&'n Node]) -> Vec<&'n Node> {
    let mut found = Vec::new();
    for schema in schemas {
        let schema = resolve_refs(root, schema);
        found.push(schema);
        let inner: Vec<&Node> =
            schema.get("allOf").and_then(Node::as_array).into_iter().flatten().collect();
        found.extend(parts(root, &inner));
    }
    found
}

/// Returns the properties of an object, each with all schemas that apply to it.
pub fn properties<'n>(root: &'n Node, schemas: &[&'n Node]) -> BTreeMap<String, Vec<&'n Node>> {
    let mut properties: BTreeMap<String, Vec<&Node>> = BTreeMap::new();
    for part in parts(root, schemas) {
        for (name, schema) in part.get("properties").and_then(Node::as_object).into_iter().flatten()
        {
            properties.entry(name.clone()).or_default().push(schema);
        }
    }
    properties
}

/// Returns the alternatives of `oneOf` and `anyOf`.
pub fn alternatives<'n>(root: &'n Node, schemas: &[&'n Node]) -> Vec<&'n Node> {
    let lists = parts(root, schemas);
    let lists = lists.into_iter().flat_map(|part| [part.get("oneOf"), part.get("anyOf")]);
    lists.flatten().filter_map(Node::as_array).flatten().collect()
}

/// A path of wire names, with `[]` for the items of an array, to a value. `end` is the schema that
/// the value must have, since several alternatives may have a value at this path.
#[derive(Clone, Copy)]
pub struct ValuePath<'p> {
    pub steps: &'p [String],
    pub end: Option<&'p Node>,
}

impl ValuePath<'_> {
    /// The path without steps.
    pub const EMPTY: Self = Self { steps: &[], end: None };

    /// Returns the path after its first step.
    pub fn rest(self) -> Self {
        match self.steps {
            [_, steps @ ..] => Self { steps, ..self },
            [] => ValuePath::EMPTY,
        }
    }
}

/// Returns the schemas in which a path can be followed to its end: these, or one of their
/// alternatives.
pub fn select_alternative<'n>(
    root: &'n Node,
    schemas: &[&'n Node],
    path: ValuePath<'_>,
) -> Option<Vec<&'n Node>> {
    let matches = match path.steps.first() {
        None => path
            .end
            .is_none_or(|end| parts(root, schemas).into_iter().any(|part| std::ptr::eq(part, end))),
        Some(step) => step_into(root, schemas, step)
            .is_some_and(|inner| select_alternative(root, &inner, path.rest()).is_some()),
    };
    if matches {
        return Some(schemas.to_vec());
    }
    alternatives(root, schemas)
        .into_iter()
        .find_map(|schema| select_alternative(root, &[schema], path))
}

/// Returns the schemas of the value one step deeper.
fn step_into<'n>(root: &'n Node, schemas: &[&'n Node], step: &str) -> Option<Vec<&'n Node>> {
    match step {
        "[]" => {
            let items = parts(root, schemas).into_iter().filter_map(|it| it.get("items"));
            Some(items.collect::<Vec<_>>()).filter(|items| !items.is_empty())
        }
        name => properties(root, schemas).remove(name),
    }
}

/// The value at the end of a path: its schemas, and whether it is required.
pub struct Target<'n> {
    pub schemas: Vec<&'n Node>,
    pub required: bool,
}

/// Follows a path to its end.
pub fn follow<'n>(root: &'n Node, schema: &'n Node, path: ValuePath<'_>) -> Target<'n> {
    let mut target = Target { schemas: vec![schema], required: false };
    let mut remaining = path;
    for step in path.steps {
        let schemas = select_alternative(root, &target.schemas, remaining);
        let schemas = schemas.unwrap_or_else(|| panic!("no value at {:?}", path.steps));
        remaining = remaining.rest();
        target = Target {
            required: keyword_strings(root, &schemas, "required").contains(step),
            schemas: step_into(root, &schemas, step).expect("a path that exists"),
        };
    }
    target
}

/// Returns the strings of an array keyword, such as `required`.
pub fn keyword_strings(root: &Node, schemas: &[&Node], key: &str) -> Vec<String> {
    let mut found = Vec::new();
    for schema in schemas {
        let schema = resolve_refs(root, schema);
        let list = schema.get(key).and_then(Node::as_array).into_iter().flatten();
        found.extend(list.filter_map(Node::as_str).map(str::to_owned));
        for part in schema.get("allOf").and_then(Node::as_array).into_iter().flatten() {
            found.extend(keyword_strings(root, &[part], key));
        }
    }
    found
}

/// Returns the key of a parameter in the arguments of a request.
pub fn parameter_key(location: ParameterIn, wire: &str) -> String {
    format!("{location:?} {wire}")
}

fn parameter_nodes<'n>(root: &'n Node, operation: &str) -> Vec<&'n Node> {
    let (item, _) = operation.rsplit_once('/').expect("a pointer");
    let lists =
        [item, operation].map(|pointer| root.pointer(pointer).and_then(|it| it.get("parameters")));
    let nodes = lists.into_iter().flatten().filter_map(Node::as_array).flatten();
    nodes.map(|node| resolve_refs(root, node)).collect()
}

fn string_at<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}

/// Returns the schemas of an operation's parameters.
pub fn parameters<'n>(root: &'n Node, operation: &str) -> BTreeMap<String, &'n Node> {
    let nodes = parameter_nodes(root, operation).into_iter();
    let schemas = nodes.filter_map(|node| {
        let location = match string_at(node, "in") {
            "path" => ParameterIn::Path,
            "query" => ParameterIn::Query,
            "header" => ParameterIn::Header,
            _ => ParameterIn::Cookie,
        };
        Some((parameter_key(location, string_at(node, "name")), node.get("schema")?))
    });
    schemas.collect()
}

/// Returns whether a parameter is required.
pub fn is_required(root: &Node, operation: &str, location: ParameterIn, wire: &str) -> bool {
    let location = format!("{location:?}").to_lowercase();
    let is_named =
        |node: &&Node| string_at(node, "in") == location && string_at(node, "name") == wire;
    let found = parameter_nodes(root, operation).into_iter().rfind(is_named);
    found.and_then(|node| node.get("required")).and_then(Node::as_bool).unwrap_or_default()
}

/// Returns the schema of an operation's body.
pub fn body<'n>(root: &'n Node, operation: &str) -> Option<&'n Node> {
    let body = resolve_refs(root, root.pointer(operation)?.get("requestBody")?);
    let content = body.get("content")?;
    content.get("application/json")?.get("schema")
}
