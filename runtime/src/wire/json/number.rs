//! Numbers of untyped JSON.

use std::fmt;

use super::super::View;
use super::super::decimal::Decimal;
use super::super::decimal::notation::{DecimalError, Notation};
use super::super::number::NumberRef;

/// A number of untyped JSON. It keeps its text, and writes it unchanged. Numbers are compared by value.
#[derive(Clone)]
pub struct JsonNumber(Digits);

#[derive(Clone)]
enum Digits {
    /// An integer whose text is its digits.
    I64(i64),
    Text(Box<str>),
}

impl JsonNumber {
    /// Returns a number of a document, unless it is not finite.
    pub(super) fn from_document(number: NumberRef<'_>) -> Option<Self> {
        Some(Self(match number {
            NumberRef::I64(it) => Digits::I64(it),
            other => Digits::Text(other.text()?.into()),
        }))
    }

    /// Returns the number, if it is an integer that fits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        i64::try_from(self.as_integer()?).ok()
    }

    /// Returns the number, if it is an integer that fits.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        u64::try_from(self.as_integer()?).ok()
    }

    /// Returns the number as the nearest float.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        match &self.0 {
            Digits::I64(it) => *it as f64,
            // The text is always a number.
            Digits::Text(text) => text.parse().unwrap_or(f64::NAN),
        }
    }

    fn as_integer(&self) -> Option<i128> {
        match &self.0 {
            Digits::I64(it) => Some((*it).into()),
            Digits::Text(text) => Notation::parse(text).ok()?.value().to_integer(),
        }
    }

    pub(super) fn view(&self) -> View<'_> {
        match &self.0 {
            Digits::I64(it) => View::I64(*it),
            Digits::Text(text) => View::Number((&**text).into()),
        }
    }
}

impl fmt::Display for JsonNumber {
    /// Writes the text of the number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Digits::I64(it) => it.fmt(f),
            Digits::Text(text) => f.pad(text),
        }
    }
}

impl fmt::Debug for JsonNumber {
    /// Does not show the number, which may be a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("number")
    }
}

impl PartialEq for JsonNumber {
    fn eq(&self, other: &Self) -> bool {
        if let (Digits::I64(a), Digits::I64(b)) = (&self.0, &other.0) {
            return a == b;
        }
        let (a, b) = (self.to_string(), other.to_string());
        match (Notation::parse(&a), Notation::parse(&b)) {
            (Ok(a), Ok(b)) => a.value() == b.value(),
            // The exponent is beyond any number that could be computed.
            _ => a == b,
        }
    }
}

impl Eq for JsonNumber {}

impl From<&serde_json::Number> for JsonNumber {
    fn from(number: &serde_json::Number) -> Self {
        // `-0` may be kept, too.
        match number.as_i64().filter(|it| *it != 0) {
            Some(it) => Self(Digits::I64(it)),
            None => Self(Digits::Text(number.to_string().into())),
        }
    }
}

impl From<i64> for JsonNumber {
    fn from(number: i64) -> Self {
        Self(Digits::I64(number))
    }
}

impl From<&Decimal> for JsonNumber {
    fn from(number: &Decimal) -> Self {
        Self(Digits::Text(number.as_str().into()))
    }
}

impl TryFrom<&JsonNumber> for Decimal {
    type Error = DecimalError;

    /// Converts the number, if it has at most 1000 digits in plain notation.
    fn try_from(number: &JsonNumber) -> Result<Self, DecimalError> {
        number.to_string().parse()
    }
}
