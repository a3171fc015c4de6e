//! Compares a value before and after a round trip.

use std::collections::BTreeSet;

use docwright::plan::RustType;
use serde_json::{Map, Number, Value};

use super::optional_fields::{OptionalFields, field_types, optional_owner};

/// The outcome of a value's round trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The value is the same; the order of fields is ignored.
    Same,
    /// The value is the same except for these fields, which were `null` and are missing afterwards.
    NullIsMissing(BTreeSet<String>),
    /// The value changed; the text says where and how.
    Differs(String),
    /// The value could not be deserialized or serialized; the text is the error.
    Rejected(String),
}

/// Compares a value before and after the round trip.
///
/// Numbers are equal if their values are, such as `3600` and `3600.0`; integers are compared to the
/// last digit. A field of the type `ty` that is an `Option` may be missing afterwards if it was `null`.
pub fn compare<'p>(
    before: &Value,
    after: &Value,
    ty: &'p RustType,
    optional: &OptionalFields<'p>,
) -> Outcome {
    let mut nulls = MissingNulls { optional, found: BTreeSet::new() };
    match difference(before, after, "", &[ty], &mut nulls) {
        Some(difference) => Outcome::Differs(difference),
        None if !nulls.found.is_empty() => Outcome::NullIsMissing(nulls.found),
        None => Outcome::Same,
    }
}

/// The fields that were `null` and are missing afterwards.
struct MissingNulls<'a, 'p> {
    /// The fields that may be missing.
    optional: &'a OptionalFields<'p>,
    /// The missing fields found so far: `Type.field`.
    found: BTreeSet<String>,
}

/// Returns the first difference of two values that have one of the types.
fn difference<'p>(
    before: &Value,
    after: &Value,
    path: &str,
    types: &[&'p RustType],
    nulls: &mut MissingNulls<'_, 'p>,
) -> Option<String> {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => object_difference(a, b, path, types, nulls),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let items = nulls.optional.items(types);
            let mut pairs = a.iter().zip(b);
            pairs.find_map(|(a, b)| difference(a, b, &format!("{path}[]"), &items, nulls))
        }
        (Value::Number(a), Value::Number(b)) if is_same_number(a, b) => None,
        (a, b) if a == b => None,
        (a, b) => Some(format!("{path}: {} became {}", shorten(a), shorten(b))),
    }
}

fn object_difference<'p>(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    path: &str,
    types: &[&'p RustType],
    nulls: &mut MissingNulls<'_, 'p>,
) -> Option<String> {
    let structs = nulls.optional.structs(types);
    let values = nulls.optional.items(types);
    for (name, a) in before {
        match after.get(name) {
            Some(b) => {
                let types = [field_types(&structs, name), values.clone()].concat();
                if let Some(found) = difference(a, b, &format!("{path}.{name}"), &types, nulls) {
                    return Some(found);
                }
            }
            None => match optional_owner(&structs, name).filter(|_| a.is_null()) {
                Some(owner) => drop(nulls.found.insert(format!("{owner}.{name}"))),
                None => return Some(format!("{path}.{name}: {} is missing", shorten(a))),
            },
        }
    }
    let added = after.iter().find(|(name, _)| !before.contains_key(*name));
    added.map(|(name, b)| format!("{path}.{name}: {} was added", shorten(b)))
}

/// Returns the beginning of a value's JSON.
fn shorten(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

fn is_same_number(a: &Number, b: &Number) -> bool {
    match (as_integer(a), as_integer(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => a.as_f64() == b.as_f64(),
        _ => false,
    }
}

/// Returns the exact value of a number without a fraction.
fn as_integer(number: &Number) -> Option<i128> {
    if let Some(integer) = number.as_i128() {
        return Some(integer);
    }
    let float = number.as_f64()?;
    let is_exact = float.fract() == 0.0 && float.abs() < 1e30;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the number is in range and has no fraction"
    )]
    is_exact.then_some(float as i128)
}

#[cfg(test)]
mod tests {
    use docwright::plan::{NameOverrides, plan};
    use docwright::{Input, Report, Sources, Vendor, load_api, lower};
    use serde_json::json;

    use super::*;

    /// Compares values of a type with the optional fields `a` and `b`, of which `a` has the same type.
    fn compare(before: &Value, after: &Value) -> Outcome {
        let text = "openapi: 3.0.3\ninfo: {title: Acme, version: '1'}\npaths: {/a: {get: {responses: \
            {'200': {description: OK, content: {application/json: {schema: {$ref: \
            '#/components/schemas/Pet'}}}}}}}}\ncomponents: {schemas: {Pet: {type: object, \
            required: [c], properties: {a: {$ref: '#/components/schemas/Pet'}, b: {type: \
            string}, c: {type: integer, nullable: true}}}}}";
        let inputs = vec![Input { file: "acme.yaml".to_owned(), bytes: text.into() }];
        let vendor = Vendor { inputs, ..Vendor::default() };
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let loaded = load_api(&vendor, &mut sources, &mut report).unwrap();
        let (openapi, manifest) = (loaded.openapi.root(), &vendor.manifest);
        let keys = lower::type_keys(&loaded.api, openapi);
        let overrides = NameOverrides { manifest, recorded: &vendor.recorded, keys: &keys };
        let plan = plan("acme", &overrides, &loaded.api, openapi, &mut report).unwrap();
        super::compare(before, after, &plan.components["Pet"], &OptionalFields::new(&plan))
    }

    #[test]
    fn order_and_number_format_are_ignored() {
        let same = |a: Value, b: Value| assert_eq!(compare(&a, &b), Outcome::Same, "{a} {b}");
        same(json!({"a": 1, "b": [2.0]}), json!({"b": [2], "a": 1.0}));
        same(json!(u64::MAX), json!(u64::MAX));
        same(json!(1e300), json!(1e300));
    }

    #[test]
    fn a_difference_in_any_digit_is_found() {
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
    fn a_missing_null_has_its_own_outcome() {
        let outcome = compare(&json!({"a": {"b": null}, "c": 1}), &json!({"a": {}, "c": 1}));
        assert_eq!(outcome, Outcome::NullIsMissing(BTreeSet::from(["Pet.b".to_owned()])));
        // In an undeclared object, no field is optional.
        let outcome = compare(&json!({"d": {"b": null}}), &json!({"d": {}}));
        assert_eq!(outcome, Outcome::Differs(".d.b: null is missing".to_owned()));
        let outcome = compare(&json!({"c": null}), &json!({}));
        assert_eq!(outcome, Outcome::Differs(".c: null is missing".to_owned()));
        let outcome = compare(&json!({"a": null, "b": 1}), &json!({}));
        assert_eq!(outcome, Outcome::Differs(".b: 1 is missing".to_owned()));
    }
}
