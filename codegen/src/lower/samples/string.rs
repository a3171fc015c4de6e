//! Samples of strings.

use super::validation::limit;
use super::view::View;
use super::{format, pattern};
use crate::source::Node;

/// Returns the name of a value as its sample, which is easy to recognise in a request.
pub fn string_from_name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    match name.chars().all(plain) && !name.is_empty() && name.len() <= 40 {
        true => name.to_owned(),
        false => "text".to_owned(),
    }
}

/// Returns a sample string, or `None` if no string for the pattern was found.
pub fn string_sample(view: &View<'_>, name: &str, number: usize) -> Option<String> {
    let min = view.min_limit("minLength").unwrap_or(0);
    let max = view.max_limit("maxLength").unwrap_or(usize::MAX);
    let format = view.get("format").and_then(Node::as_str);
    let patterns: Vec<&str> = view.all("pattern").filter_map(Node::as_str).collect();
    let is_valid = |text: &String| {
        let length = text.chars().count();
        let matches = |it: &&str| pattern::matches_pattern(it, text).unwrap_or(true);
        length >= min && length <= max && patterns.iter().all(matches)
    };
    let formatted = format.and_then(|format| format::format_sample(format, number));
    // Readers look for the name. The number distinguishes several samples.
    let named = match number {
        0 => string_from_name(name),
        number => format!("{}{number}", string_from_name(name)),
    };
    let fitted = fit_length(&named, min, max);
    let simple = formatted
        .clone()
        .map_or_else(|| Some(fitted).filter(is_valid), |it| Some(it).filter(is_valid));
    let matching = || {
        let pattern = patterns.first();
        pattern.and_then(|it| pattern::pattern_sample(it, min, max, number)).filter(is_valid)
    };
    let padded = || formatted.as_ref().map(|it| fit_length(it, min, max)).filter(is_valid);
    simple.or_else(matching).or_else(padded)
}

/// Repeats or cuts a string to the given length.
fn fit_length(text: &str, min: usize, max: usize) -> String {
    let length = min.min(100_000);
    let repeated = text.chars().cycle().take(length.max(text.chars().count()));
    repeated.take(max).collect()
}

/// Whether a string meets the constraints of its schema.
pub fn is_valid_string(schema: &Node, text: &str) -> bool {
    let length = || text.chars().count();
    let keyword = |key| schema.get(key).and_then(Node::as_str);
    limit(schema, "minLength").is_none_or(|min| length() >= min)
        && limit(schema, "maxLength").is_none_or(|max| length() <= max)
        && keyword("pattern").is_none_or(|it| pattern::matches_pattern(it, text).unwrap_or(true))
        && keyword("format").is_none_or(|it| format::matches_format(it, text))
}
