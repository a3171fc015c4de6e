//! Rules for lost names.

use docwright::ir::{self, OperationName};
use docwright::source::Node;

use super::compare::operation_prefix;
use super::difference::{Aspect, Difference, OperationPart};
use super::form::ApiForm;
use super::rules::FormPair;

fn operations<'f>(
    difference: &Difference,
    forms: &FormPair<'f>,
) -> Option<(&'f ir::Operation, &'f ir::Operation)> {
    let operation = |form: &'f ApiForm| Some(form.operations().get(&difference.operation)?.0);
    Some((operation(forms.openapi)?, operation(forms.dialect)?))
}

pub fn operation_id(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Some((a, b)) = operations(difference, forms) else { return false };
    matches!(difference.aspect, Aspect::Method(..))
        && matches!(a.name, OperationName::Id(_))
        && !matches!(b.name, OperationName::Id(_))
}

pub fn operation_tags(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Some((a, b)) = operations(difference, forms) else { return false };
    matches!(difference.aspect, Aspect::File(..)) && !a.tags.is_empty() && b.tags.is_empty()
}

/// Returns whether two type names differ only in their prefixes.
fn differs_in_prefix(difference: &Difference) -> bool {
    let Aspect::TypeName(a, b) = &difference.aspect else { return false };
    let (prefix_a, prefix_b) = &difference.name_prefixes;
    // A name that conflicts with a component has the suffix `Object`.
    let suffix = |name: &str, prefix: &str| {
        Some(name.strip_prefix(prefix)?.trim_end_matches("Object").to_owned())
    };
    let suffix_a = suffix(a, prefix_a);
    prefix_a != prefix_b
        && suffix_a.as_ref().is_some_and(|suffix| !suffix.is_empty())
        && suffix_a == suffix(b, prefix_b)
}

/// Returns whether the difference is in a part of the operation itself, not inside a type.
fn is_top_level(difference: &Difference) -> bool {
    difference.part != OperationPart::Operation && difference.path.is_empty()
}

fn operation_prefixes(difference: &Difference, forms: &FormPair<'_>) -> Option<(String, String)> {
    let prefix = |form: &ApiForm| {
        let operations = form.operations();
        Some(operation_prefix(operations.get(&difference.operation)?.1))
    };
    Some((prefix(forms.openapi)?, prefix(forms.dialect)?))
}

pub fn name_after_operation(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let prefixes = operation_prefixes(difference, forms);
    let has_operation_prefix =
        differs_in_prefix(difference) && prefixes.as_ref() == Some(&difference.name_prefixes);
    has_operation_prefix || name_after_shared_id(difference, forms)
}

/// Explains names of inline types in operations with the same id, which begin with the id even if
/// the method has another name.
fn name_after_shared_id(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Some((operation, _)) = operations(difference, forms) else { return false };
    let (Aspect::TypeName(a, b), OperationName::Id(id)) = (&difference.aspect, &operation.name)
    else {
        return false;
    };
    let Some((_, prefix)) = operation_prefixes(difference, forms) else { return false };
    let Some(suffix) = b.strip_prefix(&prefix).map(letters) else { return false };
    let letters_a = letters(a);
    let suffix_a = letters_a.strip_prefix(&letters(id));
    !suffix.is_empty() && suffix_a.is_some_and(|it| it.trim_end_matches("object") == suffix)
}

pub fn name_after_type(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let prefixes = operation_prefixes(difference, forms);
    differs_in_prefix(difference) && prefixes.as_ref() != Some(&difference.name_prefixes)
}

/// Returns whether the OpenAPI form has the name of a component, and the dialect a name derived
/// from the operation.
fn has_lost_component_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::TypeName(a, b) = &difference.aspect else { return false };
    is_top_level(difference)
        && forms.openapi.component(a).is_some()
        && forms.dialect.component(b).is_none()
        && b.starts_with(&difference.name_prefixes.1)
}

pub fn parameter_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let is_reference = |schema: &&Node| schema.get("$ref").is_some();
    has_lost_component_name(difference, forms)
        && matches!(difference.part, OperationPart::Parameter(..))
        && forms.openapi.schemas(difference).iter().any(is_reference)
}

/// Explains names of inline types that begin with the path, and not with the operation.
pub fn path_item_parameter_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::TypeName(a, b) = &difference.aspect else { return false };
    let Some((_, path)) = difference.operation.split_once(' ') else { return false };
    let Some(suffix) = b.strip_prefix(&difference.name_prefixes.1) else { return false };
    is_top_level(difference)
        && forms.openapi.is_path_item_parameter(difference)
        && letters(a) == format!("{}{}", letters(path), letters(suffix))
}

pub fn shared_parameter_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::TypeName(a, b) = &difference.aspect else { return false };
    let keys = forms.openapi.shared_parameter_keys(difference);
    is_top_level(difference)
        && b.starts_with(&difference.name_prefixes.1)
        && keys.iter().any(|key| letters(a).starts_with(&letters(key)))
}

/// Returns the schemas of the part that differs if they are composed by one of the keywords.
fn compositions<'f>(
    difference: &Difference,
    forms: &FormPair<'f>,
    keywords: &[&str],
) -> Vec<&'f Node> {
    let schemas = forms.openapi.schemas(difference).into_iter();
    let schemas = schemas.filter_map(|node| forms.openapi.resolve_alias(node));
    schemas.filter(|node| keywords.iter().any(|key| node.get(key).is_some())).collect()
}

