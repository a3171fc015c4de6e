//! Writes an operation in the endpoint dialect, as Mintlify's converter does.

use docwright::method::Method;
use serde_json::{Map, Value, json};

use super::collect_components;

/// Keywords that an entry shares with its schema, whatever its type.
const SHARED: [&str; 6] =
    ["title", "description", "readOnly", "writeOnly", "deprecated", "default"];
/// The keywords of an entry by its type.
const BY_TYPE: [(&str, &[&str]); 6] = [
    ("object", &["maxProperties", "minProperties"]),
    ("array", &["maxItems", "minItems", "uniqueItems"]),
    ("string", &["format", "pattern", "maxLength", "minLength"]),
    ("number", &["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"]),
    ("integer", &["multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum"]),
    ("boolean", &[]),
];

/// The direction in which the properties of an entry are sent.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Request,
    Response,
    Parameter,
}

/// Returns an operation of an OpenAPI document in the endpoint dialect.
pub fn endpoint(document: &Value, path: &str, method: Method) -> Value {
    let item = &document["paths"][path];
    let operation = &item[method.key()];
    let own =
        |key: &str| operation.get(key).or_else(|| item.get(key)).or_else(|| document.get(key));
    let mut request = json!({
        "security": list(own("security").unwrap_or(&Value::Null))
            .map(|option| security_option(document, option))
            .collect::<Vec<_>>(),
        "parameters": {"path": {}, "query": {}, "header": {}, "cookie": {}},
        "body": {},
    });
    for parameter in list(&item["parameters"]).chain(list(&operation["parameters"])) {
        let parameter = resolve(document, parameter);
        if let Some(schema) = parameter.get("schema") {
            let mut entries = entries(document, schema, Direction::Parameter);
            for entry in &mut entries {
                copy(parameter, &["required", "description", "deprecated"], entry);
            }
            let mut converted = json!({ "schema": entries });
            copy(parameter, &["style", "explode"], &mut converted);
            let (location, name) = (string_at(parameter, "in"), string_at(parameter, "name"));
            request["parameters"][location][name] = converted;
        }
    }
    let body = resolve(document, &operation["requestBody"]);
    for (media_type, media) in entries_of(&body["content"]) {
        let mut content = content(document, media_type, media, Direction::Request);
        for entry in content["schemaArray"].as_array_mut().into_iter().flatten() {
            copy(body, &["required"], entry);
        }
        copy(body, &["description"], &mut content);
        request["body"][media_type] = content;
    }
    let deprecated = operation["deprecated"].as_bool().unwrap_or_default();
    let endpoint = json!({
        "path": path,
        "method": method.key(),
        "servers": own("servers"),
        "request": request,
        "response": responses(document, operation),
        "deprecated": deprecated,
        "type": "path",
    });
    let mut components = Map::new();
    collect_components(&endpoint, document, &mut components);
    components.retain(|section, _| section == "schemas");
    components.entry("schemas").or_insert_with(|| json!({}));
    json!({"paths": endpoint, "components": components})
}

fn responses(document: &Value, operation: &Value) -> Map<String, Value> {
    let mut responses = Map::new();
    for (status, response) in entries_of(&operation["responses"]) {
        let response = resolve(document, response);
        let mut converted = Map::new();
        for (media_type, media) in entries_of(&response["content"]) {
            let content = content(document, media_type, media, Direction::Response);
            converted.insert(media_type.clone(), content);
        }
        if converted.is_empty() {
            let none = json!({"schemaArray": [{"type": "any"}], "examples": {}});
            converted.insert("_mintlify/placeholder".to_owned(), none);
        }
        for content in converted.values_mut() {
            copy(response, &["description"], content);
        }
        responses.insert(status.clone(), Value::Object(converted));
    }
    responses
}

fn string_at<'v>(node: &'v Value, key: &str) -> &'v str {
    node[key].as_str().unwrap_or_default()
}

fn list(node: &Value) -> impl Iterator<Item = &Value> {
    node.as_array().into_iter().flatten()
}

fn entries_of(node: &Value) -> impl Iterator<Item = (&String, &Value)> {
    node.as_object().into_iter().flatten()
}

fn copy(from: &Value, keys: &[&str], to: &mut Value) {
    for key in keys {
        if let Some(value) = from.get(key) {
            to[key] = value.clone();
        }
    }
}

fn resolve<'v>(document: &'v Value, mut node: &'v Value) -> &'v Value {
    while let Some(reference) = node.get("$ref").and_then(Value::as_str) {
        node = document.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null);
    }
    node
}

