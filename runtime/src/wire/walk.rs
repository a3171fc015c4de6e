//! The one writer of views through serde, and JSON by way of it.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{Encode, EncodeError, Members, View};

/// A value that serde can write: it is walked by its [`View`].
pub struct Written<'a>(pub &'a dyn Encode);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, to)
    }
}

/// The value as JSON.
///
/// # Errors
/// If it holds a number that is not finite.
pub fn to_json(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    serde_json::to_vec(&Written(value)).map_err(|error| EncodeError(error.to_string()))
}

/// The value as plain text, `None` for `null`: what a parameter or a form's pair holds. A list or an
/// object is written as JSON.
///
/// # Errors
/// If it holds a number that is not finite, or bytes that are no text.
pub fn scalar_text(value: &dyn Encode) -> Result<Option<String>, EncodeError> {
    let text = match value.view() {
        View::Null => return Ok(None),
        View::Bool(it) => it.to_string(),
        View::I64(it) => it.to_string(),
        View::U64(it) => it.to_string(),
        View::Text(it) => it.to_owned(),
        View::Bytes(it) => plain(Some(it)).map_err(|why| EncodeError(why.to_owned()))?.to_owned(),
        View::File(it) => plain(it.bytes()).map_err(|why| EncodeError(why.to_owned()))?.to_owned(),
        View::F64(_) | View::List(_) | View::Record(_) => serde_json::to_string(&Written(value))
            .map_err(|error| EncodeError(error.to_string()))?,
    };
    Ok(Some(text))
}

/// Bytes where only text can stand.
fn plain(bytes: Option<&[u8]>) -> Result<&str, &'static str> {
    let bytes = bytes.ok_or("a file that is read while it is sent")?;
    std::str::from_utf8(bytes).map_err(|_| "bytes that are no text")
}

/// What `serde::Serialize` of a generated type does.
///
/// # Errors
/// As the format reports them; a number that is not finite has no JSON (RFC 8259 §6) and is one.
pub fn serialize<S: Serializer>(value: &dyn Encode, to: S) -> Result<S::Ok, S::Error> {
    match value.view() {
        View::Null => to.serialize_unit(),
        View::Bool(it) => to.serialize_bool(it),
        View::I64(it) => to.serialize_i64(it),
        View::U64(it) => to.serialize_u64(it),
        View::F64(it) if it.is_finite() => to.serialize_f64(it),
        View::F64(_) => Err(S::Error::custom("a number is not finite")),
        View::Text(it) => to.serialize_str(it),
        View::Bytes(it) => to.serialize_str(plain(Some(it)).map_err(S::Error::custom)?),
        View::File(it) => to.serialize_str(plain(it.bytes()).map_err(S::Error::custom)?),
        View::List(list) => {
            let mut seq = to.serialize_seq(None)?;
            let mut done = Ok(());
            list.items(&mut |item| {
                if done.is_ok() {
                    done = seq.serialize_element(&Written(item));
                }
            });
            done.and_then(|()| seq.end())
        }
        View::Record(record) => {
            let mut map = to.serialize_map(None)?;
            let mut done = Ok(());
            record.members(&mut Members::new(&mut |name, member| {
                if done.is_ok() {
                    done = map.serialize_entry(name, &Written(member));
                }
            }));
            done.and_then(|()| map.end())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(value: &dyn Encode) -> String {
        String::from_utf8(to_json(value).unwrap()).unwrap()
    }

    #[test]
    fn whole_floats_are_written_without_a_fraction() {
        assert_eq!(text(&3600.0_f64), "3600");
        assert_eq!(text(&-1.5_f64), "-1.5");
        assert_eq!(text(&9_007_199_254_740_992.0_f64), "9007199254740992");
        assert_eq!(text(&1e300_f64), "1e+300");
        assert_eq!(text(&-0.0_f64), "-0.0");
    }

    #[test]
    fn a_value_is_written_as_it_is() {
        let value = json!({"a": [1, 2.0, u64::MAX, null], "b": {"c": "\u{1}"}});
        assert_eq!(text(&value), value.to_string());
    }

    #[test]
    fn what_json_has_no_word_for_is_an_error() {
        let error = to_json(&vec![1.0, f64::NAN]).unwrap_err();
        assert_eq!(error.to_string(), "the value cannot be written: a number is not finite");
    }
}
