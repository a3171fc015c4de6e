//! Numbers of a document. They are kept as text, so that only the type that reads one decides how exact it
//! is.

use std::borrow::Cow;

use super::decimal::notation::Notation;

/// A number of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NumberRef<'t> {
    /// An integer whose text is its digits.
    I64(i64),
    /// A float of a format that has no text.
    F64(f64),
    /// The text of a JSON number.
    Text(&'t str),
}

/// Why a number is not a value of a type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberFault {
    /// The number has a fraction.
    NotAnInteger,
    /// The number has another value than the result; the message completes "the value …".
    Inexact(&'static str),
}

/// 2^53: every integer below it is represented exactly by a float.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl<'t> NumberRef<'t> {
    /// Returns the number as JSON text, unless it is not finite.
    pub(super) fn text(self) -> Option<Cow<'t, str>> {
        match self {
            Self::I64(it) => Some(it.to_string().into()),
            Self::F64(it) => serde_json::Number::from_f64(it).map(|it| it.to_string().into()),
            Self::Text(text) => Some(text.into()),
        }
    }

    /// Whether the number is written without a fraction and an exponent.
    pub(super) fn is_integer(self) -> bool {
        match self {
            Self::I64(_) => true,
            Self::F64(_) => false,
            Self::Text(text) => !text.contains(['.', 'e', 'E']),
        }
    }

    /// Returns the value as an integer. `3.0` and `3e0` are integers, too: JSON has one type of number (RFC
    /// 8259 §6). An integer that does not fit into an `i128` becomes the closest that does.
    pub(super) fn to_integer(self) -> Result<i128, NumberFault> {
        match self {
            Self::I64(it) => Ok(it.into()),
            Self::F64(it) if it.fract() != 0.0 => Err(NumberFault::NotAnInteger),
            Self::F64(it) if it.abs() < EXACT => Ok(it as i128),
            // Several integers share such a float.
            Self::F64(_) => Err(NumberFault::Inexact(
                "is a float too large to be converted exactly to an integer",
            )),
            Self::Text(text) => {
                let value = Notation::parse(text).map(|notation| notation.value());
                let integer = value.ok().and_then(|value| value.to_integer());
                integer.ok_or(NumberFault::NotAnInteger)
            }
        }
    }

    /// Returns the value as a float. An integer that a float cannot represent exactly is a fault: amounts
    /// and identifiers would become others.
    pub(super) fn to_float(self) -> Result<f64, NumberFault> {
        let (float, is_exact) = match self {
            Self::F64(it) => (it, true),
            Self::I64(it) => (it as f64, (it as f64) as i128 == i128::from(it)),
            Self::Text(text) => {
                // The text is always a number.
                let float: f64 = text.parse().unwrap_or(f64::NAN);
                if !float.is_finite() {
                    return Err(NumberFault::Inexact("does not fit into a 64-bit float"));
                }
                (float, float.abs() < EXACT || is_exact(text, float))
            }
        };
        match is_exact {
            true => Ok(float),
            false => Err(NumberFault::Inexact(
                "is an integer that a 64-bit float cannot represent exactly",
            )),
        }
    }
}

/// Whether a float is equal to the number that it was parsed from, if that is an integer without an
/// exponent.
#[cold]
fn is_exact(text: &str, float: f64) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let is_integer = !text.contains(['e', 'E']) && fraction.bytes().all(|digit| digit == b'0');
    !is_integer || format!("{:.0}", float.abs()) == whole
}
