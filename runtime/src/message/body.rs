//! Serialization of request bodies in each media type.

use std::borrow::Cow;

use super::escape::Escape;
use super::form::{Pairs, field_pairs, write_form};
use super::form_field::{FieldEncoding, FormField, is_json};
use super::multipart::Multipart;
use super::payload::Payload;
use crate::wire::{Encode, EncodeError, View, scalar_text, to_json};

/// A media type of a request body, and how a body is written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Media {
    content_type: &'static str,
    kind: MediaKind,
    fields: &'static [FormField],
}

/// How a body is written in a media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaKind {
    /// JSON (RFC 8259).
    Json,
    /// `application/x-www-form-urlencoded` (WHATWG URL §5). Unless [`Media::fields`] says
    /// otherwise, an array repeats its name, `null` is written as empty text, and objects and nested
    /// arrays are written as JSON.
    Form,
    /// Multipart (RFC 7578): one part for each field, or for each item of an array. Objects are written
    /// as JSON.
    Multipart,
    /// Text, unchanged.
    Text,
    /// Bytes, unchanged.
    Bytes,
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

    /// Creates a media type. It is sent as `Content-Type` unchanged, except for the boundary of a multipart
    /// body.
    #[must_use]
    pub const fn new(content_type: &'static str, kind: MediaKind) -> Self {
        Self { content_type, kind, fields: &[] }
    }

    /// Sets the fields that do not have the default encoding.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [FormField]) -> Self {
        self.fields = fields;
        self
    }

    /// Returns the `Content-Type`.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// Writes a value as a body of this media type, and returns its `Content-Type`.
    ///
    /// # Errors
    /// If the value cannot be written in the media type.
    pub(crate) fn write(
        &self,
        value: &dyn Encode,
    ) -> Result<(Cow<'static, str>, Payload), EncodeError> {
        let bytes = match self.kind {
            MediaKind::Json => to_json(value)?,
            MediaKind::Form => {
                write_form(value, &|name, value| self.form_pairs(name, value))?.into_bytes()
            }
            MediaKind::Multipart => {
                let parts = Multipart::write(value, self.fields)?;
                let (content_type, payload) = parts.finish(self.content_type);
                return Ok((content_type.into(), payload));
            }
            MediaKind::Text | MediaKind::Bytes => match value.view() {
                View::File(file) => {
                    return Ok((self.file_media_type(file.media_type())?, file.into()));
                }
                View::Bytes(bytes) => bytes.to_vec(),
                _ => scalar_text(value)?.unwrap_or_default().into_bytes(),
            },
        };
        Ok((self.file_media_type(None)?, Payload::from(bytes::Bytes::from(bytes))))
    }

    /// Returns the `Content-Type` of a file: the caller's, else the operation's. If that is a pattern such
    /// as `image/*`, the caller's has to match it.
    fn file_media_type(&self, chosen: Option<&str>) -> Result<Cow<'static, str>, EncodeError> {
        let Some(top) = self.content_type.strip_suffix("/*") else {
            return Ok(chosen.map_or(self.content_type.into(), |it| Cow::Owned(it.to_owned())));
        };
        match chosen {
            Some(chosen) if matches(chosen, top) => Ok(Cow::Owned(chosen.to_owned())),
            None if top == "*" => Ok(Self::BYTES.content_type.into()),
            None if top == "text" => Ok(Self::TEXT.content_type.into()),
            Some(chosen) => Err(EncodeError(format!(
                "the media type `{}` does not match `{}`",
                chosen.escape_debug(),
                self.content_type
            ))),
            None => Err(EncodeError(format!(
                "it needs a media type that matches `{}`: set one with `File::content_type`",
                self.content_type
            ))),
        }
    }

    /// Returns the name-value pairs of a form field.
    fn form_pairs(&self, name: &str, value: &dyn Encode) -> Result<Pairs, EncodeError> {
        let field = self.fields.iter().find(|field| field.name == name);
        match field.map(|field| field.encoding) {
            Some(FieldEncoding::Style(style)) => style.to_pairs(name, value, Escape::Form),
            Some(FieldEncoding::ContentType(content_type)) => {
                field_pairs(name, value, is_json(content_type))
            }
            None => field_pairs(name, value, false),
        }
    }
}

