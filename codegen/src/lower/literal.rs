//! Values written in a description: defaults, limits, listed values.

use crate::ir::Literal;
use crate::source::{Kind, Node, Number};

/// The value of a node, read from the tree because the typed model rounds wide numbers.
pub fn literal(node: &Node) -> Literal {
    match &node.kind {
        Kind::String(text) => Literal::Text(text.clone()),
        Kind::Bool(value) => Literal::Bool(*value),
        Kind::Number(Number::Int(value)) => Literal::Int(*value),
        Kind::Number(Number::Float(value)) => Literal::Float(*value),
        Kind::Null | Kind::Array(_) | Kind::Object(_) => Literal::Json(node.to_json()),
    }
}

/// `5.0` as `5`: the same number, and the one an integer can be compared with.
pub fn whole(literal: Literal) -> Literal {
    /// Below it every integer is a float of its own.
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
    use super::{Literal, whole};

    #[test]
    fn only_whole_numbers_become_integers() {
        assert_eq!(whole(Literal::Float(-3.0)), Literal::Int(-3));
        assert_eq!(whole(Literal::Float(0.5)), Literal::Float(0.5));
        assert_eq!(whole(Literal::Float(1e300)), Literal::Float(1e300));
    }
}
