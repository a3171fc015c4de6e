//! Constraints on values.

use super::literal::{float_to_int, literal};
use crate::ir::{Constraints, Literal};
use crate::source::Node;

/// Returns the constraints that a schema states itself.
pub fn schema_constraints(node: &Node) -> Constraints {
    let number = |key: &str| node.get(key).map(literal).map(float_to_int).filter(is_number);
    let count = |key: &str| match number(key)? {
        Literal::Int(value) => u64::try_from(value).ok(),
        _ => None,
    };
    let flag = |key: &str| node.get(key).and_then(Node::as_bool).unwrap_or_default();
    Constraints {
        min_length: count("minLength"),
        max_length: count("maxLength"),
        pattern: node.get("pattern").and_then(Node::as_str).map(str::to_owned),
        minimum: number("minimum"),
        maximum: number("maximum"),
        exclusive_minimum: flag("exclusiveMinimum"),
        exclusive_maximum: flag("exclusiveMaximum"),
        multiple_of: number("multipleOf"),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique_items: flag("uniqueItems"),
        min_properties: count("minProperties"),
        max_properties: count("maxProperties"),
        items: None,
    }
}

/// Returns the constraints on an object as a whole.
pub fn object_constraints(all: &Constraints) -> Constraints {
    let Constraints { min_properties, max_properties, .. } = *all;
    Constraints { min_properties, max_properties, ..Constraints::default() }
}

fn is_number(literal: &Literal) -> bool {
    matches!(literal, Literal::Int(_) | Literal::Float(_))
}

/// Returns the constraints that a value must meet to meet both, as for two parts of an `allOf`: the
/// narrower limit of each pair.
pub fn intersect(a: Constraints, b: Constraints) -> Constraints {
    let (minimum, exclusive_minimum) =
        narrower((a.minimum, a.exclusive_minimum), (b.minimum, b.exclusive_minimum), is_less);
    let (maximum, exclusive_maximum) =
        narrower((a.maximum, a.exclusive_maximum), (b.maximum, b.exclusive_maximum), |a, b| {
            is_less(b, a)
        });
    Constraints {
        min_length: a.min_length.max(b.min_length),
        max_length: smaller(a.max_length, b.max_length),
        // Two patterns cannot be combined into one.
        pattern: a.pattern.or(b.pattern),
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of: a.multiple_of.or(b.multiple_of),
        min_items: a.min_items.max(b.min_items),
        max_items: smaller(a.max_items, b.max_items),
        unique_items: a.unique_items || b.unique_items,
        min_properties: a.min_properties.max(b.min_properties),
        max_properties: smaller(a.max_properties, b.max_properties),
        items: match (a.items, b.items) {
            (Some(a), Some(b)) => Some(Box::new(intersect(*a, *b))),
            (a, b) => a.or(b),
        },
    }
}

fn smaller(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

type Bound = (Option<Literal>, bool);

/// Returns the narrower bound. `wider` tells whether its first argument is wider than its second.
fn narrower(a: Bound, b: Bound, wider: fn(&Literal, &Literal) -> bool) -> Bound {
    match (&a.0, &b.0) {
        (_, None) => a,
        (None, _) => b,
        (Some(x), Some(y)) if wider(x, y) => b,
        (Some(x), Some(y)) if wider(y, x) => a,
        (Some(_), Some(_)) => (a.0, a.1 || b.1),
    }
}

fn is_less(a: &Literal, b: &Literal) -> bool {
    match (a, b) {
        (Literal::Int(a), Literal::Int(b)) => a < b,
        (Literal::Float(a), Literal::Float(b)) => a < b,
        // Rounding the integer can only turn a small difference into a tie.
        (Literal::Int(a), Literal::Float(b)) => (*a as f64) < *b,
        (Literal::Float(a), Literal::Int(b)) => *a < (*b as f64),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_least(minimum: Literal, exclusive_minimum: bool) -> Constraints {
        let minimum = Some(minimum);
        Constraints { minimum, exclusive_minimum, ..Constraints::default() }
    }

    #[test]
    fn the_narrower_limit_wins() {
        for (a, b, expected) in [
            (at_least(Literal::Int(1), false), at_least(Literal::Int(2), true), (2, true)),
            (at_least(Literal::Int(2), false), at_least(Literal::Int(1), true), (2, false)),
            (at_least(Literal::Int(2), false), at_least(Literal::Int(2), true), (2, true)),
            (at_least(Literal::Int(2), false), at_least(Literal::Float(1.5), true), (2, false)),
            (at_least(Literal::Int(2), true), Constraints::default(), (2, true)),
        ] {
            let merged = intersect(a, b);
            assert_eq!(
                (merged.minimum, merged.exclusive_minimum),
                (Some(Literal::Int(expected.0)), expected.1)
            );
        }
        let at_most = |max| Constraints { max_length: Some(max), ..Constraints::default() };
        assert_eq!(intersect(at_most(3), at_most(2)).max_length, Some(2));
    }
}
