//! Responses and their headers.

use super::body::{file_media_types, is_file};
use super::{Converter, json, move_extensions, move_keys, single};
use crate::source::{Kind, Map, Node, unescape};

/// The prefix of references to shared responses.
const SHARED: &str = "#/responses/";

impl Converter<'_> {
    /// Converts the responses of an operation, which may have media types of its own.
    pub(super) fn convert_responses(&mut self, responses: &mut Map, produces: Option<Vec<Node>>) {
        let is_own = produces.is_some();
        let produces = produces.unwrap_or_else(|| self.produces.clone());
        for (_, response) in responses.iter_mut().filter(|(key, _)| !key.starts_with("x-")) {
            let shared = self.shared_response(response).filter(|_| is_own);
            if let Some(shared) = shared.filter(|shared| shared.get("schema").is_some()) {
                *response = shared;
            }
            *response = self.convert_response(response.clone(), &produces);
        }
    }

    fn shared_response(&self, reference: &Node) -> Option<Node> {
        let name = reference.get("$ref")?.as_str()?.strip_prefix(SHARED)?;
        self.responses.get(&unescape(name)).cloned()
    }

    /// Converts a response. A reference stays one.
    pub(super) fn convert_response(&mut self, node: Node, produces: &[Node]) -> Node {
        let origin = node.origin;
        let Kind::Object(mut old) = node.kind else { return node };
        if old.contains_key("$ref") {
            return Node::object(old, origin);
        }
        let mut new = Map::new();
        move_keys(&mut old, &mut new, &["description"]);
        if let Some(Node { kind: Kind::Object(headers), origin }) = old.shift_remove("headers") {
            let headers = headers.into_iter().map(|(name, it)| (name, self.convert_header(it)));
            let headers = headers.collect();
            new.insert("headers".to_owned(), Node::object(headers, origin));
        }
        let examples = old.shift_remove("examples");
        if let Some(schema) = old.shift_remove("schema") {
            let media_types = match produces {
                _ if is_file(&schema) => file_media_types(produces, schema.origin),
                [] => json(schema.origin),
                _ => produces.to_vec(),
            };
            new.insert("content".to_owned(), content(media_types, &schema, examples.as_ref()));
        }
        move_extensions(old, &mut new);
        Node::object(new, origin)
    }

    fn convert_header(&mut self, node: Node) -> Node {
        let origin = node.origin;
        let Kind::Object(mut old) = node.kind else { return node };
        let mut new = Map::new();
        move_keys(&mut old, &mut new, &["description"]);
        let (schema, _) = self.take_value(&mut old, &["csv"], origin);
        new.insert("schema".to_owned(), schema);
        move_extensions(old, &mut new);
        Node::object(new, origin)
    }
}

/// Returns the content of a response, with the example of each media type.
fn content(media_types: Vec<Node>, schema: &Node, examples: Option<&Node>) -> Node {
    let entries = media_types.into_iter().filter_map(|media_type| {
        let name = media_type.as_str()?.to_owned();
        let mut media = single("schema", schema.clone());
        if let Some(example) = examples.and_then(|examples| examples.get(&name)) {
            media.insert("example".to_owned(), example.clone());
        }
        Some((name, Node::object(media, media_type.origin)))
    });
    Node::object(entries.collect(), schema.origin)
}
