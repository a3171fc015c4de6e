//! Media types and their examples.

use indexmap::IndexMap;
use openapiv3::{Encoding, Example, MediaType, ReferenceOr};
use serde_json::Value;

use super::Lower;
use super::cursor::NodeCursor;
use crate::ir::{self, Constraints, Media, MediaKind, Scalar, Style, Type};
use crate::source::Node;

impl<'a> Lower<'a> {
    /// Lowers an entry of `content`.
    pub fn media(
        &mut self,
        content_type: &str,
        media: &'a MediaType,
        cursor: &NodeCursor<'a>,
    ) -> Media {
        // Extensions of a media type are of no use to a client.
        let MediaType { schema, example, examples, encoding, extensions: _ } = media;
        let kind = media_kind(content_type);
        let (ty, constraints) = match schema {
            None => (Type::Any, Constraints::default()),
            Some(_) => {
                let body = self.lower_schema_at(&cursor.child("schema"));
                let constraints = body.metadata.constraints.clone();
                (body.into_type(), constraints)
            }
        };
        // A wildcard counts as JSON, but neither JSON nor an event can hold bytes.
        let is_text = content_type.contains('*') || kind == MediaKind::Events;
        let is_binary = is_text && ty == Type::Scalar(Scalar::Binary);
        let kind = if is_binary { MediaKind::Bytes } else { kind };
        let encoding = encoding
            .iter()
            .map(|(wire, e)| self.encoding(wire, e, &cursor.child("encoding").child(wire)));
        let encoding = encoding.collect();
        let examples = self.examples(example.as_ref(), examples, cursor);
        let content_type = content_type.to_owned();
        let error_triggers = Vec::new();
        Media {
            content_type,
            kind,
            ty,
            constraints,
            error_triggers,
            encoding,
            examples,
            sample: None,
        }
    }

    fn encoding(
        &mut self,
        wire: &str,
        encoding: &Encoding,
        cursor: &NodeCursor<'a>,
    ) -> ir::Encoding {
        let Encoding { content_type, headers, style: _, explode: _, allow_reserved, extensions: _ } =
            encoding;
        if !headers.is_empty() {
            self.skip_note(
                cursor.location_of("headers"),
                "`headers` of multipart parts are not supported; they are not sent",
            );
        }
        ir::Encoding {
            wire: wire.to_owned(),
            content_type: content_type.clone(),
            style: stated_style(cursor.node),
            // The typed model does not distinguish `false` from an absent value.
            explode: cursor.node.get("explode").and_then(Node::as_bool),
            allow_reserved: *allow_reserved,
        }
    }

    /// Returns the values of `example` and `examples`.
    pub fn examples(
        &mut self,
        example: Option<&Value>,
        examples: &'a IndexMap<String, ReferenceOr<Example>>,
        cursor: &NodeCursor<'a>,
    ) -> Vec<Value> {
        let mut values: Vec<Value> = example.cloned().into_iter().collect();
        for (name, example) in examples {
            let cursor = cursor.child("examples").child(name);
            let Some((example, _)) = self.document.resolve(example, &cursor) else { continue };
            let Example { summary: _, description: _, value, external_value, extensions: _ } =
                example;
            if external_value.is_some() {
                self.note(
                    cursor.location(),
                    "`externalValue` is not supported; the example is skipped",
                );
            }
            values.extend(value.clone());
        }
        values
    }
}

/// Returns the style that a parameter or an encoding states.
pub fn stated_style(node: &Node) -> Option<Style> {
    node.get("style").and_then(Node::as_str).and_then(Style::from_keyword)
}

/// Returns the media type without its parameters, in lower case.
pub fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns how a media type is encoded and decoded. `*/*` counts as JSON.
pub fn media_kind(content_type: &str) -> MediaKind {
    let essence = essence(content_type);
    let (top, sub) = essence.split_once('/').unwrap_or((&essence, ""));
    match (top, sub) {
        (_, "json") | ("*" | "application", "*") => MediaKind::Json,
        (_, sub) if sub.ends_with("+json") => MediaKind::Json,
        ("application", "x-www-form-urlencoded") => MediaKind::Form,
        ("multipart", _) => MediaKind::Multipart,
        ("text", "event-stream") => MediaKind::Events,
        ("text", _) | ("application", "xml" | "graphql" | "yaml" | "x-yaml") => MediaKind::Text,
        (_, sub) if sub.ends_with("+xml") && top != "image" => MediaKind::Text,
        _ => MediaKind::Bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::{MediaKind, media_kind};

    #[test]
    fn parameters_and_case_are_ignored() {
        assert_eq!(media_kind("Application/JSON; charset=utf-8"), MediaKind::Json);
        assert_eq!(media_kind("application/problem+json"), MediaKind::Json);
        assert_eq!(media_kind("*/*"), MediaKind::Json);
        assert_eq!(media_kind("multipart/mixed"), MediaKind::Multipart);
        assert_eq!(media_kind("text/csv"), MediaKind::Text);
        assert_eq!(media_kind("text/event-stream"), MediaKind::Events);
        assert_eq!(media_kind("application/pdf"), MediaKind::Bytes);
    }
}
