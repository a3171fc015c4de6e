//! Request bodies.

use openapiv3::{ReferenceOr, RequestBody};

use super::cursor::NodeCursor;
use super::media::{essence, media_kind};
use super::{Lower, doc};
use crate::ir::{Body, Media, MediaKind};
use crate::report::Problem;
use crate::samples;

impl<'a> Lower<'a> {
    /// Lowers a request body. Returns `None` if it declares no media type.
    pub fn body(
        &mut self,
        body: &'a ReferenceOr<RequestBody>,
        cursor: &NodeCursor<'a>,
        operation: &str,
    ) -> Option<Body> {
        let (body, cursor) = self.document.resolve(body, cursor)?;
        let RequestBody { description, content, required, extensions: _ } = body;
        self.annotate_body(operation, &cursor);
        let content_cursor = cursor.child("content");
        let mut media: Vec<Media> = content
            .iter()
            .map(|(name, media)| {
                let cursor = content_cursor.child(name);
                let sample = samples::body_sample(self.document.root, cursor.node);
                Media { sample, ..self.media(name, media, &cursor) }
            })
            .collect();
        if media.is_empty() {
            self.warn(cursor.location(), "this request body has no media type; it is skipped");
            return None;
        }
        media.sort_by_key(|m| preference(&m.content_type));
        let media = self.sendable_media(media, &content_cursor);
        Some(Body {
            required: *required,
            is_empty: false,
            description: doc::clean_text(description.as_deref()),
            media,
        })
    }

    /// Returns the media types that a client can choose from: no wildcards, and one JSON media type
    /// per schema.
    fn sendable_media(&mut self, all: Vec<Media>, cursor: &NodeCursor<'a>) -> Vec<Media> {
        let count = all.len();
        let mut sent: Vec<Media> = Vec::with_capacity(count);
        let mut skipped = Vec::new();
        for media in all {
            let is_equivalent = |other: &Media| {
                let wildcard = is_wildcard(&media.content_type) && other.kind == MediaKind::Json;
                media.kind == MediaKind::Json
                    && other.kind == MediaKind::Json
                    && (other.ty == media.ty || wildcard)
            };
            if sent.iter().any(is_equivalent) {
                skipped.push(media.content_type);
            } else {
                sent.push(self.concrete_media(media, cursor));
            }
        }
        if !skipped.is_empty() {
            let names: Vec<_> = sent.iter().map(|m| m.content_type.as_str()).collect();
            let (names, number) = (names.join(", "), number_word(sent.len()));
            let verb = if sent.len() == 1 { "is" } else { "are" };
            let total = number_word(count);
            let message =
                format!("{number} of {total} request media types {verb} generated: {names}");
            self.report.push(
                Problem::note(cursor.location(), message)
                    .help(format!("skipped as equivalent: {}", skipped.join(", "))),
            );
        }
        sent
    }

    /// Replaces an invalid media type, or a wildcard for a typed value, by one that can be sent. For
    /// bytes, the caller chooses a media type that matches the wildcard.
    fn concrete_media(&mut self, media: Media, cursor: &NodeCursor<'a>) -> Media {
        if let Some(content_type) = valid_prefix(&media.content_type) {
            let message = format!(
                "`{}` is not a valid media type; `{content_type}` is sent instead",
                media.content_type
            );
            self.warn(cursor.child(&media.content_type).location(), message);
            let content_type = content_type.to_owned();
            return Media { content_type, ..media };
        }
        if !is_wildcard(&media.content_type) {
            return media;
        }
        let content_type = match media.kind {
            MediaKind::Json => "application/json",
            MediaKind::Multipart => "multipart/form-data",
            MediaKind::Text | MediaKind::Form | MediaKind::Bytes | MediaKind::Events => {
                return media;
            }
        };
        let message = format!(
            "the request media type `{}` is a wildcard; `{content_type}` is sent instead",
            media.content_type
        );
        self.note(cursor.child(&media.content_type).location(), message);
        Media { content_type: content_type.to_owned(), ..media }
    }
}

/// Returns the part of an invalid media type before its first invalid character (RFC 9110 §8.3.1),
/// such as a comma in place of the semicolon. Returns `None` if the media type is valid.
fn valid_prefix(content_type: &str) -> Option<&str> {
    let (essence, _) = content_type.split_once(';').unwrap_or((content_type, ""));
    let essence = essence.trim_end();
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~/".contains(c);
    let start = essence.get(..essence.find(|c| !is_token(c))?)?;
    let (top, sub) = start.split_once('/')?;
    (!top.is_empty() && !sub.is_empty()).then_some(start)
}

fn is_wildcard(content_type: &str) -> bool {
    content_type.contains('*')
}

/// Returns the sort key of a media type; the preferred one has the lowest.
fn preference(content_type: &str) -> u8 {
    let json = match essence(content_type).as_str() {
        "application/json" => 0,
        _ if is_wildcard(content_type) => 3,
        "text/json" => 2,
        _ => 1,
    };
    match media_kind(content_type) {
        MediaKind::Json => json,
        MediaKind::Form => 4,
        MediaKind::Multipart => 5,
        MediaKind::Text => 6,
        MediaKind::Bytes => 7,
        MediaKind::Events => 8,
    }
}

fn number_word(number: usize) -> String {
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
    use super::valid_prefix;

    #[test]
    fn an_invalid_media_type_is_cut_at_the_first_invalid_character() {
        assert_eq!(valid_prefix("application/json, version=1.0.0"), Some("application/json"));
        assert_eq!(valid_prefix("application/json version=1"), Some("application/json"));
        for valid in ["application/json", "application/json ; charset=utf-8, x", "*/*", "text"] {
            assert_eq!(valid_prefix(valid), None, "{valid}");
        }
    }
}
