//! Repairs of what real documents often get wrong in parameters and headers.

use super::{Audit, Object, Rule};
use crate::report::{Location, Problem};
use crate::source::{Kind, Map, Node};

/// Neither `schema` nor `content`: the schema's keywords stand beside `name`, as in Swagger 2.0, or
/// nothing is said. Both: `schema` holds.
pub(super) fn schema_beside(map: &mut Map, audit: &mut Audit<'_>) {
    if matches!(map.get("content"), Some(n) if n.as_object().is_some_and(Map::is_empty))
        && let Some(content) = map.shift_remove("content")
    {
        audit.account.ignore(Location::Member(content.origin), "content", "it names no media type");
    }
    match (map.contains_key("schema"), map.contains_key("content")) {
        (true, false) | (false, true) => {}
        (true, true) => {
            if let Some(content) = map.shift_remove("content") {
                let what = "a parameter has `schema` or `content`, not both; `schema` is read";
                audit.problem(Problem::warning(Location::Member(content.origin), what));
                audit.account.drop(content.origin, "content");
            }
        }
        (false, false) => {
            let moved = take_schema(map);
            let what = if moved.is_empty() {
                "the parameter has no `schema`; its value is sent as it is given"
            } else {
                "the keywords of the parameter's schema belong under `schema`, and are read so"
            };
            audit.note(Location::Value(audit.origin), what);
            map.insert("schema".to_owned(), Node::object(moved, audit.origin));
        }
    }
}

/// The keywords that only a schema has.
fn take_schema(map: &mut Map) -> Map {
    let (parameter, schema) = (Object::Parameter.grammar(), Object::Schema.grammar());
    let of_schema = |key: &str| {
        schema.rule(key).and_then(Rule::shape).is_some() && parameter.rule(key).is_none()
    };
    let keys: Vec<String> = map.keys().filter(|key| of_schema(key)).cloned().collect();
    keys.into_iter().filter_map(|key| Some((key.clone(), map.shift_remove(&key)?))).collect()
}

/// `required: true` inside the parameter's schema.
pub(super) fn required_in_schema(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(Kind::Object(schema)) = map.get_mut("schema").map(|node| &mut node.kind) else {
        return;
    };
    let Some(flag) = schema.get("required").and_then(Node::as_bool) else { return };
    let Some(node) = schema.shift_remove("required") else { return };
    let what = format!("`required: {flag}` in a parameter's schema is read as the parameter's");
    audit.note(Location::Member(node.origin), what);
    match map.contains_key("required") {
        true => audit.account.drop(node.origin, "required"),
        false => drop(map.insert("required".to_owned(), node)),
    }
}

/// A path parameter is always required.
pub(super) fn path_required(map: &mut Map, audit: &mut Audit<'_>) {
    let is_path = map.get("in").and_then(Node::as_str) == Some("path");
    let stated = map.get("required").and_then(Node::as_bool);
    if is_path && stated != Some(true) {
        let what = "a path parameter is always required; it is read so";
        audit.note(Location::Value(audit.origin), what);
        map.insert("required".to_owned(), Node::bool(true, audit.origin));
    }
}

/// A style that the parameter's location does not have: the location's own holds.
pub(super) fn style_of_place(map: &mut Map, audit: &mut Audit<'_>) {
    let styles: &[&str] = match map.get("in").and_then(Node::as_str) {
        Some("path") => &["matrix", "label", "simple"],
        Some("query") => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        Some("header") => &["simple"],
        Some("cookie") => &["form"],
        Some(_) | None => return,
    };
    let Some(style) = map.get("style").and_then(Node::as_str) else { return };
    if styles.iter().any(|known| known.eq_ignore_ascii_case(style)) {
        return;
    }
    let what =
        format!("the style `{style}` does not exist in this location; the usual one is taken");
    if let Some(node) = map.shift_remove("style") {
        audit.note(Location::Member(node.origin), what);
        audit.account.drop(node.origin, "style");
    }
}

/// `allowReserved` and `allowEmptyValue` mean something in a query only.
pub(super) fn query_only(map: &mut Map, audit: &mut Audit<'_>) {
    if map.get("in").and_then(Node::as_str) == Some("query") {
        return;
    }
    for key in ["allowReserved", "allowEmptyValue"] {
        if let Some(node) = map.shift_remove(key) {
            let why = "it holds for query parameters only";
            audit.account.ignore(Location::Member(node.origin), key, why);
        }
    }
}
