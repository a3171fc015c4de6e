//! Objects.

use docwright::source::Node;
use serde_json::{Map, Value};

use super::view::View;
use super::{MANY, Maker, Presence};

/// Names of members that no schema declares.
const OTHERS: [&str; 6] = ["x-other", "other member", "ключ", "a.b[0]", "\"", "type2"];

impl<'n> Maker<'n> {
    pub(super) fn object(&mut self, view: &View<'n>, depth: usize) -> Option<Value> {
        let mut members = Map::new();
        let mut absent = Vec::new();
        for (name, schemas) in &view.properties {
            let required = view.required.contains(name) || view.tags.contains_key(name);
            if !required && !self.is_present(depth) {
                absent.push((*name, schemas));
                continue;
            }
            match self.member(view, name, schemas, depth) {
                Some(value) => drop(members.insert((*name).to_owned(), value)),
                None if required => return None,
                None => (),
            }
        }
        for (name, tags) in
            view.tags.iter().filter(|(name, _)| !view.properties.contains_key(*name))
        {
            let tag = self.pick(tags)?.clone();
            members.insert((*name).to_owned(), Value::from(tag));
        }
        let least = usize::try_from(view.int("minProperties").unwrap_or(0)).ok()?;
        for (name, schemas) in absent {
            if members.len() < least
                && let Some(value) = self.member(view, name, schemas, depth)
            {
                members.insert(name.to_owned(), value);
            }
        }
        let unnamed: Vec<&str> = view.required.iter().copied().collect();
        let unnamed = unnamed.into_iter().filter(|name| !view.properties.contains_key(name));
        for name in unnamed {
            if !members.contains_key(name) {
                members.insert(name.to_owned(), self.other(view, depth)?);
            }
        }
        if view.is_open() {
            self.others(view, depth, least, &mut members)?;
        }
        Some(Value::Object(members))
    }

    fn member(
        &mut self,
        view: &View<'n>,
        name: &str,
        schemas: &[&'n Node],
        depth: usize,
    ) -> Option<Value> {
        match view.tags.get(name) {
            Some(tags) => self.tag(tags, schemas),
            None => (0..4).find_map(|_| self.value(schemas, depth + 1)),
        }
    }

    /// A tag that its own schema lists; another that it lists where a mapping, or the name of a
    /// component, says a word that it does not.
    fn tag(&mut self, tags: &[String], schemas: &[&'n Node]) -> Option<Value> {
        let tags: Vec<Value> = tags.iter().map(|tag| Value::from(tag.as_str())).collect();
        let listed = View::of(self.root, schemas, &mut self.rng).and_then(|view| view.values);
        let Some(listed) = listed else { return self.pick(&tags).cloned() };
        let both: Vec<Value> = tags.into_iter().filter(|tag| listed.contains(tag)).collect();
        self.pick(if both.is_empty() { &listed } else { &both }).cloned()
    }

    /// Whether a member that may be missing is there.
    fn is_present(&mut self, depth: usize) -> bool {
        match self.presence {
            Presence::All if depth == 0 => true,
            Presence::None => false,
            _ if self.made > MANY => false,
            _ => self.chance(if depth < 2 { 2 } else { 2 + depth }),
        }
    }

    /// Members that no schema names.
    fn others(
        &mut self,
        view: &View<'n>,
        depth: usize,
        least: usize,
        members: &mut Map<String, Value>,
    ) -> Option<()> {
        let most = view.least_int("maxProperties").and_then(|n| usize::try_from(n).ok());
        let usual =
            if self.presence == Presence::None || depth > 6 { 0 } else { self.rng.usize(..3) };
        let wanted = (members.len() + usual).max(least).min(most.unwrap_or(usize::MAX));
        let start = self.rng.usize(..OTHERS.len());
        for index in 0.. {
            if members.len() >= wanted {
                break;
            }
            let name = match OTHERS.get((start + index) % OTHERS.len()) {
                Some(name) if index < OTHERS.len() => (*name).to_owned(),
                _ => format!("key{index}"),
            };
            match self.other(view, depth) {
                Some(value) => drop(members.insert(name, value)),
                None if members.len() >= least => break,
                None => return None,
            }
        }
        Some(())
    }

    fn other(&mut self, view: &View<'n>, depth: usize) -> Option<Value> {
        match view.rest.is_empty() {
            true => Some(self.anything()),
            false => self.value(&view.rest, depth + 1),
        }
    }
}
