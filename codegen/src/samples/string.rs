//! Samples of strings.

use super::choices::Choices;
use super::view::View;
use super::{format, pattern};
use crate::source::Node;

/// Strings that are hard to read and to write.
const UNUSUAL: [&str; 10] = [
    "text",
    "",
    "a \"quoted\" \\ back\u{8}slash / and\nlines\r\n\ttabs",
    "日本語 \u{1F600} e\u{301}",
    "123",
    "null",
    "2024-02-30",
    "\u{0}\u{1f}\u{7f}\u{2028}",
    " spaces ",
    "-1.50",
];

/// Returns the name of a value as its sample, which is easy to recognise in a request.
pub fn string_from_name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    match name.chars().all(plain) && !name.is_empty() && name.len() <= 40 {
        true => name.to_owned(),
        false => "text".to_owned(),
    }
}

/// Returns a sample string, or `None` if no string for the pattern was found.
pub fn string_sample(view: &View<'_>, name: &str, choices: &mut Choices) -> Option<String> {
    let min = view.min_limit("minLength").unwrap_or(0);
    let max = view.max_limit("maxLength").unwrap_or(usize::MAX);
    let patterns: Vec<&str> = view.all("pattern").filter_map(Node::as_str).collect();
    let is_valid = |text: &String| {
        let length = text.chars().count();
        let matches = |it: &&str| pattern::matches_pattern(it, text).unwrap_or(true);
        length >= min && length <= max && patterns.iter().all(matches)
    };
    let format = view.get("format").and_then(Node::as_str);
    let formatted = format.and_then(|format| format::format_sample(format, choices));
    let is_formatted = formatted.is_some();
    let plain = formatted.unwrap_or_else(|| match choices {
        // Readers look for the name. The number distinguishes several samples.
        Choices::Plain(0) => string_from_name(name),
        Choices::Plain(number) => format!("{}{number}", string_from_name(name)),
        Choices::Random(_) => choices.pick(&UNUSUAL).copied().unwrap_or_default().to_owned(),
    });
    let fitted = fit_length(&plain, min, max);
    let first = if is_formatted { &plain } else { &fitted };
    if is_valid(first) {
        return Some(first.clone());
    }
    let matching = patterns.first().and_then(|it| pattern::pattern_sample(it, min, max, choices));
    matching.filter(is_valid).or_else(|| Some(fitted).filter(is_valid))
}

/// Repeats or cuts a string to the given length.
fn fit_length(text: &str, min: usize, max: usize) -> String {
    let length = min.min(100_000);
    let text = if text.is_empty() { "x".repeat(length) } else { text.to_owned() };
    let repeated = text.chars().cycle().take(length.max(text.chars().count()));
    repeated.take(max).collect()
}
