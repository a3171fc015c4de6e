//! Parses YAML into a [`Node`], and converts the errors of the YAML parser. No other module depends
//! on that parser.

use serde::de::DeserializeSeed;

use super::Node;
use super::failure::Failure;
use super::lines::Characters;
use super::node_visitor::{EXPECTED_KEY, NodeVisitor, VisitorState};
use crate::depth::MAX_PARSED_DEPTH;

/// Parses YAML.
pub(super) fn read_yaml(text: &str, state: &VisitorState) -> Result<Node, Failure> {
    NodeVisitor(state)
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .map_err(|error| yaml_failure(text, &error))
}

fn yaml_failure(text: &str, error: &serde_yaml::Error) -> Failure {
    let error_text = error.to_string();
    let at = error.location().map(|location| match byte_offset(&error_text) {
        Some(byte) if location.index() == 0 => byte,
        _ => Characters::new(text).byte(location.index()),
    });
    if error_text.contains("more than one document") {
        return Failure {
            at: second_document(text),
            message: "expected one YAML document, but a second one starts here".into(),
            help: "keep one document per file or fenced block".into(),
        };
    }
    let (message, help) = if error_text.starts_with("recursion limit") {
        (
            format!("the document is nested deeper than {MAX_PARSED_DEPTH} levels"),
            "move inner parts to `components`",
        )
    } else if error_text.starts_with("repetition limit") {
        ("the document uses too many aliases".into(), "use `$ref` for repeated parts")
    } else if error_text.contains(EXPECTED_KEY) {
        let message = "expected a key, found an array or an object".into();
        (message, "put quotes around strings that start with `{` or `[`")
    } else {
        (format!("invalid YAML: {}", strip_positions(&error_text)), help_for(&error_text))
    };
    Failure { at, message, help: help.into() }
}

/// Returns the byte offset in an error about an invalid character, which has no line and column.
fn byte_offset(error_text: &str) -> Option<usize> {
    let (_, position) = error_text.split_once(" at position ")?;
    position.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// Returns the help for an error message of the YAML parser.
fn help_for(error_text: &str) -> &'static str {
    const HELP: &[(&str, &str)] = &[
        ("mapping values are not allowed", "put quotes around strings that contain `: `"),
        (
            "cannot start any token",
            "indent with spaces; put quotes around strings that start with @, `, % or |",
        ),
        ("unknown anchor", "define `&name` earlier in the same document to use the alias `*name`"),
        ("quoted scalar", "close the quotation mark"),
        ("block sequence", "use the same indentation for all items of an array, each after `- `"),
        ("flow", "close the bracket, and separate its items with commas"),
        ("control characters", "remove the character, or escape it in a string in double quotes"),
        ("did not find expected", "check the indentation here and on the line above"),
        ("could not find expected ':'", "check the indentation here and on the line above"),
    ];
    let found = HELP.iter().find(|(part, _)| error_text.contains(part));
    found.map_or("download the document again, or correct it by hand", |(_, help)| help)
}

/// Removes the positions from an error message: they are relative to the block, not to the file.
fn strip_positions(error_text: &str) -> String {
    let mut words = Vec::new();
    let mut rest = error_text.split_whitespace();
    while let Some(word) = rest.next() {
        let mut ahead = rest.clone();
        let is_position = word == "at" && matches!(ahead.next(), Some("line" | "position"));
        if !is_position {
            words.push(word.to_owned());
            continue;
        }
        // `at line 3 column 5` or `at position 7`, which may be followed by a comma.
        let has_column = rest.next() == Some("line");
        let last = if has_column { rest.nth(2) } else { rest.next() };
        if last.is_some_and(|last| last.ends_with(','))
            && let Some(word) = words.last_mut()
        {
            word.push(',');
        }
    }
    words.join(" ")
}

/// Returns the offset of the line that starts the second document of a stream.
fn second_document(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut has_started = false;
    for line in text.split_inclusive('\n') {
        let is_marker = line.strip_prefix("---").is_some_and(|rest| {
            rest.chars().next().is_none_or(|c| c.is_whitespace() || c == '\u{feff}')
        });
        if is_marker && has_started {
            return Some(at);
        }
        let content = line.trim();
        has_started |= is_marker || !(content.is_empty() || content.starts_with(['#', '%']));
        at += line.len();
    }
    None
}
