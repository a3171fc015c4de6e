//! Schemas as they are written, looked up without the code that is tested.

use std::collections::BTreeMap;

use docwright::ir::Place;
use docwright::source::Node;

/// What a reference names, or the node itself.
pub fn resolved<'n>(root: &'n Node, node: &'n Node) -> &'n Node {
    let mut node = node;
    while let Some(pointer) = node.get("$ref").and_then(Node::as_str) {
        let pointer = pointer.strip_prefix('#').expect("a reference into the document");
        node = root.pointer(pointer).expect("a reference to something");
    }
    node
}

/// A schema and all parts of its `allOf`.
pub fn parts<'n>(root: &'n Node, schemas: &[&'n Node]) -> Vec<&'n Node> {
    let mut found = Vec::new();
    for schema in schemas {
        let schema = resolved(root, schema);
        found.push(schema);
        let inner: Vec<&Node> =
            schema.get("allOf").and_then(Node::as_array).into_iter().flatten().collect();
        found.extend(parts(root, &inner));
    }
    found
}

/// The members of an object; each with the schemas that all hold.
pub fn members<'n>(root: &'n Node, schemas: &[&'n Node]) -> BTreeMap<String, Vec<&'n Node>> {
    let mut members: BTreeMap<String, Vec<&Node>> = BTreeMap::new();
    for part in parts(root, schemas) {
        for (name, schema) in part.get("properties").and_then(Node::as_object).into_iter().flatten()
        {
            members.entry(name.clone()).or_default().push(schema);
        }
    }
    members
}

/// The alternatives of `oneOf` or `anyOf`.
pub fn alternatives<'n>(root: &'n Node, schemas: &[&'n Node]) -> Vec<&'n Node> {
    let lists = parts(root, schemas);
    let lists = lists.into_iter().flat_map(|part| [part.get("oneOf"), part.get("anyOf")]);
    lists.flatten().filter_map(Node::as_array).flatten().collect()
}

/// The alternative in which a way goes on.
pub fn towards<'n>(root: &'n Node, schemas: &[&'n Node], step: &str) -> Vec<&'n Node> {
    let mut schemas = schemas.to_vec();
    let has = |schemas: &[&'n Node]| members(root, schemas).contains_key(step);
    while step != "[]" && !has(&schemas) {
        let all = alternatives(root, &schemas);
        let next = all.iter().find(|it| has(&[**it])).or(all.first());
        schemas = vec![*next.unwrap_or_else(|| panic!("no `{step}`"))];
    }
    schemas
}

/// What stands at the end of a way.
pub struct At<'n> {
    pub schemas: Vec<&'n Node>,
    pub required: bool,
}

/// Follows a way of wire names; `[]` is an item of a list.
pub fn at<'n>(root: &'n Node, schema: &'n Node, steps: &[String]) -> At<'n> {
    let mut at = At { schemas: vec![schema], required: false };
    for step in steps {
        let schemas = towards(root, &at.schemas, step);
        at = match step.as_str() {
            "[]" => At {
                schemas: parts(root, &schemas)
                    .into_iter()
                    .filter_map(|it| it.get("items"))
                    .collect(),
                required: false,
            },
            name => At {
                required: names(root, &schemas, "required").iter().any(|it| it == name),
                schemas: members(root, &schemas).remove(name).expect("a member"),
            },
        };
    }
    at
}

/// The texts of a list, such as `required`.
pub fn names(root: &Node, schemas: &[&Node], key: &str) -> Vec<String> {
    let mut found = Vec::new();
    for schema in schemas {
        let schema = resolved(root, schema);
        let list = schema.get(key).and_then(Node::as_array).into_iter().flatten();
        found.extend(list.filter_map(Node::as_str).map(str::to_owned));
        for part in schema.get("allOf").and_then(Node::as_array).into_iter().flatten() {
            found.extend(names(root, &[part], key));
        }
    }
    found
}

/// What a request calls a parameter.
pub fn key(place: Place, wire: &str) -> String {
    format!("{place:?} {wire}")
}

fn each_parameter<'n>(root: &'n Node, operation: &str) -> Vec<&'n Node> {
    let (item, _) = operation.rsplit_once('/').expect("a pointer");
    let lists = [item, operation].map(|at| root.pointer(at).and_then(|it| it.get("parameters")));
    let all = lists.into_iter().flatten().filter_map(Node::as_array).flatten();
    all.map(|node| resolved(root, node)).collect()
}

fn text<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(Node::as_str).unwrap_or_default()
}

/// The schemas of an operation's parameters.
pub fn parameters<'n>(root: &'n Node, operation: &str) -> BTreeMap<String, &'n Node> {
    let all = each_parameter(root, operation).into_iter();
    let all = all.filter_map(|node| {
        let place = match text(node, "in") {
            "path" => Place::Path,
            "query" => Place::Query,
            "header" => Place::Header,
            _ => Place::Cookie,
        };
        Some((key(place, text(node, "name")), node.get("schema")?))
    });
    all.collect()
}

pub fn is_required(root: &Node, operation: &str, place: Place, wire: &str) -> bool {
    let place = format!("{place:?}").to_lowercase();
    let is_it = |node: &&Node| text(node, "in") == place && text(node, "name") == wire;
    let found = each_parameter(root, operation).into_iter().rfind(is_it);
    found.and_then(|node| node.get("required")).and_then(Node::as_bool).unwrap_or_default()
}

/// The schema of an operation's body.
pub fn body<'n>(root: &'n Node, operation: &str) -> Option<&'n Node> {
    let body = resolved(root, root.pointer(operation)?.get("requestBody")?);
    let content = body.get("content")?;
    content.get("application/json")?.get("schema")
}
