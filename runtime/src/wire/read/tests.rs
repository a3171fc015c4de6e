use serde::de::IntoDeserializer;
use serde::de::value::{self, MapDeserializer};
use serde_json::{Value, json};

use super::*;
use crate::Json;

fn read_value(text: &str) -> Value {
    from_slice::<Value>(text.as_bytes()).unwrap()
}

#[test]
fn a_document_round_trips() {
    let text = r#"{"a":[1,-2,3.5,18446744073709551615,"x\ny",null,true,{}],"b":{"c":[]}}"#;
    assert_eq!(read_value(text).to_string(), text);
}

#[test]
fn a_byte_order_mark_is_ignored() {
    assert_eq!(read_value("\u{feff}[1]"), json!([1]));
}

#[test]
fn trailing_data_and_truncation_are_errors() {
    assert!(from_slice::<Value>(b"{} {}").is_err());
    assert!(from_slice::<Value>(b"").is_err());
    assert!(from_slice::<Value>(b"{\"a\":").is_err());
}

#[test]
fn nesting_depth_is_limited_in_any_format() {
    let deep = "[".repeat(100_000);
    assert!(from_slice::<Value>(deep.as_bytes()).is_err());
    let value = (0..400).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
    assert!(deserialize::<Value, _>(value).is_err());
    // A format without text.
    let nested = (0..400).fold(Nested(None), |inner, _| Nested(Some(Box::new(inner))));
    let error = deserialize::<Value, _>(nested).unwrap_err();
    assert_eq!(error.to_string(), "the document is nested too deeply");
}

/// A list that contains a list, and so on.
struct Nested(Option<Box<Nested>>);

impl<'de> Deserializer<'de> for Nested {
    type Error = value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, value::Error> {
        visitor.visit_seq(value::SeqDeserializer::new(self.0.into_iter().map(|inner| *inner)))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de> for Nested {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

#[test]
fn decimal_digits_are_read_through_serde() {
    let text = r#"{"a":[12345678901234567.89,0.10],"b":1e-7}"#;
    let borrowed: Json = serde_json::from_str(text).unwrap();
    let owned: Json = serde_json::from_reader(text.as_bytes()).unwrap();
    assert_eq!(borrowed.to_string(), text);
    assert_eq!(owned.to_string(), text);
    let streamed = serde_json::Deserializer::from_str("0.10 1e2").into_iter::<Json>();
    assert_eq!(streamed.map(|it| it.unwrap().to_string()).collect::<Vec<_>>(), ["0.10", "1e2"]);
    let inside: std::collections::HashMap<String, Json> =
        serde_json::from_str(r#"{"x":1.50}"#).unwrap();
    assert_eq!(inside["x"].to_string(), "1.50");
}

#[test]
fn decimal_digits_survive_a_format_without_them() {
    for key in [NUMBER, RAW_VALUE] {
        let number = |text| MapDeserializer::<_, value::Error>::new([(key, text)].into_iter());
        for text in ["12", "-0", "1.50", "99999999999999999999", "1e999"] {
            let read: Json = deserialize(number(text)).unwrap();
            assert_eq!(read.to_string(), text);
        }
        assert!(deserialize::<f64, _>(number("1e999")).is_err());
    }
    let not_a_number = MapDeserializer::<_, value::Error>::new([(NUMBER, "x")].into_iter());
    let read: Json = deserialize(not_a_number).unwrap();
    assert_eq!(read[NUMBER], "x");
}

#[test]
fn a_document_cannot_pretend_to_be_a_number() {
    let text = format!("[{{\"{NUMBER}\":\"12\"}},{{\"{RAW_VALUE}\":\"12\"}}]");
    assert_eq!(from_slice::<Json>(text.as_bytes()).unwrap().to_string(), text);
    assert_eq!(serde_json::from_str::<Json>(&text).unwrap().to_string(), text);
}
