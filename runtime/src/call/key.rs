//! The idempotency key of a call.

use http::HeaderValue;

use super::{Call, idempotency};
use crate::message::error::RequestError;
use crate::message::header_value::header_text;

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

    /// Returns the header value of the idempotency key.
    pub(crate) fn key_header(&self) -> Option<&HeaderValue> {
        let key = idempotency::find_key(self.operation, &self.headers);
        key.or(self.generated_key.as_ref())
    }

    /// Sets the idempotency key of this call, which all its attempts share. By default, a key is
    /// generated if the operation accepts one; [`get_idempotency_key`](Self::get_idempotency_key)
    /// returns it.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        match self.operation.idempotency.first() {
            Some(name) => self.header(name, &key),
            None => {
                let message = "the operation does not accept an idempotency key";
                self.error.get_or_insert_with(|| RequestError::idempotency_key(message));
                self
            }
        }
    }
}
