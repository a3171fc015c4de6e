//! Literal values of a document: defaults, limits, enum values.

use crate::ir::Literal;
use crate::source::{Kind, Node, Number};

/// Returns the value of a node.
pub fn literal(node: &Node) -> Literal {
    match &node.kind {
        Kind::String(text) => Literal::String(text.clone()),
        Kind::Bool(value) => Literal::Bool(*value),
        Kind::Number(Number::Int(value)) => Literal::Int(*value),
        Kind::Number(Number::Float(value)) => Literal::Float(*value),
        Kind::Null | Kind::Array(_) | Kind::Object(_) => Literal::Json(node.to_json()),
    }
}

/// Converts a float without a fraction, such as `5.0`, to the equal integer.
pub fn float_to_int(literal: Literal) -> Literal {
    /// The bound below which every integer has an exact float (2⁵³).
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match literal {
        #[allow(clippy::cast_possible_truncation, reason = "whole and small enough")]
        Literal::Float(value) if value.fract() == 0.0 && value.abs() < EXACT => {
            Literal::Int(value as i128)
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Literal, float_to_int};

    #[test]
    fn only_floats_without_a_fraction_become_integers() {
        assert_eq!(float_to_int(Literal::Float(-3.0)), Literal::Int(-3));
        assert_eq!(float_to_int(Literal::Float(0.5)), Literal::Float(0.5));
        assert_eq!(float_to_int(Literal::Float(1e300)), Literal::Float(1e300));
    }
}
