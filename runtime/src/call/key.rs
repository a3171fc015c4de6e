//! The idempotency key of a call.

use http::{HeaderMap, HeaderValue};

use super::body::{BodyValue, text_at};
use super::{Call, idempotency};
use crate::message::bodies::Body;
use crate::message::error::RequestError;
use crate::message::header_value::{header_text, sensitive_value};
use crate::operation::Operation;
use crate::wire::View;
use crate::wire::json::Json;

/// The idempotency key of a call, unless the caller sets one in a header.
#[derive(Clone, Default)]
pub(super) struct CallKey {
    /// The key that the caller has set for the field of the body.
    set: Option<HeaderValue>,
    /// The key in the caller's body.
    in_body: Option<HeaderValue>,
    generated: Option<HeaderValue>,
}

impl CallKey {
    /// Creates the key of a call of this operation.
    pub(super) fn new(operation: &Operation) -> Self {
        let generated = idempotency::generate_key(operation);
        Self { generated, ..Self::default() }
    }

    /// Returns the caller's key, which is not in a header, or else the generated one. `None` if the
    /// operation has no header for it and the body no place.
    fn get(&self, operation: &Operation, body: &Body<'_>) -> Option<&HeaderValue> {
        let accepts_key = !operation.idempotency.is_empty() || has_field(operation, body);
        let generated = self.generated.as_ref().filter(|_| accepts_key);
        self.set.as_ref().or(self.in_body.as_ref()).or(generated)
    }

    /// Sets the key in the headers and the body, and returns it.
    ///
    /// # Errors
    /// If the key is empty.
    pub(super) fn apply(
        &self,
        operation: &Operation,
        headers: &mut HeaderMap,
        body: &Body<'_>,
        values: &mut Vec<BodyValue>,
    ) -> Result<Option<HeaderValue>, RequestError> {
        let in_header = idempotency::find_key(operation, headers);
        let Some(key) = in_header.or(self.get(operation, body)).cloned() else { return Ok(None) };
        idempotency::set_key(operation, headers, &key)?;
        // A key in the caller's body stays, even if a header has another one.
        let is_kept = self.in_body.is_some() && self.set.is_none();
        if has_field(operation, body) && !is_kept {
            let text = header_text(&key).unwrap_or_default();
            values.push((operation.idempotency_field, Json::from(text)));
        }
        Ok(Some(key))
    }
}

/// Whether the body is an object that can contain the idempotency key.
fn has_field(operation: &Operation, body: &Body<'_>) -> bool {
    let is_object = matches!(body, Body::Typed(body) if matches!(body.view(), View::Object(_)));
    is_object && !operation.idempotency_field.is_empty()
}

impl Call<'_> {
    /// Marks the call as safe to repeat: the server recognises a repeated request, for example by a
    /// reference in its body, or the request has no effect. The retry policy then treats it like one
    /// with an idempotent method.
    pub fn idempotent(mut self) -> Self {
        self.is_idempotent = true;
        self
    }

    /// Returns the idempotency key that the call will be sent with: the caller's, or the generated
    /// one; `None` if the operation does not accept a key and the caller has not set one. Store it
    /// before the call is sent: if the outcome of the call is unknown, only a call with the same key
    /// is safe.
    #[must_use]
    pub fn get_idempotency_key(&self) -> Option<&str> {
        header_text(self.key_header()?)
    }

    /// Returns the idempotency key as the value of a header.
    pub(crate) fn key_header(&self) -> Option<&HeaderValue> {
        let in_header = idempotency::find_key(self.operation, &self.headers);
        in_header.or_else(|| self.key.get(self.operation, &self.body))
    }

    /// Sets the idempotency key of this call, which all its attempts share. By default, a key is
    /// generated if the operation accepts one; [`get_idempotency_key`](Self::get_idempotency_key)
    /// returns it.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        if !self.operation.idempotency_field.is_empty() {
            self.key.set = self.key_value(key);
        }
        match self.operation.idempotency.first() {
            Some(name) => self.header(name, &key),
            None if self.operation.idempotency_field.is_empty() => {
                let message = "the operation does not accept an idempotency key";
                self.error.get_or_insert_with(|| RequestError::idempotency_key(message));
                self
            }
            None => self,
        }
    }

    /// Reads the idempotency key in the body that the caller has set.
    pub(super) fn with_key_of_body(mut self) -> Self {
        let (operation, body) = (self.operation, &self.body);
        let text = match body {
            Body::Typed(body) if has_field(operation, &self.body) => {
                text_at(*body, operation.idempotency_field)
            }
            _ => None,
        };
        self.key.in_body = text.and_then(|text| self.key_value(&text));
        self
    }

    /// Returns the key as the value of a header, and stores an error if it is not valid.
    fn key_value(&mut self, key: &str) -> Option<HeaderValue> {
        let value = sensitive_value(key);
        if value.is_none() {
            let message = "the idempotency key contains a control character";
            self.error.get_or_insert_with(|| RequestError::idempotency_key(message));
        }
        value
    }
}
