//! A schema with everything that holds beside it: what it refers to, `allOf`, chosen alternatives.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fits::{self, Judge};
use crate::source::Node;

/// How many references follow each other at most.
const MOST_STEPS: usize = 64;

/// A schema and all that holds beside it.
#[derive(Clone, Default)]
pub struct View<'n> {
    /// Schemas without their composition, all of which hold.
    pub parts: Vec<&'n Node>,
    /// Alternatives that are not chosen yet.
    pub choices: Vec<Choice<'n>>,
    /// Members that tell alternatives apart, and what they have to hold.
    pub tags: Vec<(&'n str, String)>,
}

/// `oneOf` or `anyOf`.
#[derive(Clone, Copy)]
pub struct Choice<'n> {
    alternatives: &'n [Node],
    discriminator: Option<&'n Node>,
}

/// What `node` refers to, or itself.
pub fn resolved<'n>(root: &'n Node, mut node: &'n Node) -> &'n Node {
    for _ in 0..MOST_STEPS {
        let target = node.get("$ref").and_then(Node::as_str).and_then(|it| it.strip_prefix('#'));
        match target.and_then(|pointer| root.pointer(pointer)) {
            Some(target) => node = target,
            None => break,
        }
    }
    node
}

impl<'n> View<'n> {
    /// The schema with what it refers to and its `allOf`.
    pub fn of(root: &'n Node, schema: &'n Node) -> Self {
        let mut view = Self::default();
        view.add(root, schema, 0);
        view
    }

    fn add(&mut self, root: &'n Node, schema: &'n Node, depth: usize) {
        let schema = resolved(root, schema);
        let met = self.parts.iter().any(|part| std::ptr::eq(*part, schema));
        if met || depth > MOST_STEPS {
            return;
        }
        self.parts.push(schema);
        for part in schema.get("allOf").and_then(Node::as_array).unwrap_or_default() {
            self.add(root, part, depth + 1);
        }
        let discriminator = schema.get("discriminator");
        for key in ["oneOf", "anyOf"] {
            match schema.get(key).and_then(Node::as_array) {
                None | Some([]) => (),
                Some(alternatives) => self.choices.push(Choice { alternatives, discriminator }),
            }
        }
    }

    /// With one of the alternatives of a choice.
    pub fn with(&self, root: &'n Node, choice: &Choice<'n>, alternative: &'n Node) -> Self {
        let mut view = self.clone();
        view.add(root, alternative, 0);
        view.tags.extend(choice.tag(alternative));
        view
    }

    /// The first part's value of a keyword.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.all(key).next()
    }

    /// Every part's value of a keyword.
    pub fn all(&self, key: &str) -> impl Iterator<Item = &'n Node> {
        self.parts.iter().filter_map(move |part| part.get(key))
    }

    /// The example of the schema itself.
    pub fn example(&self) -> Option<Value> {
        self.get("example").map(Node::to_json).filter(|it| !it.is_null())
    }

    /// What kind of value it is, where the schema does not say so by what it says of the value.
    pub fn kind(&self) -> &'n str {
        if let Some(kind) = self.get("type").and_then(Node::as_str) {
            return kind;
        }
        let says = |keys: &[&str]| keys.iter().any(|key| self.get(key).is_some());
        if says(&["properties", "additionalProperties", "required"]) || !self.tags.is_empty() {
            return "object";
        }
        if says(&["items"]) {
            return "array";
        }
        let listed = self.get("enum").and_then(Node::as_array).unwrap_or_default();
        match listed.first().map(Node::kind_name) {
            Some("a string") => "string",
            None if says(&["format", "pattern", "minLength", "maxLength"]) => "string",
            _ => "any",
        }
    }

    /// What the member `name` has to hold so that the chosen alternative is told by it.
    pub fn tag(&self, name: &str) -> Option<Value> {
        self.tags.iter().find(|(tag, _)| *tag == name).map(|(_, value)| value.clone().into())
    }

    /// Whether all parts allow a scalar.
    pub fn allows_scalar(&self, root: &Node, value: &Value) -> bool {
        self.parts.iter().all(|part| fits::alone(root, part, value))
    }

    /// A limit that is at least the greatest of all parts.
    pub fn least(&self, key: &str) -> Option<usize> {
        self.limits(key).max()
    }

    /// A limit that is at most the smallest of all parts.
    pub fn most(&self, key: &str) -> Option<usize> {
        self.limits(key).min()
    }

    fn limits(&self, key: &str) -> impl Iterator<Item = usize> {
        self.all(key).filter_map(|node| usize::try_from(node.as_int()?).ok())
    }

    /// Names in `required`.
    pub fn required(&self) -> BTreeSet<&'n str> {
        let lists = self.all("required").filter_map(Node::as_array);
        lists.flatten().filter_map(Node::as_str).collect()
    }
}

impl<'n> Choice<'n> {
    /// The alternatives, those first that the hint is nearest to.
    pub fn ordered(
        &self,
        root: &'n Node,
        judge: &Judge<'_>,
        hint: Option<&Value>,
    ) -> Vec<&'n Node> {
        let mut all: Vec<&'n Node> = self.alternatives.iter().collect();
        // `null` is a value of last resort.
        let is_null = |node: &Node| {
            let node = resolved(root, node);
            let only = |values: &[Node]| !values.is_empty() && values.iter().all(is_null_value);
            node.get("enum").and_then(Node::as_array).is_some_and(only)
        };
        all.sort_by_cached_key(|alternative| {
            let distance = hint.map_or(0, |hint| self.distance(judge, alternative, hint));
            (is_null(alternative), distance)
        });
        all
    }

    fn distance(&self, judge: &Judge<'_>, alternative: &'n Node, hint: &Value) -> usize {
        let tag = self.tag(alternative);
        let tagged = tag.is_some_and(|(name, value)| {
            hint.get(name).and_then(Value::as_str).is_some_and(|it| it == value)
        });
        match tagged || judge.fits(alternative, hint) {
            true => 0,
            false => 1,
        }
    }

    /// The member that tells that it is this alternative, and what it holds.
    fn tag(&self, alternative: &'n Node) -> Option<(&'n str, String)> {
        let discriminator = self.discriminator?;
        let name = discriminator.get("propertyName")?.as_str()?;
        let target = alternative.get("$ref")?.as_str()?;
        let mapping = discriminator.get("mapping").and_then(Node::as_object);
        let mut mapped = mapping.into_iter().flatten();
        let last = target.rsplit('/').next().unwrap_or(target);
        let is_it = |node: &Node| node.as_str().is_some_and(|it| it == target || it == last);
        let value = mapped.find(|(_, node)| is_it(node)).map(|(value, _)| value.clone());
        Some((name, value.unwrap_or_else(|| crate::source::unescape(last))))
    }
}

fn is_null_value(node: &Node) -> bool {
    matches!(node.kind, crate::source::Kind::Null)
}
