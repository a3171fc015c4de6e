//! The JSON Schema of `vendor.toml`, by which editors complete and check it.

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::Manifest;

/// Returns the JSON Schema of `vendor.toml`. Editors that check TOML support draft 7.
pub fn json_schema() -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<Manifest>().to_value();
    simplify(&mut schema);
    if let Value::Object(root) = &mut schema {
        root.insert("title".to_owned(), "vendor.toml of Docwright".into());
    }
    schema
}

/// Removes what only JSON needs: TOML has no `null`. Joins the lines of descriptions.
fn simplify(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            map.values_mut().for_each(simplify);
            simplify_object(map);
        }
        Value::Array(items) => items.iter_mut().for_each(simplify),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn simplify_object(map: &mut Map<String, Value>) {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    };
    if map.get("default").is_some_and(is_empty) {
        map.remove("default");
    }
    if let Some(Value::String(text)) = map.get_mut("description") {
        *text = text.replace("\n\n", "\u{0}").replace('\n', " ").replace('\u{0}', "\n\n");
    }
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|ty| ty != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            map.insert("type".to_owned(), only);
        }
    }
    let is_null = |schema: &Value| schema.get("type").is_some_and(|ty| ty == "null");
    if let Some(Value::Array(schemas)) = map.get_mut("anyOf") {
        let count = schemas.len();
        schemas.retain(|schema| !is_null(schema));
        if let ([only], true) = (schemas.as_slice(), schemas.len() < count) {
            // Beside `$ref`, draft 7 ignores the description.
            let only = Value::Array(vec![only.clone()]);
            map.remove("anyOf");
            map.insert("allOf".to_owned(), only);
        }
    }
}
