//! Losses that are not of names: members, parameters, what tells alternatives apart.

use docwright::source::{Kind, Node};

use super::difference::{Difference, Top, What};
use super::rules::Forms;

/// Whether one of the first form's schemas at the location, or an alternative of it, is such.
pub fn any_schema(found: &Difference, forms: &Forms<'_>, is_such: impl Fn(&Node) -> bool) -> bool {
    let schemas = forms.a.schemas(found).into_iter().filter_map(|node| forms.a.resolved(node));
    let mut all: Vec<&Node> = schemas.collect();
    let mut new = all.clone();
    for _ in 0..4 {
        let lists = new.iter().flat_map(|schema| {
            ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)?.as_array())
        });
        new = lists.flatten().filter_map(|part| forms.a.resolved(part)).collect();
        all.extend(&new);
    }
    all.into_iter().any(is_such)
}

fn is_true(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_bool) == Some(true)
}

/// The member of the schema at the location, or of an alternative of it.
fn top_member(found: &Difference) -> Option<&str> {
    let (member, above) = found.steps.split_last()?;
    above.iter().all(|step| step.starts_with('|')).then_some(member)
}

pub fn one_way(found: &Difference, forms: &Forms<'_>) -> bool {
    let flag = match found.top {
        Top::Body => "readOnly",
        Top::Response(_) => "writeOnly",
        _ => return false,
    };
    let Some(member) = top_member(found) else { return false };
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
    let Some(member) = top_member(found) else { return false };
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

pub fn encoding(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::Media(a, b) = &found.what else { return false };
    let stated = |media: &Node| media.get("encoding").is_some();
    a.replace(" with members", "") == *b && forms.a.media(found).into_iter().any(stated)
}

pub fn null_value(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::Type(a, b) = &found.what else { return false };
    let holds_null = |schema: &Node| {
        let values = schema.get("enum").and_then(Node::as_array).unwrap_or_default();
        values.iter().any(|value| value.kind == Kind::Null)
    };
    found.steps.is_empty() && *a == format!("Option<{b}>") && any_schema(found, forms, holds_null)
}

pub fn united_order(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::Order(..) = &found.what else { return false };
    let united = |schema: &Node| schema.get("allOf").is_some();
    let at_top = found.steps.iter().all(|step| step.starts_with('|'));
    let owner = found.owner.as_ref().and_then(|(name, _)| forms.a.component(name));
    let is_owner = owner.and_then(|key| forms.a.schema(key)).is_some_and(united);
    at_top && (is_owner || any_schema(found, forms, united))
}

/// Whether a schema only names its alternatives as what its discriminator maps to.
pub fn mapped(found: &Difference, forms: &Forms<'_>) -> bool {
    let follows = match &found.what {
        What::Type(a, b) => a == "a struct" && b == "a union",
        What::TypeName(..) | What::Order(..) | What::Making(..) => true,
        What::Only(first, word) => !first && word == "member",
        _ => false,
    };
    let only_maps = |schema: &Node| {
        let mapping = schema.get("discriminator").and_then(|node| node.get("mapping"));
        mapping.is_some() && schema.get("oneOf").is_none() && schema.get("anyOf").is_none()
    };
    follows && found.steps.len() < 2 && any_schema(found, forms, only_maps)
}

pub fn contradiction(found: &Difference, forms: &Forms<'_>) -> bool {
    let lost = match &found.what {
        What::Type(_, b) => b == "Json",
        What::Mode(a, b) => a == "required" && b == "optional",
        _ => false,
    };
    let contradicts = |schema: &Node| {
        let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
        let types = parts.iter().filter_map(|part| forms.a.resolved(part)?.get("type")?.as_str());
        let types: Vec<&str> = types.collect();
        types.iter().any(|other| Some(other) != types.first())
    };
    lost && found.steps.is_empty() && any_schema(found, forms, contradicts)
}

pub fn nesting(found: &Difference, _: &Forms<'_>) -> bool {
    matches!(found.what, What::Nesting(..))
}

/// Whether the operation's body or responses, or their parts, have a member of one direction; where
/// they have, its type is not used in both.
pub fn other_direction(found: &Difference, forms: &Forms<'_>) -> bool {
    let follows = match &found.what {
        What::Mode(a, b) => a == "Optional" && b == "Required",
        What::Setter(_, b) => b == "none",
        What::Making(..) => true,
        _ => false,
    };
    let one_way = |schema: &Node| {
        let all = schema.get("properties").and_then(Node::as_object);
        let mut all = all.into_iter().flat_map(|map| map.values());
        all.any(|p| {
            let both = [Some(p), forms.a.resolved(p)];
            both.into_iter().flatten().any(|p| is_true(p, "readOnly") || is_true(p, "writeOnly"))
        })
    };
    let body = Difference { top: Top::Body, ..found.clone() };
    follows
        && (!found.steps.is_empty() || matches!(found.what, What::Making(..)))
        && (any_schema(found, forms, one_way) || any_schema(&body, forms, one_way))
}

/// Where a scheme of the first form is one that the converter has no parameter for, or stands in one
/// location with another, the second form has only its name.
pub fn hidden_scheme(found: &Difference, forms: &Forms<'_>) -> bool {
    const UNKNOWN: &str = "http unknown";
    let What::Security(a, b) = &found.what else { return false };
    let (ours, theirs): (Vec<&str>, Vec<&str>) =
        (a.split(" | ").collect(), b.split(" | ").collect());
    let written = forms.a.openapi.pointer("/components/securitySchemes").and_then(Node::as_object);
    let unusual = written.into_iter().flat_map(|map| map.values()).any(|scheme| {
        let kind = |key: &str| scheme.get(key).and_then(Node::as_str).unwrap_or_default();
        match kind("type") {
            "http" => !matches!(kind("scheme"), "bearer" | "basic"),
            "apiKey" | "oauth2" => false,
            _ => true,
        }
    });
    let same = |ours: &str, theirs: &str| {
        let mut left: Vec<&str> = ours.split(" & ").collect();
        let others: Vec<&str> = theirs.split(" & ").collect();
        let meet = left.iter().filter(|kind| in_authorization(kind)).count() > 1;
        for known in others.iter().filter(|kind| **kind != UNKNOWN) {
            match left.iter().position(|kind| kind == known) {
                Some(index) => drop(left.remove(index)),
                None => return false,
            }
        }
        let unknown = others.iter().filter(|kind| **kind == UNKNOWN).count();
        left.len() == unknown && (unknown == 0 || unusual || meet)
    };
    let mut rest = ours.as_slice();
    let all = theirs.iter().all(|theirs| {
        // Schemes that write one header are alternatives to each other where they are shown.
        let apart = match rest {
            [first, ..] if same(first, theirs) => 1,
            _ => theirs.split(" & ").count(),
        };
        let Some((these, after)) = rest.split_at_checked(apart) else { return false };
        rest = after;
        apart == 1 && same(these[0], theirs)
            || these.iter().all(|kind| in_authorization(kind)) && same(&these.join(" & "), theirs)
    });
    all && rest.is_empty()
}

fn in_authorization(kind: &str) -> bool {
    matches!(kind, "bearer" | "basic" | "oauth2" | "Header Authorization")
}
