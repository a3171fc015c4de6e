//! A schema with everything that applies beside it: the targets of references, `allOf`, and chosen
//! alternatives.

use std::collections::BTreeSet;

use serde_json::Value;

use super::validation::{self, Validator};
use crate::source::Node;

/// How long a chain of references may be.
const MAX_HOPS: usize = 64;

/// A schema and everything that applies beside it.
#[derive(Clone, Default)]
pub struct View<'n> {
    /// Schemas without their composition, all of which apply.
    pub parts: Vec<&'n Node>,
    /// Alternatives from which none was chosen yet.
    pub alternatives: Vec<Alternatives<'n>>,
    /// The tags of chosen alternatives: properties and the values they must have.
    pub tags: Vec<(&'n str, String)>,
}

/// `oneOf` or `anyOf`.
#[derive(Clone, Copy)]
pub struct Alternatives<'n> {
    schemas: &'n [Node],
    discriminator: Option<&'n Node>,
}

/// Resolves references: returns the node that `node` refers to, or `node` itself.
pub fn resolve_ref<'n>(root: &'n Node, mut node: &'n Node) -> &'n Node {
    for _ in 0..MAX_HOPS {
        let target = node.get("$ref").and_then(Node::as_str).and_then(|it| it.strip_prefix('#'));
        match target.and_then(|pointer| root.pointer(pointer)) {
            Some(target) => node = target,
            None => break,
        }
    }
    node
}

impl<'n> View<'n> {
    /// Creates the view of a schema, with its references and `allOf` resolved.
    pub fn new(root: &'n Node, schema: &'n Node) -> Self {
        let mut view = Self::default();
        view.add(root, schema, 0);
        view
    }

    fn add(&mut self, root: &'n Node, schema: &'n Node, depth: usize) {
        let schema = resolve_ref(root, schema);
        let is_known = self.parts.iter().any(|part| std::ptr::eq(*part, schema));
        if is_known || depth > MAX_HOPS {
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
                Some(schemas) => self.alternatives.push(Alternatives { schemas, discriminator }),
            }
        }
    }

    /// Returns the view with one of the alternatives chosen.
    pub fn with_alternative(
        &self,
        root: &'n Node,
        alternatives: &Alternatives<'n>,
        alternative: &'n Node,
    ) -> Self {
        let mut view = self.clone();
        view.add(root, alternative, 0);
        view.tags.extend(alternatives.tag(alternative));
        view
    }

    /// Returns the keyword's value in the first part that has it.
    pub fn get(&self, key: &str) -> Option<&'n Node> {
        self.all(key).next()
    }

    /// Returns the keyword's values in all parts.
    pub fn all(&self, key: &str) -> impl Iterator<Item = &'n Node> {
        self.parts.iter().filter_map(move |part| part.get(key))
    }

    /// Returns the example of the schema itself.
    pub fn example(&self) -> Option<Value> {
        self.get("example").map(Node::to_json).filter(|it| !it.is_null())
    }

    /// Returns the type of the value, inferred from other keywords if `type` is missing.
    pub fn kind(&self) -> &'n str {
        if let Some(kind) = self.get("type").and_then(Node::as_str) {
            return kind;
        }
        let has_any = |keys: &[&str]| keys.iter().any(|key| self.get(key).is_some());
        if has_any(&["properties", "additionalProperties", "required"]) || !self.tags.is_empty() {
            return "object";
        }
        if has_any(&["items"]) {
            return "array";
        }
        let listed = self.get("enum").and_then(Node::as_array).unwrap_or_default();
        match listed.first().map(|value| &value.kind) {
            Some(crate::source::Kind::String(_)) => "string",
            None if has_any(&["format", "pattern", "minLength", "maxLength"]) => "string",
            _ => "any",
        }
    }

    /// Returns the tag value that the property `name` must have for the chosen alternative.
    pub fn tag(&self, name: &str) -> Option<Value> {
        self.tags.iter().find(|(tag, _)| *tag == name).map(|(_, value)| value.clone().into())
    }

    /// Whether all parts allow a scalar.
    pub fn allows_scalar(&self, root: &Node, value: &Value) -> bool {
        self.parts.iter().all(|part| validation::is_valid_without_composition(root, part, value))
    }

    /// Returns the greatest value of a lower limit such as `minLength`.
    pub fn min_limit(&self, key: &str) -> Option<usize> {
        self.limits(key).max()
    }

    /// Returns the smallest value of an upper limit such as `maxLength`.
    pub fn max_limit(&self, key: &str) -> Option<usize> {
        self.limits(key).min()
    }

    fn limits(&self, key: &str) -> impl Iterator<Item = usize> {
        self.all(key).filter_map(|node| usize::try_from(node.as_int()?).ok())
    }

    /// Returns the names in `required`.
    pub fn required(&self) -> BTreeSet<&'n str> {
        let lists = self.all("required").filter_map(Node::as_array);
        lists.flatten().filter_map(Node::as_str).collect()
    }
}

impl<'n> Alternatives<'n> {
    /// Returns the alternatives, those that the hint matches first.
    pub fn ordered(
        &self,
        root: &'n Node,
        validator: &Validator<'_>,
        hint: Option<&Value>,
    ) -> Vec<&'n Node> {
        let mut all: Vec<&'n Node> = self.schemas.iter().collect();
        // `null` is a last resort.
        let is_null = |node: &Node| {
            let node = resolve_ref(root, node);
            let only = |values: &[Node]| !values.is_empty() && values.iter().all(is_null_value);
            node.get("enum").and_then(Node::as_array).is_some_and(only)
        };
        all.sort_by_cached_key(|alternative| {
            let distance = hint.map_or(0, |hint| self.distance(validator, alternative, hint));
            (is_null(alternative), distance)
        });
        all
    }

    fn distance(&self, validator: &Validator<'_>, alternative: &'n Node, hint: &Value) -> usize {
        let tag = self.tag(alternative);
        let has_tag = tag.is_some_and(|(name, value)| {
            hint.get(name).and_then(Value::as_str).is_some_and(|it| it == value)
        });
        match has_tag || validator.is_valid(alternative, hint) {
            true => 0,
            false => 1,
        }
    }

    /// Returns the tag property and its value for an alternative.
    fn tag(&self, alternative: &'n Node) -> Option<(&'n str, String)> {
        let discriminator = self.discriminator?;
        let name = discriminator.get("propertyName")?.as_str()?;
        let target = alternative.get("$ref")?.as_str()?;
        let mapping = discriminator.get("mapping").and_then(Node::as_object);
        let mut mapped = mapping.into_iter().flatten();
        let last = target.rsplit('/').next().unwrap_or(target);
        let is_target = |node: &Node| node.as_str().is_some_and(|it| it == target || it == last);
        let value = mapped.find(|(_, node)| is_target(node)).map(|(value, _)| value.clone());
        Some((name, value.unwrap_or_else(|| crate::source::unescape(last))))
    }
}

fn is_null_value(node: &Node) -> bool {
    matches!(node.kind, crate::source::Kind::Null)
}
