//! Objects.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::view::{View, resolved};
use super::{Maker, Optional, Wanted, text};
use crate::source::{Kind, Node};

/// How many leaves a member has at most that may be missing and is there all the same.
const SMALL: usize = 6;

impl<'n> Maker<'n> {
    pub(super) fn object(&mut self, view: &View<'n>, wanted: &Wanted<'n, '_>) -> Option<Value> {
        let hint = wanted.hint.and_then(Value::as_object);
        let required = view.required();
        let mut members = Map::new();
        let mut absent = Vec::new();
        for (name, schema) in declared(view) {
            let needed = required.contains(name) || view.tag(name).is_some();
            if is_true(self.root, schema, "readOnly") {
                continue;
            }
            let given = hint.and_then(|it| it.get(name)).filter(|it| !it.is_null());
            let wanted_too = given.is_some() || hint.is_none() && self.is_usual(schema, wanted);
            if !needed && !wanted_too {
                absent.push((name, schema));
                continue;
            }
            let value = match view.tag(name) {
                Some(tag) => Some(tag),
                None => self.member(view, schema, name, given, wanted),
            };
            match value {
                Some(value) if needed || given.is_some() || leaves(&value) <= SMALL => {
                    members.insert(name.to_owned(), value);
                }
                None if needed => return None,
                _ => absent.push((name, schema)),
            }
        }
        self.undeclared(view, &required, hint, wanted, &mut members)?;
        let least = view.least("minProperties").unwrap_or(0);
        for (name, schema) in absent.into_iter().take(least.saturating_sub(members.len())) {
            if let Some(value) = self.member(view, schema, name, None, wanted) {
                members.insert(name.to_owned(), value);
            }
        }
        Some(Value::Object(members))
    }

    /// A member; where several parts declare it, all of them have to allow it.
    fn member(
        &mut self,
        view: &View<'n>,
        schema: &'n Node,
        name: &str,
        hint: Option<&Value>,
        wanted: &Wanted<'n, '_>,
    ) -> Option<Value> {
        let depth = wanted.depth + 1;
        let inner = Wanted { schema, name, hint, depth, number: wanted.number };
        let mut others = view.all("properties").filter_map(|it| it.get(name)).skip(1).peekable();
        if others.peek().is_none() {
            return self.value(&inner);
        }
        self.made += 1;
        let mut merged = View::of(self.root, schema);
        for other in others {
            let View { parts, choices, .. } = View::of(self.root, other);
            merged.parts.extend(parts);
            merged.choices.extend(choices);
        }
        (depth <= super::DEEPEST && self.made <= super::MOST)
            .then(|| self.viewed(&merged, &inner))
            .flatten()
    }

    /// Whether a member that may be missing is there without an example that has it.
    fn is_usual(&self, schema: &'n Node, wanted: &Wanted<'_, '_>) -> bool {
        self.optional == Optional::Small
            && wanted.depth == 0
            && !is_true(self.root, schema, "deprecated")
    }

    /// Members that no schema names: those that are required, those of the hint, and one of a map.
    fn undeclared(
        &mut self,
        view: &View<'n>,
        required: &BTreeSet<&str>,
        hint: Option<&Map<String, Value>>,
        wanted: &Wanted<'n, '_>,
        members: &mut Map<String, Value>,
    ) -> Option<()> {
        let is_declared = |name: &str| declared(view).iter().any(|(it, _)| *it == name);
        for name in required.iter().filter(|name| !is_declared(name)) {
            let value = hint.and_then(|it| it.get(*name)).cloned();
            let value = view.tag(name).or(value).unwrap_or_else(|| text::named(name).into());
            members.insert((*name).to_owned(), value);
        }
        let rest = view.get("additionalProperties");
        let schema = rest.filter(|node| node.as_object().is_some_and(|it| !it.is_empty()));
        let is_open = rest.is_none_or(|node| node.as_bool() != Some(false));
        let is_free = declared(view).is_empty() && is_open;
        for (name, value) in hint.into_iter().flatten() {
            if is_declared(name) || members.contains_key(name) {
                continue;
            }
            match schema {
                Some(schema) => {
                    let made = self.member_of_map(schema, name, Some(value), wanted)?;
                    members.insert(name.clone(), made);
                }
                None if is_free => drop(members.insert(name.clone(), value.clone())),
                None => (),
            }
        }
        let least = view.least("minProperties").unwrap_or(0);
        let is_map = schema.is_some_and(|schema| !self.holds_itself(schema));
        let of_map = usize::from(is_map && declared(view).is_empty());
        for number in 1.. {
            if members.len() >= least.max(of_map) || !is_open || number > 64 {
                break;
            }
            let name = if number == 1 { "key".to_owned() } else { format!("key{number}") };
            let value = match schema {
                Some(schema) => match self.member_of_map(schema, &name, None, wanted) {
                    Some(value) => value,
                    None if least == 0 => break,
                    None => return None,
                },
                None => Value::from("text"),
            };
            members.insert(name, value);
        }
        Some(())
    }

    fn member_of_map(
        &mut self,
        schema: &'n Node,
        name: &str,
        hint: Option<&Value>,
        wanted: &Wanted<'n, '_>,
    ) -> Option<Value> {
        self.value(&Wanted { schema, name, hint, depth: wanted.depth + 1, number: 0 })
    }
}

/// Every declared member once.
fn declared<'n>(view: &View<'n>) -> Vec<(&'n str, &'n Node)> {
    let mut all: Vec<(&'n str, &'n Node)> = Vec::new();
    for properties in view.all("properties").filter_map(Node::as_object) {
        for (name, schema) in properties {
            if !all.iter().any(|(met, _)| met == name) {
                all.push((name, schema));
            }
        }
    }
    all
}

/// Whether a flag is set on a schema or on what it refers to.
fn is_true(root: &Node, schema: &Node, key: &str) -> bool {
    View::of(root, schema).all(key).any(|flag| matches!(flag.kind, Kind::Bool(true)))
        || resolved(root, schema).get(key).and_then(Node::as_bool) == Some(true)
}

fn leaves(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(leaves).sum(),
        Value::Object(members) => members.values().map(leaves).sum(),
        _ => 1,
    }
}
