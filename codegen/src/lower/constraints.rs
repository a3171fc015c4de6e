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
    }
}

fn is_number(literal: &Literal) -> bool {
    matches!(literal, Literal::Int(_) | Literal::Float(_))
}

/// `limits` with its gaps filled from `other`.
pub fn over(limits: Constraints, other: Constraints) -> Constraints {
    let lower = limits.minimum.is_some();
    let upper = limits.maximum.is_some();
    Constraints {
        min_length: limits.min_length.or(other.min_length),
        max_length: limits.max_length.or(other.max_length),
        pattern: limits.pattern.or(other.pattern),
        exclusive_minimum: if lower { limits.exclusive_minimum } else { other.exclusive_minimum },
        exclusive_maximum: if upper { limits.exclusive_maximum } else { other.exclusive_maximum },
        minimum: limits.minimum.or(other.minimum),
        maximum: limits.maximum.or(other.maximum),
        multiple_of: limits.multiple_of.or(other.multiple_of),
        min_items: limits.min_items.or(other.min_items),
        max_items: limits.max_items.or(other.max_items),
        unique_items: limits.unique_items || other.unique_items,
        min_properties: limits.min_properties.or(other.min_properties),
        max_properties: limits.max_properties.or(other.max_properties),
    }
}
