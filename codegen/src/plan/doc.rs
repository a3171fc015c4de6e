//! Descriptions as doc comments: Markdown that rustdoc takes without a warning and never runs.

mod markdown;
mod wrap;

use super::{Context, DocText};
use crate::ir::{Constraints, Doc, Literal};

pub use markdown::Links;

/// Text as it stands, wrapped.
pub fn text(links: &Links, text: &str) -> DocText {
    DocText(wrap::wrap(&markdown::safe(links, text)))
}

/// Words of our own, which may hold links: wrapped, and otherwise as they are.
pub fn own(text: &str) -> DocText {
    DocText(wrap::wrap(text))
}

/// `title` and `description`, whatever there is of them; the title only where the description does
/// not begin with it.
pub fn of(links: &Links, doc: &Doc) -> DocText {
    let title = doc.title.as_deref().map(str::trim).filter(|t| !t.is_empty());
    let description = doc.description.as_deref().map(str::trim).filter(|d| !d.is_empty());
    match (title, description) {
        (Some(title), Some(description)) if !starts_with(description, title) => {
            text(links, &format!("{}\n\n{description}", sentence(title)))
        }
        (_, Some(description)) => text(links, description),
        (Some(title), None) => text(links, &sentence(title)),
        (None, None) => DocText::default(),
    }
}

/// A type's documentation; a title that only repeats the type's name is left out.
pub fn of_type(links: &Links, doc: &Doc, name: &super::Name) -> DocText {
    let text = titled(links, doc, name);
    if doc.deprecated { join(text, deprecated()) } else { text }
}

/// What stands at something that the description calls deprecated. (An attribute would warn in the
/// generated code itself.)
fn deprecated() -> DocText {
    DocText(vec!["Deprecated.".to_owned()])
}

fn titled(links: &Links, doc: &Doc, name: &super::Name) -> DocText {
    let repeats = |title: &String| {
        let words = super::names::name(title, super::names::Case::Pascal);
        words == *name
    };
    match &doc.title {
        Some(title) if repeats(title) => of(links, &Doc { title: None, ..doc.clone() }),
        _ => of(links, doc),
    }
}

/// The description alone.
pub fn description(links: &Links, description: Option<&str>) -> DocText {
    text(links, description.unwrap_or_default())
}

/// `first`, then `second` after an empty line.
pub fn join(mut first: DocText, second: DocText) -> DocText {
    if !first.0.is_empty() && !second.0.is_empty() {
        first.0.push(String::new());
    }
    first.0.extend(second.0);
    first
}

/// A field's documentation: its description, its limits, its default.
pub fn field(
    links: &Links,
    doc: &Doc,
    constraints: &Constraints,
    default: Option<&Literal>,
) -> DocText {
    let mut facts = limits(constraints);
    if let Some(default) = default {
        facts.push(format!("Default: {}.", code(&literal(default))));
    }
    let own = join(of(links, doc), DocText(wrap::wrap(&facts.join(" "))));
    if doc.deprecated { join(own, deprecated()) } else { own }
}

/// The module's documentation: what the API is, where its documentation stands.
pub fn module(context: &Context<'_>) -> DocText {
    let title = context.manifest.title.as_deref().unwrap_or(&context.api.title);
    let title = if title.trim().is_empty() { "The API" } else { title.trim() };
    let mut lines = text(&context.links, &format!("Client of {title}."));
    if let Some(description) = &context.api.description {
        let same = starts_with(description, title) && description.len() <= title.len() + 2;
        if !same {
            lines = join(lines, text(&context.links, description));
        }
    }
    if let Some(docs) = &context.manifest.docs {
        lines = join(lines, DocText(vec![format!("Documentation: <{docs}>")]));
    }
    lines
}

/// Inline code, whatever the text holds.
pub fn code(text: &str) -> String {
    let flat = text.chars().map(|c| if markdown::is_unprintable(c) { ' ' } else { c });
    let flat: String = flat.collect();
    if flat.is_empty() {
        return "`\"\"`".to_owned();
    }
    if flat.contains('`') { format!("`` {flat} ``") } else { format!("`{flat}`") }
}

fn limits(c: &Constraints) -> Vec<String> {
    let mut out = Vec::new();
    let mut range = |one: &str, low: Option<u64>, high: Option<u64>| {
        let counted = |n: u64| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        match (low, high) {
            (Some(low), Some(high)) if low == high => {
                out.push(format!("Exactly {}.", counted(low)))
            }
            (Some(low), Some(high)) => out.push(format!("{low} to {}.", counted(high))),
            (Some(low), None) => out.push(format!("At least {}.", counted(low))),
            (None, Some(high)) => out.push(format!("At most {}.", counted(high))),
            (None, None) => {}
        }
    };
    range("character", c.min_length, c.max_length);
    range("item", c.min_items, c.max_items);
    range("member", c.min_properties, c.max_properties);
    if let Some(low) = &c.minimum {
        let word = if c.exclusive_minimum { "More than" } else { "At least" };
        out.push(format!("{word} {}.", literal(low)));
    }
    if let Some(high) = &c.maximum {
        let word = if c.exclusive_maximum { "Less than" } else { "At most" };
        out.push(format!("{word} {}.", literal(high)));
    }
    if let Some(step) = &c.multiple_of {
        out.push(format!("A multiple of {}.", literal(step)));
    }
    if c.unique_items {
        out.push("No item twice.".to_owned());
    }
    if let Some(pattern) = &c.pattern {
        out.push(format!("Pattern: {}.", code(pattern)));
    }
    if let Some(items) = &c.items {
        out.extend(limits(items).into_iter().map(|limit| format!("Each: {}", lower_first(&limit))));
    }
    out
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_ascii_lowercase()).into_iter().chain(chars).collect()
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Text(text) => format!("{text:?}"),
        Literal::Int(n) => n.to_string(),
        Literal::Float(n) => n.to_string(),
        Literal::Bool(b) => b.to_string(),
        Literal::Json(value) => value.to_string(),
    }
}

fn starts_with(text: &str, start: &str) -> bool {
    let start = start.trim_end_matches('.');
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// A heading as a sentence of its own.
fn sentence(title: &str) -> String {
    if title.ends_with(['.', '!', '?', ':']) { title.to_owned() } else { format!("{title}.") }
}
