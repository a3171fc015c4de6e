//! Whether a value came back as it was.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value};

/// What became of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It came back as it was; the order of members does not count.
    Same,
    /// But for members that were `null` and are missing now.
    NullIsMissing,
    /// Something is different: where, and what.
    Differs(String),
    /// It could not be read or written: why.
    Refused(String),
}

/// Compares what was sent with what came back. Numbers are equal if their values are: `3600` and
/// `3600.0`, to the last digit of an integer. The members `plain` may be missing where they were `null`.
pub fn compare(before: &Value, after: &Value, plain: &BTreeSet<&str>) -> Outcome {
    let mut nulls = Nulls { plain, met: 0 };
    match difference(before, after, "", &mut nulls) {
        Some(what) => Outcome::Differs(what),
        None if nulls.met > 0 => Outcome::NullIsMissing,
        None => Outcome::Same,
    }
}

/// Members that were `null` and are missing.
struct Nulls<'a> {
    /// Those that may.
    plain: &'a BTreeSet<&'a str>,
    /// How many were met.
    met: usize,
}

fn difference(before: &Value, after: &Value, path: &str, nulls: &mut Nulls<'_>) -> Option<String> {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => members(a, b, path, nulls),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b);
            pairs.find_map(|(a, b)| difference(a, b, &format!("{path}[]"), nulls))
        }
        (Value::Number(a), Value::Number(b)) if is_same(a, b) => None,
        (a, b) if a == b => None,
        (a, b) => Some(format!("{path}: {} became {}", shown(a), shown(b))),
    }
}

fn members(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    path: &str,
    nulls: &mut Nulls<'_>,
) -> Option<String> {
    for (name, a) in before {
        match after.get(name) {
            Some(b) => {
                if let Some(what) = difference(a, b, &format!("{path}.{name}"), nulls) {
                    return Some(what);
                }
            }
            None if a.is_null() && nulls.plain.contains(name.as_str()) => nulls.met += 1,
            None => return Some(format!("{path}.{name}: {} is gone", shown(a))),
        }
    }
    let new = after.iter().find(|(name, _)| !before.contains_key(*name));
    new.map(|(name, b)| format!("{path}.{name}: {} is new", shown(b)))
}

/// A value in few words.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn is_same(a: &Number, b: &Number) -> bool {
    match (integer(a), integer(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.as_f64() == b.as_f64(),
        _ => false,
    }
}

/// The number as an integer, if it is one, exactly.
fn integer(number: &Number) -> Option<i128> {
    if let Some(it) = number.as_i128() {
        return Some(it);
    }
    let it = number.as_f64()?;
    let exact = it.fract() == 0.0 && it.abs() < 1e30;
    #[allow(clippy::cast_possible_truncation, reason = "it is in range, and whole")]
    exact.then_some(it as i128)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn compare(before: &Value, after: &Value) -> Outcome {
        super::compare(before, after, &BTreeSet::from(["a", "b"]))
    }

    #[test]
    fn order_and_spelling_do_not_count() {
        let same = |a: Value, b: Value| assert_eq!(compare(&a, &b), Outcome::Same, "{a} {b}");
        same(json!({"a": 1, "b": [2.0]}), json!({"b": [2], "a": 1.0}));
        same(json!(u64::MAX), json!(u64::MAX));
        same(json!(1e300), json!(1e300));
    }

    #[test]
    fn every_digit_counts() {
        let differs = |a: Value, b: Value| {
            assert!(matches!(compare(&a, &b), Outcome::Differs(_)), "{a} {b}");
        };
        differs(json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992_i64));
        differs(json!(9_007_199_254_740_993_i64), json!(9_007_199_254_740_992.0));
        differs(json!({"a": [1]}), json!({"a": []}));
        differs(json!({"a": 1}), json!({}));
        differs(json!({}), json!({"a": null}));
        differs(json!("1"), json!(1));
    }

    #[test]
    fn null_that_is_missing_is_told_apart() {
        let outcome = compare(&json!({"a": {"b": null}, "c": 1}), &json!({"a": {}, "c": 1}));
        assert_eq!(outcome, Outcome::NullIsMissing);
        let outcome = compare(&json!({"c": null}), &json!({}));
        assert_eq!(outcome, Outcome::Differs(".c: null is gone".to_owned()));
        let outcome = compare(&json!({"a": null, "b": 1}), &json!({}));
        assert_eq!(outcome, Outcome::Differs(".b: 1 is gone".to_owned()));
    }
}
