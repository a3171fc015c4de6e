//! Numbers.

use fastrand::Rng;
use serde_json::Value;

use super::view::View;

/// An integer: small ones, the limits, and the largest that its format holds.
pub fn integer(view: &View<'_>, rng: &mut Rng) -> Option<Value> {
    let (low, high) = match view.text("format") {
        Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
        Some("uint32") => (0, i128::from(u32::MAX)),
        Some("uint64" | "uint") => (0, i128::from(u64::MAX)),
        _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    let step = view.int("multipleOf").filter(|step| *step > 0).unwrap_or(1);
    let inside = |limit: Option<f64>| limit.filter(|it| it.abs() < 1e19).map(|it| it as i128);
    let excluded = |key: &str| i128::from(view.is(key) || view.number(key).is_some());
    let low = inside(view.least()).map_or(low, |it| it + excluded("exclusiveMinimum")).max(low);
    let high = inside(view.most()).map_or(high, |it| it - excluded("exclusiveMaximum")).min(high);
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
    let down = value - value.rem_euclid(step);
    let value = if down < low { down + step } else { down };
    i64::try_from(value).map(Value::from).or_else(|_| u64::try_from(value).map(Value::from)).ok()
}

/// A number: whole ones too, written with and without a fraction.
pub fn number(view: &View<'_>, rng: &mut Rng) -> Option<Value> {
    let all = [0.0, 3600.0, 0.1, -1.5, 12.34, 1e-7, 6.022e23, -2.5e300, 99.99, 1234567.89];
    let step = view.number("multipleOf").filter(|step| *step > 0.0);
    let (least, most) = (view.least(), view.most());
    let mut value = *all.get(rng.usize(..all.len()))?;
    let fits = |it: f64| least.is_none_or(|least| it > least) && most.is_none_or(|most| it < most);
    if !fits(value) {
        let (low, high) = match (least, most) {
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
