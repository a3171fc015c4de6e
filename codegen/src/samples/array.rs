//! Samples of arrays.

use serde_json::Value;

use super::choices::Choices;
use super::view::View;
use super::{SampleBuilder, SampleSpec};
use crate::source::Node;

/// How many items of an example are kept.
const MAX_EXAMPLE_ITEMS: usize = 3;

impl<'n> SampleBuilder<'n> {
    pub(super) fn array(
        &mut self,
        view: &View<'n>,
        spec: &SampleSpec<'_, 'n, '_>,
    ) -> Option<Value> {
        let min_items = view.min_limit("minItems").unwrap_or(0);
        let max_items = view.max_limit("maxItems").unwrap_or(usize::MAX);
        let schemas: Vec<&'n Node> = view.all("items").collect();
        let hints = spec.hint.and_then(Value::as_array);
        let count = match hints {
            Some(hints) => hints.len().min(MAX_EXAMPLE_ITEMS),
            None if self.choices.is_random() => min_items + self.index_unless_large(3),
            None => usize::from(!schemas.iter().any(|schema| self.is_recursive(schema))),
        };
        let count = count.max(min_items).min(max_items);
        let unique = view.all("uniqueItems").any(|it| it.as_bool() == Some(true));
        let (choices, name, depth) = (self.choices, singular(spec.name), spec.depth + 1);
        let mut items: Vec<Value> = Vec::new();
        for number in 0..count.saturating_mul(2).min(1_000) {
            if items.len() == count {
                break;
            }
            let hint = hints.and_then(|it| it.get(number));
            // Items of an example are kept as they are. Plain items differ only if they must.
            if unique && hint.is_none() && !choices.is_random() {
                self.choices = Choices::Plain(number);
            }
            match self.value(&SampleSpec { schemas: &schemas, name, hint, depth }) {
                Some(item) if !unique || !items.contains(&item) => items.push(item),
                Some(_) => (),
                None => break,
            }
        }
        if !choices.is_random() {
            self.choices = choices;
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
