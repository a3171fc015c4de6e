//! Generates objects.

use docwright::source::Node;
use serde_json::{Map, Value};

use super::view::SchemaView;
use super::{MANY_VALUES, Presence, SampleGenerator};

/// Names of additional fields.
const ADDITIONAL_NAMES: [&str; 6] = ["x-other", "other field", "ключ", "a.b[0]", "\"", "type2"];

impl<'n> SampleGenerator<'n> {
    pub(super) fn generate_object(&mut self, view: &SchemaView<'n>, depth: usize) -> Option<Value> {
        let mut fields = Map::new();
        let mut absent = Vec::new();
        for (name, schemas) in &view.properties {
            let required = view.required.contains(name) || view.tags.contains_key(name);
            if !required && !self.is_present(depth) {
                absent.push((*name, schemas));
                continue;
            }
            match self.generate_field(view, name, schemas, depth) {
                Some(value) => drop(fields.insert((*name).to_owned(), value)),
                None if required => return None,
                None => (),
            }
        }
        for (name, tags) in
            view.tags.iter().filter(|(name, _)| !view.properties.contains_key(*name))
        {
            let tag = self.pick(tags)?.clone();
            fields.insert((*name).to_owned(), Value::from(tag));
        }
        let minimum = usize::try_from(view.max_int("minProperties").unwrap_or(0)).ok()?;
        for (name, schemas) in absent {
            if fields.len() < minimum
                && let Some(value) = self.generate_field(view, name, schemas, depth)
            {
                fields.insert(name.to_owned(), value);
            }
        }
        let undeclared: Vec<&str> = view.required.iter().copied().collect();
        let undeclared = undeclared.into_iter().filter(|name| !view.properties.contains_key(name));
        for name in undeclared {
            if !fields.contains_key(name) {
                fields.insert(name.to_owned(), self.generate_additional(view, depth)?);
            }
        }
        if view.is_open() {
            self.add_additional(view, depth, minimum, &mut fields)?;
        }
        Some(Value::Object(fields))
    }

    fn generate_field(
        &mut self,
        view: &SchemaView<'n>,
        name: &str,
        schemas: &[&'n Node],
        depth: usize,
    ) -> Option<Value> {
        match view.tags.get(name) {
            Some(tags) => self.generate_tag(tags, schemas),
            None => (0..4).find_map(|_| self.generate_value(schemas, depth + 1)),
        }
    }

    /// Generates a tag that the property's `enum` lists, if it has one: preferably one of the
    /// discriminator's `tags`, otherwise any listed value.
    fn generate_tag(&mut self, tags: &[String], schemas: &[&'n Node]) -> Option<Value> {
        let tags: Vec<Value> = tags.iter().map(|tag| Value::from(tag.as_str())).collect();
        let listed =
            SchemaView::new(self.root, schemas, &mut self.rng).and_then(|view| view.values);
        let Some(listed) = listed else { return self.pick(&tags).cloned() };
        let both: Vec<Value> = tags.into_iter().filter(|tag| listed.contains(tag)).collect();
        self.pick(if both.is_empty() { &listed } else { &both }).cloned()
    }

    /// Decides whether an optional field is present.
    fn is_present(&mut self, depth: usize) -> bool {
        match self.presence {
            Presence::All if depth == 0 => true,
            Presence::None => false,
            _ if self.value_count > MANY_VALUES => false,
            _ => self.chance(if depth < 2 { 2 } else { 2 + depth }),
        }
    }

    /// Adds additional fields, at least until there are `minimum` fields.
    fn add_additional(
        &mut self,
        view: &SchemaView<'n>,
        depth: usize,
        minimum: usize,
        fields: &mut Map<String, Value>,
    ) -> Option<()> {
        let maximum = view.min_int("maxProperties").and_then(|n| usize::try_from(n).ok());
        let preferred =
            if self.presence == Presence::None || depth > 6 { 0 } else { self.rng.usize(..3) };
        let target = (fields.len() + preferred).max(minimum).min(maximum.unwrap_or(usize::MAX));
        let start = self.rng.usize(..ADDITIONAL_NAMES.len());
        for index in 0.. {
            if fields.len() >= target {
                break;
            }
            let name = match ADDITIONAL_NAMES.get((start + index) % ADDITIONAL_NAMES.len()) {
                Some(name) if index < ADDITIONAL_NAMES.len() => (*name).to_owned(),
                _ => format!("key{index}"),
            };
            match self.generate_additional(view, depth) {
                Some(value) => drop(fields.insert(name, value)),
                None if fields.len() >= minimum => break,
                None => return None,
            }
        }
        Some(())
    }

    fn generate_additional(&mut self, view: &SchemaView<'n>, depth: usize) -> Option<Value> {
        match view.additional.is_empty() {
            true => Some(self.arbitrary_json()),
            false => self.generate_value(&view.additional, depth + 1),
        }
    }
}
