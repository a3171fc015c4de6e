//! Media types, with the examples of their values.

use indexmap::IndexMap;
use openapiv3::{Encoding, Example, MediaType, QueryStyle, ReferenceOr};
use serde_json::Value;

use super::Lower;
use super::cursor::{NodeCursor, SchemaAt};
use crate::ir::{self, Constraints, Media, MediaKind, Scalar, Style, Type};
use crate::source::Node;

impl<'a> Lower<'a> {
    /// One entry of `content`.
    pub fn media(
        &mut self,
        content_type: &str,
        media: &'a MediaType,
        cursor: &NodeCursor<'a>,
    ) -> Media {
        // Extensions of a media type mean nothing to a client.
        let MediaType { schema, example, examples, encoding, extensions: _ } = media;
        let kind = kind(content_type);
        let (ty, constraints) = match schema {
            None => (Type::Any, Constraints::default()),
            Some(schema) => {
                let typed = self.read(&SchemaAt::new(schema, cursor.member("schema")));
                let constraints = typed.facts.constraints.clone();
                (typed.whole(), constraints)
            }
        };
        // A pattern says nothing, and bytes are no JSON.
        let bytes = content_type.contains('*') && ty == Type::Scalar(Scalar::Binary);
        let kind = if bytes { MediaKind::Bytes } else { kind };
        let encoding = encoding
            .iter()
            .map(|(wire, e)| self.encoding(wire, e, &cursor.member("encoding").member(wire)));
        let encoding = encoding.collect();
        let examples = self.examples(example.as_ref(), examples, cursor);
        let content_type = content_type.to_owned();
        let raised = Vec::new();
        Media { content_type, kind, ty, constraints, raised, encoding, examples, sample: None }
    }

    fn encoding(
        &mut self,
        wire: &str,
        encoding: &Encoding,
        cursor: &NodeCursor<'a>,
    ) -> ir::Encoding {
        let Encoding { content_type, headers, style, explode: _, allow_reserved, extensions: _ } =
            encoding;
        if !headers.is_empty() {
            self.leave_out(
                cursor.location_of("headers"),
                "headers of a part of a multipart body are not sent",
            );
        }
        ir::Encoding {
            wire: wire.to_owned(),
            content_type: content_type.clone(),
            style: style.as_ref().map(query_style),
            // The model cannot tell `false` from nothing.
            explode: cursor.node.get("explode").and_then(Node::as_bool),
            allow_reserved: *allow_reserved,
        }
    }

    /// The values of `example` and `examples`.
    pub fn examples(
        &mut self,
        example: Option<&Value>,
        examples: &'a IndexMap<String, ReferenceOr<Example>>,
        cursor: &NodeCursor<'a>,
    ) -> Vec<Value> {
        let mut values: Vec<Value> = example.cloned().into_iter().collect();
        for (name, written) in examples {
            let cursor = cursor.member("examples").member(name);
            match self.document.resolve(written, &cursor) {
                Ok((
                    Example { summary: _, description: _, value, external_value, extensions: _ },
                    _,
                )) => {
                    if external_value.is_some() {
                        self.note(cursor.location(), "an example in another file is not read");
                    }
                    values.extend(value.clone());
                }
                Err(reference) => {
                    self.warn(
                        cursor.location(),
                        format!("there is no example at `{reference}`; it is left out"),
                    );
                }
            }
        }
        values
    }
}

/// A style of a query parameter or form member.
pub fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

/// The media type without parameters, in lower case.
pub fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// What a media type means for reading and writing. A server that responds `*/*` responses JSON.
pub fn kind(content_type: &str) -> MediaKind {
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
    use super::{MediaKind, kind};

    #[test]
    fn parameters_and_case_do_not_count() {
        assert_eq!(kind("Application/JSON; charset=utf-8"), MediaKind::Json);
        assert_eq!(kind("application/problem+json"), MediaKind::Json);
        assert_eq!(kind("*/*"), MediaKind::Json);
        assert_eq!(kind("multipart/mixed"), MediaKind::Multipart);
        assert_eq!(kind("text/csv"), MediaKind::Text);
        assert_eq!(kind("text/event-stream"), MediaKind::Events);
        assert_eq!(kind("application/pdf"), MediaKind::Bytes);
    }
}
