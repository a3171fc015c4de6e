//! Enums of error responses that several operations share: one for each combination of statuses,
//! bodies, and locations of code and message.

use std::collections::BTreeMap;

use super::naming::{AssignedNames, Name, NameOverrides, claim_error_names};
use super::{Operation, ResponseBody, ResponseEnum, ResponseVariant, RustType, responses};
use crate::ir::Status;
use crate::report::{Problem, Report, suggest};

/// The shared enums, and the name of each by its key in `vendor.toml` and `names.toml`.
#[derive(Debug, Default)]
pub(super) struct SharedErrors {
    pub enums: Vec<ResponseEnum>,
    pub names: BTreeMap<String, Name>,
}

/// Plans a shared enum for every combination that several operations have, or had in an earlier run,
/// and makes the enums of those operations its aliases.
pub(super) fn share(
    overrides: &NameOverrides<'_>,
    names: &AssignedNames,
    operations: &mut [Operation],
) -> SharedErrors {
    let mut groups = group_by_shape(operations);
    groups.retain(|key, users| users.len() > 1 || overrides.has_error_name(key));
    let all = operations.iter().filter(|operation| operation.errors.is_some()).count();
    let most_used = groups.iter().filter(|(_, users)| users.len() * 2 >= all);
    let most_used = most_used.max_by_key(|(_, users)| users.len()).map(|(key, _)| key.clone());
    let shape = |users: &[usize]| operations.get(*users.first()?)?.errors.clone();
    let shapes: BTreeMap<String, ResponseEnum> =
        groups.iter().filter_map(|(key, users)| Some((key.clone(), shape(users)?))).collect();
    let requests = shapes
        .iter()
        .map(|(key, shape)| (key.clone(), name_words(shape, most_used.as_ref() == Some(key))));
    let names = claim_error_names(overrides, names, requests.collect());
    for (key, users) in &groups {
        for index in users {
            if let Some(operation) = operations.get_mut(*index) {
                operation.shared_errors = names.get(key).cloned();
            }
        }
    }
    let mut enums: Vec<ResponseEnum> = shapes
        .into_iter()
        .filter_map(|(key, shape)| Some(shared_enum(shape, names.get(&key)?.clone())))
        .collect();
    enums.sort_by(|a, b| a.name.cmp(&b.name));
    SharedErrors { enums, names }
}

/// Reports each name in `vendor.toml` whose key no operation has.
pub(super) fn check_names(
    overrides: &NameOverrides<'_>,
    operations: &[Operation],
    report: &mut Report,
) {
    let manifest = overrides.manifest;
    if manifest.names.errors.is_empty() {
        return;
    }
    let groups = group_by_shape(operations);
    for key in manifest.names.errors.keys().filter(|key| !groups.contains_key(*key)) {
        let message = format!("no operation has the errors `{key}`");
        let otherwise = "see `[errors]` in names.toml for the current keys, then correct or remove \
                         the line";
        let help = suggest(key, groups.keys().map(String::as_str), otherwise);
        let location = manifest.location(&["names", "errors", key]);
        report.error_or_warn(Problem::error(location, message).help(help));
    }
}

/// Returns the operations with each combination, by its key.
fn group_by_shape(operations: &[Operation]) -> BTreeMap<String, Vec<usize>> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, operation) in operations.iter().enumerate() {
        let Some(errors) = &operation.errors else { continue };
        let key = shape_key(errors);
        let is_same = |users: &Vec<usize>| {
            let first = users.first().and_then(|first| operations.get(*first)?.errors.as_ref());
            first.is_none_or(|first| has_same_locations(first, errors))
        };
        // The locations follow from the bodies, except where a body has several media types.
        let key = match groups.get(&key).is_none_or(is_same) {
            true => key,
            false => format!("{key}; {}", location_key(errors)),
        };
        groups.entry(key).or_default().push(index);
    }
    groups
}

