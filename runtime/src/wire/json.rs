//! Untyped JSON.

mod access;
pub(crate) mod number;

use std::fmt;
use std::str::FromStr;

use serde_json::Value;

use self::number::JsonNumber;
use super::decode::{read_entries, read_items};
use super::error::is_plain_key;
use super::map::Map;
use super::{Decode, DecodeError, Encode, FieldVisitor, Node, View, from_slice};

/// Any JSON value: a field without a documented type, or a value that matches no variant of a union.
/// Numbers keep their digits, however many there are, and are written as they were received; a
/// [`serde_json::Value`] would round most of them. `Debug` shows the types of the values but not the values,
/// since any of them may be a secret.
///
/// ```
/// use docwright_runtime::Json;
///
/// let details = Json::from(serde_json::json!({"client_secret": "s3cret", "tries": [1, 2]}));
/// assert_eq!(details["tries"][1], 2);
/// assert_eq!(format!("{details:?}"), r#"{"client_secret": string, "tries": [number, number]}"#);
///
/// let details: Json = r#"{"amount":12345678901234567.89}"#.parse()?;
/// assert_eq!(details.to_string(), r#"{"amount":12345678901234567.89}"#);
/// # Ok::<(), docwright_runtime::DecodeError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the variants are named as in JSON")]
pub enum Json {
    #[default]
    Null,
    Bool(bool),
    Number(JsonNumber),
    String(String),
    Array(Vec<Json>),
    Object(Map<Json>),
}

impl<T: Into<Value>> From<T> for Json {
    fn from(value: T) -> Self {
        match value.into() {
            Value::Null => Self::Null,
            Value::Bool(it) => Self::Bool(it),
            Value::Number(it) => Self::Number((&it).into()),
            Value::String(it) => Self::String(it),
            Value::Array(items) => Self::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(fields) => {
                Self::Object(fields.into_iter().map(|(key, it)| (key, it.into())).collect())
            }
        }
    }
}

impl FromStr for Json {
    type Err = DecodeError;

    /// Parses a JSON document.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        from_slice(text.as_bytes())
    }
}

impl fmt::Display for Json {
    /// Writes the value as JSON, including secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Json {
    /// Shows the structure of the value: field names and types, but no values. A field name that does not
    /// look like one is shown as `*`: it may be an e-mail address or an account number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(_) => f.write_str("boolean"),
            Self::Number(_) => f.write_str("number"),
            Self::String(_) => f.write_str("string"),
            Self::Array(items) => f.debug_list().entries(items).finish(),
            Self::Object(fields) => {
                let shown =
                    |key: &String| if is_plain_key(key) { key.clone() } else { "*".to_owned() };
                f.debug_map()
                    .entries(fields.iter().map(|(key, value)| (shown(key), value)))
                    .finish()
            }
        }
    }
}

impl Encode for Json {
    fn view(&self) -> View<'_> {
        match self {
            Self::Null => View::Null,
            Self::Bool(it) => View::Bool(*it),
            Self::Number(it) => it.view(),
            Self::String(it) => View::String(it),
            Self::Array(_) => View::Array(self),
            Self::Object(_) => View::Object(self),
        }
    }

    fn fields(&self, fields: &mut FieldVisitor<'_>) {
        if let Self::Object(entries) = self {
            fields.rest(entries);
        }
    }

    fn items(&self, each: &mut dyn FnMut(&dyn Encode)) {
        if let Self::Array(items) = self {
            items.items(each);
        }
    }
}

impl Decode for Json {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        node.count_generic();
        read_json_value(node)
    }
}

fn read_json_value(node: Node<'_>) -> Result<Json, DecodeError> {
    if let Some(number) = node.number() {
        let number = JsonNumber::from_document(number);
        return number.map(Json::Number).ok_or_else(|| DecodeError::invalid("is not finite"));
    }
    if let Some(text) = node.as_str() {
        return Ok(Json::String(text.to_owned()));
    }
    if let Some(items) = node.items() {
        return read_items(items, read_json_value).map(Json::Array);
    }
    if node.entries().is_some() {
        let mut object = Map::new();
        read_entries(node, read_json_value, |key, value| object.insert(key, value))?;
        return Ok(Json::Object(object));
    }
    Ok(node.as_bool().map_or(Json::Null, Json::Bool))
}

crate::impl_serde!(Json);

#[cfg(test)]
mod tests;
