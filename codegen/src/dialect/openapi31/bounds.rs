//! `exclusiveMinimum` and `exclusiveMaximum` as numbers.

use crate::source::{Kind, Map, Node, Number};

/// `exclusiveMinimum: 3` → `minimum: 3` with `exclusiveMinimum: true`; where `minimum` stands beside
/// it, the tighter one holds.
pub(super) fn rewrite(map: &mut Map) {
    bound(map, "exclusiveMinimum", "minimum", |exclusive, inclusive| exclusive >= inclusive);
    bound(map, "exclusiveMaximum", "maximum", |exclusive, inclusive| exclusive <= inclusive);
}

fn bound(map: &mut Map, key: &str, beside: &str, tighter: fn(f64, f64) -> bool) {
    let Some(node) = map.get(key) else { return };
    let Some(exclusive) = number(node) else { return };
    let origin = node.origin;
    let holds = match map.get(beside).and_then(number) {
        Some(inclusive) => tighter(exclusive, inclusive),
        None => true,
    };
    if holds {
        let flag = Node::bool(true, origin);
        if let Some(limit) = map.insert(key.to_owned(), flag) {
            map.insert(beside.to_owned(), limit);
        }
    } else {
        map.shift_remove(key);
    }
}

#[allow(clippy::cast_precision_loss, reason = "only compared")]
fn number(node: &Node) -> Option<f64> {
    match &node.kind {
        Kind::Number(Number::Int(i)) => Some(*i as f64),
        Kind::Number(Number::Float(f)) => Some(*f),
        Kind::Null | Kind::Bool(_) | Kind::String(_) | Kind::Array(_) | Kind::Object(_) => None,
    }
}
