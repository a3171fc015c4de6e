//! A combined view of schemas that apply to the same value: references are resolved, `allOf` is
//! merged, and one alternative of each `oneOf` and `anyOf` is chosen.

use std::collections::{BTreeMap, BTreeSet};

use docwright::source::{Kind, Node, Number};
use fastrand::Rng;
use serde_json::Value;

/// The maximum number of schemas that apply to one value.
const MAX_SCHEMAS: usize = 200;

/// The combined keywords of several schemas.
#[derive(Debug, Default)]
pub struct SchemaView<'n> {
    /// The schemas, with references resolved.
    parts: Vec<&'n Node>,
    /// The narrowest `type`.
    pub ty: Option<&'n str>,
    /// Whether `null` is allowed.
    pub is_nullable: bool,
    /// The values that every `enum` lists.
    pub values: Option<Vec<Value>>,
    /// The schemas of each of the `properties`.
    pub properties: BTreeMap<&'n str, Vec<&'n Node>>,
    /// The names that are `required`.
    pub required: BTreeSet<&'n str>,
    /// The schemas of `additionalProperties`.
    pub additional: Vec<&'n Node>,
    /// Whether additional properties are forbidden.
    pub is_closed: bool,
    /// The schemas of `items`.
    pub items: Vec<&'n Node>,
    /// The tags of the chosen alternatives, by property.
    pub tags: BTreeMap<&'n str, Vec<String>>,
}

impl<'n> SchemaView<'n> {
    /// Combines the schemas.
    ///
    /// Returns `None` if the schemas contradict each other, or if a reference cannot be resolved.
    pub fn new(root: &'n Node, schemas: &[&'n Node], rng: &mut Rng) -> Option<Self> {
        let mut view = SchemaView { is_nullable: true, ..SchemaView::default() };
        for node in schemas {
            view.is_nullable &= allows_null(root, node, 0);
        }
        let mut pending: Vec<&'n Node> = schemas.to_vec();
        let mut hops = 0;
        while let Some(node) = pending.pop() {
            hops += 1;
            if hops > MAX_SCHEMAS {
                return None;
            }
            if let Some(target) = resolve(root, node) {
                pending.push(target?);
                continue;
            }
            pending.extend(array(node, "allOf"));
            for key in ["oneOf", "anyOf"] {
                let alternatives = array(node, key);
                if !alternatives.is_empty() {
                    let chosen = *alternatives.get(rng.usize(..alternatives.len()))?;
                    view.add_tags(node, chosen);
                    pending.push(chosen);
                }
            }
            view.add_schema(node)?;
        }
        Some(view)
    }

    /// Adds the tags that the `discriminator` maps to the chosen alternative.
    fn add_tags(&mut self, node: &'n Node, chosen: &'n Node) {
        let Some(discriminator) = node.get("discriminator") else { return };
        let property = discriminator.get("propertyName").and_then(Node::as_str);
        let only = array(chosen, "allOf");
        let chosen = if let [only] = only.as_slice() { only } else { chosen };
        let (Some(property), Some(reference)) =
            (property, chosen.get("$ref").and_then(Node::as_str))
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
        self.tags.insert(property, tags);
    }

    /// Adds the keywords of one schema; `None` if they contradict those added before.
    fn add_schema(&mut self, node: &'n Node) -> Option<()> {
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
            if let Some(previous) = &self.values {
                values.retain(|it| previous.contains(it));
            }
            self.values = Some(values);
        }
        for (name, schema) in node.get("properties").and_then(Node::as_object).into_iter().flatten()
        {
            self.properties.entry(name).or_default().push(schema);
        }
        self.required.extend(array(node, "required").into_iter().filter_map(Node::as_str));
        match node.get("additionalProperties") {
            Some(schema) if schema.as_bool() == Some(false) => self.is_closed = true,
            Some(schema) => self.additional.extend(schema.as_object().map(|_| schema)),
            None => (),
        }
        self.items.extend(node.get("items"));
        Some(())
    }

    /// Returns whether additional fields are generated: if a schema allows them explicitly, or if
    /// no property is declared.
    pub fn is_open(&self) -> bool {
        let flag = |node: &&Node| node.get("additionalProperties").and_then(Node::as_bool);
        !self.is_closed
            && (!self.additional.is_empty()
                || self.properties.is_empty()
                || self.parts.iter().any(|node| flag(node) == Some(true)))
    }

    /// Returns the first string value of a keyword.
    pub fn string(&self, key: &str) -> Option<&'n str> {
        self.parts.iter().find_map(|node| node.get(key)?.as_str())
    }

    /// Returns whether a flag is set in any schema.
    pub fn is_set(&self, key: &str) -> bool {
        self.parts.iter().any(|node| node.get(key).and_then(Node::as_bool) == Some(true))
    }

    /// Returns the largest integer value of a keyword.
    pub fn max_int(&self, key: &str) -> Option<i128> {
        self.parts.iter().filter_map(|node| node.get(key)?.as_int()).max()
    }

    /// Returns the smallest integer value of a keyword.
    pub fn min_int(&self, key: &str) -> Option<i128> {
        self.parts.iter().filter_map(|node| node.get(key)?.as_int()).min()
    }

    /// Returns the first numeric value of a keyword.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.parts.iter().find_map(|node| as_number(node.get(key)?))
    }

    /// Returns `minimum`, or `exclusiveMinimum` if it is a number.
    pub fn minimum(&self) -> Option<f64> {
        self.number("minimum").or_else(|| self.number("exclusiveMinimum"))
    }

    /// Returns `maximum`, or `exclusiveMaximum` if it is a number.
    pub fn maximum(&self) -> Option<f64> {
        self.number("maximum").or_else(|| self.number("exclusiveMaximum"))
    }
}

#[allow(
    clippy::cast_precision_loss,
    reason = "only limits are converted, and generated values are validated"
)]
fn as_number(node: &Node) -> Option<f64> {
    match &node.kind {
        Kind::Number(Number::Int(it)) => Some(*it as f64),
        Kind::Number(Number::Float(it)) => Some(*it),
        _ => None,
    }
}

fn array<'n>(node: &'n Node, key: &str) -> Vec<&'n Node> {
    node.get(key).and_then(Node::as_array).unwrap_or_default().iter().collect()
}

/// Returns the target of a schema with `$ref`: `None` without `$ref`, `Some(None)` if it does not
/// exist.
fn resolve<'n>(root: &'n Node, node: &Node) -> Option<Option<&'n Node>> {
    let reference = node.get("$ref").and_then(Node::as_str)?;
    Some(reference.strip_prefix('#').and_then(|pointer| root.pointer(pointer)))
}

fn allows_null<'n>(root: &'n Node, node: &'n Node, depth: usize) -> bool {
    if depth > 8 {
        return false;
    }
    match resolve(root, node) {
        Some(Some(target)) => allows_null(root, target, depth + 1),
        Some(None) => false,
        None => node.get("nullable").and_then(Node::as_bool) == Some(true),
    }
}
