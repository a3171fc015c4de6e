//! Converts `exclusiveMinimum` and `exclusiveMaximum` from numbers to booleans.

use crate::source::{Kind, Map, Node, Number};

/// `exclusiveMinimum: 3` → `minimum: 3` with `exclusiveMinimum: true`. If there is a `minimum` too, the
/// stricter bound wins.
pub(super) fn rewrite(map: &mut Map) {
    rewrite_bound(map, "exclusiveMinimum", "minimum", |exclusive, inclusive| {
        exclusive >= inclusive
    });
    rewrite_bound(map, "exclusiveMaximum", "maximum", |exclusive, inclusive| {
        exclusive <= inclusive
    });
}

fn rewrite_bound(map: &mut Map, key: &str, inclusive_key: &str, is_stricter: fn(f64, f64) -> bool) {
    let Some(node) = map.get(key) else { return };
    let Some(exclusive) = number_value(node) else { return };
    let origin = node.origin;
    let exclusive_wins = match map.get(inclusive_key).and_then(number_value) {
        Some(inclusive) => is_stricter(exclusive, inclusive),
        None => true,
    };
    if exclusive_wins {
        let flag = Node::bool(true, origin);
        if let Some(limit) = map.insert(key.to_owned(), flag) {
            map.insert(inclusive_key.to_owned(), limit);
        }
    } else {
        map.shift_remove(key);
    }
}

#[allow(clippy::cast_precision_loss, reason = "only compared")]
fn number_value(node: &Node) -> Option<f64> {
    match &node.kind {
        Kind::Number(Number::Int(i)) => Some(*i as f64),
        Kind::Number(Number::Float(f)) => Some(*f),
        Kind::Null | Kind::Bool(_) | Kind::String(_) | Kind::Array(_) | Kind::Object(_) => None,
    }
}
