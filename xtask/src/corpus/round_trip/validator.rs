//! Which values a schema allows, decided by a JSON Schema validator and by nothing of our own but the
//! words in which OpenAPI 3.0 differs.

use docwright::source::{Kind, Node};
use jsonschema::{Draft, Registry, Validator};
use serde_json::{Map, Value, json};

/// Where the description stands for the validator.
const DOCUMENT: &str = "docwright:document";

/// The description as JSON Schema.
pub struct Judge<'a> {
    openapi: &'a Node,
    open: Registry<'static>,
    closed: Registry<'static>,
}

/// What one schema allows.
pub struct Verdict {
    open: Validator,
    closed: Validator,
}

impl Verdict {
    /// Whether the schema allows the value.
    pub fn allows(&self, value: &Value) -> bool {
        self.open.is_valid(value)
    }

    /// Whether the schema names every member of the value, or says of what kind members are that it
    /// does not name.
    pub fn knows(&self, value: &Value) -> bool {
        self.closed.is_valid(value)
    }
}

impl<'a> Judge<'a> {
    /// Reads a normalised description.
    ///
    /// # Errors
    ///
    /// What the validator does not understand.
    pub fn new(openapi: &'a Node) -> Result<Self, String> {
        let registry = |closed: bool| {
            let document = Convert { closed }.any(openapi);
            let resource = Draft::Draft202012.create_resource(document);
            let registry = Registry::new().draft(Draft::Draft202012).add(DOCUMENT, resource);
            registry.and_then(|it| it.prepare()).map_err(|error| error.to_string())
        };
        Ok(Self { openapi, open: registry(false)?, closed: registry(true)? })
    }

    /// What the schema at `pointer` allows.
    ///
    /// # Errors
    ///
    /// What the validator does not understand of it: a pattern, as a rule.
    pub fn of(&self, pointer: &str) -> Result<Verdict, String> {
        let build = |registry: &Registry<'static>, pointer: &str, closed: bool| {
            let mut schema = json!({ "$ref": format!("{DOCUMENT}#{}", fragment(pointer)) });
            if closed && let Value::Object(map) = &mut schema {
                map.insert("unevaluatedProperties".to_owned(), Value::Bool(false));
            }
            let options = jsonschema::options().with_draft(Draft::Draft202012);
            let options = options.should_validate_formats(false).with_registry(registry);
            options.build(&schema).map_err(|error| error.to_string())
        };
        let closed = self.openapi.pointer(pointer).is_none_or(|node| !is_free(node));
        let moved = self.moved(pointer);
        Ok(Verdict {
            open: build(&self.open, &moved, false)?,
            closed: build(&self.closed, &moved, closed)?,
        })
    }

    /// The pointer, where schemas that allow `null` stand one level deeper.
    fn moved(&self, pointer: &str) -> String {
        let mut moved = String::new();
        let mut node = Some(self.openapi);
        for token in pointer.split('/').skip(1) {
            if node.is_some_and(is_wrapped) {
                moved.push_str("/anyOf/1");
            }
            let renamed = token == "oneOf" && node.is_some_and(|it| it.get("anyOf").is_none());
            moved.push('/');
            moved.push_str(if renamed { "anyOf" } else { token });
            node = node.and_then(|node| node.pointer(&format!("/{token}")));
        }
        moved
    }
}

/// A pointer as the fragment of a URI.
fn fragment(pointer: &str) -> String {
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

/// `nullable` beside a composition: in JSON Schema, `null` is one more alternative.
fn is_wrapped(node: &Node) -> bool {
    let composed = ["$ref", "allOf", "oneOf", "anyOf", "not"];
    node.get("nullable").and_then(Node::as_bool) == Some(true)
        && composed.iter().any(|key| node.get(key).is_some())
}

/// A schema of objects that names no member.
fn is_free(node: &Node) -> bool {
    let says = ["properties", "additionalProperties", "$ref", "allOf", "oneOf", "anyOf"];
    says.iter().all(|key| node.get(key).is_none())
}

/// Where a schema stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Position {
    /// Where it describes a value by itself.
    Used,
    /// As a component or an alternative: what uses it may say more of the same value.
    Named,
    /// In `allOf`, beside others.
    Part,
}

