//! Responses and their headers.

use openapiv3::{
    Header, HeaderStyle, ParameterSchemaOrContent, ReferenceOr, Response, Responses, StatusCode,
};

use super::cursor::{NodeCursor, SchemaAt};
use super::metadata::LoweredUse;
use super::{Lower, doc};
use crate::ir::{self, Doc, Status};

impl<'a> Lower<'a> {
    /// Lowers the responses of an operation, sorted by status.
    pub fn responses(
        &mut self,
        responses: &'a Responses,
        cursor: &NodeCursor<'a>,
    ) -> Vec<ir::Response> {
        let Responses { default, responses: by_status, extensions: _ } = responses;
        self.report_invalid_statuses(default.is_some() as usize + by_status.len(), cursor);
        let mut responses = Vec::with_capacity(by_status.len() + 1);
        for (code, response) in by_status {
            let status = match code {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(digit) => match u8::try_from(*digit) {
                    Ok(digit @ 1..=5) => Status::Range(digit),
                    _ => {
                        self.warn(
                            cursor.location(),
                            format!("`{code}` is not a status code; the response is skipped"),
                        );
                        continue;
                    }
                },
            };
            let key = status_key(cursor, &code.to_string());
            responses.extend(self.response(status, response, &cursor.child(&key)));
        }
        if let Some(response) = default {
            responses.extend(self.response(Status::Default, response, &cursor.child("default")));
        }
        responses.sort_by_key(|response| response.status);
        responses.dedup_by_key(|response| response.status);
        responses
    }

    /// Reports keys that are not statuses. The typed model skips them, so there are any only if it
    /// has fewer responses than the tree has keys.
    fn report_invalid_statuses(&mut self, valid_count: usize, cursor: &NodeCursor<'a>) {
        let keys = cursor.node.as_object().into_iter().flat_map(|map| map.keys());
        let keys: Vec<_> = keys.filter(|key| !key.starts_with("x-")).collect();
        if keys.len() == valid_count {
            return;
        }
        let is_status = |key: &str| {
            let mut chars = key.chars();
            key == "default" || key.len() == 3 && chars.next().is_some_and(|c| c.is_ascii_digit())
        };
        for key in keys.into_iter().filter(|key| !is_status(key)) {
            self.warn(
                cursor.child(key).location(),
                format!("`{key}` is not a status code; the response is skipped"),
            );
        }
    }

    fn response(
        &mut self,
        status: Status,
        response: &'a ReferenceOr<Response>,
        cursor: &NodeCursor<'a>,
    ) -> Option<ir::Response> {
        let (response, cursor) = match self.document.resolve(response, cursor) {
            Ok(resolved) => resolved,
            Err(reference) => {
                self.report_dangling(&reference, cursor);
                return None;
            }
        };
        let Response { description, headers, content, links, extensions: _ } = response;
        if !links.is_empty() {
            self.skip_note(
                cursor.location_of("links"),
                "`links` to other operations are not supported; no code is generated for them",
            );
        }
        let content_cursor = cursor.child("content");
        let media = content
            .iter()
            .map(|(name, media)| self.media(name, media, &content_cursor.child(name)))
            .collect();
        let headers_cursor = cursor.child("headers");
        // `Content-Type` is defined by `content` (OpenAPI 3.0.4, "Response Object").
        let headers = headers
            .iter()
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
            .filter_map(|(name, header)| self.header(name, header, &headers_cursor.child(name)))
            .collect();
        let description = doc::clean_text(Some(description));
        Some(ir::Response { status, description, media, headers })
    }

    fn header(
        &mut self,
        wire: &str,
        header: &'a ReferenceOr<Header>,
        cursor: &NodeCursor<'a>,
    ) -> Option<ir::Header> {
        let (header, cursor) = match self.document.resolve(header, cursor) {
            Ok(resolved) => resolved,
            Err(reference) => {
                self.report_dangling(&reference, cursor);
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
        let LoweredUse { ty, nullable: _, metadata } = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.lower_use(&SchemaAt::new(schema, cursor.child("schema")))
            }
            ParameterSchemaOrContent::Content(_) => {
                self.note(
                    cursor.location_of("content"),
                    "`content` of a header is not supported; the header is read as a string",
                );
                LoweredUse { ty: ir::Type::Scalar(ir::Scalar::String), ..LoweredUse::any() }
            }
        };
        let header_doc = Doc {
            title: None,
            description: doc::clean_text(description.as_deref()),
            deprecated: deprecated.unwrap_or_default(),
            example: self.examples(example.as_ref(), examples, &cursor).into_iter().next(),
        };
        Some(ir::Header {
            wire: wire.to_owned(),
            required: *required,
            ty,
            doc: doc::merge_docs(header_doc, metadata.doc),
        })
    }
}

/// Returns the key of a status in the document, which may be `2xx` where the typed model has `2XX`.
fn status_key(cursor: &NodeCursor<'_>, code: &str) -> String {
    let mut keys = cursor.node.as_object().into_iter().flat_map(|map| map.keys());
    keys.find(|key| key.eq_ignore_ascii_case(code)).cloned().unwrap_or_else(|| code.to_owned())
}
