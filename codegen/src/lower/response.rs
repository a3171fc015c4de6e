//! Responses of an operation and their headers.

use openapiv3::{
    Header, HeaderStyle, ParameterSchemaOrContent, ReferenceOr, Response, Responses, StatusCode,
};

use super::cursor::{NodeCursor, SchemaAt};
use super::facts::LoweredUse;
use super::{Lower, doc};
use crate::ir::{self, Doc, Status};

impl<'a> Lower<'a> {
    /// Every response of an operation, sorted.
    pub fn responses(
        &mut self,
        responses: &'a Responses,
        cursor: &NodeCursor<'a>,
    ) -> Vec<ir::Response> {
        let Responses { default, responses: by_status, extensions: _ } = responses;
        self.unread(default.is_some() as usize + by_status.len(), cursor);
        let mut responses = Vec::with_capacity(by_status.len() + 1);
        for (code, written) in by_status {
            let status = match code {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(digit) => match u8::try_from(*digit) {
                    Ok(digit @ 1..=5) => Status::Range(digit),
                    _ => {
                        self.warn(
                            cursor.location(),
                            format!("there is no status `{code}`; this response is left out"),
                        );
                        continue;
                    }
                },
            };
            let key = key(cursor, &code.to_string());
            responses.extend(self.response(status, written, &cursor.member(&key)));
        }
        if let Some(written) = default {
            responses.extend(self.response(Status::Default, written, &cursor.member("default")));
        }
        responses.sort_by_key(|response| response.status);
        responses.dedup_by_key(|response| response.status);
        responses
    }

    /// Keys that are no status; the model passes them over.
    fn unread(&mut self, read: usize, cursor: &NodeCursor<'a>) {
        let keys = cursor.node.as_object().into_iter().flat_map(|map| map.keys());
        let keys: Vec<_> = keys.filter(|key| !key.starts_with("x-")).collect();
        if keys.len() == read {
            return;
        }
        let status = |key: &str| {
            let mut chars = key.chars();
            key == "default" || key.len() == 3 && chars.next().is_some_and(|c| c.is_ascii_digit())
        };
        for key in keys.into_iter().filter(|key| !status(key)) {
            self.warn(
                cursor.member(key).location(),
                format!("`{key}` is not a status; this response is left out"),
            );
        }
    }

    fn response(
        &mut self,
        status: Status,
        written: &'a ReferenceOr<Response>,
        cursor: &NodeCursor<'a>,
    ) -> Option<ir::Response> {
        let (response, cursor) = match self.document.resolve(written, cursor) {
            Ok(found) => found,
            Err(reference) => {
                self.dangling(&reference, cursor);
                return None;
            }
        };
        let Response { description, headers, content, links, extensions: _ } = response;
        if !links.is_empty() {
            self.leave_out(
                cursor.location_of("links"),
                "links from a response to other operations are not generated",
            );
        }
        let content_cursor = cursor.member("content");
        let media = content
            .iter()
            .map(|(name, media)| self.media(name, media, &content_cursor.member(name)))
            .collect();
        let headers_cursor = cursor.member("headers");
        // The header of that name is the media type's (OpenAPI 3.0.4, "Response Object").
        let named = headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let headers = named
            .filter_map(|(name, h)| self.header(name, h, &headers_cursor.member(name)))
            .collect();
        Some(ir::Response { status, description: doc::text(Some(description)), media, headers })
    }

    fn header(
        &mut self,
        wire: &str,
        written: &'a ReferenceOr<Header>,
        cursor: &NodeCursor<'a>,
    ) -> Option<ir::Header> {
        let (header, cursor) = match self.document.resolve(written, cursor) {
            Ok(found) => found,
            Err(reference) => {
                self.dangling(&reference, cursor);
                return None;
            }
        };
        let Header {
            description,
            style: HeaderStyle::Simple,
            required,
            deprecated,
            format,
            example,
            examples,
            extensions: _,
        } = header;
        let LoweredUse { ty, nullable: _, facts } = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.read(&SchemaAt::new(schema, cursor.member("schema")))
            }
            ParameterSchemaOrContent::Content(_) => {
                self.note(
                    cursor.location_of("content"),
                    "a header with a media type of its own is read as text",
                );
                LoweredUse { ty: ir::Type::Scalar(ir::Scalar::Text), ..LoweredUse::any() }
            }
        };
        let own = Doc {
            title: None,
            description: doc::text(description.as_deref()),
            deprecated: deprecated.unwrap_or_default(),
            example: self.examples(example.as_ref(), examples, &cursor).into_iter().next(),
        };
        Some(ir::Header {
            wire: wire.to_owned(),
            required: *required,
            ty,
            doc: doc::over(own, facts.doc),
        })
    }
}

/// A status as the source writes it: `2xx` is `2XX` in the model.
fn key(cursor: &NodeCursor<'_>, code: &str) -> String {
    let mut keys = cursor.node.as_object().into_iter().flat_map(|map| map.keys());
    keys.find(|key| key.eq_ignore_ascii_case(code)).cloned().unwrap_or_else(|| code.to_owned())
}
