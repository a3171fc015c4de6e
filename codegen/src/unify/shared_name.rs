//! The words for the name of a type that several inline schemas share. They should not name one of
//! these schemas, since the name would be wrong for the others.

use std::collections::BTreeMap;

use super::known_names::most_frequent;
use crate::ir::{Api, EnumValue, Literal, Shape, Type, TypeDef, TypeName};

/// The words that a name has for the location of a schema in a request or response.
const LOCATION_WORDS: &[&str] = &["item", "request", "response", "value"];

/// The number of values whose names can be a name of the enum: `ReadOrWrite`.
const MAX_NAMED_VALUES: usize = 3;

/// Words that properties of unrelated types have, so that alone they name no type.
const GENERIC_WORDS: &[&str] = &[
    "attributes",
    "content",
    "data",
    "details",
    "enum",
    "list",
    "map",
    "object",
    "options",
    "params",
    "payload",
    "result",
    "results",
    "type",
    "union",
];

/// Returns the last word of a name, unless it is that of an operation or a location.
fn last_word<'a>(words: &[&'a str]) -> Option<&'a str> {
    let (_owner, own) = words.split_first()?;
    let word = *strip_items(own).last()?;
    (!is_location(word)).then_some(word)
}

fn is_location(word: &str) -> bool {
    let is_status = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit() || b == b'X');
    LOCATION_WORDS.contains(&word) || is_status || word == "default"
}

/// Removes `item` and `value` at the end: such a type is named after its array or map.
fn strip_items<'w, 'a>(words: &'w [&'a str]) -> &'w [&'a str] {
    match words {
        [rest @ .., "item" | "value"] => strip_items(rest),
        words => words,
    }
}

/// How many inline types have a name that ends with each word.
#[derive(Debug)]
pub struct LastWords(BTreeMap<String, usize>);

