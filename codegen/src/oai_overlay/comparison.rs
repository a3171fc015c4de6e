//! Compares values as JSONPath does (RFC 9535 §2.3.5.2.2).

use std::cmp::Ordering;

use super::budget::Budget;
use crate::source::{Kind, Node, Number};

/// Returns whether two values are equal. The order of keys does not matter.
pub(super) fn is_equal(a: &Node, b: &Node, budget: &mut Budget) -> Result<bool, String> {
    budget.step(1)?;
    match (&a.kind, &b.kind) {
        (Kind::Array(a), Kind::Array(b)) => {
            let is_equal = |(a, b)| is_equal(a, b, budget);
            if a.len() != b.len() {
                return Ok(false);
            }
            holds_for_all(a.iter().zip(b), is_equal)
        }
        (Kind::Object(a), Kind::Object(b)) => {
            if a.len() != b.len() {
                return Ok(false);
            }
            holds_for_all(a, |(key, a)| b.get(key).map_or(Ok(false), |b| is_equal(a, b, budget)))
        }
        (Kind::String(a), Kind::String(b)) => {
            budget.step(a.len().min(b.len()) / 64)?;
            Ok(a == b)
        }
        (Kind::Number(a), Kind::Number(b)) => Ok(compare_numbers(*a, *b) == Some(Ordering::Equal)),
        (a, b) => Ok(a == b),
    }
}

/// Returns whether `a` is less than `b`, which only numbers and strings are.
pub(super) fn is_less(a: &Node, b: &Node) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Number(a), Kind::Number(b)) => compare_numbers(*a, *b) == Some(Ordering::Less),
        (Kind::String(a), Kind::String(b)) => a < b,
        _ => false,
    }
}

fn compare_numbers(a: Number, b: Number) -> Option<Ordering> {
    #[allow(clippy::cast_precision_loss, reason = "as JSONPath compares an integer with a float")]
    let float = |number| match number {
        Number::Int(int) => int as f64,
        Number::Float(float) => float,
    };
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => Some(a.cmp(&b)),
        (a, b) => float(a).partial_cmp(&float(b)),
    }
}

/// Returns whether `holds` for all items.
fn holds_for_all<T>(
    items: impl IntoIterator<Item = T>,
    mut holds: impl FnMut(T) -> Result<bool, String>,
) -> Result<bool, String> {
    for item in items {
        if !holds(item)? {
            return Ok(false);
        }
    }
    Ok(true)
}
