//! Lists.

use serde_json::Value;

use super::fits::limit;
use super::view::View;
use super::{Maker, Wanted};
use crate::source::Node;

/// How many items an example gives at most.
const MANY: usize = 3;

impl<'n> Maker<'n> {
    pub(super) fn list(&mut self, view: &View<'n>, wanted: &Wanted<'n, '_>) -> Option<Value> {
        let least = view.least("minItems").unwrap_or(0);
        let most = view.most("maxItems").unwrap_or(usize::MAX);
        let hints = wanted.hint.and_then(Value::as_array);
        let given = hints.map_or(1, |it| it.len().min(MANY));
        let count = given.max(least).min(most);
        let unique = view.all("uniqueItems").any(|it| it.as_bool() == Some(true));
        let Some(schema) = view.get("items") else {
            let text = super::text::named(singular(wanted.name));
            let items = hints.cloned().unwrap_or_else(|| vec![text.into(); count]);
            return Some(Value::Array(items.into_iter().take(count).collect()));
        };
        let count =
            if least == 0 && hints.is_none() && self.holds_itself(schema) { 0 } else { count };
        let mut items: Vec<Value> = Vec::new();
        for number in 0..count.saturating_mul(2).min(1_000) {
            if items.len() == count {
                break;
            }
            let hint = hints.and_then(|it| it.get(number));
            let depth = wanted.depth + 1;
            // Those of an example differ as they are; those that are made differ where they have to.
            let number = if unique && hint.is_none() { number } else { 0 };
            let inner = Wanted { schema, name: singular(wanted.name), hint, depth, number };
            match self.value(&inner) {
                Some(item) if !unique || !items.contains(&item) => items.push(item),
                Some(_) => (),
                None if items.len() >= least => break,
                None => return None,
            }
        }
        (items.len() >= least).then_some(Value::Array(items))
    }
}

/// The name of one of several: `ids` → `id`.
fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(one) if one.len() > 1 && !one.ends_with(['s', 'u', 'i']) => one,
        _ => name,
    }
}

/// Whether no item is there twice.
pub fn are_unique(items: &[Value]) -> bool {
    items.iter().enumerate().all(|(index, item)| !items.iter().take(index).any(|it| it == item))
}

/// Whether a list has as many items as its schema says.
pub fn fits(schema: &Node, items: &[Value]) -> bool {
    let unique = schema.get("uniqueItems").and_then(Node::as_bool) == Some(true);
    limit(schema, "minItems").is_none_or(|least| items.len() >= least)
        && limit(schema, "maxItems").is_none_or(|most| items.len() <= most)
        && (!unique || are_unique(items))
}