impl LastWords {
    /// Counts the words of an API.
    pub fn count(api: &Api) -> Self {
        let mut counts = BTreeMap::new();
        for words in api.types.iter().map(inline_words) {
            if let Some(word) = last_word(&words) {
                *counts.entry(word.to_lowercase()).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// Whether a word suits as the name of a type: it is specific, and at most half of the types
    /// whose name ends with it are others than `uses`.
    fn mostly_means(&self, word: &str, uses: usize) -> bool {
        let is_generic = GENERIC_WORDS.contains(&word.to_lowercase().as_str());
        !is_generic
            && self.0.get(&word.to_lowercase()).is_none_or(|count| *count <= uses.saturating_mul(2))
    }
}

/// Returns the words for the name that the types of `defs` share, the preferred ones first:
///
/// 1. the end that all of their names have in common, with their common owner: `shipping address`
/// 2. the last word of most names
/// 3. what a small type contains: `read or write`, `href object`
/// 4. the start that all of their names have in common: `get-pets response`
/// 5. the first name
///
/// Types of one property or value are often equal by chance. They are only named for what all of
/// them have in common.
pub fn candidates(defs: &[&TypeDef], last_words: &LastWords) -> Vec<String> {
    let names: Vec<Vec<&str>> =
        defs.iter().map(|def| strip_items(&inline_words(def)).to_vec()).collect();
    let Some((first, others)) = names.split_first() else { return Vec::new() };
    let mut candidates = Vec::new();
    let suits = |word: &str| last_words.mostly_means(word, defs.len());
    let owner = first.first().filter(|owner| others.iter().all(|it| it.first() == Some(owner)));
    let common = neutral_end(first, others);
    match (owner, common.last()) {
        (Some(owner), Some(_)) => candidates.push(format!("{owner} {}", common.join(" "))),
        (None, Some(word)) if common.len() > 1 || suits(word) => candidates.push(common.join(" ")),
        (_, Some(_) | None) => {}
    }
    let contents = defs.first().map(|def| content_words(&def.shape)).unwrap_or_default();
    let is_trivial = defs.first().is_some_and(|def| is_trivial(&def.shape));
    if common.is_empty() && !is_trivial {
        let last = names.iter().filter_map(|name| last_word(name));
        let frequent = most_frequent(last.clone());
        let is_majority =
            |word: &&str| last.clone().filter(|it| it == word).count() * 2 > names.len();
        candidates.extend(frequent.filter(is_majority).filter(|it| suits(it)).map(str::to_owned));
    }
    match (common.last(), &contents) {
        // The value of a property: `list object`, `custom type`.
        (Some(word), Some(contents)) if is_trivial => {
            candidates.push(format!("{contents} {word}"));
        }
        (_, Some(_) | None) => {}
    }
    candidates.extend(contents);
    candidates.extend(defs.first().and_then(|def| field_and_type(&def.shape)));
    if !is_trivial {
        let start = common_start(first, others);
        candidates.extend((start.len() > 1).then(|| start.join(" ")));
        candidates.push(first.join(" "));
    }
    if candidates.is_empty() {
        candidates.push(first.join(" "));
    }
    candidates.dedup();
    candidates
}

/// Whether a shape has at most one property or value.
fn is_trivial(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(shape) => shape.fields.len() + usize::from(shape.additional.is_some()) <= 1,
        Shape::Enum(listed) => listed.values.len() <= 1,
        Shape::Id | Shape::Union(_) => false,
    }
}

fn inline_words(def: &TypeDef) -> Vec<&str> {
    match &def.name {
        TypeName::Inline(words) => words.iter().map(String::as_str).collect(),
        TypeName::Component(_) | TypeName::Shared { .. } => Vec::new(),
    }
}

/// Returns the words at the end that all names have in common, without their owners, and without
/// location words at the start. Empty if it consists of such words only.
fn neutral_end<'a>(first: &[&'a str], others: &[Vec<&'a str>]) -> Vec<&'a str> {
    let own = first.get(1..).unwrap_or_default();
    let is_common = |index: &usize| {
        others.iter().all(|other| {
            let own = other.get(1..).unwrap_or_default();
            own.iter().rev().nth(*index) == first.iter().rev().nth(*index)
        })
    };
    let count = (0..own.len()).take_while(is_common).count();
    let common = own.get(own.len().saturating_sub(count)..).unwrap_or_default();
    let end = common.iter().copied().skip_while(|word| is_location(word));
    let end: Vec<&str> = end.collect();
    match end.last() {
        Some(word) if !is_location(word) => end,
        _ => Vec::new(),
    }
}

fn common_start<'a>(first: &[&'a str], others: &[Vec<&'a str>]) -> Vec<&'a str> {
    let is_common =
        |(index, word): &(usize, &&str)| others.iter().all(|it| it.get(*index) == Some(*word));
    first.iter().enumerate().take_while(is_common).map(|(_, word)| *word).collect()
}

/// Returns the name of the only field, with words for its type.
fn field_and_type(shape: &Shape) -> Option<String> {
    let Shape::Struct(shape) = shape else { return None };
    let [only] = shape.fields.as_slice() else { return None };
    let ty = match &only.ty {
        Type::Any => "json".to_owned(),
        Type::Scalar(scalar) => format!("{scalar:?}"),
        Type::Named(_) | Type::Nullable(_) => "value".to_owned(),
        Type::List(_) => "list".to_owned(),
        Type::Map(_) => "map".to_owned(),
    };
    Some(format!("{} {ty} object", only.wire))
}

/// Returns words for what a small type contains.
fn content_words(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Struct(shape) => match (shape.fields.as_slice(), &shape.additional) {
            ([], None) => Some("empty object".to_owned()),
            ([only], None) => Some(format!("{} object", only.wire)),
            (_, _) => None,
        },
        Shape::Enum(listed) => {
            let value = |value: &EnumValue| match &value.wire {
                _ if value.name.is_some() => value.name.clone(),
                Literal::Int(number) => Some(format!("value {number}")),
                Literal::String(text) if text.is_empty() => Some("empty string".to_owned()),
                Literal::String(text) if text.contains(char::is_alphabetic) => Some(text.clone()),
                _ => None,
            };
            let values: Vec<String> = listed.values.iter().map(value).collect::<Option<_>>()?;
            (values.len() <= MAX_NAMED_VALUES).then(|| values.join(" or "))
        }
        Shape::Id | Shape::Union(_) => None,
    }
}
