//! Rules for lost structure: properties, parameters, discriminators and security schemes.

use docwright::source::{Kind, Node};

use super::difference::{Aspect, Difference, OperationPart};
use super::rules::FormPair;

/// Returns whether the predicate holds for a schema of the part that differs, or for a part or
/// alternative of one.
pub fn any_schema(
    difference: &Difference,
    forms: &FormPair<'_>,
    predicate: impl Fn(&Node) -> bool,
) -> bool {
    let schemas = forms.openapi.schemas(difference).into_iter();
    let mut all: Vec<&Node> =
        schemas.filter_map(|node| forms.openapi.resolve_alias(node)).collect();
    let mut new = all.clone();
    for _ in 0..4 {
        let lists = new.iter().flat_map(|schema| {
            ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)?.as_array())
        });
        new = lists.flatten().filter_map(|part| forms.openapi.resolve_alias(part)).collect();
        all.extend(&new);
    }
    all.into_iter().any(predicate)
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// Returns the property that differs if it belongs to the schema itself or to an alternative of it.
fn top_level_property(difference: &Difference) -> Option<&str> {
    let (property, parents) = difference.path.split_last()?;
    parents.iter().all(|step| step.starts_with('|')).then_some(property)
}

/// Returns whether only the OpenAPI form has the element of this kind.
fn is_only_in_openapi(difference: &Difference, element: &str) -> bool {
    matches!(&difference.aspect, Aspect::Only(true, it) if it == element)
}

pub fn one_direction(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let flag = match difference.part {
        OperationPart::Body => "readOnly",
        OperationPart::Response(_) => "writeOnly",
        _ => return false,
    };
    let Some(name) = top_level_property(difference) else { return false };
    let is_dropped = |schema: &Node| {
        let property = schema.get("properties").and_then(|all| all.get(name));
        property.is_some_and(|property| is_true(property, flag))
    };
    is_only_in_openapi(difference, "field") && any_schema(difference, forms, is_dropped)
}

pub fn undeclared_property(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Some(name) = top_level_property(difference) else { return false };
    let requires_undeclared = |schema: &Node| {
        let required = schema.get("required").and_then(Node::as_array).unwrap_or_default();
        required.iter().any(|it| it.as_str() == Some(name))
            && schema.get("properties").is_none_or(|all| all.get(name).is_none())
    };
    is_only_in_openapi(difference, "field") && any_schema(difference, forms, requires_undeclared)
}

pub fn discriminator(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::Tag(tag, other) = &difference.aspect else { return false };
    let has_discriminator = |schema: &Node| {
        let name = schema.get("discriminator").and_then(|node| node.get("propertyName")?.as_str());
        name == Some(tag.as_str())
    };
    difference.path.is_empty()
        && other == "none"
        && any_schema(difference, forms, has_discriminator)
}

pub fn content_parameter(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let mut parameters = forms.openapi.parameters(difference).into_iter();
    is_only_in_openapi(difference, "parameter")
        && parameters.any(|(_, node)| node.get("content").is_some())
}

pub fn allow_reserved(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::Style(a, b) = &difference.aspect else { return false };
    let mut parameters = forms.openapi.parameters(difference).into_iter();
    a.replace("reserved=true", "reserved=false") == *b
        && parameters.any(|(_, node)| is_true(node, "allowReserved"))
}

pub fn encoding(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::Media(a, b) = &difference.aspect else { return false };
    let has_encoding = |media: &Node| media.get("encoding").is_some();
    a.replace(" with fields", "") == *b
        && forms.openapi.media(difference).into_iter().any(has_encoding)
}

pub fn null_in_enum(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::Type(a, b) = &difference.aspect else { return false };
    let has_null = |schema: &Node| {
        let values = schema.get("enum").and_then(Node::as_array).unwrap_or_default();
        values.iter().any(|value| value.kind == Kind::Null)
    };
    difference.path.is_empty()
        && *a == format!("Option<{b}>")
        && any_schema(difference, forms, has_null)
}

pub fn all_of_order(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::Order(..) = &difference.aspect else { return false };
    let is_all_of = |schema: &Node| schema.get("allOf").is_some();
    let is_top_level = difference.path.iter().all(|step| step.starts_with('|'));
    let owner = difference.owner.as_ref().and_then(|(name, _)| forms.openapi.component(name));
    let is_in_all_of = owner.and_then(|key| forms.openapi.schema(key)).is_some_and(is_all_of);
    is_top_level && (is_in_all_of || any_schema(difference, forms, is_all_of))
}

