//! What schemas that hold together say: references followed, `allOf` united, one alternative chosen of
//! each `oneOf` and `anyOf`.

use std::collections::{BTreeMap, BTreeSet};

use docwright::source::{Kind, Node, Number};
use fastrand::Rng;
use serde_json::Value;

/// How many schemas one value may have to obey.
const MOST: usize = 200;

/// What the schemas say together.
#[derive(Debug, Default)]
pub struct View<'n> {
    /// The schemas, none of which refers to another.
    parts: Vec<&'n Node>,
    /// `type`; the narrowest.
    pub ty: Option<&'n str>,
    /// Whether `null` is allowed.
    pub is_nullable: bool,
    /// `enum`: what all lists have.
    pub values: Option<Vec<Value>>,
    /// `properties`
    pub properties: BTreeMap<&'n str, Vec<&'n Node>>,
    /// `required`
    pub required: BTreeSet<&'n str>,
    /// `additionalProperties` as schemas.
    pub rest: Vec<&'n Node>,
    /// Whether no other members are allowed.
    pub is_closed: bool,
    /// `items`
    pub items: Vec<&'n Node>,
    /// The tags that the chosen alternatives have, by member.
    pub tags: BTreeMap<&'n str, Vec<String>>,
}

impl<'n> View<'n> {
    /// Nothing if the schemas contradict each other, or lead nowhere.
    pub fn of(root: &'n Node, schemas: &[&'n Node], rng: &mut Rng) -> Option<Self> {
        let mut view = View { is_nullable: true, ..View::default() };
        for node in schemas {
            view.is_nullable &= says_null(root, node, 0);
        }
        let mut waiting: Vec<&'n Node> = schemas.to_vec();
        let mut hops = 0;
        while let Some(node) = waiting.pop() {
            hops += 1;
            if hops > MOST {
                return None;
            }
            if let Some(target) = target(root, node) {
                waiting.push(target?);
                continue;
            }
            waiting.extend(list(node, "allOf"));
            for key in ["oneOf", "anyOf"] {
                let all = list(node, key);
                if !all.is_empty() {
                    let chosen = *all.get(rng.usize(..all.len()))?;
                    view.tag(node, chosen);
                    waiting.push(chosen);
                }
            }
            view.part(node)?;
        }
        Some(view)
    }

    /// The tag of the alternative that was chosen, as `discriminator` maps it.
    fn tag(&mut self, node: &'n Node, chosen: &'n Node) {
        let Some(discriminator) = node.get("discriminator") else { return };
        let member = discriminator.get("propertyName").and_then(Node::as_str);
        let only = list(chosen, "allOf");
        let chosen = if let [only] = only.as_slice() { only } else { chosen };
        let (Some(member), Some(reference)) = (member, chosen.get("$ref").and_then(Node::as_str))
        else {
            return;
        };
        let name = reference.rsplit('/').next().unwrap_or_default();
        let mapping = discriminator.get("mapping").and_then(Node::as_object);
        let mapped = mapping.into_iter().flatten().filter(|(_, target)| {
            target.as_str().is_some_and(|target| target == reference || target == name)
        });
        let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
        if tags.is_empty() {
            tags.push(name.to_owned());
        }
        self.tags.insert(member, tags);
    }

    fn part(&mut self, node: &'n Node) -> Option<()> {
        self.parts.push(node);
        let ty = node.get("type").and_then(Node::as_str).filter(|ty| *ty != "any");
        self.ty = match (self.ty, ty) {
            (ty, None) | (None, ty) => ty,
            (Some("number"), Some("integer")) => ty,
            (Some("integer"), Some("number")) => self.ty,
            (Some(a), Some(b)) if a == b => ty,
            _ => return None,
        };
        let values = node.get("enum").and_then(Node::as_array);
        if let Some(values) = values {
            let values = values.iter().filter(|it| it.kind != Kind::Null).map(Node::to_json);
            let mut values: Vec<Value> = values.collect();
            if let Some(others) = &self.values {
                values.retain(|it| others.contains(it));
            }
            self.values = Some(values);
        }
        for (name, schema) in node.get("properties").and_then(Node::as_object).into_iter().flatten()
        {
            self.properties.entry(name).or_default().push(schema);
        }
        self.required.extend(list(node, "required").into_iter().filter_map(Node::as_str));
        match node.get("additionalProperties") {
            Some(rest) if rest.as_bool() == Some(false) => self.is_closed = true,
            Some(rest) => self.rest.extend(rest.as_object().map(|_| rest)),
            None => (),
        }
        self.items.extend(node.get("items"));
        Some(())
    }

    /// Whether one of the schemas allows members that it does not name.
    pub fn is_open(&self) -> bool {
        let open = |node: &&Node| node.get("additionalProperties").and_then(Node::as_bool);
        !self.is_closed
            && (!self.rest.is_empty()
                || self.properties.is_empty()
                || self.parts.iter().any(|node| open(node) == Some(true)))
    }

    /// The text of a keyword.
    pub fn text(&self, key: &str) -> Option<&'n str> {
        self.parts.iter().find_map(|node| node.get(key)?.as_str())
    }

    /// Whether a flag is set.
    pub fn is(&self, key: &str) -> bool {
        self.parts.iter().any(|node| node.get(key).and_then(Node::as_bool) == Some(true))
    }

    /// The largest integer of a keyword.
    pub fn int(&self, key: &str) -> Option<i128> {
        self.parts.iter().filter_map(|node| node.get(key)?.as_int()).max()
    }

    /// The smallest integer of a keyword.
    pub fn least_int(&self, key: &str) -> Option<i128> {
        self.parts.iter().filter_map(|node| node.get(key)?.as_int()).min()
    }

    /// The number of a keyword, in one of the schemas.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.parts.iter().find_map(|node| number(node.get(key)?))
    }

    /// `minimum`, and whether it is excluded itself.
    pub fn least(&self) -> Option<f64> {
        self.number("minimum").or_else(|| self.number("exclusiveMinimum"))
    }

    /// `maximum`, and whether it is excluded itself.
    pub fn most(&self) -> Option<f64> {
        self.number("maximum").or_else(|| self.number("exclusiveMaximum"))
    }
}

#[allow(clippy::cast_precision_loss, reason = "a limit, and what is made is checked")]
fn number(node: &Node) -> Option<f64> {
    match &node.kind {
        Kind::Number(Number::Int(it)) => Some(*it as f64),
        Kind::Number(Number::Float(it)) => Some(*it),
        _ => None,
    }
}

fn list<'n>(node: &'n Node, key: &str) -> Vec<&'n Node> {
    node.get(key).and_then(Node::as_array).unwrap_or_default().iter().collect()
}

/// What a reference leads to; nothing inside if it leads nowhere.
fn target<'n>(root: &'n Node, node: &Node) -> Option<Option<&'n Node>> {
    let reference = node.get("$ref").and_then(Node::as_str)?;
    Some(reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer)))
}

fn says_null<'n>(root: &'n Node, node: &'n Node, depth: usize) -> bool {
    if depth > 8 {
        return false;
    }
    match target(root, node) {
        Some(Some(target)) => says_null(root, target, depth + 1),
        Some(None) => false,
        None => node.get("nullable").and_then(Node::as_bool) == Some(true),
    }
}
