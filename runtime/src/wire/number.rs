//! Numbers of a document. They are kept as text, so that only the type that reads one decides how exact it
//! is.

use std::borrow::Cow;

use super::{DecodeError, Node};
use crate::decimal::Notation;

/// A number of a document.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum NumberRef<'t> {
    /// An integer whose text is its digits.
    I64(i64),
    /// A float of a format that has no text.
    F64(f64),
    /// The text of a JSON number.
    Text(&'t str),
}

/// 2^53: every integer below it is represented exactly by a float.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl<'t> NumberRef<'t> {
    /// Returns the number as JSON text, unless it is not finite.
    pub(crate) fn text(self) -> Option<Cow<'t, str>> {
        match self {
            Self::I64(it) => Some(it.to_string().into()),
            Self::F64(it) => serde_json::Number::from_f64(it).map(|it| it.to_string().into()),
            Self::Text(text) => Some(text.into()),
        }
    }

    /// Returns the type of the number, for an error message.
    pub(super) fn kind(self) -> &'static str {
        match self {
            Self::I64(_) => "an integer",
            Self::Text(text) if is_integer_text(text) => "an integer",
            Self::F64(_) | Self::Text(_) => "a number",
        }
    }
}

/// Whether the text of a number has neither a fraction nor an exponent.
fn is_integer_text(text: &str) -> bool {
    !text.contains(['.', 'e', 'E'])
}

/// Reads an integer. `3.0` and `3e0` are accepted too: JSON has one type of number (RFC 8259 §6). An integer
/// that does not fit into an `i128` becomes the closest that does.
#[cold]
pub(super) fn read_integer(node: Node<'_>) -> Result<i128, DecodeError> {
    let not_an_integer = || node.expected("an integer");
    match node.number().ok_or_else(not_an_integer)? {
        NumberRef::I64(it) => Ok(it.into()),
        NumberRef::F64(it) if it.fract() == 0.0 && it.abs() < EXACT => {
            node.count_generic();
            Ok(it as i128)
        }
        // Several integers share such a float.
        NumberRef::F64(it) if it.fract() == 0.0 => {
            Err(DecodeError::invalid("is a float too large to be converted exactly to an integer"))
        }
        NumberRef::F64(_) => Err(not_an_integer()),
        NumberRef::Text(text) => {
            if !is_integer_text(text) {
                node.count_generic();
            }
            let value = Notation::parse(text).map(|notation| notation.value());
            value.ok().and_then(|value| value.to_integer()).ok_or_else(not_an_integer)
        }
    }
}

/// Reads a float. An integer that a float cannot represent exactly is an error: identifiers and amounts
/// would become others.
pub(super) fn read_float(node: Node<'_>) -> Result<f64, DecodeError> {
    let (float, is_exact) = match node.number().ok_or_else(|| node.expected("a number"))? {
        NumberRef::F64(it) => (it, true),
        NumberRef::I64(it) => {
            node.count_generic();
            (it as f64, (it as f64) as i128 == i128::from(it))
        }
        NumberRef::Text(text) => {
            if is_integer_text(text) {
                node.count_generic();
            }
            // The text is always a number.
            let float: f64 = text.parse().unwrap_or(f64::NAN);
            if !float.is_finite() {
                return Err(DecodeError::invalid("does not fit into a 64-bit float"));
            }
            (float, float.abs() < EXACT || is_exact(text, float))
        }
    };
    match is_exact {
        true => Ok(float),
        false => {
            Err(DecodeError::invalid("is an integer that a 64-bit float cannot represent exactly"))
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