pub fn all_of_has_part_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::TypeName(_, b) = &difference.aspect else { return false };
    let Some(part) = forms.dialect.component(b) else { return false };
    let reference = format!("#/components/schemas/{part}");
    let has_part = |node: &&Node| {
        let parts = node.get("allOf").and_then(Node::as_array).unwrap_or_default();
        parts.iter().any(|node| node.get("$ref").and_then(Node::as_str) == Some(&reference))
    };
    is_top_level(difference) && compositions(difference, forms, &["allOf"]).iter().any(has_part)
}

pub fn all_of_without_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    has_lost_component_name(difference, forms)
        && !compositions(difference, forms, &["allOf"]).is_empty()
}

/// Explains the names that properties of an `allOf` have from its part.
pub fn all_of_property_names(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::TypeName(a, b) = &difference.aspect else { return false };
    let suffix = b.strip_prefix(&difference.name_prefixes.1);
    let Some(suffix) = suffix.filter(|suffix| !suffix.is_empty()) else { return false };
    let is_from_part = |part: &str| letters(a) == letters(&format!("{part}{suffix}"));
    forms.openapi.all_of_part_keys(difference).iter().any(|part| is_from_part(part))
}

/// Explains the name of an alternative that is an `allOf`.
pub fn alternative_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let is_alternative = difference.path.last().is_some_and(|step| step.starts_with('|'));
    let (Aspect::TypeName(a, _) | Aspect::Name(a, _)) = &difference.aspect else { return false };
    let is_all_of = |name: &str| {
        let schema = forms.openapi.component(name).and_then(|key| forms.openapi.schema(key));
        schema.is_some_and(|schema| schema.get("allOf").is_some())
    };
    is_alternative && is_all_of(a)
}

/// Explains the names of the alternatives of a union with properties, and of these properties.
pub fn union_with_properties(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Some((first, others)) = difference.path.split_first() else { return false };
    let has_properties = |schema: &&Node| match others.first() {
        None => schema.get("properties").is_some(),
        Some(name) => schema.get("properties").is_some_and(|all| all.get(name).is_some()),
    };
    first.starts_with('|')
        && matches!(difference.aspect, Aspect::TypeName(..) | Aspect::Name(..))
        && (compositions(difference, forms, &["oneOf", "anyOf"]).iter().any(has_properties)
            || compositions(difference, forms, &["allOf"]).iter().any(|schema| {
                let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
                parts.iter().any(|p| p.get("oneOf").is_some() || p.get("anyOf").is_some())
            }))
}

/// Explains a union of equal `allOf` schemas, which have one name in the dialect.
pub fn equal_alternatives(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let has_aspect = match &difference.aspect {
        Aspect::TypeName(..) => true,
        Aspect::Type(a, b) => a == "a union" && b == "a struct",
        _ => false,
    };
    let is_all_of = |node: &Node| {
        let reference = node.get("$ref").and_then(Node::as_str);
        let key = reference.and_then(|reference| reference.rsplit('/').next());
        let schema = key.and_then(|key| forms.openapi.schema(key));
        schema.is_some_and(|schema| schema.get("allOf").is_some())
    };
    let has_all_of_alternatives = |schema: &&Node| {
        let lists = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)?.as_array());
        lists.flatten().all(is_all_of)
    };
    let unions = compositions(difference, forms, &["oneOf", "anyOf"]);
    has_aspect
        && is_top_level(difference)
        && !unions.is_empty()
        && unions.iter().all(has_all_of_alternatives)
}

pub fn union_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    has_lost_component_name(difference, forms)
        && !compositions(difference, forms, &["oneOf", "anyOf"]).is_empty()
}

pub fn response_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::TypeName(a, b) = &difference.aspect else { return false };
    let OperationPart::Response(_) = difference.part else { return false };
    let key =
        |reference: &str| reference.strip_prefix("#/components/responses/").map(str::to_owned);
    let responses = forms.openapi.responses(difference).into_iter();
    let mut keys =
        responses.filter_map(|response| response.get("$ref").and_then(Node::as_str).and_then(key));
    operation_prefixes(difference, forms).is_some_and(|(_, prefix)| b.starts_with(&prefix))
        && keys.any(|key| letters(a).starts_with(&letters(&key)))
}

/// Returns the lower-case letters and digits, which are the same in a key and in the name of its
/// type.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Explains the number in the name of a response type.
///
/// The types of several unnamed responses are distinguished by their status. Responses with `$ref`
/// are not counted, since they have names.
pub fn response_name_number(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::TypeName(a, b) = &difference.aspect else { return false };
    let (prefix_a, prefix_b) = &difference.name_prefixes;
    let (Some(a), Some(b)) = (a.strip_prefix(prefix_a), b.strip_prefix(prefix_b)) else {
        return false;
    };
    let has_number = |name: &str| name.strip_prefix(a).is_some_and(|it| it.parse::<u16>().is_ok());
    let is_reference = |response: &&Node| response.get("$ref").is_some();
    matches!(difference.part, OperationPart::Response(_))
        && a == "Response"
        && has_number(b)
        && forms.openapi.all_responses(difference).iter().any(is_reference)
}

/// Explains the name of a request body that is a component.
pub fn shared_body_name(difference: &Difference, forms: &FormPair<'_>) -> bool {
    let Aspect::TypeName(a, b) = &difference.aspect else { return false };
    let key = forms.openapi.shared_body_key(difference);
    is_top_level(difference)
        && difference.part == OperationPart::Body
        && b.starts_with(&difference.name_prefixes.1)
        && key.is_some_and(|key| letters(a).starts_with(&letters(key)))
}
