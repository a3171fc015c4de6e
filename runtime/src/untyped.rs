//! A body that the description leaves open.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde_json::Value;

use crate::wire::{Decode, DecodeError, Encode, from_slice, to_json};

/// A body whose type the description does not fix, kept as it came. `T` is the type it expected has:
/// [`parse`](Self::parse) tries it.
pub struct Untyped<T> {
    raw: Bytes,
    expected: PhantomData<fn() -> T>,
}

impl<T> Untyped<T> {
    /// The bytes as they came.
    #[must_use]
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// The body as JSON, if it is JSON.
    #[must_use]
    pub fn value(&self) -> Option<Value> {
        from_slice(&self.raw).ok()
    }

    /// The body as the type it expected has.
    ///
    /// # Errors
    /// If it is something else this time: also if it holds members, and none of those of the type.
    pub fn parse(&self) -> Result<T, DecodeError>
    where
        T: Decode + Encode,
    {
        let parsed: T = from_slice(&self.raw)?;
        let members = |value: Option<Value>| match value {
            Some(Value::Object(members)) => members.len(),
            _ => 0,
        };
        if members(self.value()) > 0
            && members(to_json(&parsed).ok().and_then(|it| from_slice(&it).ok())) == 0
        {
            return Err(DecodeError::invalid("has none of the members of its usual type"));
        }
        Ok(parsed)
    }

    /// The body as any type.
    ///
    /// # Errors
    /// If it is something else.
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
