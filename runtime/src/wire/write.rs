//! Writing values through serde, and as JSON.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::value::RawValue;

use super::{Encode, EncodeError, FieldVisitor, View};

/// Adapts a value to serde's `Serialize`, by walking its [`View`].
pub struct AsSerialize<'a>(pub &'a dyn Encode);

impl Serialize for AsSerialize<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, to)
    }
}

/// Writes a value as JSON.
///
/// # Errors
/// If the value contains a number that is not finite, or bytes that are not UTF-8.
pub fn to_json(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&AsSerialize(value)).map_err(|error| EncodeError(error.to_string()))
}

/// Returns the value as plain text for a parameter or a form field, and `None` for `null`. Arrays and
/// objects are written as JSON.
///
/// # Errors
/// If the value contains a number that is not finite, or bytes that are not UTF-8.
pub fn scalar_text(value: &dyn Encode) -> Result<Option<String>, EncodeError> {
    let text = match value.view() {
        View::Null => return Ok(None),
        View::Bool(it) => it.to_string(),
        View::I64(it) => it.to_string(),
        View::U64(it) => it.to_string(),
        // Without an exponent, which many servers refuse in a query or a form.
        View::F64(it) if it.is_finite() => it.to_string(),
        View::Number(text) => text.into_owned(),
        View::String(it) | View::Secret(it) => it.to_owned(),
        View::Bytes(it) => {
            utf8_text(Some(it)).map_err(|message| EncodeError(message.to_owned()))?.to_owned()
        }
        View::File(it) => {
            utf8_text(it.bytes()).map_err(|message| EncodeError(message.to_owned()))?.to_owned()
        }
        View::F64(_) | View::Array(_) | View::Object(_) => {
            serde_json::to_string(&AsSerialize(value))
                .map_err(|error| EncodeError(error.to_string()))?
        }
    };
    Ok(Some(text))
}

/// Returns bytes as a string, for a target that cannot hold bytes. `None` stands for a file or stream
/// that is not in memory.
fn utf8_text(bytes: Option<&[u8]>) -> Result<&str, &'static str> {
    let bytes = bytes
        .ok_or("a file or stream cannot be part of JSON, a form or a parameter: pass its bytes")?;
    std::str::from_utf8(bytes).map_err(|_| "the bytes are not UTF-8")
}

/// Implements `serde::Serialize` for a generated type.
///
/// # Errors
/// Returns the serializer's error, or an error for a number that is NaN or infinite (RFC 8259 §6) and
/// for bytes that are not UTF-8.
pub fn serialize<S: Serializer>(value: &dyn Encode, to: S) -> Result<S::Ok, S::Error> {
    match value.view() {
        View::Null => to.serialize_unit(),
        View::Bool(it) => to.serialize_bool(it),
        View::I64(it) => to.serialize_i64(it),
        View::U64(it) => to.serialize_u64(it),
        View::F64(it) if it.is_finite() => to.serialize_f64(it),
        View::Number(text) => serialize_number(&text, to),
        View::F64(_) => Err(S::Error::custom("NaN and infinity cannot be represented in JSON")),
        View::String(it) | View::Secret(it) => to.serialize_str(it),
        View::Bytes(it) => to.serialize_str(utf8_text(Some(it)).map_err(S::Error::custom)?),
        View::File(it) => to.serialize_str(utf8_text(it.bytes()).map_err(S::Error::custom)?),
        View::Array(array) => {
            let mut seq = to.serialize_seq(None)?;
            let mut done = Ok(());
            array.items(&mut |item| {
                if done.is_ok() {
                    done = seq.serialize_element(&AsSerialize(item));
                }
            });
            done.and_then(|()| seq.end())
        }
        View::Object(object) => {
            let mut map = to.serialize_map(None)?;
            let mut done = Ok(());
            object.fields(&mut FieldVisitor::new(&mut |name, value| {
                if done.is_ok() {
                    done = map.serialize_entry(name, &AsSerialize(value));
                }
            }));
            done.and_then(|()| map.end())
        }
    }
}

/// Writes the text of a number. In JSON, it is written unchanged; any other format gets an integer or a
/// float if that has the same text, and otherwise a `RawValue`, which the reader understands.
fn serialize_number<S: Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
    if let Some(it) = text.parse::<i64>().ok().filter(|it| it.to_string() == text) {
        return to.serialize_i64(it);
    }
    if let Some(it) = text.parse::<u64>().ok().filter(|it| it.to_string() == text) {
        return to.serialize_u64(it);
    }
    let float = text.parse().ok().and_then(serde_json::Number::from_f64);
    if let Some(it) = float.filter(|it| it.to_string() == text).and_then(|it| it.as_f64()) {
        return to.serialize_f64(it);
    }
    RawValue::from_string(text.to_owned()).map_err(S::Error::custom)?.serialize(to)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn json_text(value: &dyn Encode) -> String {
        String::from_utf8(to_json(value).unwrap()).unwrap()
    }

    #[test]
    fn whole_floats_are_written_without_a_fraction() {
        assert_eq!(json_text(&3600.0_f64), "3600");
        assert_eq!(json_text(&-1.5_f64), "-1.5");
        assert_eq!(json_text(&9_007_199_254_740_992.0_f64), "9007199254740992");
        assert_eq!(json_text(&1e300_f64), "1e+300");
        assert_eq!(json_text(&-0.0_f64), "-0.0");
    }

    #[test]
    fn untyped_json_is_written_unchanged() {
        let value = json!({"a": [1, 2.0, u64::MAX, null], "b": {"c": "\u{1}"}});
        assert_eq!(json_text(&value), value.to_string());
    }

    /// With the feature `arbitrary_precision` of `serde_json` in the build, a `Value` keeps all digits.
    #[test]
    fn decimal_digits_of_a_value_are_written_as_by_serde_json() {
        for text in ["12345678901234567.89", "0.10", "99999999999999999999", "1e-7", "-0"] {
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(json_text(&value), value.to_string());
            assert_eq!(scalar_text(&value).unwrap(), Some(value.to_string()));
        }
    }

    #[test]
    fn a_number_that_is_not_finite_is_an_error() {
        let error = to_json(&vec![1.0, f64::NAN]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the value cannot be written: NaN and infinity cannot be represented in JSON"
        );
    }
}
