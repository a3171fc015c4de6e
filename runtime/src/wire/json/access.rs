//! Access to the parts of untyped JSON, and comparison with Rust's types.

use std::ops::Index;

use serde_json::Value;

use super::super::decimal::Decimal;
use super::super::map::Map;
use super::Json;
use super::number::JsonNumber;

static NULL: Json = Json::Null;

impl Json {
    /// Returns a field of an object.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.as_object()?.get(key)
    }

    /// Returns the value at a JSON pointer (RFC 6901), such as `/errors/0/code`.
    #[must_use]
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        let steps = pointer.strip_prefix('/')?.split('/');
        steps.map(|step| step.replace("~1", "/").replace("~0", "~")).try_fold(
            self,
            |value, step| match value {
                Self::Object(fields) => fields.get(&step),
                Self::Array(items) => items.get(array_index(&step)?),
                _ => None,
            },
        )
    }

    /// Whether the value is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Returns the value, if it is a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(it) => Some(*it),
            _ => None,
        }
    }

    /// Returns the value, if it is an integer that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(it) => it.as_i64(),
            _ => None,
        }
    }

    /// Returns the value, if it is an integer that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(it) => it.as_u64(),
            _ => None,
        }
    }

    /// Returns the nearest float, if the value is a number.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(it) => Some(it.as_f64()),
            _ => None,
        }
    }

    /// Returns the value exactly, if it is a number with at most 1000 digits in plain notation.
    #[must_use]
    pub fn as_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Number(it) => it.try_into().ok(),
            _ => None,
        }
    }

    /// Returns the value, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(it) => Some(it),
            _ => None,
        }
    }

    /// Returns the items, if the value is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&Vec<Self>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the items, if the value is an array.
    #[must_use]
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Self>> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// Returns the fields, if the value is an object.
    #[must_use]
    pub fn as_object(&self) -> Option<&Map<Self>> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// Returns the fields, if the value is an object.
    #[must_use]
    pub fn as_object_mut(&mut self) -> Option<&mut Map<Self>> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }
}

/// Returns the index that a step of a pointer names: digits without a leading zero.
fn array_index(step: &str) -> Option<usize> {
    let is_index = step == "0" || !step.starts_with(['0', '+']);
    is_index.then(|| step.parse().ok()).flatten()
}

impl Index<&str> for Json {
    type Output = Self;

    /// Returns a field, or `null` if it is missing.
    fn index(&self, key: &str) -> &Self {
        self.get(key).unwrap_or(&NULL)
    }
}

impl Index<usize> for Json {
    type Output = Self;

    /// Returns an item, or `null` if it is missing.
    fn index(&self, index: usize) -> &Self {
        self.as_array().and_then(|items| items.get(index)).unwrap_or(&NULL)
    }
}

impl From<&Decimal> for Json {
    fn from(number: &Decimal) -> Self {
        Self::Number(number.into())
    }
}

impl From<Decimal> for Json {
    fn from(number: Decimal) -> Self {
        Self::from(&number)
    }
}

impl PartialEq<Value> for Json {
    /// Compares numbers by value.
    fn eq(&self, other: &Value) -> bool {
        match (self, other) {
            (Self::Null, Value::Null) => true,
            (Self::Bool(a), Value::Bool(b)) => a == b,
            (Self::Number(a), Value::Number(b)) => *a == JsonNumber::from(b),
            (Self::String(a), Value::String(b)) => a == b,
            (Self::Array(a), Value::Array(b)) => a == b,
            (Self::Object(a), Value::Object(b)) => {
                a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| a == b))
            }
            _ => false,
        }
    }
}

impl PartialEq<str> for Json {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for Json {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(*other)
    }
}

impl PartialEq<bool> for Json {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

impl PartialEq<i32> for Json {
    fn eq(&self, other: &i32) -> bool {
        self.as_i64() == Some((*other).into())
    }
}

impl PartialEq<i64> for Json {
    fn eq(&self, other: &i64) -> bool {
        self.as_i64() == Some(*other)
    }
}

impl PartialEq<Decimal> for Json {
    fn eq(&self, other: &Decimal) -> bool {
        self.as_decimal().as_ref() == Some(other)
    }
}
