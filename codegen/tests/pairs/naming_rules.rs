//! Losses that are of names.

use docwright::ir::{self, OperationName};
use docwright::source::Node;

use super::difference::{Difference, Top, What};
use super::rules::Forms;
use super::side::Side;

pub fn operations<'f>(
    found: &Difference,
    forms: &Forms<'f>,
) -> Option<(&'f ir::Operation, &'f ir::Operation)> {
    let of = |side: &'f Side| Some(side.operations().get(&found.operation)?.0);
    Some((of(forms.a)?, of(forms.b)?))
}

pub fn operation_id(found: &Difference, forms: &Forms<'_>) -> bool {
    let Some((a, b)) = operations(found, forms) else { return false };
    matches!(found.what, What::Method(..))
        && matches!(a.name, OperationName::Id(_))
        && !matches!(b.name, OperationName::Id(_))
}

pub fn tags(found: &Difference, forms: &Forms<'_>) -> bool {
    let Some((a, b)) = operations(found, forms) else { return false };
    matches!(found.what, What::File(..)) && !a.tags.is_empty() && b.tags.is_empty()
}

/// Whether two names differ only in what they begin with.
pub fn after(found: &Difference) -> bool {
    let (What::TypeName(a, b), (before, its)) = (&found.what, &found.within) else { return false };
    // A name that a component bears gets a word more.
    let rest = |name: &str, before: &str| {
        Some(name.strip_prefix(before)?.trim_end_matches("Object").to_owned())
    };
    let own = rest(a, before);
    before != its && own.as_ref().is_some_and(|rest| !rest.is_empty()) && own == rest(b, its)
}

/// Whether it stands right in the operation, in no type of a name.
pub fn at_top(found: &Difference) -> bool {
    found.top != Top::Operation && found.steps.is_empty()
}

pub fn requests(found: &Difference, forms: &Forms<'_>) -> Option<(String, String)> {
    let of =
        |side: &Side| Some(side.operations().get(&found.operation)?.1.request.as_str().to_owned());
    Some((of(forms.a)?, of(forms.b)?))
}

pub fn after_operation(found: &Difference, forms: &Forms<'_>) -> bool {
    let own = after(found) && requests(found, forms).as_ref() == Some(&found.within);
    own || after_shared_id(found, forms)
}

/// Operations that share an id have inline types that begin with it, whatever the method is called.
pub fn after_shared_id(found: &Difference, forms: &Forms<'_>) -> bool {
    let Some((said, _)) = operations(found, forms) else { return false };
    let (What::TypeName(a, b), OperationName::Id(id)) = (&found.what, &said.name) else {
        return false;
    };
    let rest = requests(found, forms).and_then(|(_, its)| b.strip_prefix(&its).map(letters));
    let of_id = |rest: String| {
        let all = letters(a);
        let own = all.strip_prefix(&letters(id)).map(str::to_owned);
        own.is_some_and(|own| own.trim_end_matches("object") == rest)
    };
    rest.filter(|rest| !rest.is_empty()).is_some_and(of_id)
}

pub fn after_type(found: &Difference, forms: &Forms<'_>) -> bool {
    after(found) && requests(found, forms).as_ref() != Some(&found.within)
}

/// Whether a component's name stands against one that was made of the operation's.
pub fn component_against_made(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    at_top(found)
        && forms.a.component(a).is_some()
        && forms.b.component(b).is_none()
        && b.starts_with(&found.within.1)
}

pub fn parameter_name(found: &Difference, forms: &Forms<'_>) -> bool {
    let is_reference = |schema: &&Node| schema.get("$ref").is_some();
    component_against_made(found, forms)
        && matches!(found.top, Top::Argument(..))
        && forms.a.schemas(found).iter().any(is_reference)
}

pub fn shared_parameter(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let shared = forms.a.shared_parameters(found);
    at_top(found)
        && b.starts_with(&found.within.1)
        && shared.iter().any(|key| letters(a).starts_with(&letters(key)))
}

/// The schemas at the location, if they are made of others by `keys`.
pub fn compositions<'f>(found: &Difference, forms: &Forms<'f>, keys: &[&str]) -> Vec<&'f Node> {
    let schemas = forms.a.schemas(found).into_iter().filter_map(|node| forms.a.resolved(node));
    schemas.filter(|node| keys.iter().any(|key| node.get(key).is_some())).collect()
}

pub fn all_of_bears_part(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(_, b) = &found.what else { return false };
    let Some(part) = forms.b.component(b) else { return false };
    let reference = format!("#/components/schemas/{part}");
    let has_part = |node: &&Node| {
        let parts = node.get("allOf").and_then(Node::as_array).unwrap_or_default();
        parts.iter().any(|node| node.get("$ref").and_then(Node::as_str) == Some(&reference))
    };
    at_top(found) && compositions(found, forms, &["allOf"]).iter().any(has_part)
}

