//! Request bodies.

use openapiv3::{ReferenceOr, RequestBody};

use super::cursor::NodeCursor;
use super::media::{essence, kind};
use super::{Lower, doc, samples};
use crate::ir::{Body, Media, MediaKind, Shape, Type};
use crate::report::Problem;

impl<'a> Lower<'a> {
    /// A request body; nothing where it states no media type.
    pub fn body(
        &mut self,
        written: &'a ReferenceOr<RequestBody>,
        cursor: &NodeCursor<'a>,
        operation: &str,
    ) -> Option<Body> {
        let (body, cursor) = match self.document.resolve(written, cursor) {
            Ok(found) => found,
            Err(reference) => {
                self.dangling(&reference, cursor);
                return None;
            }
        };
        let RequestBody { description, content, required, extensions: _ } = body;
        self.annotate_body(operation, &cursor);
        let content_cursor = cursor.member("content");
        let mut media: Vec<Media> = content
            .iter()
            .map(|(name, media)| {
                let cursor = content_cursor.member(name);
                let sample = samples::of_body(self.document.root, cursor.node);
                Media { sample, ..self.media(name, media, &cursor) }
            })
            .collect();
        if media.is_empty() {
            self.warn(cursor.location(), "this body states no media type; it is left out");
            return None;
        }
        media.sort_by_key(|m| rank(&m.content_type));
        let media = self.sendable(media, &content_cursor);
        let required = *required || self.is_needed(&cursor, &media);
        Some(Body { required, description: doc::text(description.as_deref()), media })
    }

    /// Whether a body of which the source does not say if it is required has members that are: a
    /// request without it could not be what the source describes. Many descriptions never state
    /// `required`, and endpoint pages cannot tell it from its default.
    fn is_needed(&self, cursor: &NodeCursor<'a>, media: &[Media]) -> bool {
        let stated = cursor.node.get("required").is_some();
        let needs = |media: &Media| match media.ty {
            Type::Named(id) => self.types.get(id.0).is_some_and(|def| match &def.shape {
                Shape::Struct(shape) => shape.fields.iter().any(|f| f.required && !f.read_only),
                Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) => false,
            }),
            _ => false,
        };
        !stated && media.iter().any(needs)
    }

    /// The media types a client can choose from: no patterns, and one JSON type per schema.
    fn sendable(&mut self, found: Vec<Media>, cursor: &NodeCursor<'a>) -> Vec<Media> {
        let count = found.len();
        let mut kept: Vec<Media> = Vec::with_capacity(count);
        let mut left_out = Vec::new();
        for media in found {
            let twin = |other: &Media| {
                let pattern = is_pattern(&media.content_type) && other.kind == MediaKind::Json;
                media.kind == MediaKind::Json
                    && other.kind == MediaKind::Json
                    && (other.ty == media.ty || pattern)
            };
            if kept.iter().any(twin) {
                left_out.push(media.content_type);
            } else {
                kept.push(self.concrete(media, cursor));
            }
        }
        if !left_out.is_empty() {
            let sent: Vec<_> = kept.iter().map(|m| m.content_type.as_str()).collect();
            let (sent, number) = (sent.join(", "), words(kept.len()));
            let what = format!("{number} of {} request media types is sent: {sent}", words(count));
            let what = if kept.len() == 1 { what } else { what.replace(" is sent", " are sent") };
            self.report.push(
                Problem::note(cursor.location(), what)
                    .help(format!("left out: {}", left_out.join(", "))),
            );
        }
        kept
    }

    /// A pattern cannot be sent as it is written.
    fn concrete(&mut self, media: Media, cursor: &NodeCursor<'a>) -> Media {
        if let Some(content_type) = without_slip(&media.content_type) {
            let what =
                format!("`{}` is no media type; `{content_type}` is sent", media.content_type);
            self.warn(cursor.member(&media.content_type).location(), what);
            let content_type = content_type.to_owned();
            return Media { content_type, ..media };
        }
        if !is_pattern(&media.content_type) {
            return media;
        }
        let content_type = match media.kind {
            MediaKind::Json => "application/json",
            MediaKind::Text => "text/plain",
            MediaKind::Multipart => "multipart/form-data",
            MediaKind::Form | MediaKind::Bytes | MediaKind::Events => "application/octet-stream",
        };
        let what = format!("`{}` is a pattern; `{content_type}` is sent", media.content_type);
        self.note(cursor.member(&media.content_type).location(), what);
        Media { content_type: content_type.to_owned(), ..media }
    }
}

/// What of a media type stands before a character that none can have there (RFC 9110 §8.3.1), such as
/// a comma for the semicolon; nothing where there is no such slip.
fn without_slip(content_type: &str) -> Option<&str> {
    let (essence, _) = content_type.split_once(';').unwrap_or((content_type, ""));
    let essence = essence.trim_end();
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~/".contains(c);
    let start = essence.get(..essence.find(|c| !is_token(c))?)?;
    let (top, sub) = start.split_once('/')?;
    (!top.is_empty() && !sub.is_empty()).then_some(start)
}

fn is_pattern(content_type: &str) -> bool {
    content_type.contains('*')
}

/// The preferred media type first.
fn rank(content_type: &str) -> u8 {
    let json = match essence(content_type).as_str() {
        "application/json" => 0,
        _ if is_pattern(content_type) => 3,
        "text/json" => 2,
        _ => 1,
    };
    match kind(content_type) {
        MediaKind::Json => json,
        MediaKind::Form => 4,
        MediaKind::Multipart => 5,
        MediaKind::Text => 6,
        MediaKind::Bytes => 7,
        MediaKind::Events => 8,
    }
}

fn words(number: usize) -> String {
    match number {
        1 => "one".to_owned(),
        2 => "two".to_owned(),
        3 => "three".to_owned(),
        4 => "four".to_owned(),
        5 => "five".to_owned(),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::without_slip;

    #[test]
    fn a_slip_is_found_in_what_is_no_media_type() {
        assert_eq!(without_slip("application/json, version=1.0.0"), Some("application/json"));
        assert_eq!(without_slip("application/json version=1"), Some("application/json"));
        for right in ["application/json", "application/json ; charset=utf-8, x", "*/*", "text"] {
            assert_eq!(without_slip(right), None, "{right}");
        }
    }
}
