//! Bodies without a declared type.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde_json::Value;

use crate::wire::{Decode, DecodeError, Encode, from_slice, to_json};

/// A body without a declared type, kept as received. `T` is the type that it is expected to have,
/// which [`parse`](Self::parse) decodes.
pub struct Untyped<T> {
    raw: Bytes,
    expected: PhantomData<fn() -> T>,
}

impl<T> Untyped<T> {
    /// Returns the body as received.
    #[must_use]
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// Returns the body as a JSON value, if it is JSON.
    #[must_use]
    pub fn value(&self) -> Option<Value> {
        from_slice(&self.raw).ok()
    }

    /// Decodes the body as its expected type.
    ///
    /// # Errors
    /// If the body does not match the type, or is an object with none of the type's fields.
    pub fn parse(&self) -> Result<T, DecodeError>
    where
        T: Decode + Encode,
    {
        let parsed: T = from_slice(&self.raw)?;
        let field_count = |value: Option<Value>| match value {
            Some(Value::Object(fields)) => fields.len(),
            _ => 0,
        };
        if field_count(self.value()) > 0
            && field_count(to_json(&parsed).ok().and_then(|json| from_slice(&json).ok())) == 0
        {
            return Err(DecodeError::invalid("has none of the fields of its expected type"));
        }
        Ok(parsed)
    }

    /// Decodes the body as another type.
    ///
    /// # Errors
    /// If the body does not match the type.
    pub fn parse_as<U: Decode>(&self) -> Result<U, DecodeError> {
        from_slice(&self.raw)
    }
}

impl<T> From<Bytes> for Untyped<T> {
    fn from(raw: Bytes) -> Self {
        Self { raw, expected: PhantomData }
    }
}

impl<T> Clone for Untyped<T> {
    fn clone(&self) -> Self {
        Self::from(self.raw.clone())
    }
}

impl<T> PartialEq for Untyped<T> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}

impl<T> fmt::Debug for Untyped<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Untyped({} bytes)", self.raw.len())
    }
}
