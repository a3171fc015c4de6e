//! Reading values from a document: the trait [`Decode`], and the built-in types.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde_json::Value;

use super::file::File;
use super::patch::Patch;
use super::tape::Item;
use super::{DecodeError, Node};

/// The result of reading a value.
pub type Decoded<T> = Result<T, DecodeError>;

/// A type that can be read from a document.
pub trait Decode: Sized {
    /// Reads the value at `node`.
    ///
    /// # Errors
    /// If the value has another type. The path of the error starts at `node`.
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

/// 2^53: every integer below it is represented exactly by a float.
const EXACT: f64 = 9_007_199_254_740_992.0;
const INEXACT: &str = "is a float too large to be converted exactly to an integer";

impl Decode for i64 {
    /// Also accepts `3.0` and `3e0`: JSON has one type of number (RFC 8259 §6). Beyond ±2^53 several
    /// integers share a float, so a float is an error there.
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.item() {
            Item::I64(it) => Ok(it),
            Item::F64(it) if it.fract() == 0.0 && it.abs() < EXACT => {
                node.count_generic();
                Ok(it as i64)
            }
            Item::U64(_) => Err(DecodeError::invalid("does not fit into a signed 64-bit integer")),
            Item::F64(it) if it.fract() == 0.0 => Err(DecodeError::invalid(INEXACT)),
            _ => Err(node.expected("an integer")),
        }
    }
}

impl Decode for i32 {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        i32::try_from(i64::decode(node)?)
            .map_err(|_| DecodeError::invalid("does not fit into a signed 32-bit integer"))
    }
}

impl Decode for u64 {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.item() {
            Item::U64(it) => Ok(it),
            Item::F64(it) if it.fract() == 0.0 && (0.0..EXACT).contains(&it) => {
                node.count_generic();
                Ok(it as u64)
            }
            _ => u64::try_from(i64::decode(node)?).map_err(|_| DecodeError::invalid("is negative")),
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
        node.count_generic();
        Ok(it)
    }
}

impl Decode for String {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.as_str() {
            Some(string) => {
                node.count_generic();
                Ok(string.to_owned())
            }
            None => Err(node.expected("a string")),
        }
    }
}

impl Decode for Bytes {
    /// Reads the UTF-8 bytes of a string: `format: binary` means raw bytes, but JSON has only strings.
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        String::decode(node).map(Self::from)
    }
}

impl Decode for Value {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        node.count_generic();
        Ok(node.to_value())
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        if node.is_null() { Ok(None) } else { T::decode(node).map(Some) }
    }
}

impl<T: Decode> Decode for Patch<T> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        if node.is_null() { Ok(Self::Null) } else { T::decode(node).map(Self::Value) }
    }
}

impl Decode for File {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        Bytes::decode(node).map(Self::from)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        T::decode(node).map(Box::new)
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let items = node.items().ok_or_else(|| node.expected("an array"))?;
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
            value.count_generic();
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

    fn assert_decodes<T: Decode + PartialEq + Debug>(json: &str, value: T) {
        assert_eq!(from_slice::<T>(json.as_bytes()), Ok(value), "{json}");
    }

    fn assert_fails<T: Decode + Debug>(json: &str, message: &str) {
        let error = from_slice::<T>(json.as_bytes()).unwrap_err();
        assert_eq!(error.to_string(), message, "{json}");
    }

    #[test]
    fn integers_are_read_from_every_number_format() {
        assert_decodes("3", 3_i64);
        assert_decodes("3.0", 3_i64);
        assert_decodes("3e2", 300_i64);
        assert_decodes("-9223372036854775808", i64::MIN);
        assert_decodes("18446744073709551615", u64::MAX);
        assert_decodes("7", 7_i32);
        assert_fails::<i64>("3.5", "expected an integer, found a number");
        assert_fails::<i64>("\"3\"", "expected an integer, found a string");
        assert_fails::<i64>(
            "9223372036854775808",
            "the value does not fit into a signed 64-bit integer",
        );
        for float in ["1e300", "123456789012345678.9", "9007199254740993.0"] {
            assert_fails::<i64>(
                float,
                "the value is a float too large to be converted exactly to an integer",
            );
        }
        assert_decodes("9007199254740991.0", 9_007_199_254_740_991_i64);
        assert_fails::<i32>("2147483648", "the value does not fit into a signed 32-bit integer");
        assert_fails::<u64>("-1", "the value is negative");
    }

    #[test]
    fn floats_are_read_from_integers() {
        assert_decodes("3600", 3600.0_f64);
        assert_decodes("0.5", 0.5_f64);
        assert_fails::<f64>("null", "expected a number, found null");
    }

    #[test]
    fn only_an_option_is_read_from_null() {
        assert_decodes::<Option<bool>>("null", None);
        assert_decodes("true", Some(true));
        assert_fails::<bool>("null", "expected a boolean, found null");
        assert_fails::<String>("1", "expected a string, found an integer");
    }

    #[test]
    fn errors_in_arrays_and_maps_have_a_path() {
        assert_decodes("[1,2]", vec![1_i64, 2]);
        assert_fails::<Vec<Vec<i64>>>(
            "[[1],[2,true]]",
            "`[1][1]`: expected an integer, found a boolean",
        );
        assert_fails::<BTreeMap<String, i64>>(
            "{\"a\":1,\"b\":{}}",
            "`b`: expected an integer, found an object",
        );
        assert_fails::<Vec<i64>>("{}", "expected an array, found an object");
    }
}