/// Returns a requirement with the parameters that carry its credentials.
fn security_option(document: &Value, option: &Value) -> Value {
    let mut parameters = json!({"query": {}, "header": {}, "cookie": {}});
    for (name, _) in entries_of(option) {
        let scheme = resolve(document, &document["components"]["securitySchemes"][name]);
        match (string_at(scheme, "type"), string_at(scheme, "scheme")) {
            ("apiKey", _) => {
                parameters[string_at(scheme, "in")][string_at(scheme, "name")] =
                    json!({"type": "apiKey"});
            }
            ("http", kind @ ("bearer" | "basic")) => {
                parameters["header"]["Authorization"] = json!({"type": "http", "scheme": kind});
            }
            ("oauth2", _) => parameters["header"]["Authorization"] = json!({"type": "oauth2"}),
            _ => {}
        }
    }
    let names: Vec<&str> = entries_of(option).map(|(name, _)| name.as_str()).collect();
    json!({"title": names.join(" & ").replace(['_', '-'], " "), "parameters": parameters})
}

fn content(document: &Value, media_type: &str, media: &Value, direction: Direction) -> Value {
    let entries = match media.get("schema") {
        Some(schema) => entries(document, schema, direction),
        None if media_type.contains("json") => vec![json!({"type": "any"})],
        None => vec![json!({"type": "file", "contentMediaType": media_type})],
    };
    json!({"schemaArray": entries, "examples": {}})
}

/// Returns a schema with the parts of its `allOf` merged into it, and the deepest, last reference to
/// it.
fn flatten(document: &Value, schema: &Value) -> (Value, Option<Value>) {
    let mut reference = schema.get("$ref").cloned();
    let mut merged = resolve(document, schema).clone();
    let parts = merged.as_object_mut().and_then(|map| map.shift_remove("allOf"));
    for part in list(&parts.unwrap_or_default()) {
        let (part, inner) = flatten(document, part);
        reference = inner.or(reference);
        copy(&part, &["type"], &mut merged);
        for (name, property) in entries_of(&part["properties"]) {
            merged["properties"][name] = property.clone();
        }
        let required = list(&merged["required"]).chain(list(&part["required"]));
        merged["required"] = required.cloned().collect();
    }
    (merged, reference)
}

/// Returns the entries of a schema: one for each alternative.
fn entries(document: &Value, schema: &Value, direction: Direction) -> Vec<Value> {
    let (merged, reference) = flatten(document, schema);
    let alternatives = merged.get("oneOf").or_else(|| merged.get("anyOf"));
    let mut entries: Vec<Value> = match alternatives {
        Some(all) => list(all).flat_map(|it| entries(document, it, direction)).collect(),
        None => vec![entry(&merged, reference, direction)],
    };
    if merged["nullable"] == true {
        entries.push(json!({"type": "null"}));
    }
    entries
}

fn entry(schema: &Value, reference: Option<Value>, direction: Direction) -> Value {
    let ty = schema["type"].as_str();
    let ty = ty.or(schema.get("properties").map(|_| "object")).unwrap_or("any");
    let mut entry = match (ty, string_at(schema, "format")) {
        ("string", "binary") => json!({"type": "file", "contentEncoding": "binary"}),
        ("string", "byte") => json!({"type": "file", "contentEncoding": "base64"}),
        ("string" | "integer" | "number", _) if schema.get("enum").is_some() => {
            json!({"type": format!("enum<{ty}>"), "enum": schema["enum"]})
        }
        _ => json!({ "type": ty }),
    };
    copy(schema, &SHARED, &mut entry);
    if entry["type"] == ty {
        let keys = BY_TYPE.iter().find(|(name, _)| *name == ty).map(|(_, keys)| *keys);
        copy(schema, keys.unwrap_or_default(), &mut entry);
    }
    if direction != Direction::Parameter
        && let Some(name) = reference
    {
        entry["refIdentifier"] = name;
    }
    let wrapped = |schema: &Value| json!({ "allOf": [schema] });
    if ty == "array" {
        entry["items"] = schema.get("items").map_or(json!({}), wrapped);
    }
    if ty == "object" {
        let dropped = if direction == Direction::Request { "readOnly" } else { "writeOnly" };
        let properties = entries_of(&schema["properties"]);
        let properties = properties.filter(|(_, property)| property[dropped] != true);
        entry["properties"] =
            properties.map(|(name, property)| (name.clone(), wrapped(property))).collect();
        if let Some(required) = schema.get("required") {
            entry["requiredProperties"] = required.clone();
        }
        match schema.get("additionalProperties") {
            None | Some(Value::Bool(true)) => {}
            Some(Value::Bool(false)) => entry["additionalProperties"] = json!(false),
            Some(values) => entry["additionalProperties"] = wrapped(values),
        }
    }
    entry
}
