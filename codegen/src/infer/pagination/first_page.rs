//! The number of the first page, which the document has to state.

use super::names;
use super::request::RequestField;
use crate::ir::Literal;

/// Words for the number of the first page.
const ZERO: &[&str] = &["0", "zero"];
const ONE: &[&str] = &["1", "one"];

/// Words that connect `starts`, `default` and similar words with the number.
const CONNECTIVES: &[&str] =
    &["is", "at", "from", "with", "to", "the", "value", "page", "number", "being", "of", "by"];

/// Words that introduce the number of the first page.
const INTRODUCTIONS: &[&str] = &[
    "start",
    "starts",
    "starting",
    "begin",
    "begins",
    "beginning",
    "counted",
    "counting",
    "indexed",
    "default",
    "defaults",
    "defaulting",
    "first",
];

/// Returns the number of the first page, and where the document states it.
///
/// # Errors
///
/// Returns why it is unknown. An unstated number is never assumed: counting from 1 in a list that begins
/// with page 0 would skip a page.
pub fn first_page(parameter: &RequestField<'_>) -> Result<(i64, &'static str), String> {
    let default = parameter.default.and_then(zero_or_one);
    let text = number_in_text(&names::doc_text(parameter.doc))?;
    if let (Some(default), Some(text)) = (default, text)
        && default != text
    {
        return Err("its default and its description state different first pages".to_owned());
    }
    let minimum = parameter.constraints.minimum.as_ref().and_then(zero_or_one);
    let example = parameter.doc.example.as_ref().and_then(serde_json::Value::as_i64);
    let statements = [
        (default, "default"),
        (text, "description"),
        (minimum, "minimum"),
        (example.filter(|number| matches!(number, 0 | 1)), "example"),
    ];
    let stated = statements.into_iter().find_map(|(number, source)| Some((number?, source)));
    stated.ok_or_else(|| {
        "neither its default, minimum and example nor its description state the number of the first page"
            .to_owned()
    })
}

fn zero_or_one(literal: &Literal) -> Option<i64> {
    match literal {
        Literal::Int(0) => Some(0),
        Literal::Int(1) => Some(1),
        _ => None,
    }
}

/// Returns the number of the first page that a text states, such as `zero-based` or `starts at 1`.
fn number_in_text(text: &str) -> Result<Option<i64>, String> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut found = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let rest = words.get(index + 1..).unwrap_or_default();
        let is_based = matches!(rest.first(), Some(&("based" | "indexed")));
        if let Some(number) = number(word).filter(|_| is_based) {
            found.push(number);
        }
        if INTRODUCTIONS.contains(word) {
            let connected = rest.iter().take(4).find(|word| !CONNECTIVES.contains(word));
            found.extend(connected.and_then(|word| number(word)));
        }
    }
    found.sort_unstable();
    found.dedup();
    match found.as_slice() {
        [] => Ok(None),
        [number] => Ok(Some(*number)),
        _ => Err("its description states different first pages".to_owned()),
    }
}

fn number(word: &str) -> Option<i64> {
    match word {
        word if ZERO.contains(&word) => Some(0),
        word if ONE.contains(&word) => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_page_is_read_from_texts() {
        for (text, number) in [
            ("zero-based page number", Ok(Some(0))),
            ("the page number, 1-indexed", Ok(Some(1))),
            ("the page to fetch, starting at `0`.", Ok(Some(0))),
            ("page number; the first page is 1", Ok(Some(1))),
            ("the page number to be returned. default: **1**", Ok(Some(1))),
            ("defaults to page 1", Ok(Some(1))),
            ("pages are counted from one", Ok(Some(1))),
            ("the number of the page to fetch", Ok(None)),
            ("default 10 items on one page", Ok(None)),
            ("the page of results to fetch. defaults to first page", Ok(None)),
            ("the first page of 1000 items", Ok(None)),
        ] {
            assert_eq!(number_in_text(text), number, "{text}");
        }
        assert!(number_in_text("zero-based, the first page is 1").is_err());
    }
}