pub fn all_of_without_name(found: &Difference, forms: &Forms<'_>) -> bool {
    component_against_made(found, forms) && !compositions(found, forms, &["allOf"]).is_empty()
}

/// Below an allOf whose name is lost: the names that its members have from a part.
pub fn all_of_members(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let Some(rest) = b.strip_prefix(&found.within.1).filter(|rest| !rest.is_empty()) else {
        return false;
    };
    let from_part = |part: &str| letters(a) == letters(&format!("{part}{rest}"));
    forms.a.parts(found).iter().any(|part| from_part(part))
}

/// An alternative that is an allOf.
pub fn alternative_name(found: &Difference, forms: &Forms<'_>) -> bool {
    let is_alternative = found.steps.last().is_some_and(|step| step.starts_with('|'));
    let (What::TypeName(a, _) | What::Name(a, _)) = &found.what else { return false };
    let composed = |name: &str| {
        let schema = forms.a.component(name).and_then(|key| forms.a.schema(key));
        schema.is_some_and(|schema| schema.get("allOf").is_some())
    };
    is_alternative && composed(a)
}

/// Below a union that has members of its own: names of the alternatives and of these members.
pub fn union_members(found: &Difference, forms: &Forms<'_>) -> bool {
    let Some((first, others)) = found.steps.split_first() else { return false };
    let own = |schema: &&Node| match others.first() {
        None => schema.get("properties").is_some(),
        Some(member) => schema.get("properties").is_some_and(|all| all.get(member).is_some()),
    };
    first.starts_with('|')
        && matches!(found.what, What::TypeName(..) | What::Name(..))
        && (compositions(found, forms, &["oneOf", "anyOf"]).iter().any(own)
            || compositions(found, forms, &["allOf"]).iter().any(|schema| {
                let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
                parts.iter().any(|p| p.get("oneOf").is_some() || p.get("anyOf").is_some())
            }))
}

/// A union of allOfs that say the same, and bear one name in the dialect.
pub fn equal_alternatives(found: &Difference, forms: &Forms<'_>) -> bool {
    let is_it = match &found.what {
        What::TypeName(..) => true,
        What::Type(a, b) => a == "a union" && b == "a struct",
        _ => false,
    };
    let all_composed = |schema: &&Node| {
        let lists = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)?.as_array());
        let raw = |node: &&Node| {
            match node.get("$ref").and_then(Node::as_str) {
                Some(reference) => reference.rsplit('/').next().and_then(|key| forms.a.schema(key)),
                None => None,
            }
            .is_some_and(|schema| schema.get("allOf").is_some())
        };
        lists.flatten().all(|node| raw(&node))
    };
    let union = compositions(found, forms, &["oneOf", "anyOf"]);
    is_it && at_top(found) && !union.is_empty() && union.iter().all(all_composed)
}

pub fn union_name(found: &Difference, forms: &Forms<'_>) -> bool {
    component_against_made(found, forms)
        && !compositions(found, forms, &["oneOf", "anyOf"]).is_empty()
}

pub fn response_name(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let Top::Response(_) = found.top else { return false };
    let key =
        |reference: &str| reference.strip_prefix("#/components/responses/").map(str::to_owned);
    let names = forms
        .a
        .responses(found)
        .into_iter()
        .filter_map(|response| response.get("$ref").and_then(Node::as_str).and_then(key));
    requests(found, forms).is_some_and(|(_, its)| b.starts_with(&its))
        && names.into_iter().any(|name| letters(a).starts_with(&letters(&name)))
}

/// A key and the type that is named after it have the same letters.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Several responses that have no name of their own bear their status; with `$ref` they have names.
pub fn response_number(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let (Some(a), Some(b)) = (a.strip_prefix(&found.within.0), b.strip_prefix(&found.within.1))
    else {
        return false;
    };
    let number = |text: &str| text.strip_prefix(a).is_some_and(|rest| rest.parse::<u16>().is_ok());
    matches!(found.top, Top::Response(_))
        && a == "Response"
        && number(b)
        && forms.a.all_responses(found).iter().any(|response| response.get("$ref").is_some())
}

/// The body's name where it is a component.
pub fn shared_body(found: &Difference, forms: &Forms<'_>) -> bool {
    let What::TypeName(a, b) = &found.what else { return false };
    let shared = forms.a.shared_body(found);
    at_top(found)
        && found.top == Top::Body
        && b.starts_with(&found.within.1)
        && shared.is_some_and(|key| letters(a).starts_with(&letters(key)))
}
