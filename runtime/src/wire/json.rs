//! Untyped JSON.

use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;

use serde_json::Value;

use super::{Decode, DecodeError, Encode, FieldVisitor, Node, View, from_slice};

/// Any JSON value: a field without a documented type, or a value that matches no variant of a union. It
/// derefs to [`Value`]. `Debug` shows the types of the values but not the values, since any of them may be
/// a secret.
///
/// ```
/// use docwright_runtime::Json;
///
/// let details = Json::from(serde_json::json!({"client_secret": "s3cret", "tries": [1, 2]}));
/// assert_eq!(details["tries"][1], 2);
/// assert_eq!(format!("{details:?}"), r#"{"client_secret": string, "tries": [number, number]}"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Json(pub Value);

impl Deref for Json {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.0
    }
}

impl DerefMut for Json {
    fn deref_mut(&mut self) -> &mut Value {
        &mut self.0
    }
}

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        Self(value.into())
    }
}

impl FromStr for Json {
    type Err = DecodeError;

    /// Parses a JSON document.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        from_slice(text.as_bytes())
    }
}

impl PartialEq<Value> for Json {
    fn eq(&self, other: &Value) -> bool {
        self.0 == *other
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shape(&self.0).fmt(f)
    }
}

/// Prints the structure of a value: field names and types, but no values.
struct Shape<'a>(&'a Value);

impl fmt::Debug for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Null => f.write_str("null"),
            Value::Bool(_) => f.write_str("boolean"),
            Value::Number(_) => f.write_str("number"),
            Value::String(_) => f.write_str("string"),
            Value::Array(items) => f.debug_list().entries(items.iter().map(Shape)).finish(),
            Value::Object(fields) => f
                .debug_map()
                .entries(fields.iter().map(|(name, value)| (name, Shape(value))))
                .finish(),
        }
    }
}

impl Encode for Json {
    fn view(&self) -> View<'_> {
        self.0.view()
    }

    fn fields(&self, fields: &mut FieldVisitor<'_>) {
        self.0.fields(fields);
    }

    fn items(&self, each: &mut dyn FnMut(&dyn Encode)) {
        self.0.items(each);
    }
}

impl Decode for Json {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        Value::decode(node).map(Self)
    }
}

impl serde::Serialize for Json {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(to)
    }
}

impl<'de> serde::Deserialize<'de> for Json {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Value::deserialize(from).map(Self)
    }
}
