//! Repairs of common mistakes of real documents in parameters and headers.

use super::{Audit, ObjectKind, Rule};
use crate::report::{Location, Problem};
use crate::source::{Kind, Map, Node};
use crate::style::Style;

/// Makes sure that a parameter has exactly one of `schema` and `content`. With neither, the schema
/// keywords beside `name` become the schema, as in Swagger 2.0; without any, it is empty. With both,
/// `schema` is kept.
pub(super) fn schema_or_content(map: &mut Map, audit: &mut Audit<'_>) {
    if matches!(map.get("content"), Some(n) if n.as_object().is_some_and(Map::is_empty))
        && let Some(content) = map.shift_remove("content")
    {
        audit.ledger.ignore(Location::Entry(content.origin), "content", "it has no media type");
    }
    match (map.contains_key("schema"), map.contains_key("content")) {
        (true, false) | (false, true) => {}
        (true, true) => {
            if let Some(content) = map.shift_remove("content") {
                let message =
                    "the parameter has both `schema` and `content`; only `schema` is used";
                audit.report_problem(Problem::warning(Location::Entry(content.origin), message));
                audit.ledger.drop(content.origin, "content");
            }
        }
        (false, false) => {
            let schema = take_schema_keywords(map);
            let message = if schema.is_empty() {
                "the parameter has no `schema`; its value is sent as given"
            } else {
                "the schema keywords of the parameter are not in `schema`; they are read as part of it"
            };
            audit.note(Location::Value(audit.origin), message);
            map.insert("schema".to_owned(), Node::object(schema, audit.origin));
        }
    }
}

/// Removes and returns the keywords that only a schema has.
fn take_schema_keywords(map: &mut Map) -> Map {
    let (parameter, schema) = (ObjectKind::Parameter.grammar(), ObjectKind::Schema.grammar());
    let is_schema_keyword = |key: &str| {
        schema.rule(key).and_then(Rule::value_kind).is_some() && parameter.rule(key).is_none()
    };
    let keys: Vec<String> = map.keys().filter(|key| is_schema_keyword(key)).cloned().collect();
    keys.into_iter().filter_map(|key| Some((key.clone(), map.shift_remove(&key)?))).collect()
}

/// Moves `required: true` from the parameter's schema to the parameter.
pub(super) fn required_in_schema(map: &mut Map, audit: &mut Audit<'_>) {
    let Some(Kind::Object(schema)) = map.get_mut("schema").map(|node| &mut node.kind) else {
        return;
    };
    let Some(flag) = schema.get("required").and_then(Node::as_bool) else { return };
    let Some(node) = schema.shift_remove("required") else { return };
    let message =
        format!("`required: {flag}` in the schema of a parameter is applied to the parameter");
    audit.note(Location::Entry(node.origin), message);
    match map.contains_key("required") {
        true => audit.ledger.drop(node.origin, "required"),
        false => drop(map.insert("required".to_owned(), node)),
    }
}

/// Marks path parameters as required.
pub(super) fn path_required(map: &mut Map, audit: &mut Audit<'_>) {
    let is_path = map.get("in").and_then(Node::as_str) == Some("path");
    let required = map.get("required").and_then(Node::as_bool);
    if is_path && required != Some(true) {
        let message = "the path parameter lacks `required: true`; it is read as required";
        audit.note(Location::Value(audit.origin), message);
        map.insert("required".to_owned(), Node::bool(true, audit.origin));
    }
}

/// Removes a `style` that the parameter's location does not support; the default style applies.
pub(super) fn style_of_location(map: &mut Map, audit: &mut Audit<'_>) {
    if let Some(location) = map.get("in").and_then(Node::as_str).map(str::to_owned) {
        check_style(&location, map, audit);
    }
}

/// The same for the parameters of the endpoint dialect, which are grouped by location.
pub(super) fn styles_by_location(map: &mut Map, audit: &mut Audit<'_>) {
    for (location, parameters) in map {
        let parameters = parameters.as_object_mut().into_iter().flat_map(Map::values_mut);
        for parameter in parameters.filter_map(Node::as_object_mut) {
            check_style(location, parameter, audit);
        }
    }
}

fn check_style(location: &str, map: &mut Map, audit: &mut Audit<'_>) {
    let styles: &[&str] = match location {
        "path" => Style::PATH_KEYWORDS,
        "query" => Style::QUERY_KEYWORDS,
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => return,
    };
    let Some(style) = map.get("style").and_then(Node::as_str) else { return };
    if styles.iter().any(|known| known.eq_ignore_ascii_case(style)) {
        return;
    }
    let message =
        format!("the style `{style}` is invalid for this `in`; the default style is used");
    if let Some(node) = map.shift_remove("style") {
        audit.note(Location::Entry(node.origin), message);
        audit.ledger.drop(node.origin, "style");
    }
}

/// Ignores `allowReserved` and `allowEmptyValue` outside the query.
pub(super) fn query_only(map: &mut Map, audit: &mut Audit<'_>) {
    if map.get("in").and_then(Node::as_str) == Some("query") {
        return;
    }
    for key in ["allowReserved", "allowEmptyValue"] {
        if let Some(node) = map.shift_remove(key) {
            let reason = "it applies to query parameters only";
            audit.ledger.ignore(Location::Entry(node.origin), key, reason);
        }
    }
}
