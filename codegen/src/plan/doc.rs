//! Titles and descriptions → doc comments: Markdown without rustdoc warnings and without doctests.

mod echo;
mod html;
mod markdown;
mod summary;
mod wrap;

use super::DocText;
use crate::ir::{Api, Doc};
use crate::manifest::Manifest;

pub use echo::is_echo;
pub use markdown::Links;
pub use summary::summary_from_name;

/// Turns Markdown of the document into a doc comment.
pub fn markdown(links: &Links, text: &str) -> DocText {
    DocText(wrap::wrap(&markdown::sanitize(links, text)))
}

/// Wraps text written for the generated code, which may contain intra-doc links.
pub fn wrapped(text: &str) -> DocText {
    DocText(wrap::wrap(text))
}

/// Documents the item `name` with its title and description. What only repeats the name is omitted,
/// as is a title that the description starts with.
pub fn item_doc(links: &Links, doc: &Doc, name: &str) -> DocText {
    let says_something = |text: &&str| !text.is_empty() && !is_echo(text, name);
    let title = doc.title.as_deref().map(str::trim).filter(says_something);
    let description = doc.description.as_deref().map(str::trim).filter(says_something);
    match (title, description) {
        (Some(title), Some(description)) if !starts_with(description, title) => {
            markdown(links, &format!("{}\n\n{description}", sentence(title)))
        }
        (_, Some(description)) => markdown(links, description),
        (Some(title), None) => markdown(links, &sentence(title)),
        (None, None) => DocText::default(),
    }
}

/// Documents a type called `name`. A type that the document does not describe gets `fallback`.
pub fn type_doc(links: &Links, doc: &Doc, name: &super::Name, fallback: DocText) -> DocText {
    let text = match item_doc(links, doc, name.as_str()) {
        text if text.0.is_empty() => fallback,
        text => text,
    };
    if doc.deprecated { join(text, deprecated()) } else { text }
}

/// Marks an item as deprecated in text, since `#[deprecated]` would warn in the generated code.
pub fn deprecated() -> DocText {
    DocText(vec!["Deprecated.".to_owned()])
}

/// Documents an item with its description only.
pub fn description(links: &Links, description: Option<&str>) -> DocText {
    markdown(links, description.unwrap_or_default())
}

/// Joins two texts as separate paragraphs.
pub fn join(mut first: DocText, second: DocText) -> DocText {
    if !first.0.is_empty() && !second.0.is_empty() {
        first.0.push(String::new());
    }
    first.0.extend(second.0);
    first
}

/// Documents the module with the API's title, description and a link to its documentation.
pub fn module_doc(manifest: &Manifest, api: &Api, links: &Links) -> DocText {
    let title = manifest.title.as_deref().unwrap_or(&api.title);
    let title = if title.trim().is_empty() { "the API" } else { title.trim() };
    let mut lines = markdown(links, &format!("Client for {title}."));
    if let Some(description) = &api.description {
        let is_title = starts_with(description, title) && description.len() <= title.len() + 2;
        if !is_title {
            lines = join(lines, markdown(links, description));
        }
    }
    if let Some(docs) = &manifest.docs {
        lines = join(lines, DocText(vec![format!("Documentation: <{docs}>")]));
    }
    lines
}

/// Formats `text` as inline code, whatever characters it contains.
pub fn inline_code(text: &str) -> String {
    let flat = text.chars().map(|c| if markdown::is_unprintable(c) { ' ' } else { c });
    let flat: String = flat.collect();
    if flat.is_empty() {
        return "`\"\"`".to_owned();
    }
    if flat.contains('`') { format!("`` {flat} ``") } else { format!("`{flat}`") }
}

fn starts_with(text: &str, start: &str) -> bool {
    let start = start.trim_end_matches('.');
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

/// Ends a title with a period unless it has other punctuation.
fn sentence(title: &str) -> String {
    if title.ends_with(['.', '!', '?', ':']) { title.to_owned() } else { format!("{title}.") }
}
