//! Multipart bodies (RFC 7578): a part for each member, one for each item of a list.

use std::hash::{BuildHasher, Hasher};

use http::HeaderValue;

use crate::body::{How, Member, is_json};
use crate::escape::Escape;
use crate::file::File;
use crate::payload::Payload;
use crate::wire::{Encode, EncodeError, Members, View, scalar_text, to_json};

/// The parts of a body, and what stands between them.
pub(crate) struct Multipart {
    payload: Payload,
    boundary: String,
}

impl Multipart {
    /// The value's members as parts: text as it is, an object as JSON, a list as a part for each
    /// item, but where `members` says otherwise. `null` is empty text, as in a form.
    pub(crate) fn write(value: &dyn Encode, members: &[Member]) -> Result<Self, EncodeError> {
        let View::Record(record) = value.view() else {
            return Err(EncodeError("a multipart body holds an object".to_owned()));
        };
        let mut out = Self { payload: Payload::default(), boundary: boundary() };
        let mut done = Ok(());
        record.members(&mut Members::new(&mut |name, member| {
            if done.is_ok() {
                let how = members.iter().find(|it| it.name == name).map(|it| it.how);
                done = out.member(name, member, how);
            }
        }));
        done?;
        out.payload.push(format!("--{}--\r\n", out.boundary));
        Ok(out)
    }

    /// The body, and its `Content-Type` with the boundary.
    pub(crate) fn finish(self, content_type: &str) -> (String, Payload) {
        (format!("{content_type}; boundary={}", self.boundary), self.payload)
    }

    fn member(
        &mut self,
        name: &str,
        member: &dyn Encode,
        how: Option<How>,
    ) -> Result<(), EncodeError> {
        if let Some(How::Style(style)) = how {
            for (name, text) in style.pairs(name, member, Escape::Later)? {
                self.text(&name, None, text)?;
            }
            return Ok(());
        }
        let content_type = match how {
            Some(How::ContentType(content_type)) => Some(content_type),
            _ => None,
        };
        let View::List(list) = member.view() else {
            return self.part(name, member, content_type);
        };
        let mut done = Ok(());
        list.items(&mut |item| {
            if done.is_ok() {
                done = self.part(name, item, content_type);
            }
        });
        done
    }

    fn part(
        &mut self,
        name: &str,
        value: &dyn Encode,
        content_type: Option<&str>,
    ) -> Result<(), EncodeError> {
        match value.view() {
            View::File(file) => self.file(name, file, content_type),
            View::Bytes(bytes) => self.file(name, &File::from(bytes.to_vec()), content_type),
            View::List(_) | View::Record(_) => {
                let content_type = content_type.unwrap_or("application/json");
                self.head(name, None, Some(content_type))?;
                self.content(to_json(value)?);
                Ok(())
            }
            _ if content_type.is_some_and(is_json) => {
                self.head(name, None, content_type)?;
                self.content(to_json(value)?);
                Ok(())
            }
            _ => self.text(name, content_type, scalar_text(value)?.unwrap_or_default()),
        }
    }

    fn text(
        &mut self,
        name: &str,
        content_type: Option<&str>,
        text: String,
    ) -> Result<(), EncodeError> {
        // Without a type it is text/plain (RFC 7578 §4.4).
        self.head(name, None, content_type)?;
        self.content(text.into_bytes());
        Ok(())
    }

    fn file(
        &mut self,
        name: &str,
        file: &File,
        content_type: Option<&str>,
    ) -> Result<(), EncodeError> {
        let content_type = file.own_content_type().or(content_type);
        let content_type = content_type.unwrap_or("application/octet-stream");
        self.head(name, Some(file.own_name().unwrap_or(name)), Some(content_type))?;
        self.payload.push_file(file);
        self.payload.push("\r\n");
        Ok(())
    }

    fn content(&mut self, bytes: Vec<u8>) {
        self.payload.push(bytes);
        self.payload.push("\r\n");
    }

    fn head(
        &mut self,
        name: &str,
        file: Option<&str>,
        content_type: Option<&str>,
    ) -> Result<(), EncodeError> {
        let mut head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"",
            self.boundary,
            quoted(name)
        );
        if let Some(file) = file {
            head.push_str(&format!("; filename=\"{}\"", quoted(file)));
        }
        if let Some(content_type) = content_type {
            if HeaderValue::from_str(content_type).is_err() {
                return Err(EncodeError("a part's media type is none".to_owned()));
            }
            head.push_str("\r\nContent-Type: ");
            head.push_str(content_type);
        }
        head.push_str("\r\n\r\n");
        self.payload.push(head);
        Ok(())
    }
}

/// A name between quotes; what would end it is escaped as browsers do (HTML §4.10.21.8).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

/// A line that nobody can foresee, and that therefore stands in no part: 128 bits of the system's
/// randomness, which is what the standard library seeds its hash maps with.
fn boundary() -> String {
    let bits = || std::hash::RandomState::new().build_hasher().finish();
    format!("docwright-{:016x}{:016x}", bits(), bits())
}
