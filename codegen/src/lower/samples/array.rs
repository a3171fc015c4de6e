//! Samples of arrays.

use serde_json::Value;

use super::validation::limit;
use super::view::View;
use super::{SampleBuilder, SampleSpec};
use crate::source::Node;

/// How many items of an example are kept.
const MAX_EXAMPLE_ITEMS: usize = 3;

impl<'n> SampleBuilder<'n> {
    pub(super) fn array(&mut self, view: &View<'n>, spec: &SampleSpec<'n, '_>) -> Option<Value> {
        let min_items = view.min_limit("minItems").unwrap_or(0);
        let max_items = view.max_limit("maxItems").unwrap_or(usize::MAX);
        let hints = spec.hint.and_then(Value::as_array);
        let hint_count = hints.map_or(1, |it| it.len().min(MAX_EXAMPLE_ITEMS));
        let count = hint_count.max(min_items).min(max_items);
        let unique = view.all("uniqueItems").any(|it| it.as_bool() == Some(true));
        let Some(schema) = view.get("items") else {
            let item = super::string::string_from_name(singular(spec.name));
            let items = hints.cloned().unwrap_or_else(|| vec![item.into(); count]);
            return Some(Value::Array(items.into_iter().take(count).collect()));
        };
        let count =
            if min_items == 0 && hints.is_none() && self.is_recursive(schema) { 0 } else { count };
        let mut items: Vec<Value> = Vec::new();
        for number in 0..count.saturating_mul(2).min(1_000) {
            if items.len() == count {
                break;
            }
            let hint = hints.and_then(|it| it.get(number));
            let depth = spec.depth + 1;
            // Items of an example are kept as they are. Generated items differ only if they must.
            let number = if unique && hint.is_none() { number } else { 0 };
            let inner = SampleSpec { schema, name: singular(spec.name), hint, depth, number };
            match self.value(&inner) {
                Some(item) if !unique || !items.contains(&item) => items.push(item),
                Some(_) => (),
                None if items.len() >= min_items => break,
                None => return None,
            }
        }
        (items.len() >= min_items).then_some(Value::Array(items))
    }
}

/// Returns the singular of a name: `ids` → `id`.
fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(stem) if stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => name,
    }
}

/// Whether all items are different.
pub fn are_unique(items: &[Value]) -> bool {
    items.iter().enumerate().all(|(index, item)| !items.iter().take(index).any(|it| it == item))
}

/// Whether an array meets `minItems`, `maxItems` and `uniqueItems` of its schema.
pub fn is_valid_array(schema: &Node, items: &[Value]) -> bool {
    let unique = schema.get("uniqueItems").and_then(Node::as_bool) == Some(true);
    limit(schema, "minItems").is_none_or(|min| items.len() >= min)
        && limit(schema, "maxItems").is_none_or(|max| items.len() <= max)
        && (!unique || are_unique(items))
}
