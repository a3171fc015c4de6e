//! Converts request bodies and responses, which are grouped by media type.

use super::{DIRECTION_MARKER, alternatives, examples};
use crate::dialect::keyword_ledger::KeywordLedger;
use crate::source::{Kind, Map, Node};

/// The media type that the converter writes if there is no body.
const PLACEHOLDER: &str = "_mintlify/placeholder";

/// `body` → `requestBody`. Returns `None` if there is no body.
pub(super) fn convert_request_body(body: Node, ledger: &mut KeywordLedger) -> Option<Node> {
    let origin = body.origin;
    let Kind::Object(contents) = body.kind else { return None };
    let converted = convert_content(contents, "request", ledger);
    if converted.content.is_empty() {
        return None;
    }
    let mut map = Map::new();
    if let Some(description) = converted.description {
        map.insert("description".to_owned(), description);
    }
    map.insert("content".to_owned(), Node::object(converted.content, origin));
    if let Some(required) = converted.required {
        map.insert("required".to_owned(), Node::bool(required, origin));
    }
    Some(Node::object(map, origin))
}

/// `response` → `responses`.
pub(super) fn convert_responses(by_status: Map, ledger: &mut KeywordLedger) -> Map {
    let mut responses = Map::new();
    for (status, node) in by_status {
        let origin = node.origin;
        let Kind::Object(contents) = node.kind else { continue };
        if status.starts_with("x-") {
            responses.insert(status, Node { kind: Kind::Object(contents), origin });
            continue;
        }
        let converted = convert_content(contents, "response", ledger);
        let mut map = Map::new();
        let description = converted.description.unwrap_or_else(|| Node::string("", origin));
        map.insert("description".to_owned(), description);
        if !converted.content.is_empty() {
            map.insert("content".to_owned(), Node::object(converted.content, origin));
        }
        responses.insert(status, Node::object(map, origin));
    }
    responses
}

/// The converted media types of one body.
struct ConvertedContent {
    content: Map,
    /// The description of the body, which the converter copies into each media type.
    description: Option<Node>,
    /// Whether the body is required; `None` if the entries do not specify it.
    required: Option<bool>,
}

fn convert_content(contents: Map, direction: &str, ledger: &mut KeywordLedger) -> ConvertedContent {
    let mut converted = ConvertedContent { content: Map::new(), description: None, required: None };
    for (media_type, node) in contents {
        let origin = node.origin;
        let Kind::Object(mut content) = node.kind else { continue };
        let description = content.shift_remove("description");
        converted.description = converted.description.or(description);
        if media_type == PLACEHOLDER {
            continue;
        }
        let mut map = Map::new();
        if let Some(entries) = content.shift_remove("schemaArray") {
            let (schema, required) = convert_entries(entries, direction);
            converted.required = converted.required.max(required);
            map.insert("schema".to_owned(), schema);
        }
        if let Some(examples) = content.shift_remove("examples") {
            examples::convert_examples(examples, &mut map, ledger);
        }
        map.extend(content);
        converted.content.insert(media_type, Node::object(map, origin));
    }
    converted
}

fn convert_entries(entries: Node, direction: &str) -> (Node, Option<bool>) {
    let origin = entries.origin;
    let mut entries = match entries.kind {
        Kind::Array(entries) => entries,
        _ => Vec::new(),
    };
    for entry in entries.iter_mut().filter_map(Node::as_object_mut) {
        entry.insert(DIRECTION_MARKER.to_owned(), Node::string(direction, origin));
    }
    alternatives::convert_alternatives(entries, origin)
}
