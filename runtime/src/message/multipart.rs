//! Multipart bodies (RFC 7578): one part for each field, or for each item of an array.

use std::hash::{BuildHasher, Hasher};

use http::HeaderValue;

use super::escape::Escape;
use super::form_field::{FieldEncoding, FormField, is_json};
use super::payload::Payload;
use crate::wire::file::File;
use crate::wire::{Encode, EncodeError, FieldVisitor, View, scalar_text, to_json};

/// The parts of a body, and the boundary between them.
pub(crate) struct Multipart {
    payload: Payload,
    boundary: String,
}

impl Multipart {
    /// Writes the fields of the value as parts, according to `form_fields`. By default, a string is written
    /// as text, an object as JSON, and an array as one part for each item. `null` is written as empty text,
    /// as in a form.
    pub(crate) fn write(
        value: &dyn Encode,
        form_fields: &[FormField],
    ) -> Result<Self, EncodeError> {
        let View::Object(object) = value.view() else {
            return Err(EncodeError("a multipart body must be an object".to_owned()));
        };
        let mut out = Self { payload: Payload::default(), boundary: random_boundary() };
        let mut done = Ok(());
        object.fields(&mut FieldVisitor::new(&mut |name, value| {
            if done.is_ok() {
                let encoding = form_fields.iter().find(|it| it.name == name).map(|it| it.encoding);
                done = out.push_field(name, value, encoding);
            }
        }));
        done?;
        out.payload.push(format!("--{}--\r\n", out.boundary));
        Ok(out)
    }

    /// Returns the `Content-Type` with the boundary, and the body.
    pub(crate) fn finish(self, content_type: &str) -> (String, Payload) {
        (format!("{content_type}; boundary={}", self.boundary), self.payload)
    }

    fn push_field(
        &mut self,
        name: &str,
        value: &dyn Encode,
        encoding: Option<FieldEncoding>,
    ) -> Result<(), EncodeError> {
        if let Some(FieldEncoding::Style(style)) = encoding {
            for (name, text) in style.to_pairs(name, value, Escape::Form)? {
                self.push_text(&name, None, text)?;
            }
            return Ok(());
        }
        let content_type = match encoding {
            Some(FieldEncoding::ContentType(content_type)) => Some(content_type),
            _ => None,
        };
        let View::Array(array) = value.view() else {
            return self.push_part(name, value, content_type);
        };
        let mut done = Ok(());
        array.items(&mut |item| {
            if done.is_ok() {
                done = self.push_part(name, item, content_type);
            }
        });
        done
    }

    fn push_part(
        &mut self,
        name: &str,
        value: &dyn Encode,
        content_type: Option<&str>,
    ) -> Result<(), EncodeError> {
        match value.view() {
            View::File(file) => self.push_file(name, file, content_type),
            View::Bytes(bytes) => self.push_file(name, &File::from(bytes.to_vec()), content_type),
            View::Array(_) | View::Object(_) => {
                let content_type = content_type.unwrap_or("application/json");
                self.push_headers(name, None, Some(content_type))?;
                self.push_content(to_json(value)?);
                Ok(())
            }
            _ if content_type.is_some_and(is_json) => {
                self.push_headers(name, None, content_type)?;
                self.push_content(to_json(value)?);
                Ok(())
            }
            _ => self.push_text(name, content_type, scalar_text(value)?.unwrap_or_default()),
        }
    }

    fn push_text(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        text: String,
    ) -> Result<(), EncodeError> {
        // The default media type of a part is text/plain (RFC 7578 §4.4).
        self.push_headers(name, None, content_type)?;
        self.push_content(text.into_bytes());
        Ok(())
    }

    fn push_file(
        &mut self,
        name: &str,
        file: &File,
        content_type: Option<&str>,
    ) -> Result<(), EncodeError> {
        let content_type = file.media_type().or(content_type);
        let content_type = content_type.unwrap_or("application/octet-stream");
        self.push_headers(name, Some(file.file_name().unwrap_or(name)), Some(content_type))?;
        self.payload.push_file(file);
        self.payload.push("\r\n");
        Ok(())
    }

    fn push_content(&mut self, bytes: Vec<u8>) {
        self.payload.push(bytes);
        self.payload.push("\r\n");
    }

    fn push_headers(
        &mut self,
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
    ) -> Result<(), EncodeError> {
        let mut headers = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"",
            self.boundary,
            escape_quotes(name)
        );
        if let Some(file_name) = file_name {
            headers.push_str(&format!("; filename=\"{}\"", escape_quotes(file_name)));
        }
        if let Some(content_type) = content_type {
            if HeaderValue::from_str(content_type).is_err() {
                return Err(EncodeError(format!(
                    "the media type of the part `{name}` is not valid"
                )));
            }
            headers.push_str("\r\nContent-Type: ");
            headers.push_str(content_type);
        }
        headers.push_str("\r\n\r\n");
        self.payload.push(headers);
        Ok(())
    }
}

/// Escapes a quoted name as browsers do (HTML §4.10.21.8).
fn escape_quotes(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// Returns a random 128-bit boundary, which the author of a part cannot predict. The randomness is that
/// by which the standard library seeds its hash maps.
fn random_boundary() -> String {
    let bits = || std::hash::RandomState::new().build_hasher().finish();
    format!("docwright-{:016x}{:016x}", bits(), bits())
}
