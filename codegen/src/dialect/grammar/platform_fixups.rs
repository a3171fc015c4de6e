//! Repairs of what documentation platforms write into documents beyond OpenAPI.

use super::Audit;
use crate::report::Location;
use crate::source::{Kind, Map, Node};

/// Unwraps `enum: [{value: a}, {value: b}]`, in which each entry is an object with only the value.
pub(super) fn wrapped_enum_values(map: &mut Map, audit: &mut Audit<'_>) {
    let is_object = map.get("type").is_some_and(allows_objects);
    let Some(node) = map.get_mut("enum").filter(|_| !is_object) else { return };
    let location = Location::Entry(node.origin);
    let Kind::Array(values) = &mut node.kind else { return };
    let is_wrapped = |node: &Node| {
        node.as_object().is_some_and(|map| map.len() == 1 && map.contains_key("value"))
    };
    if values.is_empty() || !values.iter().all(is_wrapped) {
        return;
    }
    for value in values {
        if let Some(inner) = value.as_object_mut().and_then(|map| map.shift_remove("value")) {
            *value = inner;
        }
    }
    audit.note(location, "each value of `enum` is in an object; the `value`s of these are used");
}

fn allows_objects(types: &Node) -> bool {
    let is_object = |node: &Node| node.as_str() == Some("object");
    is_object(types) || types.as_array().unwrap_or_default().iter().any(is_object)
}

/// Describes the values of an `enum` by the extension of two platforms, a list of objects with
/// `value`, `name` and `description`.
pub(super) fn enum_descriptions(map: &mut Map, _: &mut Audit<'_>) {
    const KEYS: [&str; 2] = ["x-apidog-enum", "x-apifox-enum"];
    const TARGET: &str = "x-enum-descriptions";
    let Some(values) = KEYS.iter().find_map(|key| map.get(*key)?.as_array()) else { return };
    let text = |value: &Node, key: &str| {
        let text = value.get(key).and_then(Node::as_str).map(str::trim);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let entry = |value: &Node| {
        let wire = value.get("value")?.as_str()?.to_owned();
        let node = value.get("description").or_else(|| value.get("name"))?;
        let text = text(value, "description").or_else(|| text(value, "name"))?;
        Some((wire, Node::string(text, node.origin)))
    };
    let descriptions: Map = values.iter().filter_map(entry).collect();
    let Some(origin) = values.first().map(|node| node.origin) else { return };
    if !descriptions.is_empty() && !map.contains_key(TARGET) {
        map.insert(TARGET.to_owned(), Node::object(descriptions, origin));
    }
}

/// Translates the names that one platform gives to servers by default.
pub(super) fn default_server_names(map: &mut Map, _: &mut Audit<'_>) {
    const NAMES: [(&str, &str); 4] = [
        ("正式环境", "Production"),
        ("预发环境", "Staging"),
        ("测试环境", "Test"),
        ("开发环境", "Development"),
    ];
    let Some(node) = map.get_mut("description") else { return };
    let name = node.as_str().map(str::trim);
    if let Some((_, english)) = NAMES.iter().find(|(other, _)| name == Some(*other)) {
        node.kind = Kind::String((*english).to_owned());
    }
}

/// Flattens `[[pets]]` to `[pets]`. Returns whether there was anything to flatten.
pub(super) fn flatten_lists(items: &mut Vec<Node>) -> bool {
    let is_list = |node: &Node| node.as_array().is_some();
    if !items.iter().any(is_list) {
        return false;
    }
    let flat = std::mem::take(items).into_iter().flat_map(|item| match item.kind {
        Kind::Array(inner) => inner,
        kind => vec![Node { kind, origin: item.origin }],
    });
    items.extend(flat);
    true
}

/// Returns whether an entry among the schemes of a security requirement is an extension: its value
/// is not a list of scopes.
pub(super) fn is_requirement_extension(key: &str, value: &Node) -> bool {
    key.starts_with("x-") && value.as_object().is_some_and(|map| !map.is_empty())
}
