//! Parses YAML and JSON to a tree without locations, for documents that are already OpenAPI 3.0.

use docwright::report::Origin;
use docwright::source::Node;

/// Parses a document; integer keys become strings.
pub fn parse_tree(text: &str) -> Result<Node, String> {
    let value: serde_json::Value = if text.trim_start().starts_with('{') {
        serde_json::from_str(text).map_err(|e| e.to_string())?
    } else {
        let mut value: serde_yaml::Value = serde_yaml::from_str(text).map_err(|e| e.to_string())?;
        value.apply_merge().map_err(|e| e.to_string())?;
        to_json(value)
    };
    Ok(Node::from_json(&value, Origin::default()))
}

fn to_json(value: serde_yaml::Value) -> serde_json::Value {
    use serde_yaml::Value;
    match value {
        Value::Mapping(map) => map
            .into_iter()
            .map(|(k, v)| {
                let key = match k {
                    Value::String(key) => key,
                    other => serde_yaml::to_string(&other).unwrap().trim().to_owned(),
                };
                (key, to_json(v))
            })
            .collect(),
        Value::Sequence(items) => items.into_iter().map(to_json).collect(),
        Value::Tagged(tagged) => to_json(tagged.value),
        other => serde_json::to_value(other).unwrap_or_default(),
    }
}
