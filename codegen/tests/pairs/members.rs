//! Losses that are not of names: members, parameters, what tells alternatives apart.

use docwright::source::Node;

use super::difference::{Difference, Top, What};
use super::rules::Forms;

/// Whether one of the first form's schemas at the place, or an alternative of it, is such.
fn any_schema(found: &Difference, forms: &Forms<'_>, is_such: impl Fn(&Node) -> bool) -> bool {
    let schemas = forms.a.schemas(found).into_iter().filter_map(|node| forms.a.resolved(node));
    let mut all: Vec<&Node> = schemas.collect();
    for schema in all.clone() {
        let parts =
            ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)?.as_array());
        all.extend(parts.flatten().filter_map(|part| forms.a.resolved(part)));
    }
    all.into_iter().any(is_such)
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

pub fn one_way(found: &Difference, forms: &Forms<'_>) -> bool {
    let flag = match found.top {
        Top::Body => "readOnly",
        Top::Answer(_) => "writeOnly",
        _ => return false,
    };
    let [member] = found.steps.as_slice() else { return false };
    let hidden = |schema: &Node| {
        let property = schema.get("properties").and_then(|all| all.get(member));
        property.is_some_and(|property| is_true(property, flag))
    };
    matches!(&found.what, What::Only(true, word) if word == "member")
        && any_schema(found, forms, hidden)
}

pub fn other_members(found: &Difference, forms: &Forms<'_>) -> bool {
    found.steps == ["{}"]
        && matches!(&found.what, What::Only(true, word) if word == "other members")
        && any_schema(found, forms, |schema| is_true(schema, "additionalProperties"))
}

pub fn undeclared(found: &Difference, forms: &Forms<'_>) -> bool {
    let [member] = found.steps.as_slice() else { return false };
    let names = |schema: &Node| {
        let required = schema.get("required").and_then(Node::as_array).unwrap_or_default();
        required.iter().any(|name| name.as_str() == Some(member))
            && schema.get("properties").is_none_or(|all| all.get(member).is_none())
    };
    matches!(&found.what, What::Only(true, word) if word == "member")
        && any_schema(found, forms, names)
}

pub fn discriminator(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::Tag(tag, other) = &found.what else { return false };
    let states = |schema: &Node| {
        let name = schema.get("discriminator").and_then(|node| node.get("propertyName")?.as_str());
        name == Some(tag.as_str())
    };
    found.steps.is_empty() && other == "none" && any_schema(found, forms, states)
}

pub fn content_parameter(found: &Difference, forms: &Forms<'_>) -> bool {
    matches!(&found.what, What::Only(true, word) if word == "parameter")
        && forms.a.parameters(found).iter().any(|(_, node)| node.get("content").is_some())
}

pub fn reserved(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::Style(a, b) = &found.what else { return false };
    a.replace("reserved=true", "reserved=false") == *b
        && forms.a.parameters(found).iter().any(|(_, node)| is_true(node, "allowReserved"))
}
