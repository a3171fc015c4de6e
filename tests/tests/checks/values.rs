//! Values that a schema allows, and values that it does not.

use docwright::source::Node;
use serde_json::{Map, Value, json};

use crate::schema::{Way, alternatives, members, names, parts, towards};

/// Texts that one pattern or another of the document takes.
const TEXTS: [&str; 9] =
    ["Ann", "12345", "123456789", "NY", "1990-01-01", "+12125551234", "1234", "123456789012", "a"];

/// How deep members stand that may be missing.
const DEEPEST: usize = 6;

/// A value that the schemas allow, with everything that stands on the way.
pub fn sample(root: &Node, schemas: &[&Node], way: Way<'_>) -> Value {
    made(root, schemas, way, 0)
}

fn made(root: &Node, schemas: &[&Node], way: Way<'_>, depth: usize) -> Value {
    assert!(depth < 40, "a schema inside itself");
    let step = way.steps.first().map(String::as_str);
    let chosen = towards(root, schemas, way).expect("a way that leads somewhere");
    let schemas = chosen.as_slice();
    let facts = Facts::of(root, schemas);
    if let Some(value) = facts.value("enum").and_then(|all| all[0].as_str().map(str::to_owned)) {
        return value.into();
    }
    let members = members(root, schemas);
    if !members.is_empty() {
        let required = names(root, schemas, "required");
        let mut object = Map::new();
        for (name, schemas) in members {
            let on_the_way = step == Some(name.as_str());
            let read_only = Facts::of(root, &schemas).value("readOnly") == Some(Value::from(true));
            if on_the_way || (!read_only && (depth < DEEPEST || required.contains(&name))) {
                let rest = if on_the_way { way.rest() } else { Way::NONE };
                object.insert(name, made(root, &schemas, rest, depth + 1));
            }
        }
        return object.into();
    }
    if let Some(first) = alternatives(root, schemas).first() {
        return made(root, &[first], Way::NONE, depth + 1);
    }
    match facts.text("type").as_deref() {
        Some("array") => {
            let items = facts.nodes("items");
            json!([made(root, &items, way.rest(), depth + 1)])
        }
        Some("integer" | "number") => facts.number("minimum").unwrap_or(1).into(),
        Some("boolean") => true.into(),
        Some("object") => json!({}),
        _ => text(&facts).into(),
    }
}

fn text(facts: &Facts<'_>) -> String {
    match facts.text("format").as_deref() {
        Some("uuid") => return "123e4567-e89b-42d3-a456-426614174000".to_owned(),
        Some("date-time") => return "2026-01-01T00:00:00Z".to_owned(),
        Some("date") => return "2026-01-01".to_owned(),
        Some("email") => return "ann@acme.test".to_owned(),
        _ => {}
    }
    let fits = |text: &&&str| {
        let length = i64::try_from(text.len()).expect("a short text");
        facts.number("minLength").is_none_or(|least| length >= least)
            && facts.number("maxLength").is_none_or(|most| length <= most)
            && facts.texts("pattern").iter().all(|pattern| {
                let pattern = regress::Regex::with_flags(pattern, "u").expect("a pattern");
                pattern.find(text).is_some()
            })
    };
    let found = TEXTS.iter().find(fits);
    found.unwrap_or_else(|| panic!("no text for {:?}", facts.texts("pattern"))).to_string()
}

/// A value that is missing or wrong.
pub struct Wrong(pub Value);

/// A value that the schemas do not allow in this way; or why there is none that a caller could send.
pub fn wrong(
    root: &Node,
    schemas: &[&Node],
    why: &str,
    required: bool,
    missing_too: bool,
) -> Result<Wrong, &'static str> {
    let facts = Facts::of(root, schemas);
    let ty = facts.text("type").unwrap_or_else(|| "object".to_owned());
    let parsed = matches!(facts.text("format").as_deref(), Some("uuid" | "date" | "date-time"));
    if why == "missing" {
        return match ty.as_str() {
            _ if !required => Err("the member may be left out"),
            "string" if !parsed => Ok(Wrong("".into())),
            _ => Err("the type has no empty value"),
        };
    }
    if facts.value("enum").is_some() {
        return Ok(Wrong("no_such_value".into()));
    }
    match ty.as_str() {
        "string" if parsed => Err("the type has no wrong value"),
        "string" => wrong_text(&facts, required && missing_too),
        "integer" | "number" => {
            let below = facts.number("minimum").map(|least| least - 1);
            let above = facts.number("maximum").map(|most| most + 1);
            below.or(above).map(|it| Wrong(it.into())).ok_or("the description states no rule")
        }
        "array" => {
            let items = facts.nodes("items");
            if let Some(most) = facts.number("maxItems") {
                let item = made(root, &items, Way::NONE, 0);
                let count = usize::try_from(most).expect("a count") + 1;
                return Ok(Wrong(vec![item; count].into()));
            }
            wrong(root, &items, why, false, false).map(|Wrong(item)| Wrong(json!([item])))
        }
        "object" => {
            if let Some(most) = facts.number("maxProperties") {
                let pairs = (0..=most).map(|n| (format!("k{n}"), Value::from("v")));
                return Ok(Wrong(Value::Object(pairs.collect())));
            }
            let inside = facts.nodes("additionalProperties");
            if inside.is_empty() || !members(root, schemas).is_empty() {
                return Err("the type has no wrong value");
            }
            wrong(root, &inside, why, false, false).map(|Wrong(item)| Wrong(json!({ "k": item })))
        }
        _ => Err("the type has no wrong value"),
    }
}

fn wrong_text(facts: &Facts<'_>, empty_is_missing: bool) -> Result<Wrong, &'static str> {
    if let Some(most) = facts.number("maxLength") {
        let length = usize::try_from(most).expect("a length") + 1;
        return Ok(Wrong("1".repeat(length).into()));
    }
    if !facts.texts("pattern").is_empty() {
        return Ok(Wrong("\u{1}".into()));
    }
    match facts.number("minLength") {
        Some(1) if empty_is_missing => Err("an empty text is called missing"),
        Some(least) if least > 0 => {
            Ok(Wrong("1".repeat(usize::try_from(least).expect("a length") - 1).into()))
        }
        _ => Err("the description states no rule"),
    }
}

/// The keywords of schemas that all hold.
struct Facts<'n>(Vec<&'n Node>);

impl<'n> Facts<'n> {
    fn of(root: &'n Node, schemas: &[&'n Node]) -> Self {
        Self(parts(root, schemas))
    }

    fn nodes(&self, key: &str) -> Vec<&'n Node> {
        self.0.iter().filter_map(|part| part.get(key)).collect()
    }

    fn value(&self, key: &str) -> Option<Value> {
        self.nodes(key).first().map(|node| node.to_json())
    }

    fn text(&self, key: &str) -> Option<String> {
        // What a reference brings in says more than what repeats it.
        let texts = self.texts(key);
        texts.iter().find(|text| *text != "object").or(texts.first()).cloned()
    }

    fn texts(&self, key: &str) -> Vec<String> {
        self.nodes(key).into_iter().filter_map(Node::as_str).map(str::to_owned).collect()
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.value(key)?.as_i64()
    }
}
