//! Reads callouts, in the forms of several platforms: `<Warning>…</Warning>`, `:::tip … :::`,
//! `{% hint style="info" %} … {% endhint %}` and quotes such as `> 🚧 Title`.

use std::ops::Range;

use super::fence::{line_at, next_line};
use crate::source::floor_char_boundary;

/// A text of the page, and the offset after it.
pub(super) struct Passage {
    pub(super) text: String,
    pub(super) end: usize,
}

const MAX_LENGTH: usize = 16 << 10;

/// The symbols that start a callout in a quote.
const SYMBOLS: [char; 8] = ['🚧', '📘', '👍', '❗', 'ℹ', '⚠', '💡', '🔥'];

/// Reads the callout that starts on a line.
pub(super) fn read_callout(text: &str, line: &Range<usize>) -> Option<Passage> {
    let content = text.get(line.clone())?.trim_start();
    if content.starts_with('>') {
        return read_quoted(text, line);
    }
    if let Some(title) = content.strip_prefix(":::") {
        let (_, title) = title.trim().split_once(char::is_whitespace).unwrap_or_default();
        return read_fenced(text, line, title, |line| line == ":::");
    }
    if content.starts_with("{% hint") {
        return read_fenced(text, line, "", |line| line.starts_with("{% endhint"));
    }
    read_element(text, line)
}

/// Reads `> 🚧 Title`, with the lines of the quote below it.
fn read_quoted(text: &str, line: &Range<usize>) -> Option<Passage> {
    let first = text.get(line.clone())?.strip_prefix('>')?.trim();
    let title = first.strip_prefix(SYMBOLS)?.trim_start_matches('\u{fe0f}').trim();
    let (mut lines, mut at) = (vec![title], next_line(text, line));
    while let Some(line) = line_at(text, at) {
        let Some(inner) = text.get(line.clone()).and_then(|line| line.strip_prefix('>')) else {
            break;
        };
        lines.push(inner.trim());
        at = next_line(text, &line);
    }
    Some(Passage { text: lines.join("\n").trim().to_owned(), end: at })
}

/// Reads the lines up to one that closes the callout, which may be missing.
fn read_fenced(
    text: &str,
    line: &Range<usize>,
    title: &str,
    closes: impl Fn(&str) -> bool,
) -> Option<Passage> {
    let (mut lines, mut at) = (vec![title.trim()], next_line(text, line));
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone())?.trim();
        at = next_line(text, &line);
        if closes(content) {
            return Some(Passage { text: lines.join("\n").trim().to_owned(), end: at });
        }
        if content.starts_with("# ") || at - line.start > MAX_LENGTH || lines.len() > 200 {
            return None;
        }
        lines.push(content);
    }
    None
}

/// Reads the text of an element such as `<Warning>…</Warning>`.
fn read_element(text: &str, line: &Range<usize>) -> Option<Passage> {
    const NAMES: &[&str] = &["Warning", "Note", "Info", "Tip"];
    let rest = text.get(line.start..)?;
    let inner = rest.trim_start().strip_prefix('<')?;
    let name = NAMES
        .iter()
        .find(|name| inner.strip_prefix(**name).is_some_and(|rest| rest.starts_with(['>', ' '])))?;
    let (tag, inner) = inner.split_once('>')?;
    if tag.ends_with('/') {
        return None;
    }
    let start = line.start + rest.len() - inner.len();
    // Limits the search for the closing tag, which may be missing.
    let inner = inner.get(..floor_char_boundary(inner, MAX_LENGTH))?;
    let (inner, _) = inner.split_once(&format!("</{name}>"))?;
    let lines = inner.trim().lines().map(str::trim).collect::<Vec<_>>();
    Some(Passage { text: lines.join("\n"), end: start + inner.len() })
}
