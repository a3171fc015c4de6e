//! Exact comparison of numbers: a limit is an integer or a float, and a value may also be a decimal.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::wire::View;
use crate::wire::decimal::Decimal;
use crate::wire::decimal::notation::Notation;
use crate::wire::limit::Number;

/// A number that is checked.
#[derive(Debug, Clone)]
pub(super) enum NumberValue<'a> {
    Binary(Number),
    /// The text of a number.
    Decimal(Cow<'a, str>),
}

/// Returns the value as a number, if it is one.
pub(super) fn number_of(view: View<'_>) -> Option<NumberValue<'_>> {
    match view {
        View::I64(it) => Some(NumberValue::Binary(Number::Int(it.into()))),
        View::U64(it) => Some(NumberValue::Binary(Number::Int(it.into()))),
        View::F64(it) if it.is_finite() => Some(NumberValue::Binary(Number::Float(it))),
        View::Number(text) => Some(NumberValue::Decimal(text)),
        _ => None,
    }
}

/// Compares a value with a limit.
pub(super) fn compare(value: &NumberValue<'_>, limit: Number) -> Option<Ordering> {
    match (value, limit) {
        (NumberValue::Binary(value), limit) => compare_numbers(*value, limit),
        (NumberValue::Decimal(text), limit) => {
            let limit = limit.to_string();
            let value = Notation::parse(text).ok()?;
            Some(value.value().cmp(&Notation::parse(&limit).ok()?.value()))
        }
    }
}

fn compare_numbers(a: Number, b: Number) -> Option<Ordering> {
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
pub(super) fn is_multiple(value: &NumberValue<'_>, step: Number) -> bool {
    let value = match value {
        NumberValue::Binary(number) => decimal(*number),
        NumberValue::Decimal(text) => {
            text.parse::<Decimal>().ok().and_then(|plain| plain_digits(plain.as_str()))
        }
    };
    let (Some((value, value_scale)), Some((step, step_scale))) = (value, decimal(step)) else {
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
    match number {
        Number::Int(it) => Some((it, 0)),
        Number::Float(it) => plain_digits(&it.to_string()),
    }
}

/// Returns the digits of a number in plain notation, and how many follow the decimal point.
fn plain_digits(text: &str) -> Option<(i128, u32)> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
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
            assert_eq!(compare(&NumberValue::Binary(a), b), Some(expected), "{a} {b}");
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
            let binary = NumberValue::Binary(value);
            assert_eq!(is_multiple(&binary, step), expected, "{value} {step}");
        }
    }

    #[test]
    fn decimal_values_are_compared_exactly() {
        for (value, limit, expected) in [
            ("0.1", Float(0.1), Ordering::Equal),
            ("0.10000000000000000001", Float(0.1), Ordering::Greater),
            ("9007199254740993", Int(9_007_199_254_740_992), Ordering::Greater),
            ("-1e400", Int(i128::MIN), Ordering::Less),
            ("5.00", Int(5), Ordering::Equal),
        ] {
            let decimal = NumberValue::Decimal(value.into());
            assert_eq!(compare(&decimal, limit), Some(expected), "{value} {limit}");
        }
        for (value, step, expected) in [
            ("19.990", Float(0.01), true),
            ("19.995", Float(0.01), false),
            ("12345678901234567.89", Float(0.01), true),
            ("1e3", Int(7), false),
        ] {
            let decimal = NumberValue::Decimal(value.into());
            assert_eq!(is_multiple(&decimal, step), expected, "{value} {step}");
        }
    }
}
