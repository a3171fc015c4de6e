//! Validates values against the schemas of a document.
//!
//! The validator is the crate `jsonschema`, so this is independent of the generator. Only the
//! keywords in which OpenAPI 3.0 differs from JSON Schema are converted here.

use docwright::source::{Kind, Node};
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};

/// The URI of the document inside the validator.
const DOCUMENT: &str = "docwright:document";

/// A document converted to JSON Schema.
pub struct DocumentSchemas<'a> {
    openapi: &'a Node,
    /// Whether `format` is validated. Values of unknown formats are valid.
    pub formats: bool,
    open: Registry<'static>,
    closed: Registry<'static>,
}

/// The validator of one schema.
pub struct SchemaValidator {
    open: Validator,
    closed: Validator,
}

impl SchemaValidator {
    /// Returns whether the schema allows the value.
    pub fn allows(&self, value: &Value) -> bool {
        self.open.is_valid(value)
    }

    /// Returns whether the schema declares every field of the value, by name or by
    /// `additionalProperties` with a schema.
    pub fn declares_fields(&self, value: &Value) -> bool {
        self.closed.is_valid(value)
    }
}

impl<'a> DocumentSchemas<'a> {
    /// Converts a normalised document.
    ///
    /// # Errors
    ///
    /// Returns the validator's error if the document is not supported.
    pub fn new(openapi: &'a Node) -> Result<Self, String> {
        let registry = |closed: bool| {
            let document = Converter { closed }.convert_any(openapi);
            let resource = Draft::Draft202012.create_resource(document);
            let registry = Registry::new().draft(Draft::Draft202012).add(DOCUMENT, resource);
            registry.and_then(|it| it.prepare()).map_err(|error| error.to_string())
        };
        Ok(Self { openapi, formats: false, open: registry(false)?, closed: registry(true)? })
    }

    /// Returns the validator of the schema at `pointer`.
    ///
    /// # Errors
    ///
    /// Returns the validator's error if the schema is not supported, usually because of its
    /// `pattern`.
    pub fn validator(&self, pointer: &str) -> Result<SchemaValidator, String> {
        let build = |registry: &Registry<'static>, pointer: &str, closed: bool| {
            let mut schema = json!({ "$ref": format!("{DOCUMENT}#{}", uri_fragment(pointer)) });
            if closed && let Value::Object(map) = &mut schema {
                map.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
            }
            let options = jsonschema::options().with_draft(Draft::Draft202012);
            let options = options.should_validate_formats(self.formats).with_registry(registry);
            options.build(&schema).map_err(|error| error.to_string())
        };
        let closed = self.openapi.pointer(pointer).is_none_or(|node| !is_unconstrained(node));
        let pointer = self.converted_pointer(pointer);
        Ok(SchemaValidator {
            open: build(&self.open, &pointer, false)?,
            closed: build(&self.closed, &pointer, closed)?,
        })
    }

    /// Returns the pointer into the converted document, where nullable compositions are wrapped in
    /// `anyOf` and `oneOf` is renamed to `anyOf`.
    fn converted_pointer(&self, pointer: &str) -> String {
        let mut converted = String::new();
        let mut node = Some(self.openapi);
        for token in pointer.split('/').skip(1) {
            if node.is_some_and(is_wrapped) {
                converted.push_str("/anyOf/1");
            }
            let renamed = token == "oneOf" && node.is_some_and(|it| it.get("anyOf").is_none());
            converted.push('/');
            converted.push_str(if renamed { "anyOf" } else { token });
            node = node.and_then(|node| node.pointer(&format!("/{token}")));
        }
        converted
    }
}

/// Percent-encodes a pointer for the fragment of a URI.
fn uri_fragment(pointer: &str) -> String {
    let mut text = String::new();
    for byte in pointer.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                text.push(char::from(byte));
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// Returns whether a schema has `nullable` next to a composition, which JSON Schema expresses as
/// one more alternative.
fn is_wrapped(node: &Node) -> bool {
    let keywords = ["$ref", "allOf", "oneOf", "anyOf", "not"];
    node.get("nullable").and_then(Node::as_bool) == Some(true)
        && keywords.iter().any(|key| node.get(key).is_some())
}

/// Returns whether a schema does not constrain the fields of an object.
fn is_unconstrained(node: &Node) -> bool {
    let keywords = ["properties", "additionalProperties", "$ref", "allOf", "oneOf", "anyOf"];
    keywords.iter().all(|key| node.get(key).is_none())
}

/// The position of a schema in the document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// The schema alone describes a value.
    Standalone,
    /// The schema is a component or an alternative, so its user can constrain the value further.
    Reusable,
    /// The schema is a part of an `allOf`.
    AllOfPart,
}