/// Returns whether a media type is valid (RFC 9110 §8.3.1) and of the top-level type `top`, or of any if
/// it is `*`.
fn matches(media_type: &str, top: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim_end();
    let is_token = |text: &str| {
        let is_allowed = |c: char| c.is_ascii_alphanumeric() || "!#$&^_.+-".contains(c);
        !text.is_empty() && text.chars().all(is_allowed)
    };
    let is_text = media_type.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    essence.split_once('/').is_some_and(|(own_top, sub)| {
        let has_top = top == "*" || own_top.eq_ignore_ascii_case(top);
        has_top && is_token(own_top) && is_token(sub) && is_text
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn body_text(media: Media, value: &dyn Encode) -> String {
        let (_, payload) = media.write(value).unwrap();
        String::from_utf8(payload.bytes().unwrap().to_vec()).unwrap()
    }

    #[test]
    fn a_form_is_serialized() {
        let value = json!({
            "client_id": "a b&c=d+é", "empty": [], "f": 2.5, "list": ["x", "y z", 1, {"k": "v"}],
            "n": 3, "none": null, "object": {"k": ["v"]}, "yes": true,
        });
        assert_eq!(
            body_text(Media::FORM, &value),
            "client_id=a+b%26c%3Dd%2B%C3%A9&f=2.5&list=x&list=y+z&list=1&list=%7B%22k%22%3A%22v%22%7D\
             &n=3&none=&object=%7B%22k%22%3A%5B%22v%22%5D%7D&yes=true"
        );
    }

    #[test]
    fn decimal_form_fields_are_written_in_plain_notation() {
        let amount: crate::Decimal = "1e-7".parse().unwrap();
        let fields: crate::Map<_> = [("amount".to_owned(), vec![amount.clone(), 5.into()])].into();
        assert_eq!(body_text(Media::FORM, &fields), "amount=0.0000001&amount=5");
        assert_eq!(body_text(Media::TEXT, &amount), "0.0000001");
        assert_eq!(body_text(Media::JSON, &fields), r#"{"amount":[0.0000001,5]}"#);
    }

    #[test]
    fn a_form_has_to_be_an_object() {
        let error = Media::FORM.write(&json!([1])).unwrap_err();
        assert_eq!(error.to_string(), "the value cannot be written: a form body must be an object");
    }

    #[test]
    fn text_and_bytes_are_sent_unchanged() {
        assert_eq!(body_text(Media::TEXT, &"a\nb"), "a\nb");
        assert_eq!(body_text(Media::TEXT, &3.0), "3");
        let bytes = bytes::Bytes::from_static(b"\xff\0");
        let (_, payload) = Media::BYTES.write(&bytes).unwrap();
        assert_eq!(payload.bytes().unwrap(), bytes);
        assert!(Media::JSON.write(&bytes).is_err());
    }

    #[test]
    fn a_pattern_takes_the_media_type_of_the_file() {
        let content_type = |pattern, file: crate::File| {
            let written = Media::new(pattern, MediaKind::Bytes).write(&file);
            written.map(|(content_type, _)| content_type.into_owned()).map_err(|e| e.to_string())
        };
        let file = |media_type: &str| crate::File::from("x").content_type(media_type);
        for (pattern, media_type) in
            [("image/*", "image/png"), ("*/*", "text/csv; charset=utf-8"), ("image/*", "IMAGE/x+y")]
        {
            assert_eq!(content_type(pattern, file(media_type)).as_deref(), Ok(media_type));
        }
        for media_type in
            ["text/csv", "image/", "image/*", "image", "image/png\r\nx: y", "image/a b"]
        {
            let error = content_type("image/*", file(media_type)).unwrap_err();
            assert!(error.contains("does not match `image/*`"), "{error}");
        }
        let unset = || crate::File::from("x");
        assert_eq!(content_type("*/*", unset()).as_deref(), Ok("application/octet-stream"));
        assert_eq!(content_type("text/*", unset()).as_deref(), Ok("text/plain"));
        assert!(content_type("image/*", unset()).is_err());
        // A media type that the document states is only a default.
        assert_eq!(content_type("text/csv", file("image/png")).as_deref(), Ok("image/png"));
    }
}