/// From OpenAPI 3.0 to JSON Schema.
#[derive(Clone, Copy)]
struct Convert {
    /// Whether members that a schema does not name are refused.
    closed: bool,
}

impl Convert {
    /// Any part of the description: schemas are converted wherever they stand.
    fn any(self, node: &Node) -> Value {
        let Some(map) = node.as_object() else {
            let items = node.as_array().map(|items| items.iter().map(|it| self.any(it)).collect());
            return items.unwrap_or_else(|| node.to_json());
        };
        let member = |(key, node): (&String, &Node)| {
            let value = match key.as_str() {
                "schema" => self.schema(node, Position::Used),
                "schemas" => self.each(node, Position::Named),
                "example" | "examples" => Value::Null,
                _ => self.any(node),
            };
            (key.clone(), value)
        };
        Value::Object(map.iter().map(member).collect())
    }

    fn each(self, node: &Node, position: Position) -> Value {
        match &node.kind {
            Kind::Object(map) => {
                let schema =
                    |(key, node): (&String, &Node)| (key.clone(), self.schema(node, position));
                Value::Object(map.iter().map(schema).collect())
            }
            Kind::Array(items) => items.iter().map(|node| self.schema(node, position)).collect(),
            _ => node.to_json(),
        }
    }

    fn schema(self, node: &Node, position: Position) -> Value {
        let Some(map) = node.as_object() else { return node.to_json() };
        let mut out = Map::new();
        for (key, node) in map {
            // Alternatives that overlap are the description's slip: servers send such values.
            let name = if key == "oneOf" && !map.contains_key("anyOf") { "anyOf" } else { key };
            let value = match key.as_str() {
                "$ref" => node.to_json(),
                "properties" => self.each(node, Position::Used),
                "allOf" => self.each(node, Position::Part),
                "oneOf" | "anyOf" => self.each(node, Position::Named),
                "items" | "additionalProperties" => self.schema(node, Position::Used),
                "not" => Convert { closed: false }.schema(node, Position::Part),
                "type" => type_word(node),
                "enum" | "required" | "pattern" | "minimum" | "maximum" | "multipleOf"
                | "exclusiveMinimum" | "exclusiveMaximum" | "minLength" | "maxLength"
                | "minItems" | "maxItems" | "uniqueItems" | "minProperties" | "maxProperties" => {
                    node.to_json()
                }
                _ => continue,
            };
            out.insert(name.to_owned(), value);
        }
        bounds(&mut out);
        self.close(&mut out, node, position);
        if node.get("nullable").and_then(Node::as_bool) != Some(true) {
            return Value::Object(out);
        }
        if is_wrapped(node) {
            return json!({ "anyOf": [{ "type": "null" }, out] });
        }
        if let Some(word) = out.get_mut("type") {
            *word = json!([word.take(), "null"]);
        }
        if let Some(Value::Array(values)) = out.get_mut("enum")
            && !values.contains(&Value::Null)
        {
            values.push(Value::Null);
        }
        Value::Object(out)
    }

    /// Refuses members that the schema does not name, if it names any.
    fn close(self, out: &mut Map<String, Value>, node: &Node, position: Position) {
        let is_object = out.get("type").is_none_or(|word| word == "object");
        match (is_free(node), position) {
            _ if !self.closed => None,
            (true, Position::Used | Position::Named) if is_object => {
                out.insert("additionalProperties".to_owned(), Value::Bool(true))
            }
            (false, Position::Used) => {
                out.insert("unevaluatedProperties".to_owned(), Value::Bool(false))
            }
            _ => None,
        };
    }
}

/// `any` and `file` are no types of JSON Schema.
fn type_word(node: &Node) -> Value {
    let all = ["null", "boolean", "object", "array", "number", "string", "integer"];
    match node.as_str() {
        Some("file") => json!("string"),
        Some(word) if all.contains(&word) => json!(word),
        _ => json!(all),
    }
}

/// In 3.0 `exclusiveMinimum` is a flag beside `minimum`.
fn bounds(out: &mut Map<String, Value>) {
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
