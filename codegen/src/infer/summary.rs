//! The inferences of a run in a few sentences, so that users can check them.

use std::collections::BTreeMap;

use super::show::{key_text, locations_text, pagination_text};
use crate::ir::{Api, Conclusion, Meaning, State, Subject, TypeId};

/// How many operations or types a sentence names.
const MAX_NAMES: usize = 3;

/// The order of the meanings of values.
const MEANINGS: u8 = 10;

/// The order of ids.
const IDS: u8 = 11;

/// The first kind of conclusion whose names are all shown.
const NAMES_OF_VALUES: u8 = 12;

/// The names of the generated code.
pub struct Names<'a> {
    /// The client's method for an operation.
    pub method: &'a dyn Fn(usize) -> String,
    /// The Rust type.
    pub type_name: &'a dyn Fn(TypeId) -> String,
}

/// Returns a sentence for each conclusion that was inferred and applied, with the number and some of
/// the names of what it is about.
pub fn summarize(api: &Api, names: &Names<'_>) -> Vec<String> {
    // The order of the kinds, then the words.
    let mut groups: BTreeMap<(u8, [String; 2]), Vec<String>> = BTreeMap::new();
    for inference in api.inferences.iter().filter(|it| it.state == State::Inferred) {
        let (order, words) = predicate(&inference.conclusion);
        let name = match &inference.subject {
            Subject::Operation(index) => (names.method)(*index),
            Subject::Type(id) => (names.type_name)(*id),
            Subject::Parameter(_, _, wire)
            | Subject::ResponseHeader(_, wire)
            | Subject::Field(_, wire) => format!("`{wire}`"),
            Subject::Scheme(_) => inference.key.clone(),
        };
        groups.entry((order, words)).or_default().push(name);
    }
    let sentence = |((order, [one, several]), names): ((u8, [String; 2]), Vec<String>)| {
        let words = if names.len() == 1 { one } else { several };
        let mut shown: Vec<&str> = Vec::new();
        for name in &names {
            if !shown.contains(&name.as_str()) {
                shown.push(name);
            }
        }
        // Few names are secret or personal, and each of them should be checked.
        let limit = if order < NAMES_OF_VALUES { MAX_NAMES } else { shown.len() };
        let more = if shown.len() > limit { ", …" } else { "" };
        shown.truncate(limit);
        format!("{} {words}: {}{more}", names.len(), shown.join(", "))
    };
    groups.into_iter().map(sentence).collect()
}

/// Returns the order of a kind of conclusion, and the words for one subject and for several.
fn predicate(conclusion: &Conclusion) -> (u8, [String; 2]) {
    let words = |one: &str, several: &str, rest: &str| {
        [
            format!("{one} {rest}").trim_end().to_owned(),
            format!("{several} {rest}").trim_end().to_owned(),
        ]
    };
    match conclusion {
        Conclusion::Pagination(pagination) => {
            let by = pagination.as_ref().map_or_else(String::new, pagination_text);
            (0, words("list is paginated", "lists are paginated", &by))
        }
        Conclusion::IdempotencyKey(key) => {
            let rest = format!("an idempotency key, in the {}", key_text(key));
            (1, words("operation has", "operations have", &rest))
        }
        Conclusion::Repeatable => (1, words("operation only reads", "operations only read", "")),
        Conclusion::TokenSource(source) => {
            let source = source.as_deref().unwrap_or_default();
            let rest = format!("tokens from `{source}`");
            (2, words("security scheme gets", "security schemes get", &rest))
        }
        Conclusion::Tag(wire) => {
            (3, words("union has", "unions have", &format!("the tag `{wire}`")))
        }
        Conclusion::ErrorCodeAt(locations) => {
            let rest = format!("the code of an error {}", locations_text(locations));
            (4, words("operation has", "operations have", &rest))
        }
        Conclusion::ErrorMessageAt(locations) => {
            let rest = format!("the message of an error {}", locations_text(locations));
            (5, words("operation has", "operations have", &rest))
        }
        Conclusion::Resource(_) => {
            (6, words("operation is", "operations are", "methods of resources"))
        }
        Conclusion::IssuesTokens => {
            let rest = "tokens, so credentials for every call are not sent to it";
            (6, words("operation issues", "operations issue", rest))
        }
        Conclusion::Meaning(meaning) => {
            let (one, several) = meaning_words(*meaning);
            (MEANINGS, words(one, several, ""))
        }
        Conclusion::Id(kind) => (IDS, words("value is", "values are each", &format!("a `{kind}`"))),
        Conclusion::Constant(_) => {
            (7, words("value is constant", "values are constant", "and not passed by callers"))
        }
        Conclusion::ClientSetting => {
            (8, words("parameter is", "parameters are", "set once for all calls of a client"))
        }
        Conclusion::BodyCredential => {
            let several = "credentials of the client are";
            (9, words("credential of the client is", several, "not sent in bodies"))
        }
        Conclusion::Secret => (NAMES_OF_VALUES, words("value is secret", "values are secret", "")),
        Conclusion::PersonalData => {
            let rest = "personal data, which `Debug` does not print";
            (NAMES_OF_VALUES + 1, words("field holds", "fields hold", rest))
        }
    }
}

/// Returns the words for one value with a meaning, and for several.
fn meaning_words(meaning: Meaning) -> (&'static str, &'static str) {
    match meaning {
        Meaning::Money => ("value is an exact decimal", "values are exact decimals"),
        Meaning::DateTime => ("value is a date-time", "values are date-times"),
        Meaning::Date => ("value is a date", "values are dates"),
        Meaning::UnixTime => ("value is a Unix time", "values are Unix times"),
        Meaning::File => ("part is a file", "parts are files"),
    }
}
