//! The idempotency key of a call.

use http::HeaderValue;

use super::body::text_at;
use super::{Call, idempotency};
use crate::message::bodies::Body;
use crate::message::error::RequestError;
use crate::message::header_value::{header_text, sensitive_value};

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
            Body::Typed(typed) if idempotency::has_field(operation, body) => {
                text_at(*typed, operation.idempotency_field)
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
