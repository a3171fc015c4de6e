//! Reading values from a document: the trait [`Decode`], and the built-in types.

use std::collections::{BTreeMap, TryReserveError};

use bytes::Bytes;
use serde_json::Value;

use super::file::File;
use super::number::NumberFault;
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
        node.as_bool().ok_or_else(|| node.expected("a boolean"))
    }
}

impl Decode for i64 {
    /// Also accepts `3.0` and `3e0`: JSON has one type of number (RFC 8259 §6).
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        match node.item() {
            Item::I64(it) => Ok(it),
            _ => Self::try_from(read_integer(node)?)
                .map_err(|_| DecodeError::invalid("does not fit into a signed 64-bit integer")),
        }
    }
}

impl Decode for i32 {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        Self::try_from(read_integer(node)?)
            .map_err(|_| DecodeError::invalid("does not fit into a signed 32-bit integer"))
    }
}

impl Decode for u64 {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let integer = read_integer(node)?;
        Self::try_from(integer).map_err(|_| match integer < 0 {
            true => DecodeError::invalid("is negative"),
            false => DecodeError::invalid("does not fit into an unsigned 64-bit integer"),
        })
    }
}

impl Decode for f64 {
    /// An integer that no `f64` represents exactly is an error.
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let number = node.number().ok_or_else(|| node.expected("a number"))?;
        if number.is_integer() {
            node.count_generic();
        }
        number.to_float().map_err(|fault| number_error(node, fault))
    }
}

#[cold]
fn read_integer(node: Node<'_>) -> Result<i128, DecodeError> {
    let number = node.number().ok_or_else(|| node.expected("an integer"))?;
    if !number.is_integer() {
        node.count_generic();
    }
    number.to_integer().map_err(|fault| number_error(node, fault))
}

#[cold]
fn number_error(node: Node<'_>, fault: NumberFault) -> DecodeError {
    match fault {
        NumberFault::NotAnInteger => node.expected("an integer"),
        NumberFault::Inexact(what) => DecodeError::invalid(what),
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
    /// Numbers are read as by `serde_json`, which keeps their digits only with its feature
    /// `arbitrary_precision`; [`Json`](crate::Json) always keeps them.
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        node.count_generic();
        read_value(node)
    }
}

fn read_value(node: Node<'_>) -> Result<Value, DecodeError> {
    if let Some(number) = node.number() {
        let number = number.text().map(|text| text.parse::<serde_json::Number>());
        return match number {
            Some(Ok(number)) => Ok(Value::Number(number)),
            Some(Err(_)) => Err(DecodeError::invalid("does not fit into a 64-bit float")),
            None => Ok(Value::Null),
        };
    }
    if let Some(text) = node.as_str() {
        return Ok(Value::from(text));
    }
    if let Some(items) = node.items() {
        return read_items(items, read_value).map(Value::Array);
    }
    if node.entries().is_some() {
        let mut object = serde_json::Map::new();
        read_entries(node, read_value, |key, value| object.insert(key, value))?;
        return Ok(Value::Object(object));
    }
    Ok(node.as_bool().map_or(Value::Null, Value::Bool))
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
        read_items(node.items().ok_or_else(|| node.expected("an array"))?, T::decode)
    }
}

/// The largest size of a list, in bytes, for which memory is reserved before its items are read: a short
/// item of the document may be a large one in memory.
const MAX_RESERVED: usize = 1 << 20;

/// Reads the items of an array. Memory that cannot be allocated is an error, since the document determines
/// how much is needed.
pub(crate) fn read_items<'t, T>(
    items: impl ExactSizeIterator<Item = Node<'t>>,
    read: impl Fn(Node<'t>) -> Decoded<T>,
) -> Decoded<Vec<T>> {
    let mut list = Vec::new();
    let reserved = items.len().min(MAX_RESERVED / size_of::<T>().max(1));
    list.try_reserve(reserved).map_err(out_of_memory)?;
    for (index, item) in items.enumerate() {
        push(&mut list, read(item).map_err(|error| error.in_item(index))?)?;
    }
    Ok(list)
}

