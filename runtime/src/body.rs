//! Request bodies: what a media type means for writing one.

use std::borrow::Cow;

use crate::escape::Escape;
use crate::multipart::Multipart;
use crate::param::Style;
use crate::payload::Payload;
use crate::wire::{Encode, EncodeError, Members, View, scalar_text, to_json};

/// A media type of a request body, and what it means for writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Media {
    content_type: &'static str,
    kind: MediaKind,
    members: &'static [Member],
}

/// What a media type means for writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaKind {
    /// RFC 8259.
    Json,
    /// `application/x-www-form-urlencoded` (WHATWG URL §5): a list repeats its key, `null` is empty
    /// text, and an object or a list inside a list is JSON, but where [`Media::members`] says
    /// otherwise.
    Form,
    /// RFC 7578: a part for each member, one for each item of a list; an object is JSON.
    Multipart,
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
}

/// How a member of a form or a multipart body is written, where it is not the usual way (OpenAPI
/// 3.0.4, "Encoding Object").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pub(crate) name: &'static str,
    pub(crate) how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Style(Style),
    ContentType(&'static str),
}

impl Member {
    /// A member that is written as a query parameter of this style is.
    #[must_use]
    pub const fn style(name: &'static str, style: Style) -> Self {
        Self { name, how: How::Style(style) }
    }

    /// A member, or the items of a list, of this media type.
    #[must_use]
    pub const fn content_type(name: &'static str, content_type: &'static str) -> Self {
        Self { name, how: How::ContentType(content_type) }
    }
}

impl Media {
    /// `application/json`
    pub const JSON: Self = Self::new("application/json", MediaKind::Json);
    /// `application/x-www-form-urlencoded`
    pub const FORM: Self = Self::new("application/x-www-form-urlencoded", MediaKind::Form);
    /// `multipart/form-data`
    pub const MULTIPART: Self = Self::new("multipart/form-data", MediaKind::Multipart);
    /// `text/plain`
    pub const TEXT: Self = Self::new("text/plain", MediaKind::Text);
    /// `application/octet-stream`
    pub const BYTES: Self = Self::new("application/octet-stream", MediaKind::Bytes);

    /// A media type as the description writes it; it is sent as `Content-Type` unchanged, but for
    /// the boundary of a multipart body.
    #[must_use]
    pub const fn new(content_type: &'static str, kind: MediaKind) -> Self {
        Self { content_type, kind, members: &[] }
    }

    /// With members that are not written in the usual way.
    #[must_use]
    pub const fn members(mut self, members: &'static [Member]) -> Self {
        self.members = members;
        self
    }

    /// The `Content-Type`.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The value as a body of this media type, and the `Content-Type` it is sent with.
    ///
    /// # Errors
    /// If the media type has no way to write it.
    pub(crate) fn write(
        &self,
        value: &dyn Encode,
    ) -> Result<(Cow<'static, str>, Payload), EncodeError> {
        let bytes = match self.kind {
            MediaKind::Json => to_json(value)?,
            MediaKind::Form => form(value, self.members)?.into_bytes(),
            MediaKind::Multipart => {
                let parts = Multipart::write(value, self.members)?;
                let (content_type, payload) = parts.finish(self.content_type);
                return Ok((content_type.into(), payload));
            }
            MediaKind::Text | MediaKind::Bytes => match value.view() {
                View::File(file) => {
                    let own = file.own_content_type().map(str::to_owned);
                    let content_type = own.map_or(self.content_type.into(), Cow::Owned);
                    return Ok((content_type, file.into()));
                }
                View::Bytes(bytes) => bytes.to_vec(),
                _ => scalar_text(value)?.unwrap_or_default().into_bytes(),
            },
        };
        Ok((self.content_type.into(), Payload::from(bytes::Bytes::from(bytes))))
    }
}

/// Whether a media type is JSON: `application/json`, `application/problem+json`.
pub(crate) fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    let ends = |end: &str| {
        let at = essence.len().checked_sub(end.len());
        at.and_then(|at| essence.get(at..)).is_some_and(|it| it.eq_ignore_ascii_case(end))
    };
    ends("/json") || ends("+json")
}

/// The text of a form.
pub(crate) fn form(value: &dyn Encode, members: &[Member]) -> Result<String, EncodeError> {
    let View::Record(record) = value.view() else {
        return Err(EncodeError("a form holds an object".to_owned()));
    };
    let mut form = form_urlencoded::Serializer::new(String::new());
    let mut done = Ok(());
    record.members(&mut Members::new(&mut |name, member| {
        if done.is_ok() {
            let how = members.iter().find(|it| it.name == name).map(|it| it.how);
            done = pairs(name, member, how).map(|pairs| {
                form.extend_pairs(pairs);
            });
        }
    }));
    done.map(|()| form.finish())
}

/// The pairs of a member of a form.
fn pairs(
    name: &str,
    member: &dyn Encode,
    how: Option<How>,
) -> Result<Vec<(String, String)>, EncodeError> {
    let json = match how {
        Some(How::Style(style)) => return style.pairs(name, member, Escape::Later),
        Some(How::ContentType(content_type)) => is_json(content_type),
        None => false,
    };
    let mut pairs = Vec::new();
    let mut done = Ok(());
    let mut pair = |value: &dyn Encode| {
        let text = match json {
            true => to_json(value).map(|json| String::from_utf8(json).ok()),
            false => scalar_text(value),
        };
        match text {
            Ok(text) => pairs.push((name.to_owned(), text.unwrap_or_default())),
            Err(error) => done = Err(error),
        }
    };
    match member.view() {
        View::List(list) => list.items(&mut pair),
        _ => pair(member),
    }
    done.map(|()| pairs)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(media: Media, value: &dyn Encode) -> String {
        let (_, payload) = media.write(value).unwrap();
        String::from_utf8(payload.bytes().unwrap().to_vec()).unwrap()
    }

    #[test]
    fn a_form() {
        let value = json!({
            "client_id": "a b&c=d+é", "empty": [], "f": 2.5, "list": ["x", "y z", 1, {"k": "v"}],
            "n": 3, "none": null, "object": {"k": ["v"]}, "yes": true,
        });
        assert_eq!(
            text(Media::FORM, &value),
            "client_id=a+b%26c%3Dd%2B%C3%A9&f=2.5&list=x&list=y+z&list=1&list=%7B%22k%22%3A%22v%22%7D\
             &n=3&none=&object=%7B%22k%22%3A%5B%22v%22%5D%7D&yes=true"
        );
    }

    #[test]
    fn a_form_is_an_object() {
        let error = Media::FORM.write(&json!([1])).unwrap_err();
        assert_eq!(error.to_string(), "the value cannot be written: a form holds an object");
    }

    #[test]
    fn text_and_bytes_as_they_are() {
        assert_eq!(text(Media::TEXT, &"a\nb"), "a\nb");
        assert_eq!(text(Media::TEXT, &3.0), "3");
        let bytes = bytes::Bytes::from_static(b"\xff\0");
        let (_, payload) = Media::BYTES.write(&bytes).unwrap();
        assert_eq!(payload.bytes().unwrap(), bytes);
        assert!(Media::JSON.write(&bytes).is_err());
    }
}
