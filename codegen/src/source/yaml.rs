//! The only module that knows the YAML reader: text → [`Node`], and its errors in plain words.

use serde::de::DeserializeSeed;

use super::Node;
use super::build::{Build, EXPECTED_KEY, Value};
use super::lines::Characters;
use super::parse::{Failure, MAX_DEPTH};

pub(super) fn read(text: &str, build: &Build) -> Result<Node, Failure> {
    Value(build)
        .deserialize(serde_yaml::Deserializer::from_str(text))
        .map_err(|error| explain(text, &error))
}

fn explain(text: &str, error: &serde_yaml::Error) -> Failure {
    let said = error.to_string();
    let at = error.location().map(|found| match offset(&said) {
        Some(byte) if found.index() == 0 => byte,
        _ => Characters::new(text).byte(found.index()),
    });
    if said.contains("more than one document") {
        return Failure {
            at: second_document(text),
            what: "one YAML document was expected, and a second one starts here".into(),
            help: "keep one document per file or fenced block".into(),
        };
    }
    let (what, help) = if said.starts_with("recursion limit") {
        (format!("nested deeper than {MAX_DEPTH} levels"), "move inner parts to `components`")
    } else if said.starts_with("repetition limit") {
        ("aliases repeat too much of the document".into(), "use `$ref` to what is repeated")
    } else if said.contains(EXPECTED_KEY) {
        let what = "a list or a map stands where a key is expected".into();
        (what, "put quotes around text that starts with `{` or `[`")
    } else {
        (format!("not valid YAML: {}", without_positions(&said)), hint(&said))
    };
    Failure { at, what, help: help.into() }
}

/// Characters that YAML does not allow are met before lines are counted; such errors name a byte.
fn offset(said: &str) -> Option<usize> {
    let (_, behind) = said.split_once(" at position ")?;
    behind.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// What expected lies behind a message of the YAML reader.
fn hint(said: &str) -> &'static str {
    const HINTS: &[(&str, &str)] = &[
        ("mapping values are not allowed", "put quotes around text that holds `: `"),
        ("cannot start any token", "indent with spaces; quote text that starts with @, `, % or |"),
        ("unknown anchor", "an alias `*name` needs an `&name` before it in the same document"),
        ("quoted scalar", "close the quotation mark"),
        ("block sequence", "indent the items of a list alike, each behind `- `"),
        ("flow", "close the bracket, and separate what is in it with commas"),
        ("control characters", "remove the character, or write it as an escape in double quotes"),
        ("did not find expected", "check the indentation here and on the line above"),
        ("could not find expected ':'", "check the indentation here and on the line above"),
    ];
    let found = HINTS.iter().find(|(words, _)| said.contains(words));
    found.map_or("fetch the document again, or correct it by hand", |(_, hint)| hint)
}

/// The reader counts lines from the start of the block; a person counts them in the file.
fn without_positions(said: &str) -> String {
    let mut words = Vec::new();
    let mut rest = said.split_whitespace();
    while let Some(word) = rest.next() {
        let mut ahead = rest.clone();
        let position = word == "at" && matches!(ahead.next(), Some("line" | "position"));
        if !position {
            words.push(word.to_owned());
            continue;
        }
        // `at line 3 column 5`, or `at position 7`, each perhaps with a comma behind it.
        let long = rest.next() == Some("line");
        let last = if long { rest.nth(2) } else { rest.next() };
        if last.is_some_and(|last| last.ends_with(','))
            && let Some(word) = words.last_mut()
        {
            word.push(',');
        }
    }
    words.join(" ")
}

/// The line that starts the second document of a stream.
fn second_document(text: &str) -> Option<usize> {
    let mut at = 0;
    let mut begun = false;
    for line in text.split_inclusive('\n') {
        let marker = line.strip_prefix("---").is_some_and(|rest| {
            rest.chars().next().is_none_or(|c| c.is_whitespace() || c == '\u{feff}')
        });
        if marker && begun {
            return Some(at);
        }
        let content = line.trim();
        begun |= marker || !(content.is_empty() || content.starts_with(['#', '%']));
        at += line.len();
    }
    None
}
