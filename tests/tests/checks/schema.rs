//! Schemas as they are written, looked up without the code that is tested.

use std::collections::BTreeMap;

use docwright::ir::ParameterIn;
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

/// A way of wire names, `[]` for an item of a list, to a schema that may stand at the end of others
/// too.
#[derive(Clone, Copy)]
pub struct Way<'w> {
    pub steps: &'w [String],
    pub end: Option<&'w Node>,
}

impl Way<'_> {
    /// It leads nowhere in particular.
    pub const NONE: Self = Self { steps: &[], end: None };

    /// What is left of it.
    pub fn rest(self) -> Self {
        match self.steps {
            [_, steps @ ..] => Self { steps, ..self },
            [] => Way::NONE,
        }
    }
}

/// The schemas, or the alternative of theirs, in which a way can be followed to its end.
pub fn towards<'n>(root: &'n Node, schemas: &[&'n Node], way: Way<'_>) -> Option<Vec<&'n Node>> {
    let here = match way.steps.first() {
        None => way
            .end
            .is_none_or(|end| parts(root, schemas).into_iter().any(|part| std::ptr::eq(part, end))),
        Some(step) => inside(root, schemas, step)
            .is_some_and(|inner| towards(root, &inner, way.rest()).is_some()),
    };
    if here {
        return Some(schemas.to_vec());
    }
    alternatives(root, schemas).into_iter().find_map(|one| towards(root, &[one], way))
}

/// What stands behind one step.
fn inside<'n>(root: &'n Node, schemas: &[&'n Node], step: &str) -> Option<Vec<&'n Node>> {
    match step {
        "[]" => {
            let items = parts(root, schemas).into_iter().filter_map(|it| it.get("items"));
            Some(items.collect::<Vec<_>>()).filter(|items| !items.is_empty())
        }
        name => members(root, schemas).remove(name),
    }
}

/// What stands at the end of a way.
pub struct At<'n> {
    pub schemas: Vec<&'n Node>,
    pub required: bool,
}

/// Follows a way.
pub fn at<'n>(root: &'n Node, schema: &'n Node, way: Way<'_>) -> At<'n> {
    let mut at = At { schemas: vec![schema], required: false };
    let mut left = way;
    for step in way.steps {
        let schemas = towards(root, &at.schemas, left);
        let schemas = schemas.unwrap_or_else(|| panic!("nothing stands at {:?}", way.steps));
        left = left.rest();
        at = At {
            required: names(root, &schemas, "required").contains(step),
            schemas: inside(root, &schemas, step).expect("a way that was found"),
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
pub fn key(location: ParameterIn, wire: &str) -> String {
    format!("{location:?} {wire}")
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
        let location = match text(node, "in") {
            "path" => ParameterIn::Path,
            "query" => ParameterIn::Query,
            "header" => ParameterIn::Header,
            _ => ParameterIn::Cookie,
        };
        Some((key(location, text(node, "name")), node.get("schema")?))
    });
    all.collect()
}

pub fn is_required(root: &Node, operation: &str, location: ParameterIn, wire: &str) -> bool {
    let location = format!("{location:?}").to_lowercase();
    let is_it = |node: &&Node| text(node, "in") == location && text(node, "name") == wire;
    let found = each_parameter(root, operation).into_iter().rfind(is_it);
    found.and_then(|node| node.get("required")).and_then(Node::as_bool).unwrap_or_default()
}

/// The schema of an operation's body.
pub fn body<'n>(root: &'n Node, operation: &str) -> Option<&'n Node> {
    let body = resolved(root, root.pointer(operation)?.get("requestBody")?);
    let content = body.get("content")?;
    content.get("application/json")?.get("schema")
}