fn has_same_locations(a: &ResponseEnum, b: &ResponseEnum) -> bool {
    a.code_at == b.code_at && a.message_at == b.message_at
}

fn location_key(errors: &ResponseEnum) -> String {
    let list = |locations: &Option<Vec<String>>| locations.as_deref().unwrap_or_default().join("|");
    format!("code at {}, message at {}", list(&errors.code_at), list(&errors.message_at))
}

/// Returns the key of a combination: `400 Problem, 404 Problem, default text`.
fn shape_key(errors: &ResponseEnum) -> String {
    let part = |variant: &ResponseVariant| {
        let status = match variant.status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit}XX"),
            Status::Default => "default".to_owned(),
        };
        format!("{status} {}", body_key(&variant.body))
    };
    let parts: Vec<String> = errors.variants.iter().map(part).collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

fn body_key(body: &ResponseBody) -> String {
    match body {
        ResponseBody::Json(ty) => type_key(ty),
        ResponseBody::Untyped(ty) => format!("untyped {}", type_key(ty)),
        ResponseBody::Text => "text".to_owned(),
        ResponseBody::Bytes => "bytes".to_owned(),
        ResponseBody::Empty => "empty".to_owned(),
    }
}

fn type_key(ty: &RustType) -> String {
    match ty {
        RustType::Named(name) => name.to_string(),
        RustType::List(inner) => format!("[{}]", type_key(inner)),
        RustType::Map(inner) => format!("{{{}}}", type_key(inner)),
        RustType::Option(inner) => format!("{}?", type_key(inner)),
        RustType::Boxed(inner) => type_key(inner),
        builtin => format!("{builtin:?}").to_lowercase(),
    }
}

/// Returns the words for the name of a combination, the preferred ones first. They come from the
/// combination itself, so that no operation determines the name of what others use too.
fn name_words(errors: &ResponseEnum, is_most_used: bool) -> Vec<String> {
    let statuses: Vec<&str> = errors
        .variants
        .iter()
        .filter(|variant| variant.status != Status::Default)
        .map(|variant| variant.name.as_str())
        .collect();
    let with_error = |words: String| match words.ends_with("Error") {
        true => words,
        false => format!("{words} error"),
    };
    let mut words: Vec<String> = match statuses.len() {
        0 if errors.variants.is_empty() => return vec!["Untyped error".to_owned()],
        0 => vec!["Default error".to_owned()],
        1..=3 => {
            let words = statuses.join(" or ");
            let or_other = format!("{words} or other error");
            let has_default = statuses.len() < errors.variants.len();
            std::iter::once(with_error(words)).chain(has_default.then_some(or_other)).collect()
        }
        count => {
            let first = (2..count).filter_map(|length| statuses.get(..length));
            let first = first.map(|first| format!("{} or other error", first.join(" or ")));
            first.chain([with_error(statuses.join(" or "))]).collect()
        }
    };
    if let Some(body) = body_name(errors) {
        let longer = words.iter().map(|words| format!("{body} {words}"));
        words.extend(longer.collect::<Vec<_>>());
    }
    let api_error = is_most_used.then(|| "Api error".to_owned());
    api_error.into_iter().chain(words).collect()
}

/// Returns the name of the first type among the bodies.
fn body_name(errors: &ResponseEnum) -> Option<&Name> {
    errors.variants.iter().find_map(|variant| match &variant.body {
        ResponseBody::Json(RustType::Named(name))
        | ResponseBody::Untyped(RustType::Named(name)) => Some(name),
        _ => None,
    })
}

/// Returns the shared enum for a combination. Its documentation applies to all operations; that of
/// one operation is in its alias.
fn shared_enum(errors: ResponseEnum, name: Name) -> ResponseEnum {
    let variant = |variant: ResponseVariant| ResponseVariant {
        doc: responses::plain_status_doc(variant.status),
        has_description: false,
        ..variant
    };
    let variants = errors.variants.into_iter().map(variant).collect();
    ResponseEnum { name, variants, ..errors }
}
