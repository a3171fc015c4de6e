//! Exact decimal numbers.

#[cfg(feature = "bigdecimal")]
mod bigdecimal;
mod integers;
pub(crate) mod notation;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::str::FromStr;

use self::notation::{DecimalError, DecimalValue, Notation};
use super::{Decode, DecodeError, Encode, Node, View};

/// An exact decimal number, such as an amount of money. It keeps the digits that were received, including
/// trailing zeros, and writes them in plain notation: `1e-7` becomes `0.0000001`. It has at most 1000
/// digits; a received number with more, such as `1e-2000`, is written as it was received.
///
/// Values are compared, ordered and hashed by value: `1.0` equals `1.00`. There is no conversion from
/// `f64`, which would not be exact; for arithmetic, convert to `rust_decimal` or `bigdecimal` with the
/// feature of that name.
///
/// In JSON it is a number; [`DecimalString`] is a decimal number in a string. Either type reads both, and
/// writes its own.
///
/// ```
/// use docwright_runtime::Decimal;
///
/// let amount: Decimal = docwright_runtime::from_slice(b"12345678901234567.890")?;
/// assert_eq!(docwright_runtime::to_json(&amount)?, b"12345678901234567.890");
/// assert_eq!(amount, "12345678901234567.89".parse::<Decimal>()?);
/// assert_eq!("1e-7".parse::<Decimal>()?.to_string(), "0.0000001");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// Returns the number in plain notation, or as it was received if it has more than 1000 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the value of the number.
    fn value(&self) -> DecimalValue<'_> {
        self.notation().value()
    }

    /// Returns the number times 10 to the power of `places`, without its fraction, if that fits into an
    /// `i128`.
    pub(super) fn shifted(&self, places: u8) -> Option<i128> {
        self.value().shifted(places)
    }

    /// Returns the parts of the number.
    fn notation(&self) -> Notation<'_> {
        // The text is always a number.
        Notation::parse_closest(&self.0).unwrap_or_default()
    }
}

impl FromStr for Decimal {
    type Err = DecimalError;

    /// Parses a number in plain or exponent notation. A leading `+` and leading zeros are dropped.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        Ok(Self(Notation::parse(text)?.to_plain()?.into()))
    }
}

impl Default for Decimal {
    /// Returns 0.
    fn default() -> Self {
        Self("0".into())
    }
}

impl fmt::Display for Decimal {
    /// Writes the number in plain notation.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.value() == other.value()
    }
}

impl Eq for Decimal {}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.value().cmp(&other.value())
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value().hash(state);
    }
}

impl Decode for Decimal {
    /// Reads a number, or a string that contains one: vendors send amounts as strings that they declare as
    /// numbers, and nothing is lost. In a union, a variant for strings matches a string better.
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        if node.as_str().is_some() {
            node.count_unmatched(1);
        }
        read_decimal(node, "a number")
    }
}

impl Encode for Decimal {
    fn view(&self) -> View<'_> {
        View::Number(self.as_str().into())
    }
}

crate::impl_serde!(Decimal);

/// A [`Decimal`] that is a string in JSON, such as `"12.50"`. It derefs to the number.
///
/// ```
/// use docwright_runtime::{Decimal, DecimalString};
///
/// let amount: DecimalString = docwright_runtime::from_slice(br#""12.50""#)?;
/// assert_eq!(*amount, "12.5".parse::<Decimal>()?);
/// assert_eq!(docwright_runtime::to_json(&amount)?, br#""12.50""#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DecimalString(pub Decimal);

impl Deref for DecimalString {
    type Target = Decimal;

    fn deref(&self) -> &Decimal {
        &self.0
    }
}

impl From<Decimal> for DecimalString {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl From<DecimalString> for Decimal {
    fn from(number: DecimalString) -> Self {
        number.0
    }
}

impl FromStr for DecimalString {
    type Err = DecimalError;

    /// Parses a number like [`Decimal`].
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        text.parse().map(Self)
    }
}

impl fmt::Display for DecimalString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for DecimalString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Decode for DecimalString {
    /// Reads a string that contains a number, or a number. In a union, a variant for numbers matches a
    /// number better.
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        if node.as_str().is_none() {
            node.count_unmatched(1);
        }
        read_decimal(node, "a decimal number in a string").map(Self)
    }
}

impl Encode for DecimalString {
    fn view(&self) -> View<'_> {
        View::String(self.as_str())
    }
}

crate::impl_serde!(DecimalString);

/// Reads a decimal number from a number or a string.
fn read_decimal(node: Node<'_>, what: &'static str) -> Result<Decimal, DecodeError> {
    let text = node.string_or_number().ok_or_else(|| node.expected(what))?;
    text.parse().or_else(|error| match error {
        DecimalError::Syntax => Err(DecodeError::invalid("is not a decimal number")),
        // Amounts are declared as numbers, and a float reads these, too.
        DecimalError::TooLong if node.number().is_some() => Ok(Decimal(text.into())),
        DecimalError::TooLong => Err(DecodeError::invalid("has more than 1000 digits")),
    })
}

#[cfg(test)]
mod tests;
