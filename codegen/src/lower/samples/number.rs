//! Samples of numbers.

use serde_json::{Number as Json, Value};

use super::view::View;
use crate::source::{Kind, Node, Number};

/// Returns an integer within its limits: the first one from 1 on, or from the lower limit.
pub fn integer_sample(view: &View<'_>, number: usize) -> Option<Value> {
    let to_integer = |node: &Node| match node.kind {
        Kind::Number(Number::Int(n)) => i64::try_from(n).ok(),
        #[allow(clippy::cast_possible_truncation, reason = "saturates, and the value is checked")]
        Kind::Number(Number::Float(n)) => Some(n.ceil() as i64),
        _ => None,
    };
    let low = view.all("minimum").filter_map(to_integer).max();
    let high = view.all("maximum").filter_map(to_integer).min();
    let step = view.get("multipleOf").and_then(to_integer).unwrap_or(1).max(1);
    let mut value = match (low, high) {
        (Some(low), _) if low > 1 => low,
        (_, Some(high)) if high < 1 => low.unwrap_or(high),
        _ => 1,
    };
    value = value.checked_add(i64::try_from(number).ok()?)?;
    let remainder = value.rem_euclid(step);
    if remainder != 0 {
        value = value.checked_add(step - remainder)?;
    }
    let is_valid = |value: i64| allows(view, &Value::from(value));
    [value, value.checked_add(step)?, value.checked_sub(step)?, 0]
        .into_iter()
        .find(|value| is_valid(*value))
        .map(Value::from)
}

/// Returns a number within its limits.
pub fn number_sample(view: &View<'_>, number: usize) -> Option<Value> {
    let float = |node: &Node| match node.kind {
        #[allow(clippy::cast_precision_loss, reason = "the value is checked")]
        Kind::Number(Number::Int(n)) => Some(n as f64),
        Kind::Number(Number::Float(n)) => Some(n),
        _ => None,
    };
    let low = view.all("minimum").filter_map(float).reduce(f64::max);
    let high = view.all("maximum").filter_map(float).reduce(f64::min);
    let step = view.get("multipleOf").and_then(float).filter(|it| *it > 0.0);
    #[allow(clippy::cast_precision_loss, reason = "a small number")]
    let offset = number as f64 * step.unwrap_or(1.0);
    let middle = low.zip(high).map(|(low, high)| f64::midpoint(low, high));
    let near = |limit: Option<f64>, sign: f64| limit.map(|it| it + sign * step.unwrap_or(0.5));
    let candidates = [Some(1.5), step, low, middle, near(low, 1.0), high, near(high, -1.0)];
    let candidates = candidates.into_iter().flatten().map(|value| value + offset);
    candidates.filter_map(Json::from_f64).map(Value::Number).find(|value| allows(view, value))
}

fn allows(view: &View<'_>, value: &Value) -> bool {
    view.parts.iter().all(|part| is_valid_number(part, value))
}

/// Whether a number is within the limits of its schema.
pub fn is_valid_number(schema: &Node, value: &Value) -> bool {
    let Some(value) = value.as_f64() else { return true };
    let float = |key: &str| schema.get(key).and_then(|node| node.to_json().as_f64());
    let flag = |key: &str| schema.get(key).and_then(Node::as_bool) == Some(true);
    let low =
        float("minimum").is_none_or(|low| value > low || value >= low && !flag("exclusiveMinimum"));
    let high = float("maximum")
        .is_none_or(|high| value < high || value <= high && !flag("exclusiveMaximum"));
    let multiple = float("multipleOf").filter(|it| *it > 0.0).is_none_or(|step| {
        let times = value / step;
        (times - times.round()).abs() < 1e-9
    });
    let format = match schema.get("format").and_then(Node::as_str) {
        Some("int32") => value.abs() <= f64::from(i32::MAX),
        Some("uint64" | "uint32" | "uint") => value >= 0.0,
        _ => true,
    };
    low && high && multiple && format
}
