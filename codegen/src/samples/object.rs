//! Samples of objects.

use serde_json::{Map, Value};

use super::view::{Properties, View};
use super::{OptionalProperties, SampleBuilder, SampleSpec};
use crate::source::Node;

/// How many leaf values an optional property may have to be included in a plain sample without an
/// example.
const MAX_LEAVES: usize = 6;

/// How many schemas are visited for a random sample before optional values are omitted.
const MANY_SCHEMAS: usize = 250;

/// How many undeclared properties are added at most.
const MAX_UNDECLARED: usize = 64;

/// Names of undeclared properties in random samples.
const UNUSUAL_NAMES: [&str; 6] = ["x-other", "other field", "ключ", "a.b[0]", "\"", "type2"];

impl<'n> SampleBuilder<'n> {
    pub(super) fn object(
        &mut self,
        view: &View<'n>,
        spec: &SampleSpec<'_, 'n, '_>,
    ) -> Option<Value> {
        let hint = spec.hint.and_then(Value::as_object);
        let declared = view.properties();
        let mut required = view.required();
        required.extend(view.tags.iter().map(|(name, _)| *name));
        let mut object = Map::new();
        let mut absent = Vec::new();
        for (name, schemas) in &declared {
            let is_required = required.contains(name);
            if !self.choices.is_random() && self.has_flag(schemas, "readOnly") {
                continue;
            }
            let example = hint.and_then(|it| it.get(*name)).filter(|it| !it.is_null());
            let is_included = is_required
                || example.is_some()
                || hint.is_none() && self.is_included(schemas, spec.depth);
            let value = is_included.then(|| self.property(view, name, schemas, example, spec));
            match value.flatten() {
                Some(value)
                    if is_required
                        || example.is_some()
                        || self.choices.is_random()
                        || leaf_count(&value) <= MAX_LEAVES =>
                {
                    object.insert((*name).to_owned(), value);
                }
                None if is_required => return None,
                _ => absent.push((*name, schemas)),
            }
        }
        for name in required.iter().filter(|name| !declared.contains_key(*name)) {
            let hint = hint.and_then(|it| it.get(*name));
            object.insert((*name).to_owned(), self.property(view, name, &[], hint, spec)?);
        }
        self.add_undeclared_of_hint(view, &declared, hint, spec, &mut object)?;
        let min_count = view.min_limit("minProperties").unwrap_or(0);
        for (name, schemas) in absent {
            if object.len() < min_count
                && let Some(value) = self.property(view, name, schemas, None, spec)
            {
                object.insert(name.to_owned(), value);
            }
        }
        self.add_undeclared(view, &declared, spec, &mut object)?;
        Some(Value::Object(object))
    }

