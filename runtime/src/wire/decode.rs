//! From a location in a document to a value: the trait, and the built-in types.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::Value;

use super::tape::Item;
use super::{DecodeError, Node};

/// What reading gives.
pub type Decoded<T> = Result<T, DecodeError>;

/// A type that can be read from a document.
pub trait Decode: Sized {
    /// The value that stands at `node`.
    ///
    /// # Errors
    /// If something else stands there; the error's path starts here.
    fn decode(node: Node<'_>) -> Result<Self, DecodeError>;
}

impl Decode for bool {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.item() {
            Item::Bool(it) => Ok(it),
            _ => Err(node.expected("a boolean")),
        }
    }
}

/// 2^53: up to here every integer has a float of its own.
const EXACT: f64 = 9_007_199_254_740_992.0;
const INEXACT: &str = "is a float too large to stand for one integer";

impl Decode for i64 {
    /// Takes `3.0` and `3e0`, too: JSON knows one kind of number (RFC 8259 §6). Beyond ±2^53 a float
    /// no longer says which integer was written, and is an error.
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.item() {
            Item::I64(it) => Ok(it),
            Item::F64(it) if it.fract() == 0.0 && it.abs() < EXACT => {
                node.loose();
                Ok(it as i64)
            }
            Item::U64(_) => Err(DecodeError::invalid("does not fit 64 bits with a sign")),
            Item::F64(it) if it.fract() == 0.0 => Err(DecodeError::invalid(INEXACT)),
            _ => Err(node.expected("an integer")),
        }
    }
}

impl Decode for i32 {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        i32::try_from(i64::decode(node)?)
            .map_err(|_| DecodeError::invalid("does not fit 32 bits with a sign"))
    }
}

impl Decode for u64 {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.item() {
            Item::U64(it) => Ok(it),
            Item::F64(it) if it.fract() == 0.0 && (0.0..EXACT).contains(&it) => {
                node.loose();
                Ok(it as u64)
            }
            _ => {
                u64::try_from(i64::decode(node)?).map_err(|_| DecodeError::invalid("is below zero"))
            }
        }
    }
}

impl Decode for f64 {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let it = match node.item() {
            Item::F64(it) => return Ok(it),
            Item::I64(it) => it as f64,
            Item::U64(it) => it as f64,
            _ => return Err(node.expected("a number")),
        };
        node.loose();
        Ok(it)
    }
}

impl Decode for String {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.as_str() {
            Some(text) => {
                node.loose();
                Ok(text.to_owned())
            }
            None => Err(node.expected("a string")),
        }
    }
}

impl Decode for Bytes {
    /// The text's bytes: `format: binary` means bytes as they are, and JSON knows only text.
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        String::decode(node).map(Self::from)
    }
}

impl Decode for Value {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        node.loose();
        Ok(node.to_value())
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        if node.is_null() { Ok(None) } else { T::decode(node).map(Some) }
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        T::decode(node).map(Box::new)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let items = node.list().ok_or_else(|| node.expected("a list"))?;
        let mut list = Vec::with_capacity(items.len());
        for (index, item) in items.enumerate() {
            list.push(T::decode(item).map_err(|error| error.in_item(index))?);
        }
        Ok(list)
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let entries = node.entries().ok_or_else(|| node.expected("an object"))?;
        let entry = |(key, value): (&str, Node<'_>)| {
            value.loose();
            let value = T::decode(value).map_err(|error| error.in_key(key))?;
            Ok((key.to_owned(), value))
        };
        entries.map(entry).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use super::*;
    use crate::from_slice;

    fn good<T: Decode + PartialEq + Debug>(json: &str, value: T) {
        assert_eq!(from_slice::<T>(json.as_bytes()), Ok(value), "{json}");
    }

    fn bad<T: Decode + Debug>(json: &str, message: &str) {
        let error = from_slice::<T>(json.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), message, "{json}");
    }

    #[test]
    fn integers_come_in_every_spelling() {
        good("3", 3_i64);
        good("3.0", 3_i64);
        good("3e2", 300_i64);
        good("-9223372036854775808", i64::MIN);
        good("18446744073709551615", u64::MAX);
        good("7", 7_i32);
        bad::<i64>("3.5", "expected an integer, found a number");
        bad::<i64>("\"3\"", "expected an integer, found a string");
        bad::<i64>("9223372036854775808", "the value does not fit 64 bits with a sign");
        for float in ["1e300", "123456789012345678.9", "9007199254740993.0"] {
            bad::<i64>(float, "the value is a float too large to stand for one integer");
        }
        good("9007199254740991.0", 9_007_199_254_740_991_i64);
        bad::<i32>("2147483648", "the value does not fit 32 bits with a sign");
        bad::<u64>("-1", "the value is below zero");
    }

    #[test]
    fn numbers_may_be_integers() {
        good("3600", 3600.0_f64);
        good("0.5", 0.5_f64);
        bad::<f64>("null", "expected a number, found null");
    }

    #[test]
    fn null_is_none_and_nothing_else() {
        good::<Option<bool>>("null", None);
        good("true", Some(true));
        bad::<bool>("null", "expected a boolean, found null");
        bad::<String>("1", "expected a string, found an integer");
    }

    #[test]
    fn a_list_and_a_map_tell_where() {
        good("[1,2]", vec![1_i64, 2]);
        bad::<Vec<Vec<i64>>>("[[1],[2,true]]", "`[1][1]`: expected an integer, found a boolean");
        bad::<BTreeMap<String, i64>>(
            "{\"a\":1,\"b\":{}}",
            "`b`: expected an integer, found an object",
        );
        bad::<Vec<i64>>("{}", "expected a list, found an object");
    }
}
