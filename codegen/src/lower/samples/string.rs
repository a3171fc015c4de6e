//! Text.

use super::fits::limit;
use super::view::View;
use super::{format, pattern};
use crate::source::Node;

/// What a text is called, as its value: easy to find again in what was sent.
pub fn named(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    match name.chars().all(plain) && !name.is_empty() && name.len() <= 40 {
        true => name.to_owned(),
        false => "text".to_owned(),
    }
}

/// A text; nothing where the pattern is beyond us.
pub fn make(view: &View<'_>, name: &str, number: usize) -> Option<String> {
    let least = view.least("minLength").unwrap_or(0);
    let most = view.most("maxLength").unwrap_or(usize::MAX);
    let format = view.get("format").and_then(Node::as_str);
    let patterns: Vec<&str> = view.all("pattern").filter_map(Node::as_str).collect();
    let fits = |text: &String| {
        let length = text.chars().count();
        let matches = |it: &&str| pattern::matches(it, text).unwrap_or(true);
        length >= least && length <= most && patterns.iter().all(matches)
    };
    let formatted = format.and_then(|format| format::sample(format, number));
    // A name is what people look for; digits tell several apart.
    let plain = match number {
        0 => named(name),
        number => format!("{}{number}", named(name)),
    };
    let long = long_enough(&plain, least, most);
    let known =
        formatted.clone().map_or_else(|| Some(long).filter(fits), |it| Some(it).filter(fits));
    let matching =
        || patterns.first().and_then(|it| pattern::sample(it, least, most, number)).filter(fits);
    let padded = || formatted.as_ref().map(|it| long_enough(it, least, most)).filter(fits);
    known.or_else(matching).or_else(padded)
}

/// The text, as long as it has to be.
fn long_enough(text: &str, least: usize, most: usize) -> String {
    let wanted = least.min(100_000);
    let repeated = text.chars().cycle().take(wanted.max(text.chars().count()));
    repeated.take(most).collect()
}

/// Whether a text is as its schema says.
pub fn fits(schema: &Node, text: &str) -> bool {
    let length = || text.chars().count();
    let word = |key| schema.get(key).and_then(Node::as_str);
    limit(schema, "minLength").is_none_or(|least| length() >= least)
        && limit(schema, "maxLength").is_none_or(|most| length() <= most)
        && word("pattern").is_none_or(|it| pattern::matches(it, text).unwrap_or(true))
        && word("format").is_none_or(|it| format::fits(it, text))
}
