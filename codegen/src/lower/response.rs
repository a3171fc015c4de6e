//! Responses and their headers.

use openapiv3::{
    Header, HeaderStyle, ParameterSchemaOrContent, ReferenceOr, Response, Responses, StatusCode,
};

use super::cursor::NodeCursor;
use super::no_content::may_have_body;
use super::schema_type::LoweredUse;
use super::{Lower, doc};
use crate::ir::{self, Constraints, Doc, Media, MediaKind, Method, Status};
use crate::source::Node;

impl<'a> Lower<'a> {
    /// Lowers the responses of an operation, sorted by status.
    pub fn responses(
        &mut self,
        responses: &'a Responses,
        method: Method,
        cursor: &NodeCursor<'a>,
    ) -> Vec<ir::Response> {
        let Responses { default, responses: by_status, extensions: _ } = responses;
        let mut responses = Vec::with_capacity(by_status.len() + 1);
        for (code, response) in by_status {
            let status = match code {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(digit) => match u8::try_from(*digit) {
                    Ok(digit) => Status::Range(digit),
                    Err(_) => continue, // the audit allows 1 to 5
                },
            };
            let cursor = cursor.child(&code.to_string());
            responses.extend(self.response(method, status, response, &cursor));
        }
        if let Some(response) = default {
            let cursor = cursor.child("default");
            responses.extend(self.response(method, Status::Default, response, &cursor));
        }
        responses.sort_by_key(|response| response.status);
        responses.dedup_by_key(|response| response.status);
        responses
    }

    fn response(
        &mut self,
        method: Method,
        status: Status,
        response: &'a ReferenceOr<Response>,
        cursor: &NodeCursor<'a>,
    ) -> Option<ir::Response> {
        let (response, cursor) = self.document.resolve(response, cursor)?;
        // The audit removes `links`.
        let Response { description, headers, content, links: _, extensions: _ } = response;
        let content_cursor = cursor.child("content");
        let has_body = !content.is_empty()
            && self.response_contents.add(content_cursor.node.origin, method, status);
        let media = content.iter().filter(|_| has_body);
        let mut media: Vec<Media> = media
            .map(|(name, media)| self.media(name, media, &content_cursor.child(name)))
            .collect();
        if content.is_empty()
            && states_description(cursor.node)
            && lacks_description(description, status)
            && may_have_body(method, status)
        {
            media.push(any_bytes());
        }
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
        let (header, cursor) = self.document.resolve(header, cursor)?;
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
            ParameterSchemaOrContent::Schema(_) => self.lower_schema_at(&cursor.child("schema")),
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

/// Returns the media type of a body that the document does not describe.
fn any_bytes() -> Media {
    Media {
        content_type: "*/*".to_owned(),
        kind: MediaKind::Bytes,
        ty: ir::Type::Scalar(ir::Scalar::Binary),
        constraints: Constraints::default(),
        error_triggers: Vec::new(),
        encoding: Vec::new(),
        examples: Vec::new(),
        sample: None,
    }
}

/// Returns whether the document has the description, and not only the conversion to OpenAPI 3.0.
fn states_description(response: &Node) -> bool {
    response.get("description").is_some_and(|description| description.origin != response.origin)
}

/// Returns whether a success response has no description, not even that it is empty. Then it may have
/// a body, which a method without a result would lose.
fn lacks_description(description: &str, status: Status) -> bool {
    let description = description.trim();
    match status {
        Status::Code(code @ 200..=299) => description.is_empty() || description == code.to_string(),
        Status::Range(2) => description.is_empty(),
        Status::Code(_) | Status::Range(_) | Status::Default => false,
    }
}
