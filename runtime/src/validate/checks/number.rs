//! Exact comparison of numbers: a value and a limit are each an integer or a float.

use std::cmp::Ordering;

use crate::wire::View;
use crate::wire::limit::Number;

/// Returns the value as a number, if it is one.
pub(super) fn number_of(view: View<'_>) -> Option<Number> {
    match view {
        View::I64(it) => Some(Number::Int(it.into())),
        View::U64(it) => Some(Number::Int(it.into())),
        View::F64(it) if it.is_finite() => Some(Number::Float(it)),
        _ => None,
    }
}

pub(super) fn compare(a: Number, b: Number) -> Option<Ordering> {
    match (a, b) {
        (Number::Int(a), Number::Int(b)) => Some(a.cmp(&b)),
        (Number::Float(a), Number::Float(b)) => a.partial_cmp(&b),
        (Number::Int(a), Number::Float(b)) => compare_int_float(a, b),
        (Number::Float(a), Number::Int(b)) => compare_int_float(b, a).map(Ordering::reverse),
    }
}

/// Compares an integer with a float, without rounding the integer.
fn compare_int_float(int: i128, float: f64) -> Option<Ordering> {
    const END: f64 = 1.701_411_834_604_692_3e38; // 2^127
    if float.is_nan() {
        return None;
    }
    if float >= END {
        return Some(Ordering::Less);
    }
    if float < -END {
        return Some(Ordering::Greater);
    }
    let whole = float.trunc();
    let fraction = if float > whole {
        Ordering::Less
    } else if float < whole {
        Ordering::Greater
    } else {
        Ordering::Equal
    };
    Some(int.cmp(&(whole as i128)).then(fraction))
}

/// Whether a number is a multiple of another in decimal: `0.3` is a multiple of `0.1`. Numbers with too
/// many digits to decide are accepted.
pub(super) fn is_multiple(value: Number, step: Number) -> bool {
    let (Some((value, value_scale)), Some((step, step_scale))) = (decimal(value), decimal(step))
    else {
        return true;
    };
    let scale = value_scale.max(step_scale);
    let scaled = |digits: i128, digit_scale: u32| {
        10_i128.checked_pow(scale - digit_scale).and_then(|factor| digits.checked_mul(factor))
    };
    match (scaled(value, value_scale), scaled(step, step_scale)) {
        (Some(value), Some(step)) if step != 0 => value % step == 0,
        _ => true,
    }
}

/// Returns the digits of the shortest decimal of the number, and how many follow the decimal point.
fn decimal(number: Number) -> Option<(i128, u32)> {
    let text = match number {
        Number::Int(it) => return Some((it, 0)),
        Number::Float(it) => it.to_string(),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    Some((digits, u32::try_from(fraction.len()).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Number::{Float, Int};

    #[test]
    fn integers_and_floats_are_compared_exactly() {
        for (a, b, expected) in [
            (Int(1), Int(2), Ordering::Less),
            (Float(0.5), Int(0), Ordering::Greater),
            (Float(-0.5), Int(0), Ordering::Less),
            (Int(9_007_199_254_740_993), Float(9_007_199_254_740_992.0), Ordering::Greater),
            (Int(i128::MAX), Float(1e300), Ordering::Less),
            (Int(i128::MIN), Float(-1e300), Ordering::Greater),
            (Int(3), Float(3.0), Ordering::Equal),
        ] {
            assert_eq!(compare(a, b), Some(expected), "{a} {b}");
        }
    }

    #[test]
    fn multiples_are_decided_in_decimal() {
        for (value, step, expected) in [
            (Float(0.3), Float(0.1), true),
            (Float(19.99), Float(0.01), true),
            (Float(0.35), Float(0.1), false),
            (Int(10), Int(5), true),
            (Int(11), Int(5), false),
            (Float(2.5), Int(1), false),
            (Int(3), Float(1.5), true),
            (Int(i128::MAX), Float(0.01), true),
        ] {
            assert_eq!(is_multiple(value, step), expected, "{value} {step}");
        }
    }
}
