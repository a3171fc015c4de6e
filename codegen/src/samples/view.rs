//! Schemas with everything that applies beside them: the targets of references, `allOf`, and chosen
//! alternatives.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde_json::Value;

use super::MAX_PARTS;
use super::reference::resolve_ref;
use super::validation::Validator;
use crate::depth::MAX_REFERENCE_CHAIN;
use crate::source::{Kind, Node, unescape};

/// The schemas of each property, in the order of the document.
pub type Properties<'n> = IndexMap<&'n str, Vec<&'n Node>>;

/// The schemas that all apply to one value.
#[derive(Clone, Default)]
pub struct View<'n> {
    /// Schemas without their composition, all of which apply.
    pub parts: Vec<&'n Node>,
    /// Alternatives from which none was chosen yet.
    pub alternatives: Vec<Alternatives<'n>>,
    /// The tags of chosen alternatives: properties, and the values of which they must have one.
    pub tags: Vec<(&'n str, Vec<String>)>,
}

/// `oneOf` or `anyOf`.
#[derive(Clone, Copy)]
pub struct Alternatives<'n> {
    schemas: &'n [Node],
    discriminator: Option<&'n Node>,
}

impl<'n> View<'n> {
    /// Creates the view of schemas, with their references and `allOf` resolved.
    pub fn new(root: &'n Node, schemas: &[&'n Node]) -> Self {
        let mut view = Self::default();
        for schema in schemas {
            view.add(root, schema, 0);
        }
        view
    }

    fn add(&mut self, root: &'n Node, schema: &'n Node, depth: usize) {
        let schema = resolve_ref(root, schema);
        let is_known = self.parts.iter().any(|part| std::ptr::eq(*part, schema));
        if is_known || depth > MAX_REFERENCE_CHAIN || self.parts.len() > MAX_PARTS {
            return;
        }
        self.parts.push(schema);
        for part in array(schema, "allOf") {
            self.add(root, part, depth + 1);
        }
        let discriminator = schema.get("discriminator");
        for schemas in ["oneOf", "anyOf"].map(|key| array(schema, key)) {
            if !schemas.is_empty() {
                self.alternatives.push(Alternatives { schemas, discriminator });
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
        view.tags.extend(alternatives.tags(alternative));
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
        let mut kinds = self.all("type").filter_map(Node::as_str).filter(|kind| *kind != "any");
        if let Some(first) = kinds.next() {
            let is_narrower = first == "number" && kinds.any(|kind| kind == "integer");
            return if is_narrower { "integer" } else { first };
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
            Some(Kind::String(_)) => "string",
            None if has_any(&["format", "pattern", "minLength", "maxLength"]) => "string",
            None if has_any(&["minimum", "maximum", "multipleOf"]) => "number",
            _ => "any",
        }
    }

    /// Whether all parts allow a scalar.
    pub fn allows_scalar(&self, validator: &Validator<'_>, value: &Value) -> bool {
        self.parts.iter().all(|part| validator.is_valid_without_composition(part, value))
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

    /// Returns the declared properties.
    pub fn properties(&self) -> Properties<'n> {
        let mut properties = Properties::new();
        for (name, schema) in self.all("properties").filter_map(Node::as_object).flatten() {
            properties.entry(name.as_str()).or_default().push(schema);
        }
        properties
    }

    /// Returns the schemas of undeclared properties.
    pub fn additional(&self) -> Vec<&'n Node> {
        let has_keywords = |node: &&Node| node.as_object().is_some_and(|map| !map.is_empty());
        self.all("additionalProperties").filter(has_keywords).collect()
    }

    /// Whether undeclared properties are forbidden.
    pub fn is_closed(&self) -> bool {
        self.all("additionalProperties").any(|node| node.as_bool() == Some(false))
    }

    /// Whether undeclared properties are expected: they are allowed explicitly, or none is declared.
    pub fn is_open(&self, declared: &Properties<'n>) -> bool {
        !self.is_closed() && (declared.is_empty() || self.get("additionalProperties").is_some())
    }
}

impl<'n> Alternatives<'n> {
    /// Returns the alternatives, those that the hint matches first and those for `null` last.
    pub fn ordered(
        &self,
        root: &'n Node,
        validator: &Validator<'_>,
        hint: Option<&Value>,
    ) -> Vec<&'n Node> {
        let is_null = |node: &Node| {
            let values = array(resolve_ref(root, node), "enum");
            !values.is_empty() && values.iter().all(|value| matches!(value.kind, Kind::Null))
        };
        let mut all: Vec<&'n Node> = self.schemas.iter().collect();
        all.sort_by_cached_key(|alternative| {
            let lost = hint.map_or(0, |hint| self.lost(root, validator, alternative, hint));
            (is_null(alternative), lost)
        });
        all
    }

    /// Returns how many properties of the hint an alternative does not have.
    fn lost(
        &self,
        root: &'n Node,
        validator: &Validator<'_>,
        alternative: &'n Node,
        hint: &Value,
    ) -> usize {
        let has_tag = self.tags(alternative).is_some_and(|(name, tags)| {
            let tag = hint.get(name).and_then(Value::as_str);
            tag.is_some_and(|tag| tags.iter().any(|it| it == tag))
        });
        if !has_tag && !validator.is_valid(alternative, hint) {
            return usize::MAX;
        }
        let view = View::new(root, &[alternative]);
        let declared = view.properties();
        if has_tag || declared.is_empty() || !view.additional().is_empty() {
            return 0;
        }
        let properties = hint.as_object().into_iter().flatten();
        properties.filter(|(name, _)| !declared.contains_key(name.as_str())).count()
    }

    /// Returns the tag property and its values for an alternative.
    fn tags(&self, alternative: &'n Node) -> Option<(&'n str, Vec<String>)> {
        let discriminator = self.discriminator?;
        let name = discriminator.get("propertyName")?.as_str()?;
        let only = match array(alternative, "allOf") {
            [only] => only,
            _ => alternative,
        };
        let target = only.get("$ref")?.as_str()?;
        let last = target.rsplit('/').next().unwrap_or(target);
        let is_target = |node: &Node| node.as_str().is_some_and(|it| it == target || it == last);
        let mapping = discriminator.get("mapping").and_then(Node::as_object);
        let mapped = mapping.into_iter().flatten().filter(|(_, node)| is_target(node));
        let tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
        Some((name, if tags.is_empty() { vec![unescape(last)] } else { tags }))
    }
}

/// Returns the items of a keyword, or none.
fn array<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_array).unwrap_or_default()
}