    /// Builds a property. Without schemas of its own, it is an undeclared one.
    fn property(
        &mut self,
        view: &View<'n>,
        name: &str,
        schemas: &[&'n Node],
        hint: Option<&Value>,
        spec: &SampleSpec<'_, 'n, '_>,
    ) -> Option<Value> {
        if let Some((_, tags)) = view.tags.iter().find(|(tag, _)| *tag == name) {
            return self.tag(tags, schemas);
        }
        let additional = view.additional();
        let schemas = if schemas.is_empty() { &additional } else { schemas };
        let inner = SampleSpec { schemas, name, hint, depth: spec.depth + 1 };
        // A random attempt can fail where another one succeeds.
        let attempts = if self.choices.is_random() { 4 } else { 1 };
        (0..attempts).find_map(|_| self.value(&inner))
    }

    /// Returns one of the discriminator's `tags`, preferably one that the property's `enum` lists.
    fn tag(&mut self, tags: &[String], schemas: &[&'n Node]) -> Option<Value> {
        let view = View::new(self.root, schemas);
        let tags: Vec<Value> = tags.iter().map(|tag| tag.as_str().into()).collect();
        let is_allowed = |value: &&Value| view.allows_scalar(&self.validator, value);
        let allowed: Vec<Value> = tags.iter().filter(is_allowed).cloned().collect();
        let listed = view.get("enum").and_then(Node::as_array).unwrap_or_default();
        let listed: Vec<Value> = listed.iter().map(Node::to_json).collect();
        let choices = [allowed, listed, tags].into_iter().find(|it| !it.is_empty())?;
        self.choices.pick(&choices).cloned()
    }

    /// Whether an optional property without an example is included.
    fn is_included(&mut self, schemas: &[&'n Node], depth: usize) -> bool {
        match self.optional {
            OptionalProperties::Omit => false,
            OptionalProperties::Small => depth == 0 && !self.has_flag(schemas, "deprecated"),
            OptionalProperties::All if depth == 0 => true,
            OptionalProperties::All | OptionalProperties::Random => {
                self.visited <= MANY_SCHEMAS
                    && self.choices.one_in(if depth < 2 { 2 } else { 2 + depth })
            }
        }
    }

    /// Returns an index of `count` items, or 0 if the sample is already large or deep.
    pub(super) fn index_unless_large(&mut self, count: usize) -> usize {
        let is_large = self.visited > MANY_SCHEMAS || self.active.len() > 8;
        if is_large { 0 } else { self.choices.index(count) }
    }

    /// Adds the properties of the hint that are not declared.
    fn add_undeclared_of_hint(
        &mut self,
        view: &View<'n>,
        declared: &Properties<'n>,
        hint: Option<&Map<String, Value>>,
        spec: &SampleSpec<'_, 'n, '_>,
        object: &mut Map<String, Value>,
    ) -> Option<()> {
        let is_free = declared.is_empty() && !view.is_closed();
        for (name, value) in hint.into_iter().flatten() {
            if declared.contains_key(name.as_str()) || object.contains_key(name) {
                continue;
            }
            if !view.additional().is_empty() {
                let value = self.property(view, name, &[], Some(value), spec)?;
                object.insert(name.clone(), value);
            } else if is_free {
                object.insert(name.clone(), value.clone());
            }
        }
        Some(())
    }

    /// Adds properties that are not declared: as many as are required, one entry of a map, and in
    /// random samples some more.
    fn add_undeclared(
        &mut self,
        view: &View<'n>,
        declared: &Properties<'n>,
        spec: &SampleSpec<'_, 'n, '_>,
        object: &mut Map<String, Value>,
    ) -> Option<()> {
        let min_count = view.min_limit("minProperties").unwrap_or(0);
        let max_count = view.max_limit("maxProperties").unwrap_or(usize::MAX);
        let additional = view.additional();
        let is_map = declared.is_empty() && !additional.is_empty();
        let preferred = match self.choices.is_random() {
            true if self.optional == OptionalProperties::Omit || !view.is_open(declared) => 0,
            true => object.len() + self.index_unless_large(3),
            false => usize::from(is_map && !additional.iter().any(|it| self.is_recursive(it))),
        };
        let count = preferred.max(min_count).min(max_count);
        let first = self.choices.index(UNUSUAL_NAMES.len());
        for number in 0..MAX_UNDECLARED {
            if object.len() >= count || view.is_closed() {
                break;
            }
            let name = match UNUSUAL_NAMES.get((first + number) % UNUSUAL_NAMES.len()) {
                Some(name) if self.choices.is_random() && number < UNUSUAL_NAMES.len() => *name,
                _ if number == 0 => "key",
                _ => &format!("key{}", number + 1),
            };
            if declared.contains_key(name) || object.contains_key(name) {
                continue;
            }
            match self.property(view, name, &[], None, spec) {
                Some(value) => drop(object.insert(name.to_owned(), value)),
                None if object.len() >= min_count => break,
                None => return None,
            }
        }
        Some(())
    }

    /// Whether a flag is set in any of the schemas.
    fn has_flag(&self, schemas: &[&'n Node], key: &str) -> bool {
        View::new(self.root, schemas).all(key).any(|flag| flag.as_bool() == Some(true))
    }
}

fn leaf_count(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(leaf_count).sum(),
        Value::Object(properties) => properties.values().map(leaf_count).sum(),
        _ => 1,
    }
}
