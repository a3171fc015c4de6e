//! Answers.

use openapiv3::{
    Header, HeaderStyle, ParameterSchemaOrContent, ReferenceOr, Response, Responses, StatusCode,
};

use super::facts::Typed;
use super::spot::{At, Spot};
use super::{Lower, doc};
use crate::ir::{self, Answer, Doc, Status};

impl<'a> Lower<'a> {
    /// Every answer of an operation, sorted.
    pub fn answers(&mut self, responses: &'a Responses, spot: &Spot<'a>) -> Vec<Answer> {
        let Responses { default, responses, extensions: _ } = responses;
        self.unread(default.is_some() as usize + responses.len(), spot);
        let mut answers = Vec::with_capacity(responses.len() + 1);
        for (code, written) in responses {
            let status = match code {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(digit) => match u8::try_from(*digit) {
                    Ok(digit @ 1..=5) => Status::Range(digit),
                    _ => {
                        self.warn(
                            spot.place(),
                            format!("there is no status `{code}`; this answer is left out"),
                        );
                        continue;
                    }
                },
            };
            let key = key(spot, &code.to_string());
            answers.extend(self.answer(status, written, &spot.member(&key)));
        }
        if let Some(written) = default {
            answers.extend(self.answer(Status::Default, written, &spot.member("default")));
        }
        answers.sort_by_key(|answer| answer.status);
        answers.dedup_by_key(|answer| answer.status);
        answers
    }

    /// Keys that are no status; the model passes them over.
    fn unread(&mut self, read: usize, spot: &Spot<'a>) {
        let keys = spot.node.as_object().into_iter().flat_map(|map| map.keys());
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
                spot.member(key).place(),
                format!("`{key}` is not a status; this answer is left out"),
            );
        }
    }

    fn answer(
        &mut self,
        status: Status,
        written: &'a ReferenceOr<Response>,
        spot: &Spot<'a>,
    ) -> Option<Answer> {
        let (response, spot) = match self.document.resolve(written, spot) {
            Ok(found) => found,
            Err(reference) => {
                self.dangling(&reference, spot);
                return None;
            }
        };
        let Response { description, headers, content, links, extensions: _ } = response;
        if !links.is_empty() {
            self.leave_out(
                spot.place_of("links"),
                "links from an answer to other operations are not generated",
            );
        }
        let content_spot = spot.member("content");
        let media = content
            .iter()
            .map(|(name, media)| self.media(name, media, &content_spot.member(name)))
            .collect();
        let headers_spot = spot.member("headers");
        // The header of that name is the media type's (OpenAPI 3.0.4, "Response Object").
        let named = headers.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-type"));
        let headers = named
            .filter_map(|(name, h)| self.header(name, h, &headers_spot.member(name)))
            .collect();
        Some(Answer { status, description: doc::text(Some(description)), media, headers })
    }

    fn header(
        &mut self,
        wire: &str,
        written: &'a ReferenceOr<Header>,
        spot: &Spot<'a>,
    ) -> Option<ir::Header> {
        let (header, spot) = match self.document.resolve(written, spot) {
            Ok(found) => found,
            Err(reference) => {
                self.dangling(&reference, spot);
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
        let Typed { ty, nullable: _, facts } = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                self.read(&At::new(schema, spot.member("schema")))
            }
            ParameterSchemaOrContent::Content(_) => {
                self.note(
                    spot.place_of("content"),
                    "a header with a media type of its own is read as text",
                );
                Typed { ty: ir::Type::Scalar(ir::Scalar::Text), ..Typed::any() }
            }
        };
        let own = Doc {
            title: None,
            description: doc::text(description.as_deref()),
            deprecated: deprecated.unwrap_or_default(),
            example: self.examples(example.as_ref(), examples, &spot).into_iter().next(),
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
fn key(spot: &Spot<'_>, code: &str) -> String {
    let mut keys = spot.node.as_object().into_iter().flat_map(|map| map.keys());
    keys.find(|key| key.eq_ignore_ascii_case(code)).cloned().unwrap_or_else(|| code.to_owned())
}
