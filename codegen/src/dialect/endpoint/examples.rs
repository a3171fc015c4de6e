//! Examples: the author's, and the ones that the converter makes up from the schema.

use crate::dialect::account::KeywordLedger;
use crate::source::{Kind, Map, Node};

/// Values that only the converter writes.
const MADE_UP: [&str; 3] =
    ["2023-11-07T05:31:56Z", "3c90c3cc-0d44-4b50-8888-8dd25736052a", "aSDinaTvuI8gbWludGxpZnk="];

/// Puts `examples` into the media type: one called `example` as `example`, others by their names.
/// One called `example` that shows the converter's hand, or has no value, goes.
pub(super) fn invert(examples: Node, media: &mut Map, account: &mut KeywordLedger) {
    let origin = examples.origin;
    let Kind::Object(mut examples) = examples.kind else { return };
    let (made_up, empty) = match examples.get("example") {
        Some(example) => (example.get("value").is_some_and(is_made_up), is_empty(example)),
        None => (false, false),
    };
    if (made_up || empty)
        && let Some(example) = examples.shift_remove("example")
    {
        let why = "the documentation's publisher made it up from the schema";
        account.supersede(&example, "example", why);
    }
    let alone = examples.len() == 1;
    let only = examples.get("example").filter(|example| {
        alone && example.as_object().is_some_and(|map| map.keys().all(|key| key == "value"))
    });
    if let Some(value) = only.and_then(|example| example.get("value")) {
        media.insert("example".to_owned(), value.clone());
    } else if !examples.is_empty() {
        media.insert("examples".to_owned(), Node::object(examples, origin));
    }
}

fn is_empty(example: &Node) -> bool {
    example.as_object().is_some_and(Map::is_empty)
}

/// Whether any string in `value` is a placeholder.
fn is_made_up(value: &Node) -> bool {
    match &value.kind {
        Kind::Null | Kind::Bool(_) | Kind::Number(_) => false,
        Kind::String(text) => MADE_UP.contains(&text.as_str()) || is_placeholder(text),
        Kind::Array(items) => items.iter().any(is_made_up),
        Kind::Object(map) => map.values().any(is_made_up),
    }
}

/// `<string>`, `<api-key>`: words in angle brackets and nothing else.
fn is_placeholder(text: &str) -> bool {
    let inner = text.trim().strip_prefix('<').and_then(|rest| rest.strip_suffix('>'));
    inner.is_some_and(|inner| {
        inner.starts_with(|c: char| c.is_ascii_alphabetic())
            && inner.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
    })
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders() {
        assert!(is_placeholder("<string>"));
        assert!(is_placeholder("<api-key>"));
        assert!(!is_placeholder("<p>text</p>"));
        assert!(!is_placeholder("a <string>"));
        assert!(!is_placeholder("<>"));
    }
}
