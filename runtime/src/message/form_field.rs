//! The encoding of the fields of forms and multipart bodies.

use super::param::Style;

/// The encoding of a field of a form or a multipart body, if it is not the default (OpenAPI 3.0.4,
/// "Encoding Object").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormField {
    pub(crate) name: &'static str,
    pub(crate) encoding: FieldEncoding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldEncoding {
    Style(Style),
    ContentType(&'static str),
}

impl FormField {
    /// Creates a field that is written like a query parameter of this style.
    #[must_use]
    pub const fn style(name: &'static str, style: Style) -> Self {
        Self { name, encoding: FieldEncoding::Style(style) }
    }

    /// Creates a field whose value, or whose items, are written in this media type.
    #[must_use]
    pub const fn content_type(name: &'static str, content_type: &'static str) -> Self {
        Self { name, encoding: FieldEncoding::ContentType(content_type) }
    }
}

/// Whether a media type is JSON: `application/json`, `application/problem+json`.
pub(crate) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let ends_with = |end: &str| {
        let at = essence.len().checked_sub(end.len());
        at.and_then(|at| essence.get(at..)).is_some_and(|it| it.eq_ignore_ascii_case(end))
    };
    ends_with("/json") || ends_with("+json")
}
