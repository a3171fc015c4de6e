//! Request bodies: parameters with `in: body` and `in: formData`.

use super::parameters::{body_reference, location};
use super::{Converter, json, move_extensions, move_keys, single};
use crate::report::{Location, Origin};
use crate::source::{Kind, Map, Node};

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A form that is being put together from its fields.
#[derive(Default)]
struct Form {
    properties: Map,
    required: Vec<Node>,
    /// The fields with arrays whose items do not repeat the field.
    encoding: Map,
    has_file: bool,
}

impl Converter<'_> {
    /// Converts the parameters of one operation that are in its body.
    pub(super) fn convert_request_body(
        &mut self,
        mut in_body: Vec<Node>,
        consumes: Option<Vec<Node>>,
    ) -> Option<Node> {
        let is_body = |node: &Node| location(node) != Some("formData");
        let Some(index) = in_body.iter().position(is_body) else {
            let consumes = consumes.unwrap_or_else(|| self.consumes.clone());
            return self.convert_form(in_body, &consumes);
        };
        let body = in_body.remove(index);
        for other in in_body {
            let message = "an operation has one body; this parameter is skipped";
            self.warn(
                Location::Value(other.origin),
                message,
                "describe the whole body in the schema of one parameter with `in: body`",
            );
        }
        match (self.shared_parameter(&body), consumes) {
            (Some((name, _)), None) => Some(body_reference(&name, body.origin)),
            (Some((_, shared)), Some(consumes)) => Some(self.convert_body(shared, &consumes)),
            (None, consumes) => {
                let consumes = consumes.unwrap_or_else(|| self.consumes.clone());
                Some(self.convert_body(body, &consumes))
            }
        }
    }

    /// Converts a parameter with `in: body`.
    pub(super) fn convert_body(&mut self, node: Node, consumes: &[Node]) -> Node {
        let origin = node.origin;
        let Kind::Object(mut old) = node.kind else { return node };
        old.shift_remove("in");
        if let Some(name) = old.shift_remove("name") {
            self.ledger.supersede(&name, "name", "a body has no name");
        }
        let mut new = Map::new();
        move_keys(&mut old, &mut new, &["description", "required"]);
        let mut media = Map::new();
        move_keys(&mut old, &mut media, &["schema", "example"]);
        if !media.contains_key("schema") {
            let (schema, _) = self.take_value(&mut old, &["csv"], origin);
            let message = "the body has no `schema`; the keywords beside `name` are read as one";
            self.note(Location::Value(origin), message);
            media.insert("schema".to_owned(), schema);
        }
        let media_types = if consumes.is_empty() { json(origin) } else { consumes.to_vec() };
        new.insert("content".to_owned(), content(media_types, &media, origin));
        move_extensions(old, &mut new);
        Node::object(new, origin)
    }

    /// Converts the fields of a form. A form with a file is `multipart/form-data`.
    fn convert_form(&mut self, fields: Vec<Node>, consumes: &[Node]) -> Option<Node> {
        let origin = fields.first()?.origin;
        let mut form = Form::default();
        for field in fields {
            self.add_field(&mut form, field);
        }
        let is_usable = |media_type: &&Node| match essence(media_type) {
            MULTIPART => true,
            FORM => !form.has_file,
            _ => false,
        };
        let mut media_types: Vec<Node> = consumes.iter().filter(is_usable).cloned().collect();
        if media_types.is_empty() {
            let media_type = if form.has_file { MULTIPART } else { FORM };
            media_types.push(Node::string(media_type, origin));
        }
        let is_required = !form.required.is_empty();
        let mut schema = single("type", Node::string("object", origin));
        schema.insert("properties".to_owned(), Node::object(form.properties, origin));
        if is_required {
            schema.insert("required".to_owned(), Node::array(form.required, origin));
        }
        let mut media = single("schema", Node::object(schema, origin));
        if !form.encoding.is_empty() {
            media.insert("encoding".to_owned(), Node::object(form.encoding, origin));
        }
        let mut body = single("content", content(media_types, &media, origin));
        if is_required {
            body.insert("required".to_owned(), Node::bool(true, origin));
        }
        Some(Node::object(body, origin))
    }

    fn add_field(&mut self, form: &mut Form, field: Node) {
        let origin = field.origin;
        let Kind::Object(mut old) = field.kind else { return };
        let Some(name) = old.shift_remove("name") else { return };
        let Some(key) = name.as_str().map(str::to_owned) else { return };
        old.shift_remove("in");
        let required = old.shift_remove("required").and_then(|node| node.as_bool());
        let (mut schema, separator) =
            self.take_value(&mut old, &["csv", "ssv", "pipes", "multi"], origin);
        let repeats_files = schema.get("items").is_some_and(is_file);
        form.has_file |= is_file(&schema) || repeats_files;
        let separator = separator.filter(|_| !repeats_files);
        if let Some(style) = separator.and_then(|separator| separator.style()) {
            form.encoding.insert(key.clone(), Node::object(style, origin));
        }
        if required == Some(true) {
            form.required.push(Node::string(key.clone(), name.origin));
        }
        if let Some(schema) = schema.as_object_mut() {
            move_keys(&mut old, schema, &["description", "example"]);
            move_extensions(old, schema);
        }
        form.properties.insert(key, schema);
    }
}

/// Returns whether a schema is that of a file; the audit has replaced `type: file`.
pub(super) fn is_file(schema: &Node) -> bool {
    let is = |key: &str, text: &str| schema.get(key).and_then(Node::as_str) == Some(text);
    is("type", "string") && is("format", "binary")
}

/// Returns a media type without its parameters.
fn essence(media_type: &Node) -> &str {
    media_type.as_str().unwrap_or_default().split(';').next().unwrap_or_default().trim()
}

/// Returns the media types of a file: those that are not JSON, or any bytes.
pub(super) fn file_media_types(produces: &[Node], origin: Origin) -> Vec<Node> {
    let is_json = |it: &&Node| essence(it) == "application/json" || essence(it).ends_with("+json");
    let others: Vec<Node> = produces.iter().filter(|it| !is_json(it)).cloned().collect();
    if others.is_empty() {
        return vec![Node::string("application/octet-stream", origin)];
    }
    others
}

/// Returns the content with the same value for each media type.
fn content(media_types: Vec<Node>, media: &Map, origin: Origin) -> Node {
    let entries = media_types.into_iter().filter_map(|media_type| {
        let name = media_type.as_str()?.to_owned();
        Some((name, Node::object(media.clone(), origin)))
    });
    Node::object(entries.collect(), origin)
}
