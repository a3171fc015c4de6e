//! A body that the description leaves open.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde_json::Value;

use crate::wire::{Decode, DecodeError, from_slice};

/// A body whose type the description does not fix, kept as it came. `T` is the type it usually has:
/// [`parse`](Self::parse) tries it.
pub struct Untyped<T> {
    raw: Bytes,
    usually: PhantomData<fn() -> T>,
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

    /// The body as the type it usually has.
    ///
    /// # Errors
    /// If it is something else this time.
    pub fn parse(&self) -> Result<T, DecodeError>
    where
        T: Decode,
    {
        from_slice(&self.raw)
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
        Self { raw, usually: PhantomData }
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
