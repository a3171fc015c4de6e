//! Documentation of types, fields and operations.

use super::platform_markup;
use crate::ir::Doc;

/// Trims a text, normalises its line ends to LF, and turns the markup of documentation platforms into
/// Markdown. Returns `None` if it is blank.
pub fn clean_text(text: Option<&str>) -> Option<String> {
    let text = text?.replace("\r\n", "\n").replace('\r', "\n");
    let text = platform_markup::to_markdown(&text);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Merges two docs; `primary` wins where both have a text.
pub fn merge_docs(primary: Doc, fallback: Doc) -> Doc {
    Doc {
        title: primary.title.or(fallback.title),
        description: primary.description.or(fallback.description),
        deprecated: primary.deprecated || fallback.deprecated,
        example: primary.example.or(fallback.example),
    }
}
