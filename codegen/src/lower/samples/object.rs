//! Samples of objects.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::view::{View, resolve_ref};
use super::{OptionalProperties, SampleBuilder, SampleSpec, string};
use crate::source::{Kind, Node};

/// How many leaf values an optional property may have to be included without an example.
const MAX_LEAVES: usize = 6;

impl<'n> SampleBuilder<'n> {
    pub(super) fn object(&mut self, view: &View<'n>, spec: &SampleSpec<'n, '_>) -> Option<Value> {
        let hint = spec.hint.and_then(Value::as_object);
        let required = view.required();
        let mut properties = Map::new();
        let mut absent = Vec::new();
        for (name, schema) in declared_properties(view) {
            let is_required = required.contains(name) || view.tag(name).is_some();
            if has_flag(self.root, schema, "readOnly") {
                continue;
            }
            let example = hint.and_then(|it| it.get(name)).filter(|it| !it.is_null());
            let is_included = example.is_some() || hint.is_none() && self.is_included(schema, spec);
            if !is_required && !is_included {
                absent.push((name, schema));
                continue;
            }
            let value = match view.tag(name) {
                Some(tag) => Some(tag),
                None => self.property(view, schema, name, example, spec),
            };
            match value {
                Some(value)
                    if is_required || example.is_some() || leaf_count(&value) <= MAX_LEAVES =>
                {
                    properties.insert(name.to_owned(), value);
                }
                None if is_required => return None,
                _ => absent.push((name, schema)),
            }
        }
        self.add_undeclared(view, &required, hint, spec, &mut properties)?;
        let min_count = view.min_limit("minProperties").unwrap_or(0);
        for (name, schema) in absent.into_iter().take(min_count.saturating_sub(properties.len())) {
            if let Some(value) = self.property(view, schema, name, None, spec) {
                properties.insert(name.to_owned(), value);
            }
        }
        Some(Value::Object(properties))
    }

    /// Builds a property. If several parts declare it, all of them must allow the value.
    fn property(
        &mut self,
        view: &View<'n>,
        schema: &'n Node,
        name: &str,
        hint: Option<&Value>,
        spec: &SampleSpec<'n, '_>,
    ) -> Option<Value> {
        let depth = spec.depth + 1;
        let inner = SampleSpec { schema, name, hint, depth, number: spec.number };
        let mut others = view.all("properties").filter_map(|it| it.get(name)).skip(1).peekable();
        if others.peek().is_none() {
            return self.value(&inner);
        }
        self.visited += 1;
        let mut merged = View::new(self.root, schema);
        for other in others {
            let View { parts, alternatives, .. } = View::new(self.root, other);
            merged.parts.extend(parts);
            merged.alternatives.extend(alternatives);
        }
        (depth <= super::MAX_DEPTH && self.visited <= super::MAX_SCHEMAS)
            .then(|| self.value_of_view(&merged, &inner))
            .flatten()
    }

    /// Whether an optional property without an example is included.
    fn is_included(&self, schema: &'n Node, spec: &SampleSpec<'_, '_>) -> bool {
        self.optional == OptionalProperties::Small
            && spec.depth == 0
            && !has_flag(self.root, schema, "deprecated")
    }

    /// Adds properties that are not declared: required ones, those of the hint, and an entry of a map.
    fn add_undeclared(
        &mut self,
        view: &View<'n>,
        required: &BTreeSet<&str>,
        hint: Option<&Map<String, Value>>,
        spec: &SampleSpec<'n, '_>,
        properties: &mut Map<String, Value>,
    ) -> Option<()> {
        let is_declared = |name: &str| declared_properties(view).iter().any(|(it, _)| *it == name);
        for name in required.iter().filter(|name| !is_declared(name)) {
            let value = hint.and_then(|it| it.get(*name)).cloned();
            let value =
                view.tag(name).or(value).unwrap_or_else(|| string::string_from_name(name).into());
            properties.insert((*name).to_owned(), value);
        }
        let additional = view.get("additionalProperties");
        let schema = additional.filter(|node| node.as_object().is_some_and(|it| !it.is_empty()));
        let is_open = additional.is_none_or(|node| node.as_bool() != Some(false));
        let is_free = declared_properties(view).is_empty() && is_open;
        for (name, value) in hint.into_iter().flatten() {
            if is_declared(name) || properties.contains_key(name) {
                continue;
            }
            match schema {
                Some(schema) => {
                    let value = self.map_value(schema, name, Some(value), spec)?;
                    properties.insert(name.clone(), value);
                }
                None if is_free => drop(properties.insert(name.clone(), value.clone())),
                None => (),
            }
        }
        let min_count = view.min_limit("minProperties").unwrap_or(0);
        let is_map = schema.is_some_and(|schema| !self.is_recursive(schema));
        let map_entries = usize::from(is_map && declared_properties(view).is_empty());
        for number in 1.. {
            if properties.len() >= min_count.max(map_entries) || !is_open || number > 64 {
                break;
            }
            let name = if number == 1 { "key".to_owned() } else { format!("key{number}") };
            let value = match schema {
                Some(schema) => match self.map_value(schema, &name, None, spec) {
                    Some(value) => value,
                    None if min_count == 0 => break,
                    None => return None,
                },
                None => Value::from("text"),
            };
            properties.insert(name, value);
        }
        Some(())
    }

    fn map_value(
        &mut self,
        schema: &'n Node,
        name: &str,
        hint: Option<&Value>,
        spec: &SampleSpec<'n, '_>,
    ) -> Option<Value> {
        self.value(&SampleSpec { schema, name, hint, depth: spec.depth + 1, number: 0 })
    }
}

/// Returns the declared properties, each once.
fn declared_properties<'n>(view: &View<'n>) -> Vec<(&'n str, &'n Node)> {
    let mut all: Vec<(&'n str, &'n Node)> = Vec::new();
    for properties in view.all("properties").filter_map(Node::as_object) {
        for (name, schema) in properties {
            if !all.iter().any(|(seen, _)| seen == name) {
                all.push((name, schema));
            }
        }
    }
    all
}

/// Whether a flag is set in a schema or in the schema it refers to.
fn has_flag(root: &Node, schema: &Node, key: &str) -> bool {
    View::new(root, schema).all(key).any(|flag| matches!(flag.kind, Kind::Bool(true)))
        || resolve_ref(root, schema).get(key).and_then(Node::as_bool) == Some(true)
}

fn leaf_count(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(leaf_count).sum(),
        Value::Object(properties) => properties.values().map(leaf_count).sum(),
        _ => 1,
    }
}