/// Converts schemas of OpenAPI 3.0 to JSON Schema.
#[derive(Clone, Copy)]
struct Converter {
    /// Whether undeclared fields are rejected.
    closed: bool,
}

impl Converter {
    /// Converts any part of the document, including the schemas in it.
    fn convert_any(self, node: &Node) -> Value {
        let Some(map) = node.as_object() else {
            let items =
                node.as_array().map(|items| items.iter().map(|it| self.convert_any(it)).collect());
            return items.unwrap_or_else(|| node.to_json());
        };
        let entry = |(key, node): (&String, &Node)| {
            let value = match key.as_str() {
                "schema" => self.convert_schema(node, Position::Standalone),
                "schemas" => self.convert_schemas(node, Position::Reusable),
                "example" | "examples" => Value::Null,
                _ => self.convert_any(node),
            };
            (key.clone(), value)
        };
        Value::Object(map.iter().map(entry).collect())
    }

    /// Converts the schemas in an object or array.
    fn convert_schemas(self, node: &Node, position: Position) -> Value {
        match &node.kind {
            Kind::Object(map) => {
                let entry = |(key, node): (&String, &Node)| {
                    (key.clone(), self.convert_schema(node, position))
                };
                Value::Object(map.iter().map(entry).collect())
            }
            Kind::Array(items) => {
                items.iter().map(|node| self.convert_schema(node, position)).collect()
            }
            _ => node.to_json(),
        }
    }

    fn convert_schema(self, node: &Node, position: Position) -> Value {
        let Some(map) = node.as_object() else { return node.to_json() };
        let mut out = Map::new();
        for (key, node) in map {
            // Overlapping alternatives are a mistake in the document: servers send such values.
            let name = if key == "oneOf" && !map.contains_key("anyOf") { "anyOf" } else { key };
            let value = match key.as_str() {
                "$ref" => node.to_json(),
                "properties" => self.convert_schemas(node, Position::Standalone),
                "allOf" => self.convert_schemas(node, Position::AllOfPart),
                "oneOf" | "anyOf" => self.convert_schemas(node, Position::Reusable),
                "items" | "additionalProperties" => self.convert_schema(node, Position::Standalone),
                "not" => Converter { closed: false }.convert_schema(node, Position::AllOfPart),
                "type" => convert_type(node),
                "enum" | "required" | "pattern" | "format" | "minimum" | "maximum"
                | "multipleOf" | "exclusiveMinimum" | "exclusiveMaximum" | "minLength"
                | "maxLength" | "minItems" | "maxItems" | "uniqueItems" | "minProperties"
                | "maxProperties" => node.to_json(),
                _ => continue,
            };
            out.insert(name.to_owned(), value);
        }
        convert_bounds(&mut out);
        self.forbid_undeclared(&mut out, node, position);
        if node.get("nullable").and_then(Node::as_bool) != Some(true) {
            return Value::Object(out);
        }
        if is_wrapped(node) {
            return json!({ "anyOf": [{ "type": "null" }, out] });
        }
        if let Some(name) = out.get_mut("type") {
            *name = json!([name.take(), "null"]);
        }
        if let Some(Value::Array(values)) = out.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
        Value::Object(out)
    }

    /// Forbids undeclared fields if the converter is `closed` and the schema declares any.
    fn forbid_undeclared(self, out: &mut Map<String, Value>, node: &Node, position: Position) {
        let is_object = out.get("type").is_none_or(|name| name == "object");
        match (is_unconstrained(node), position) {
            _ if !self.closed => None,
            (true, Position::Standalone | Position::Reusable) if is_object => {
                out.insert("additionalProperties".to_owned(), Value::Bool(true))
            }
            (false, Position::Standalone) => {
                out.insert("unevaluatedProperties".to_owned(), Value::Bool(false))
            }
            _ => None,
        };
    }
}

/// Converts `type`, whose values `any` and `file` do not exist in JSON Schema.
fn convert_type(node: &Node) -> Value {
    let all = ["null", "boolean", "object", "array", "number", "string", "integer"];
    match node.as_str() {
        Some("file") => json!("string"),
        Some(name) if all.contains(&name) => json!(name),
        _ => json!(all),
    }
}

/// Converts `exclusiveMinimum` and `exclusiveMaximum`, which are flags in OpenAPI 3.0.
fn convert_bounds(out: &mut Map<String, Value>) {
    for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match out.get(flag) {
            Some(Value::Bool(true)) => match out.remove(limit) {
                Some(value) => drop(out.insert(flag.to_owned(), value)),
                None => drop(out.remove(flag)),
            },
            Some(Value::Bool(false)) => drop(out.remove(flag)),
            _ => (),
        }
    }
}
