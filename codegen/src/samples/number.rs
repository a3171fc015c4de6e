//! Samples of numbers.

use serde_json::{Number as Json, Value};

use super::choices::Choices;
use super::validation::is_valid_number;
use super::view::View;
use crate::source::{Kind, Node, Number};

/// Numbers that are hard to read and to write.
const UNUSUAL: [f64; 10] =
    [0.0, 3600.0, 0.1, -1.5, 12.34, 1e-7, 6.022e23, -2.5e300, 99.99, 1_234_567.89];

/// Returns an integer within its limits: a plain one from 1 or the lower limit on, or a random one,
/// often one of the limits.
pub fn integer_sample(view: &View<'_>, choices: &mut Choices) -> Option<Value> {
    let (low, high) = integer_range(view);
    let step = view.all("multipleOf").filter_map(Node::as_int).max().unwrap_or(1).max(1);
    let start = match *choices {
        Choices::Plain(number) => 1_i128.clamp(low, high.max(low)) + i128::try_from(number).ok()?,
        Choices::Random(_) => match choices.index(6) {
            0 => low,
            1 => high,
            2 => 0,
            _ => i128::try_from(choices.index(100_000)).ok()? - 1_000,
        },
    };
    let start = start.clamp(low, high.max(low));
    let multiple = start - start.rem_euclid(step);
    let candidates = [start, multiple + step, multiple, 0].into_iter();
    let is_valid = |it: &i128| it.rem_euclid(step) == 0 && (low..=high).contains(it);
    let to_json = |it| i64::try_from(it).map(Value::from).or(u64::try_from(it).map(Value::from));
    candidates.filter(is_valid).find_map(|it| to_json(it).ok().filter(|it| is_allowed(view, it)))
}

/// Returns the smallest and the largest integer of the format and limits.
fn integer_range(view: &View<'_>) -> (i128, i128) {
    let (mut low, mut high) = match view.get("format").and_then(Node::as_str) {
        Some("int32") => (i128::from(i32::MIN), i128::from(i32::MAX)),
        Some("uint32") => (0, i128::from(u32::MAX)),
        Some("uint64" | "uint") => (0, i128::from(u64::MAX)),
        _ => (i128::from(i64::MIN), i128::from(i64::MAX)),
    };
    for part in &view.parts {
        let excluded = |key| i128::from(part.get(key).and_then(Node::as_bool) == Some(true));
        #[allow(clippy::cast_possible_truncation, reason = "saturates, and the value is checked")]
        let limit = |key, round: fn(f64) -> f64| match part.get(key)?.kind {
            Kind::Number(Number::Int(limit)) => Some(limit),
            Kind::Number(Number::Float(limit)) => Some(round(limit) as i128),
            _ => None,
        };
        if let Some(minimum) = limit("minimum", f64::ceil) {
            low = low.max(minimum.saturating_add(excluded("exclusiveMinimum")));
        }
        if let Some(maximum) = limit("maximum", f64::floor) {
            high = high.min(maximum.saturating_sub(excluded("exclusiveMaximum")));
        }
    }
    (low, high)
}

/// Returns a number within its limits.
pub fn number_sample(view: &View<'_>, choices: &mut Choices) -> Option<Value> {
    let float = |node: &Node| node.to_json().as_f64();
    let low = view.all("minimum").filter_map(float).reduce(f64::max);
    let high = view.all("maximum").filter_map(float).reduce(f64::min);
    let step = view.get("multipleOf").and_then(float).filter(|it| *it > 0.0);
    #[allow(clippy::cast_precision_loss, reason = "small numbers")]
    let (typical, offset, share) = match *choices {
        Choices::Plain(number) => (1.5, number as f64 * step.unwrap_or(1.0), 0.5),
        Choices::Random(_) => {
            let share = choices.index(1_000) as f64 / 1_000.0;
            (choices.pick(&UNUSUAL).copied()?, 0.0, share)
        }
    };
    let whole = step.filter(|_| choices.is_random()).map(|step| (typical / step).floor() * step);
    let between = low.zip(high).map(|(low, high)| low + (high - low) * share);
    let near = |limit: Option<f64>, sign: f64| limit.map(|it| it + sign * step.unwrap_or(0.5));
    let candidates =
        [Some(typical), whole, step, low, between, near(low, 1.0), high, near(high, -1.0)];
    let candidates = candidates.into_iter().flatten().map(|value| value + offset);
    let values = candidates.filter_map(|it| {
        #[allow(clippy::cast_possible_truncation, reason = "it has no fraction")]
        match it.fract() == 0.0 && it.abs() < 1e15 && choices.one_in(2) {
            true => Some(Value::from(it as i64)),
            false => Json::from_f64(it).map(Value::Number),
        }
    });
    let values: Vec<Value> = values.collect();
    values.into_iter().find(|value| is_allowed(view, value))
}

fn is_allowed(view: &View<'_>, value: &Value) -> bool {
    view.parts.iter().all(|part| is_valid_number(part, value))
}
