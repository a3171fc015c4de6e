//! Names of types and operations: pins first, then what the description calls them, then what has
//! to be made up; each group in an order that does not depend on the order of the source.

use std::collections::BTreeMap;

use super::names::{Case, Name, Scope, name};
use crate::ir::{Api, Method, Operation, OperationName, Segment, Shape, TypeDef, TypeName};
use crate::manifest::Manifest;

/// Names of the prelude that the printed code uses: no type may take them from under it.
const RESERVED_TYPES: &[&str] = &[
    "Box", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec",
];

/// Names beside the requests.
const BESIDE_REQUESTS: &[&str] = &["Client", "ErrorCode"];

/// The names of one operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationNames {
    /// The client's method: `post_oauth_token`.
    pub method: Name,
    /// The request's type: `PostOauthToken`.
    pub request: Name,
    /// The static: `POST_OAUTH_TOKEN`.
    pub constant: Name,
    /// The enum of errors: `PostOauthTokenError`.
    pub errors: Name,
    /// The enum of successes, where there are several: `PostOauthTokenOk`.
    pub ok: Name,
}

/// The name of every type that is printed.
pub fn types(manifest: &Manifest, api: &Api) -> Vec<Option<Name>> {
    let mut scope = Scope::reserving(Case::Pascal, RESERVED_TYPES);
    let mut names = vec![None; api.types.len()];
    let mut order: Vec<(Rank, String, usize)> = api
        .types
        .iter()
        .enumerate()
        .filter(|(_, def)| !matches!(def.shape, Shape::Alias(_)))
        .map(|(id, def)| rank(manifest, def, id))
        .collect();
    order.sort();
    for (_, words, id) in order {
        let fallback = format!("{words} object");
        if let Some(slot) = names.get_mut(id) {
            *slot = Some(scope.claim_or(&words, &[fallback]));
        }
    }
    names
}

/// Who chooses first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Pinned,
    /// Written in the source just as it will be printed.
    Exact,
    Component,
    Inline,
}

fn rank(manifest: &Manifest, def: &TypeDef, id: usize) -> (Rank, String, usize) {
    let pin = |key: &str| manifest.names.types.get(key).cloned();
    match &def.name {
        TypeName::Component(key) => match pin(key) {
            Some(pinned) => (Rank::Pinned, pinned, id),
            None if name(key, Case::Pascal).as_str() == key => (Rank::Exact, key.clone(), id),
            None => (Rank::Component, key.clone(), id),
        },
        TypeName::Inline(path) => match pin(&def.pointer) {
            Some(pinned) => (Rank::Pinned, pinned, id),
            None => (Rank::Inline, inline_words(path), id),
        },
    }
}

/// `Auth`, `scope`, `item` → `Auth scope`: an item of a list is called after the list.
fn inline_words(path: &[String]) -> String {
    let kept: Vec<&str> = path.iter().map(String::as_str).filter(|word| *word != "item").collect();
    kept.join(" ")
}

/// The names of every operation.
pub fn operations(manifest: &Manifest, api: &Api) -> Vec<OperationNames> {
    // Methods of the client itself.
    let mut methods = Scope::reserving(Case::Snake, &["builder", "clone", "new"]);
    let mut requests = Scope::reserving(Case::Pascal, &[RESERVED_TYPES, BESIDE_REQUESTS].concat());
    let words = words_of(manifest, api);
    let mut order: Vec<(bool, usize)> = (0..api.operations.len())
        .map(|id| (api.operations.get(id).is_none_or(|o| pinned(manifest, o).is_none()), id))
        .collect();
    order.sort_unstable();
    let mut names = BTreeMap::new();
    for (_, id) in order {
        let words = words.get(id).map_or("", String::as_str);
        let method = methods.claim(words);
        // The other names follow the method's, so that one suffix serves all of them.
        let base = method.as_str().trim_start_matches("r#").to_owned();
        let made = OperationNames {
            constant: name(&base, Case::Shouty),
            request: requests.claim_or(&base, &[format!("{base} request")]),
            errors: requests.claim(&format!("{base} error")),
            ok: requests.claim(&format!("{base} ok")),
            method,
        };
        names.insert(id, made);
    }
    names.into_values().collect()
}

/// The name that `vendor.toml` fixes for an operation.
pub fn pinned<'m>(manifest: &'m Manifest, operation: &Operation) -> Option<&'m String> {
    let key = format!("{} {}", method_word(operation.method), operation.template);
    manifest.names.operations.get(&key)
}

/// The words each operation is named by. A title that several operations share names none of them.
fn words_of(manifest: &Manifest, api: &Api) -> Vec<String> {
    let mut titles: BTreeMap<&str, usize> = BTreeMap::new();
    for operation in &api.operations {
        if let OperationName::Title(title) = &operation.name {
            *titles.entry(title).or_default() += 1;
        }
    }
    let words = |operation: &Operation| match (pinned(manifest, operation), &operation.name) {
        (Some(pinned), _) => pinned.clone(),
        (None, OperationName::Id(id)) => id.clone(),
        (None, OperationName::Title(title)) if titles.get(title.as_str()) == Some(&1) => {
            title.clone()
        }
        (None, OperationName::Title(_) | OperationName::MethodAndPath) => {
            method_and_path(operation)
        }
    };
    api.operations.iter().map(words).collect()
}

/// `GET /persons/{id}/accounts` → `get persons by id accounts`.
fn method_and_path(operation: &Operation) -> String {
    let mut words = method_word(operation.method).to_lowercase();
    for segment in &operation.path {
        words.push(' ');
        match segment {
            Segment::Literal(text) => words.push_str(&text.replace('/', " ")),
            Segment::Parameter(name) => {
                words.push_str("by ");
                words.push_str(name);
            }
        }
    }
    words
}

/// The method as HTTP writes it.
pub fn method_word(method: Method) -> &'static str {
    match method {
        Method::Delete => "DELETE",
        Method::Get => "GET",
        Method::Head => "HEAD",
        Method::Options => "OPTIONS",
        Method::Patch => "PATCH",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Trace => "TRACE",
    }
}
