//! Parameters in the path, the query and headers, and the schemas of values that are not in a body.

use super::{Converter, move_extensions, move_keys, single};
use crate::depth::MAX_REFERENCE_CHAIN;
use crate::dialect::grammar::ObjectKind;
use crate::report::{Location, Origin, Problem};
use crate::source::{Kind, Map, Node, escape, unescape};

/// The prefix of references to shared parameters.
const SHARED: &str = "#/parameters/";

/// How the items of an array are separated.
pub(super) struct Separator {
    /// The `collectionFormat`.
    format: String,
    origin: Origin,
}

impl Separator {
    /// Returns `style` and `explode` unless each item repeats the name, as by default.
    pub(super) fn style(&self) -> Option<Map> {
        let style = match self.format.as_str() {
            "multi" => return None,
            "ssv" => "spaceDelimited",
            "pipes" => "pipeDelimited",
            _ => "form",
        };
        let mut entries = single("style", Node::string(style, self.origin));
        entries.insert("explode".to_owned(), Node::bool(false, self.origin));
        Some(entries)
    }
}

/// Returns the location of a parameter that is not a reference.
pub(super) fn location(parameter: &Node) -> Option<&str> {
    parameter.get("in")?.as_str()
}

impl Converter<'_> {
    /// Converts a list of parameters. Those in the body are the second list, unconverted.
    pub(super) fn split_parameters(&mut self, list: Option<Node>) -> (Vec<Node>, Vec<Node>) {
        let Some(Kind::Array(list)) = list.map(|node| node.kind) else { return Default::default() };
        let (mut parameters, mut in_body) = (Vec::new(), Vec::new());
        for parameter in list {
            let shared = self.shared_parameter(&parameter);
            match location(shared.as_ref().map_or(&parameter, |(_, shared)| shared)) {
                Some("body") => in_body.push(parameter),
                Some("formData") => in_body.push(shared.map_or(parameter, |(_, shared)| shared)),
                _ if shared.is_some() => parameters.push(parameter),
                _ => parameters.push(self.convert_parameter(parameter)),
            }
        }
        (parameters, in_body)
    }

    /// Returns the name and the shared parameter that a reference leads to.
    pub(super) fn shared_parameter(&self, reference: &Node) -> Option<(String, Node)> {
        let mut node = reference;
        let mut name = None;
        for _ in 0..MAX_REFERENCE_CHAIN {
            let Some(target) = node.get("$ref").and_then(Node::as_str) else { break };
            let key = unescape(target.strip_prefix(SHARED)?);
            node = self.parameters.get(&key)?;
            name = Some(key);
        }
        Some((name?, node.clone()))
    }

    /// Converts a parameter that is not in a body.
    pub(super) fn convert_parameter(&mut self, node: Node) -> Node {
        let origin = node.origin;
        let Kind::Object(mut old) = node.kind else { return node };
        if old.contains_key("$ref") {
            return Node::object(old, origin);
        }
        let location = old.get("in").and_then(Node::as_str).unwrap_or_default().to_owned();
        let mut new = Map::new();
        let keys = ["name", "in", "description", "required", "allowEmptyValue", "example"];
        move_keys(&mut old, &mut new, &keys);
        let allowed: &[&str] = match location.as_str() {
            "query" => &["csv", "ssv", "pipes", "multi"],
            _ => &["csv"],
        };
        let (schema, separator) = self.take_value(&mut old, allowed, origin);
        // The default of paths and headers is commas in both versions.
        let separator = separator.filter(|_| location == "query");
        new.extend(separator.and_then(|separator| separator.style()).into_iter().flatten());
        new.insert("schema".to_owned(), schema);
        self.drop_schema(&mut old);
        move_extensions(old, &mut new);
        Node::object(new, origin)
    }

    /// Removes the `schema` of a value that is not in a body.
    fn drop_schema(&mut self, old: &mut Map) {
        if let Some(schema) = old.shift_remove("schema") {
            let message = "only a parameter with `in: body` has a `schema`; it is skipped";
            self.warn(
                Location::Entry(schema.origin),
                message,
                "describe the value with `type` beside `name`",
            );
            self.ledger.drop(schema.origin, "schema");
        }
    }

    /// Removes the keywords of a value and returns them as a schema, with how its items are
    /// separated if it is an array. If its `collectionFormat` is not one of `allowed`, the value
    /// becomes a string, which the caller joins.
    pub(super) fn take_value(
        &mut self,
        old: &mut Map,
        allowed: &[&str],
        origin: Origin,
    ) -> (Node, Option<Separator>) {
        let table = ObjectKind::SwaggerItems.grammar();
        let format = old.shift_remove("collectionFormat");
        let keys: Vec<String> =
            old.keys().filter(|key| table.rule(key).is_some()).cloned().collect();
        let mut schema = Map::new();
        for key in keys {
            schema.extend(old.shift_remove(&key).map(|node| (key, node)));
        }
        let is_array = schema.get("type").and_then(Node::as_str) == Some("array")
            || (schema.contains_key("items") && !schema.contains_key("type"));
        if !is_array {
            if let Some(format) = format {
                let reason = "it applies to arrays only";
                self.ledger.supersede(&format, "collectionFormat", reason);
            }
            return (Node::object(schema, origin), None);
        }
        let mut separator = Separator { format: "csv".to_owned(), origin };
        if let Some(format) = format {
            let name = format.as_str().unwrap_or_default().to_owned();
            separator = Separator { format: name, origin: format.origin };
        }
        if separator.format == "multi" && !allowed.contains(&"multi") {
            let message = "`collectionFormat: multi` only applies to the query and to forms; the \
                           items are separated by commas";
            self.note(Location::Entry(separator.origin), message);
            separator.format = "csv".to_owned();
        }
        if !allowed.contains(&separator.format.as_str()) {
            return (self.joined_value(&schema, &separator, origin), None);
        }
        if let Some(items) = schema.get_mut("items") {
            self.convert_items(items);
        }
        (Node::object(schema, origin), Some(separator))
    }

    /// Converts the items of an array. In OpenAPI 3.0, they cannot be arrays with another separator.
    fn convert_items(&mut self, items: &mut Node) {
        let origin = items.origin;
        let Some(map) = items.as_object_mut().filter(|map| !map.contains_key("$ref")) else {
            return;
        };
        let (schema, separator) = self.take_value(map, &["csv", "ssv", "pipes", "tsv"], origin);
        *items = match (separator, schema.kind) {
            (Some(separator), Kind::Object(schema)) => {
                self.joined_value(&schema, &separator, origin)
            }
            (_, kind) => Node { kind, origin },
        };
    }

    /// Returns the schema of an array that OpenAPI 3.0 cannot separate: a string.
    fn joined_value(&mut self, schema: &Map, separator: &Separator, origin: Origin) -> Node {
        let Separator { format, origin: at } = separator;
        let joined_with = match format.as_str() {
            "ssv" => "spaces",
            "tsv" => "tabs",
            "pipes" => "`|`",
            _ => "commas",
        };
        let message =
            format!("an array with `collectionFormat: {format}` here is sent as a string");
        let help = format!("join the items with {joined_with}");
        self.report.push(Problem::warning(Location::Entry(*at), message).help(help));
        for (key, node) in schema.iter().filter(|(key, _)| *key != "type") {
            self.ledger.supersede(node, key, "the array is sent as a string");
        }
        let type_origin = schema.get("type").map_or(origin, |node| node.origin);
        Node::object(single("type", Node::string("string", type_origin)), origin)
    }
}

/// Returns a reference to the request body that a shared parameter became.
pub(super) fn body_reference(name: &str, origin: Origin) -> Node {
    let reference = format!("#/components/requestBodies/{}", escape(name));
    Node::object(single("$ref", Node::string(reference, origin)), origin)
}
