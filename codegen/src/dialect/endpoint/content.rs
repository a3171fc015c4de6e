//! Request bodies and responds by media type.

use super::{SIDE_MARK, alternatives, examples};
use crate::dialect::account::KeywordLedger;
use crate::source::{Kind, Map, Node};

/// The media type under which the converter writes that there is no body.
const PLACEHOLDER: &str = "_mintlify/placeholder";

/// `body` → `requestBody`; nothing where there is no body.
pub(super) fn request_body(body: Node, account: &mut KeywordLedger) -> Option<Node> {
    let origin = body.origin;
    let Kind::Object(contents) = body.kind else { return None };
    let parts = parts(contents, "request", account);
    if parts.content.is_empty() {
        return None;
    }
    let mut map = Map::new();
    if let Some(description) = parts.description {
        map.insert("description".to_owned(), description);
    }
    map.insert("content".to_owned(), Node::object(parts.content, origin));
    if let Some(required) = parts.required {
        map.insert("required".to_owned(), Node::bool(required, origin));
    }
    Some(Node::object(map, origin))
}

/// `response` → `responses`.
pub(super) fn responses(by_status: Map, account: &mut KeywordLedger) -> Map {
    let mut responses = Map::new();
    for (status, node) in by_status {
        let origin = node.origin;
        let Kind::Object(contents) = node.kind else { continue };
        if status.starts_with("x-") {
            responses.insert(status, Node { kind: Kind::Object(contents), origin });
            continue;
        }
        let parts = parts(contents, "response", account);
        let mut map = Map::new();
        let description = parts.description.unwrap_or_else(|| Node::string("", origin));
        map.insert("description".to_owned(), description);
        if !parts.content.is_empty() {
            map.insert("content".to_owned(), Node::object(parts.content, origin));
        }
        responses.insert(status, Node::object(map, origin));
    }
    responses
}

/// What the media types of one body say together.
struct Parts {
    content: Map,
    /// The body's description, which the converter repeats for each media type.
    description: Option<Node>,
    /// Whether the body is required, where that is said: `false` is not the same as silence.
    required: Option<bool>,
}

fn parts(contents: Map, side: &str, account: &mut KeywordLedger) -> Parts {
    let mut parts = Parts { content: Map::new(), description: None, required: None };
    for (media, node) in contents {
        let origin = node.origin;
        let Kind::Object(mut content) = node.kind else { continue };
        let description = content.shift_remove("description");
        parts.description = parts.description.or(description);
        if media == PLACEHOLDER {
            continue;
        }
        let mut map = Map::new();
        if let Some(entries) = content.shift_remove("schemaArray") {
            let (schema, required) = schema(entries, side);
            parts.required = parts.required.max(required);
            map.insert("schema".to_owned(), schema);
        }
        if let Some(examples) = content.shift_remove("examples") {
            examples::invert(examples, &mut map, account);
        }
        map.extend(content);
        parts.content.insert(media, Node::object(map, origin));
    }
    parts
}

fn schema(entries: Node, side: &str) -> (Node, Option<bool>) {
    let origin = entries.origin;
    let mut entries = match entries.kind {
        Kind::Array(entries) => entries,
        _ => Vec::new(),
    };
    for entry in entries.iter_mut().filter_map(Node::as_object_mut) {
        entry.insert(SIDE_MARK.to_owned(), Node::string(side, origin));
    }
    alternatives::invert(entries, origin)
}