/// Appends a value. Memory that cannot be allocated is an error.
pub(crate) fn push<T>(list: &mut Vec<T>, value: T) -> Decoded<()> {
    list.try_reserve(1).map_err(out_of_memory)?;
    list.push(value);
    Ok(())
}

fn out_of_memory(_: TryReserveError) -> DecodeError {
    DecodeError::invalid("is too large for the available memory")
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        let mut entries = Vec::new();
        for (key, value) in node.entries().ok_or_else(|| node.expected("an object"))? {
            value.count_generic();
            let value = T::decode(value).map_err(|error| error.in_key(key))?;
            push(&mut entries, (key.to_owned(), value))?;
        }
        map_of(entries)
    }
}

/// Creates a map of these entries. They are sorted first: inserting them one by one takes longer per entry
/// the more there are. A key that appears twice is an error.
pub(crate) fn map_of<T>(mut entries: Vec<(String, T)>) -> Decoded<BTreeMap<String, T>> {
    entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    for pair in entries.windows(2) {
        if let [(key, _), (next, _)] = pair
            && key == next
        {
            return Err(DecodeError::duplicate().in_key(key));
        }
    }
    Ok(entries.into_iter().collect())
}

/// Reads the fields of an object into a map. A key that appears twice is an error: parsers differ in which
/// value they use (RFC 8259 §4).
pub(crate) fn read_entries<'t, T>(
    node: Node<'t>,
    read: impl Fn(Node<'t>) -> Decoded<T>,
    mut insert: impl FnMut(String, T) -> Option<T>,
) -> Decoded<()> {
    for (key, value) in node.entries().ok_or_else(|| node.expected("an object"))? {
        let value = read(value).map_err(|error| error.in_key(key))?;
        if insert(key.to_owned(), value).is_some() {
            return Err(DecodeError::duplicate().in_key(key));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use serde::de::IntoDeserializer;

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
        assert_fails::<i64>("1e300", "the value does not fit into a signed 64-bit integer");
        assert_fails::<i64>("123456789012345678.9", "expected an integer, found a number");
        assert_decodes("9007199254740993.0", 9_007_199_254_740_993_i64);
        assert_decodes("9.223372036854775807e18", i64::MAX);
        assert_fails::<i32>("2147483648", "the value does not fit into a signed 32-bit integer");
        assert_fails::<u64>("-1", "the value is negative");
        assert_fails::<u64>("1e40", "the value does not fit into an unsigned 64-bit integer");
    }

    #[test]
    fn a_float_of_another_format_is_an_integer_up_to_2_to_the_53rd() {
        let read = |float: f64| -> Result<i64, serde::de::value::Error> {
            crate::wire::deserialize(float.into_deserializer())
        };
        assert_eq!(read(9_007_199_254_740_991.0), Ok(9_007_199_254_740_991));
        assert_eq!(
            read(9_007_199_254_740_992.0).unwrap_err().to_string(),
            "the value is a float too large to be converted exactly to an integer"
        );
    }

    #[test]
    fn floats_are_read_from_integers() {
        assert_decodes("3600", 3600.0_f64);
        assert_decodes("0.5", 0.5_f64);
        assert_fails::<f64>("null", "expected a number, found null");
    }

    #[test]
    fn decimal_integers_are_not_rounded_to_floats() {
        for exact in
            ["9007199254740992", "-9007199254740994", "18446744073709551616", "1e23", "0.1"]
        {
            assert!(from_slice::<f64>(exact.as_bytes()).is_ok(), "{exact}");
        }
        for inexact in [
            "9007199254740993",
            "-9007199254740993",
            "9007199254740993.0",
            "9223372036854775807",
            "18446744073709551615",
            "99999999999999999999",
        ] {
            assert_fails::<f64>(
                inexact,
                "the value is an integer that a 64-bit float cannot represent exactly",
            );
        }
        assert_fails::<f64>("1e999", "the value does not fit into a 64-bit float");
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
