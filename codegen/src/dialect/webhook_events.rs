//! Typed events of documents without operations: the bodies of webhooks become components, and one
//! component allows any of them.

use super::free_name::free_name;
use super::keyword_ledger::KeywordLedger;
use super::openapi30::OpenApi30;
use super::refs;
use crate::method::Method;
use crate::report::Origin;
use crate::source::{Map, Node, escape};

/// The name of the component that allows the body of every webhook, unless it is taken.
const EVENT: &str = "Event";

const EVENT_DESCRIPTION: &str = "The body of any webhook.";

/// Moves the JSON body of each webhook to the components if the document has no operations. A client
/// does not need these types, because it receives no webhooks.
pub(crate) fn add_webhook_events(openapi: OpenApi30, ledger: &mut KeywordLedger) -> OpenApi30 {
    let mut root = openapi.into_root();
    if !has_operations(&root) {
        let bodies = find_bodies(&root);
        let mut references: Vec<Node> = Vec::new();
        for body in bodies {
            let reference = move_body(&mut root, body, ledger);
            references.extend(reference.filter(|reference| !references.contains(reference)));
        }
        let origin = root.get("x-docwright-webhooks").map(|webhooks| webhooks.origin);
        if let Some(origin) = origin.filter(|_| references.len() > 1) {
            add_event(&mut root, references, origin);
        }
    }
    OpenApi30::new(root)
}

fn has_operations(root: &Node) -> bool {
    let items = root.get("paths").and_then(Node::as_object).into_iter().flat_map(Map::values);
    let mut keys = items.filter_map(Node::as_object).flat_map(Map::keys);
    keys.any(|key| Method::from_key(key).is_some())
}

/// The body of a webhook.
struct Body {
    /// The JSON pointer of its schema.
    pointer: String,
    /// The name of the component that it becomes.
    name: String,
    /// What the webhook is about.
    description: Option<Node>,
}

fn find_bodies(root: &Node) -> Vec<Body> {
    let webhooks = root.get("x-docwright-webhooks").and_then(Node::as_object);
    let mut bodies = Vec::new();
    for (name, item) in webhooks.into_iter().flatten() {
        let operations = item.as_object().into_iter().flatten();
        let operations: Vec<(&String, &Node)> =
            operations.filter(|(key, _)| Method::from_key(key).is_some()).collect();
        for (method, operation) in &operations {
            let pointer =
                format!("/x-docwright-webhooks/{}/{}/requestBody", escape(name), escape(method));
            let Some(pointer) = body_schema(root, pointer) else { continue };
            let name = match operations.as_slice() {
                [_] => name.clone(),
                _ => format!("{name} {method}"),
            };
            let description = ["description", "summary"].iter().find_map(|key| operation.get(key));
            bodies.push(Body { pointer, name, description: description.cloned() });
        }
    }
    bodies
}

/// Returns the pointer of the schema of a request body's JSON.
fn body_schema(root: &Node, mut pointer: String) -> Option<String> {
    let body = root.pointer(&pointer)?;
    if let Some(reference) = body.get("$ref").and_then(Node::as_str) {
        pointer = reference.strip_prefix('#')?.to_owned();
    }
    let content = root.pointer(&pointer)?.get("content")?.as_object()?;
    let is_json = |key: &&String| key.to_ascii_lowercase().contains("json");
    let media_type = content.keys().find(is_json).or_else(|| content.keys().next())?;
    let pointer = format!("{pointer}/content/{}/schema", escape(media_type));
    root.pointer(&pointer).map(|_| pointer)
}

/// Moves the schema of a body to a component of its own unless it is a reference, and returns the
/// reference.
fn move_body(root: &mut Node, body: Body, ledger: &mut KeywordLedger) -> Option<Node> {
    let Body { pointer, name, description } = body;
    let schema = root.pointer(&pointer)?;
    if schema.get("$ref").is_some() {
        return Some(schema.clone());
    }
    ledger.keep_superseded(schema);
    let used = refs::components_of(root, "schemas");
    let name = free_name(&name, |name| used.is_some_and(|used| used.contains_key(name)));
    let origin = schema.origin;
    let reference = reference(&name, origin);
    let mut schema = std::mem::replace(root.pointer_mut(&pointer)?, reference.clone());
    if let (Some(map), Some(description)) = (schema.as_object_mut(), description) {
        map.entry("description".to_owned()).or_insert(description);
    }
    refs::add_component(root, "schemas", name, schema);
    Some(reference)
}

/// Adds the component that allows the body of every webhook.
fn add_event(root: &mut Node, references: Vec<Node>, origin: Origin) {
    let used = refs::components_of(root, "schemas");
    let name = free_name(EVENT, |name| used.is_some_and(|used| used.contains_key(name)));
    let schema = Map::from_iter([
        ("description".to_owned(), Node::string(EVENT_DESCRIPTION, origin)),
        ("oneOf".to_owned(), Node::array(references, origin)),
    ]);
    refs::add_component(root, "schemas", name, Node::object(schema, origin));
}

fn reference(name: &str, origin: Origin) -> Node {
    let text = format!("#/components/schemas/{}", escape(name));
    let entry = ("$ref".to_owned(), Node::string(text, origin));
    Node::object(Map::from_iter([entry]), origin)
}
