//! Request bodies: the bytes are known before anything is sent.

use crate::wire::{Encode, EncodeError, Members, View, scalar_text, to_json};

/// A media type of a request body, and what it means for writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Media {
    content_type: &'static str,
    kind: MediaKind,
}

/// What a media type means for writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MediaKind {
    /// RFC 8259.
    Json,
    /// `application/x-www-form-urlencoded` (WHATWG URL §5): a list repeats its key, `null` is empty
    /// text, and an object or a list inside a list is JSON.
    Form,
    /// Text as it is.
    Text,
    /// Bytes as they are.
    Bytes,
}

impl Media {
    /// `application/json`
    pub const JSON: Self = Self::new("application/json", MediaKind::Json);
    /// `application/x-www-form-urlencoded`
    pub const FORM: Self = Self::new("application/x-www-form-urlencoded", MediaKind::Form);
    /// `text/plain`
    pub const TEXT: Self = Self::new("text/plain", MediaKind::Text);
    /// `application/octet-stream`
    pub const BYTES: Self = Self::new("application/octet-stream", MediaKind::Bytes);

    /// A media type as the description writes it; it is sent as `Content-Type` unchanged.
    #[must_use]
    pub const fn new(content_type: &'static str, kind: MediaKind) -> Self {
        Self { content_type, kind }
    }

    /// The `Content-Type`.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The value as a body of this media type.
    ///
    /// # Errors
    /// If the media type has no way to write it.
    pub fn write(&self, value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
        match self.kind {
            MediaKind::Json => to_json(value),
            MediaKind::Form => form(value).map(String::into_bytes),
            MediaKind::Text | MediaKind::Bytes => match value.view() {
                View::Bytes(bytes) => Ok(bytes.to_vec()),
                _ => Ok(scalar_text(value)?.unwrap_or_default().into_bytes()),
            },
        }
    }
}

fn form(value: &dyn Encode) -> Result<String, EncodeError> {
    let View::Record(record) = value.view() else {
        return Err(EncodeError("a form holds an object".to_owned()));
    };
    let mut form = form_urlencoded::Serializer::new(String::new());
    let mut done = Ok(());
    record.members(&mut Members::new(&mut |name, member| {
        let mut pair = |value: &dyn Encode| {
            if done.is_ok() {
                done = scalar_text(value).map(|text| {
                    form.append_pair(name, &text.unwrap_or_default());
                });
            }
        };
        match member.view() {
            View::List(list) => list.items(&mut pair),
            _ => pair(member),
        }
    }));
    done.map(|()| form.finish())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(media: Media, value: &dyn Encode) -> String {
        String::from_utf8(media.write(value).unwrap()).unwrap()
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
        assert_eq!(Media::BYTES.write(&bytes).unwrap(), b"\xff\0");
        assert!(Media::JSON.write(&bytes).is_err());
    }
}
