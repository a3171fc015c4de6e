//! Limits on values.

use super::literal::{literal, whole};
use crate::ir::{Constraints, Literal};
use crate::source::Node;

/// The limits a schema states, read from the tree because the typed model rounds wide numbers.
pub fn of(node: &Node) -> Constraints {
    let number = |key: &str| node.get(key).map(literal).map(whole).filter(is_number);
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

fn is_number(literal: &Literal) -> bool {
    matches!(literal, Literal::Int(_) | Literal::Float(_))
}

/// What both ask for: the parts of an `allOf` all hold, and the narrower limit of two says it.
pub fn both(a: Constraints, b: Constraints) -> Constraints {
    let (minimum, exclusive_minimum) =
        narrower((a.minimum, a.exclusive_minimum), (b.minimum, b.exclusive_minimum), is_less);
    let (maximum, exclusive_maximum) =
        narrower((a.maximum, a.exclusive_maximum), (b.maximum, b.exclusive_maximum), |a, b| {
            is_less(b, a)
        });
    Constraints {
        min_length: a.min_length.max(b.min_length),
        max_length: least(a.max_length, b.max_length),
        // Two patterns cannot be said as one.
        pattern: a.pattern.or(b.pattern),
        minimum,
        maximum,
        exclusive_minimum,
        exclusive_maximum,
        multiple_of: a.multiple_of.or(b.multiple_of),
        min_items: a.min_items.max(b.min_items),
        max_items: least(a.max_items, b.max_items),
        unique_items: a.unique_items || b.unique_items,
        min_properties: a.min_properties.max(b.min_properties),
        max_properties: least(a.max_properties, b.max_properties),
        items: match (a.items, b.items) {
            (Some(a), Some(b)) => Some(Box::new(both(*a, *b))),
            (a, b) => a.or(b),
        },
    }
}

fn least(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

type Bound = (Option<Literal>, bool);

/// The bound that leaves less room; `wider` says whether the first of two does leave more.
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
        // Between an integer and a fraction, rounding decides nothing but a tie.
        (Literal::Int(a), Literal::Float(b)) => (*a as f64) < *b,
        (Literal::Float(a), Literal::Int(b)) => *a < (*b as f64),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(least: Literal, excluded: bool) -> Constraints {
        let (minimum, exclusive_minimum) = (Some(least), excluded);
        Constraints { minimum, exclusive_minimum, ..Constraints::default() }
    }

    #[test]
    fn the_narrower_limit_holds() {
        for (a, b, expected) in [
            (from(Literal::Int(1), false), from(Literal::Int(2), true), (2, true)),
            (from(Literal::Int(2), false), from(Literal::Int(1), true), (2, false)),
            (from(Literal::Int(2), false), from(Literal::Int(2), true), (2, true)),
            (from(Literal::Int(2), false), from(Literal::Float(1.5), true), (2, false)),
            (from(Literal::Int(2), true), Constraints::default(), (2, true)),
        ] {
            let both = both(a, b);
            assert_eq!(
                (both.minimum, both.exclusive_minimum),
                (Some(Literal::Int(expected.0)), expected.1)
            );
        }
        let length = |most| Constraints { max_length: Some(most), ..Constraints::default() };
        assert_eq!(both(length(3), length(2)).max_length, Some(2));
    }
}
