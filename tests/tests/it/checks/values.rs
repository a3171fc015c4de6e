//! Values that a schema allows, and values that it does not allow.

use docwright::source::Node;
use serde_json::{Map, Value, json};

use super::schema::{
    ValuePath, alternatives, keyword_strings, parts, properties, select_alternative,
};

/// Sample strings, at least one of which matches each pattern of the document.
const STRINGS: [&str; 9] =
    ["Ann", "12345", "123456789", "NY", "1990-01-01", "+12125551234", "1234", "123456789012", "a"];

/// The depth to which samples have optional properties.
const MAX_OPTIONAL_DEPTH: usize = 6;

/// Returns a value that the schemas allow and that has a value at the path.
pub fn sample(root: &Node, schemas: &[&Node], path: ValuePath<'_>) -> Value {
    sample_at_depth(root, schemas, path, 0)
}

fn sample_at_depth(root: &Node, schemas: &[&Node], path: ValuePath<'_>, depth: usize) -> Value {
    assert!(depth < 40, "a schema that requires itself");
    let step = path.steps.first().map(String::as_str);
    let selected = select_alternative(root, schemas, path).expect("a path that exists");
    let schemas = selected.as_slice();
    let keywords = Keywords::of_schemas(root, schemas);
    if let Some(value) = keywords.value("enum").and_then(|all| all[0].as_str().map(str::to_owned)) {
        return value.into();
    }
    let properties = properties(root, schemas);
    if !properties.is_empty() {
        let required = keyword_strings(root, schemas, "required");
        let mut object = Map::new();
        for (name, schemas) in properties {
            let on_path = step == Some(name.as_str());
            let read_only =
                Keywords::of_schemas(root, &schemas).value("readOnly") == Some(Value::from(true));
            if on_path || (!read_only && (depth < MAX_OPTIONAL_DEPTH || required.contains(&name))) {
                let rest = if on_path { path.rest() } else { ValuePath::EMPTY };
                object.insert(name, sample_at_depth(root, &schemas, rest, depth + 1));
            }
        }
        return object.into();
    }
    if let Some(first) = alternatives(root, schemas).first() {
        return sample_at_depth(root, &[first], ValuePath::EMPTY, depth + 1);
    }
    match keywords.string("type").as_deref() {
        Some("array") => {
            let items = keywords.nodes("items");
            json!([sample_at_depth(root, &items, path.rest(), depth + 1)])
        }
        Some("integer" | "number") => keywords.number("minimum").unwrap_or(1).into(),
        Some("boolean") => true.into(),
        Some("object") => json!({}),
        _ => sample_string(&keywords).into(),
    }
}

fn sample_string(keywords: &Keywords<'_>) -> String {
    match keywords.string("format").as_deref() {
        Some("uuid") => return "123e4567-e89b-42d3-a456-426614174000".to_owned(),
        Some("date-time") => return "2026-01-01T00:00:00Z".to_owned(),
        Some("date") => return "2026-01-01".to_owned(),
        Some("email") => return "ann@acme.test".to_owned(),
        _ => {}
    }
    let matches = |text: &&&str| {
        let length = i64::try_from(text.len()).expect("a short string");
        keywords.number("minLength").is_none_or(|min| length >= min)
            && keywords.number("maxLength").is_none_or(|max| length <= max)
            && keywords.strings("pattern").iter().all(|pattern| {
                let pattern = regress::Regex::with_flags(pattern, "u").expect("a pattern");
                pattern.find(text).is_some()
            })
    };
    let found = STRINGS.iter().find(matches);
    found
        .unwrap_or_else(|| panic!("no sample string matches {:?}", keywords.strings("pattern")))
        .to_string()
}

/// Returns a value that the schemas do not allow, for this kind of cause; or the reason
/// why a caller cannot send one.
pub fn invalid(
    root: &Node,
    schemas: &[&Node],
    kind: &str,
    required: bool,
    missing_has_own_code: bool,
) -> Result<Value, &'static str> {
    let keywords = Keywords::of_schemas(root, schemas);
    let ty = keywords.string("type").unwrap_or_else(|| "object".to_owned());
    let parsed =
        matches!(keywords.string("format").as_deref(), Some("uuid" | "date" | "date-time"));
    if kind == "missing" {
        return match ty.as_str() {
            _ if !required => Err("the property is optional"),
            "string" if !parsed => Ok("".into()),
            _ => Err("the type has no empty value"),
        };
    }
    if keywords.value("enum").is_some() {
        return Ok("no_such_value".into());
    }
    match ty.as_str() {
        "string" if parsed => Err("the type has no invalid value"),
        "string" => invalid_string(&keywords, required && missing_has_own_code),
        "integer" | "number" => {
            let below = keywords.number("minimum").map(|min| min - 1);
            let above = keywords.number("maximum").map(|max| max + 1);
            below.or(above).map(Value::from).ok_or("the document states no rule")
        }
        "array" => {
            let items = keywords.nodes("items");
            if let Some(max) = keywords.number("maxItems") {
                let item = sample_at_depth(root, &items, ValuePath::EMPTY, 0);
                let count = usize::try_from(max).expect("a count") + 1;
                return Ok(vec![item; count].into());
            }
            invalid(root, &items, kind, false, false).map(|item| json!([item]))
        }
        "object" => {
            if let Some(max) = keywords.number("maxProperties") {
                let pairs = (0..=max).map(|n| (format!("k{n}"), Value::from("v")));
                return Ok(Value::Object(pairs.collect()));
            }
            let values = keywords.nodes("additionalProperties");
            if values.is_empty() || !properties(root, schemas).is_empty() {
                return Err("the type has no invalid value");
            }
            invalid(root, &values, kind, false, false).map(|value| json!({ "k": value }))
        }
        _ => Err("the type has no invalid value"),
    }
}

fn invalid_string(keywords: &Keywords<'_>, empty_is_missing: bool) -> Result<Value, &'static str> {
    if let Some(max) = keywords.number("maxLength") {
        let length = usize::try_from(max).expect("a length") + 1;
        return Ok("1".repeat(length).into());
    }
    if !keywords.strings("pattern").is_empty() {
        return Ok("\u{1}".into());
    }
    match keywords.number("minLength") {
        Some(1) if empty_is_missing => Err("an empty string counts as missing"),
        Some(min) if min > 0 => Ok("1".repeat(usize::try_from(min).expect("a length") - 1).into()),
        _ => Err("the document states no rule"),
    }
}

/// The keywords of schemas that all apply to a value.
struct Keywords<'n>(Vec<&'n Node>);

impl<'n> Keywords<'n> {
    fn of_schemas(root: &'n Node, schemas: &[&'n Node]) -> Self {
        Self(parts(root, schemas))
    }

    fn nodes(&self, key: &str) -> Vec<&'n Node> {
        self.0.iter().filter_map(|part| part.get(key)).collect()
    }

    fn value(&self, key: &str) -> Option<Value> {
        self.nodes(key).first().map(|node| node.to_json())
    }

    fn string(&self, key: &str) -> Option<String> {
        // A `type: object` beside a reference adds nothing to the type of the referenced schema.
        let strings = self.strings(key);
        strings.iter().find(|string| *string != "object").or(strings.first()).cloned()
    }

    fn strings(&self, key: &str) -> Vec<String> {
        self.nodes(key).into_iter().filter_map(Node::as_str).map(str::to_owned).collect()
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.value(key)?.as_i64()
    }
}
