//! Reads the front matter of a page.

use super::fence::{line_at, next_line};

/// The front matter of a page.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    /// `title`
    pub(super) title: Option<String>,
    /// `description`
    pub(super) description: Option<String>,
    /// `url` or `source`
    pub(super) link: Option<String>,
    /// `openapi`: the operation that the page documents.
    pub(super) openapi: Option<String>,
}

/// Reads the front matter of a page. Returns the offset after it, or `start` without one.
pub(super) fn read_front_matter(text: &str, start: usize) -> (FrontMatter, usize) {
    let mut found = FrontMatter::default();
    let none = || (FrontMatter::default(), start);
    let rest = text.get(start..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches(['\u{feff}', '\r', '\n', ' ']).len();
    let Some(first) = line_at(text, start + blank) else { return none() };
    if text.get(first.clone()).map(str::trim_end) != Some("---") {
        return none();
    }
    let mut at = next_line(text, &first);
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default().trim_end();
        at = next_line(text, &line);
        if content == "---" {
            return (found, at);
        }
        // The lines of a nested value, a list or a folded text belong to the key above them.
        if content.is_empty() || content.starts_with([' ', '\t', '#', '-']) {
            continue;
        }
        let Some((key, value)) = content.split_once(':') else { return none() };
        let value = value.trim().trim_matches(['"', '\'']);
        match key {
            "title" => set_first(&mut found.title, value),
            "description" => set_first(&mut found.description, value),
            "url" | "source" => set_first(&mut found.link, value),
            "openapi" => set_first(&mut found.openapi, value),
            _ => {}
        }
    }
    none()
}

/// Sets a value unless it is already set.
pub(super) fn set_first(value: &mut Option<String>, text: &str) {
    let text = text.trim();
    if value.is_none() && !text.is_empty() {
        *value = Some(text.to_owned());
    }
}