/// Explains a schema whose alternatives are only listed in the mapping of its discriminator.
pub fn mapping_without_one_of(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let has_aspect = match &difference.aspect {
        Aspect::Type(a, b) => a == "a struct" && b == "a union",
        Aspect::TypeName(..) | Aspect::Order(..) | Aspect::Construction(..) => true,
        Aspect::Only(first, element) => !first && element == "field",
        _ => false,
    };
    let has_mapping_only = |schema: &Node| {
        let mapping = schema.get("discriminator").and_then(|node| node.get("mapping"));
        mapping.is_some() && schema.get("oneOf").is_none() && schema.get("anyOf").is_none()
    };
    has_aspect && difference.path.len() < 2 && any_schema(difference, forms, has_mapping_only)
}

pub fn conflicting_parts(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let has_aspect = match &difference.aspect {
        Aspect::Type(_, b) => b == "Json",
        Aspect::Presence(a, b) => a == "required" && b == "optional",
        _ => false,
    };
    let has_conflict = |schema: &Node| {
        let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
        let types: Vec<&str> = parts
            .iter()
            .filter_map(|part| forms.openapi.resolve_alias(part)?.get("type")?.as_str())
            .collect();
        types.iter().any(|other| Some(other) != types.first())
    };
    has_aspect && difference.path.is_empty() && any_schema(difference, forms, has_conflict)
}

pub fn nested_unions(difference: &Difference, _: &FormPair<'_>) -> bool {
    matches!(difference.aspect, Aspect::Nesting(..))
}

/// Explains differences in a type that one form uses in requests and responses, and the other in
/// one direction only, because the property that holds it is `readOnly` or `writeOnly`.
pub fn other_direction(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let has_aspect = match &difference.aspect {
        Aspect::Presence(a, b) => a == "Optional" && b == "Required",
        Aspect::Setter(_, b) => b == "none",
        Aspect::Construction(..) => true,
        _ => false,
    };
    let has_one_direction_property = |schema: &Node| {
        let properties = schema.get("properties").and_then(Node::as_object);
        let mut properties = properties.into_iter().flat_map(|map| map.values());
        properties.any(|property| {
            let nodes = [Some(property), forms.openapi.resolve_alias(property)];
            let mut nodes = nodes.into_iter().flatten();
            nodes.any(|node| is_true(node, "readOnly") || is_true(node, "writeOnly"))
        })
    };
    let body = Difference { part: OperationPart::Body, ..difference.clone() };
    has_aspect
        && (!difference.path.is_empty() || matches!(difference.aspect, Aspect::Construction(..)))
        && (any_schema(difference, forms, has_one_direction_property)
            || any_schema(&body, forms, has_one_direction_property))
}

/// Explains a security scheme of which the dialect only has the name, because the converter has no
/// parameter for its kind, or because another scheme uses the same header.
pub fn hidden_scheme(difference: &Difference, forms: &FormPair<'_>) -> bool {
    const UNKNOWN: &str = "http unknown";
    let Aspect::Security(a, b) = &difference.aspect else { return false };
    let ours: Vec<&str> = a.split(" | ").collect();
    let theirs: Vec<&str> = b.split(" | ").collect();
    let schemes = forms.openapi.document.pointer("/components/securitySchemes");
    let schemes = schemes.and_then(Node::as_object);
    let has_unusual_scheme = schemes.into_iter().flat_map(|map| map.values()).any(|scheme| {
        let string = |key: &str| scheme.get(key).and_then(Node::as_str).unwrap_or_default();
        match string("type") {
            "http" => !matches!(string("scheme"), "bearer" | "basic"),
            "apiKey" | "oauth2" => false,
            _ => true,
        }
    });
    let is_same = |ours: &str, theirs: &str| {
        let mut unmatched: Vec<&str> = ours.split(" & ").collect();
        let others: Vec<&str> = theirs.split(" & ").collect();
        let share_header = unmatched.iter().filter(|kind| uses_authorization(kind)).count() > 1;
        for known in others.iter().filter(|kind| **kind != UNKNOWN) {
            match unmatched.iter().position(|kind| kind == known) {
                Some(index) => drop(unmatched.remove(index)),
                None => return false,
            }
        }
        let unknown = others.iter().filter(|kind| **kind == UNKNOWN).count();
        unmatched.len() == unknown && (unknown == 0 || has_unusual_scheme || share_header)
    };
    let mut remaining = ours.as_slice();
    let all_match = theirs.iter().all(|theirs| {
        // Schemes that share a header are shown as alternatives.
        let count = match remaining {
            [first, ..] if is_same(first, theirs) => 1,
            _ => theirs.split(" & ").count(),
        };
        let Some((these, after)) = remaining.split_at_checked(count) else { return false };
        remaining = after;
        count == 1 && is_same(these[0], theirs)
            || these.iter().all(|kind| uses_authorization(kind))
                && is_same(&these.join(" & "), theirs)
    });
    all_match && remaining.is_empty()
}

fn uses_authorization(kind: &str) -> bool {
    matches!(kind, "bearer" | "basic" | "oauth2" | "Header Authorization")
}
