//! Generates integers and numbers.

use fastrand::Rng;
use serde_json::Value;

use super::view::SchemaView;

/// Generates an integer: a small one, one of the limits, or one of the extremes of its format.
pub fn generate_integer(view: &SchemaView<'_>, rng: &mut Rng) -> Option<Value> {
    let (low, high) = match view.string("format") {
        Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
        Some("uint32") => (0, i128::from(u32::MAX)),
        Some("uint64" | "uint") => (0, i128::from(u64::MAX)),
        _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    let step = view.max_int("multipleOf").filter(|step| *step > 0).unwrap_or(1);
    let in_range = |limit: Option<f64>| limit.filter(|it| it.abs() < 1e19).map(|it| it as i128);
    let excluded = |key: &str| i128::from(view.is_set(key) || view.number(key).is_some());
    let low = in_range(view.minimum()).map_or(low, |it| it + excluded("exclusiveMinimum")).max(low);
    let high =
        in_range(view.maximum()).map_or(high, |it| it - excluded("exclusiveMaximum")).min(high);
    if low > high {
        return None;
    }
    let value = match rng.u8(..6) {
        0 => low,
        1 => high,
        2 => 0,
        _ => i128::from(rng.i32(-1000..100_000)),
    };
    let value = value.clamp(low, high);
    let multiple = value - value.rem_euclid(step);
    let value = if multiple < low { multiple + step } else { multiple };
    i64::try_from(value).map(Value::from).or_else(|_| u64::try_from(value).map(Value::from)).ok()
}

/// Generates a number; integral ones are written with or without a fraction.
pub fn generate_number(view: &SchemaView<'_>, rng: &mut Rng) -> Option<Value> {
    let choices = [0.0, 3600.0, 0.1, -1.5, 12.34, 1e-7, 6.022e23, -2.5e300, 99.99, 1234567.89];
    let step = view.number("multipleOf").filter(|step| *step > 0.0);
    let (minimum, maximum) = (view.minimum(), view.maximum());
    let mut value = *choices.get(rng.usize(..choices.len()))?;
    let is_in_range = |it: f64| {
        minimum.is_none_or(|minimum| it > minimum) && maximum.is_none_or(|maximum| it < maximum)
    };
    if !is_in_range(value) {
        let (low, high) = match (minimum, maximum) {
            (Some(low), Some(high)) => (low, high),
            (Some(low), None) => (low, low + 1000.0),
            (None, Some(high)) => (high - 1000.0, high),
            (None, None) => (0.0, 1.0),
        };
        value = low + (high - low) * rng.f64();
    }
    if let Some(step) = step {
        value = (value / step).floor() * step;
    }
    if value.fract() == 0.0 && value.abs() < 1e15 && rng.bool() {
        return Some(Value::from(value as i64));
    }
    Some(Value::from(value))
}
