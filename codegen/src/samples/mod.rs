//! Sample values of schemas.
//!
//! Plain samples are for documentation and for trying an API: they follow the document's examples if
//! these are valid, else defaults, `enum` values, formats and limits. Random samples are for tests:
//! they are hard to read and to write.
//!
//! A value is built along its schema, from the outside in. An example is a hint that each part of
//! the value follows as far as its own schema allows, so an example with one mistake keeps the rest.

mod array;
mod choices;
mod format;
mod number;
mod object;
mod pattern;
mod reference;
mod scalar;
mod string;
mod validation;
mod view;

use serde_json::Value;

use crate::depth::MAX_SAMPLE_DEPTH;
use crate::source::Node;
use choices::Choices;
pub use format::sample_of_format;
pub use reference::resolve_ref;
use validation::Validator;
use view::View;

/// How many schemas are visited for one value.
const MAX_SCHEMAS: usize = 2_000;

/// How many schemas may apply to one value, nested alternatives included.
const MAX_PARTS: usize = 200;

/// Which optional properties of an object without an example are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionalProperties {
    /// None of them.
    Omit,
    /// The small ones of the outermost object.
    Small,
    /// All of the outermost object, and some of the others at random.
    All,
    /// Some at random.
    Random,
}

/// Returns a sample for the parameter or header called `name` that `node` declares.
pub fn parameter_sample(root: &Node, node: &Node, name: &str) -> Option<Value> {
    let holder = match node.get("content").and_then(Node::as_object) {
        Some(content) => content.values().next()?,
        None => node,
    };
    let mut hints = example_values(root, node);
    if !std::ptr::eq(holder, node) {
        hints.extend(example_values(root, holder));
    }
    let Some(schema) = holder.get("schema") else {
        let name = || string::string_from_name(name).into();
        return Some(hints.into_iter().next().unwrap_or_else(name));
    };
    plain_sample(root, schema, name, &hints, OptionalProperties::Omit)
}

/// Returns a sample for a request body in the media type that `node` declares.
pub fn body_sample(root: &Node, node: &Node) -> Option<Value> {
    let hints = example_values(root, node);
    let Some(schema) = node.get("schema") else { return hints.into_iter().next() };
    plain_sample(root, schema, "body", &hints, OptionalProperties::Small)
}

/// Returns a plain sample of a request's value called `name`: the first of the `examples` that the
/// schema allows, else one that is based on the first example.
pub fn plain_sample(
    root: &Node,
    schema: &Node,
    name: &str,
    examples: &[Value],
    optional: OptionalProperties,
) -> Option<Value> {
    let validator = Validator::new(root);
    let hint = examples.iter().find(|it| validator.is_valid(schema, it)).or(examples.first());
    let spec = SampleSpec { schemas: &[schema], name, hint, depth: 0 };
    SampleBuilder::new(root, Choices::Plain(0), optional).value(&spec)
}

/// Returns a random sample, which depends only on the seed. It is most likely valid.
pub fn random_sample(
    root: &Node,
    schema: &Node,
    seed: &str,
    optional: OptionalProperties,
) -> Option<Value> {
    let mut builder = SampleBuilder::new(root, Choices::seeded(seed), optional);
    builder.value(&SampleSpec { schemas: &[schema], name: "body", hint: None, depth: 0 })
}

/// Whether the schema of the parameter that `node` declares allows all UUIDs of version 7.
pub fn parameter_allows_uuids(root: &Node, node: &Node) -> bool {
    match node.get("schema") {
        Some(schema) => allows_uuids(root, schema),
        None => node.get("content").is_none(),
    }
}

/// Whether the property called `name` of an object's schema allows all UUIDs of version 7.
pub fn property_allows_uuids(root: &Node, object: &Node, name: &str) -> bool {
    let properties = View::new(root, &[object]).properties();
    properties.get(name).is_some_and(|all| all.iter().all(|it| allows_uuids(root, it)))
}

fn allows_uuids(root: &Node, schema: &Node) -> bool {
    const UUIDS: [&str; 3] = [
        "01937261-e216-754f-99ba-c1170d65dd28",
        "00000000-0000-7000-8000-000000000000",
        "ffffffff-ffff-7fff-bfff-ffffffffffff",
    ];
    let view = View::new(root, &[schema]);
    let mut formats = view.all("format").filter_map(Node::as_str);
    let mut patterns = view.all("pattern").filter_map(Node::as_str);
    formats.all(|format| matches!(format, "uuid" | "guid" | "string"))
        && patterns
            .all(|it| UUIDS.iter().all(|uuid| pattern::matches_pattern(it, uuid) == Some(true)))
        && UUIDS.iter().all(|uuid| Validator::new(root).is_valid(schema, &(*uuid).into()))
}

/// Returns the values of `example` and `examples`.
fn example_values(root: &Node, node: &Node) -> Vec<Value> {
    let single = node.get("example").map(Node::to_json);
    let named = node.get("examples").and_then(Node::as_object);
    let named = named.into_iter().flat_map(|all| all.values());
    let named = named.filter_map(|it| Some(resolve_ref(root, it).get("value")?.to_json()));
    single.into_iter().chain(named).collect()
}

/// The value to build.
#[derive(Clone, Copy)]
struct SampleSpec<'s, 'n, 'h> {
    /// The schemas that all apply to it.
    schemas: &'s [&'n Node],
    /// Its name.
    name: &'h str,
    /// An example of it.
    hint: Option<&'h Value>,
    /// How many values enclose it.
    depth: usize,
}

/// Builds one sample value.
struct SampleBuilder<'n> {
    root: &'n Node,
    validator: Validator<'n>,
    choices: Choices,
    optional: OptionalProperties,
    /// How many schemas were visited.
    visited: usize,
    /// The schemas of the values being built, the outermost first.
    active: Vec<&'n Node>,
}

impl<'n> SampleBuilder<'n> {
    fn new(root: &'n Node, choices: Choices, optional: OptionalProperties) -> Self {
        let validator = Validator::new(root);
        Self { root, validator, choices, optional, visited: 0, active: Vec::new() }
    }

    fn value(&mut self, spec: &SampleSpec<'_, 'n, '_>) -> Option<Value> {
        if spec.depth > MAX_SAMPLE_DEPTH {
            return None;
        }
        let resolved = spec.schemas.iter().map(|schema| resolve_ref(self.root, schema));
        let resolved: Vec<&'n Node> = resolved.collect();
        let is_nullable = |it: &&Node| it.get("nullable").and_then(Node::as_bool) == Some(true);
        if !resolved.is_empty() && resolved.iter().all(is_nullable) {
            let is_recursive = resolved.iter().any(|schema| self.is_recursive(schema));
            if is_recursive || self.choices.one_in(if spec.depth == 0 { 5 } else { 20 }) {
                return Some(Value::Null);
            }
        }
        let outer = self.active.len();
        self.active.extend(resolved);
        let value = self.value_of_view(&View::new(self.root, spec.schemas), spec);
        self.active.truncate(outer);
        value
    }

    /// Whether a value of this schema would be inside another one of it. Such values are omitted
    /// unless they are required.
    fn is_recursive(&self, schema: &'n Node) -> bool {
        let schema = resolve_ref(self.root, schema);
        self.active.iter().any(|active| std::ptr::eq(*active, schema))
    }

    fn is_valid(&self, schemas: &[&Node], value: &Value) -> bool {
        schemas.iter().all(|schema| self.validator.is_valid(schema, value))
    }

    /// Builds a value, with alternatives chosen one after the other.
    fn value_of_view(&mut self, view: &View<'n>, spec: &SampleSpec<'_, 'n, '_>) -> Option<Value> {
        self.visited += 1;
        if self.visited > MAX_SCHEMAS || view.parts.len() > MAX_PARTS {
            return None;
        }
        let own = view.example().filter(|_| !self.choices.is_random());
        let spec = &SampleSpec { hint: spec.hint.or(own.as_ref()), ..*spec };
        let Some((alternatives, others)) = view.alternatives.split_first() else {
            return self.value_without_alternatives(view, spec);
        };
        let undecided = View { alternatives: others.to_vec(), ..view.clone() };
        let mut ordered = alternatives.ordered(self.root, &self.validator, spec.hint);
        if self.choices.is_random() {
            let first = self.choices.index(ordered.len());
            ordered.rotate_left(first);
        }
        let mut fallback = None;
        for alternative in ordered {
            let chosen = undecided.with_alternative(self.root, alternatives, alternative);
            let Some(value) = self.value_of_view(&chosen, spec) else { continue };
            if self.choices.is_random() || self.is_valid(spec.schemas, &value) {
                return Some(value);
            }
            fallback.get_or_insert(value);
        }
        fallback
    }

    fn value_without_alternatives(
        &mut self,
        view: &View<'n>,
        spec: &SampleSpec<'_, 'n, '_>,
    ) -> Option<Value> {
        let kind = view.kind();
        let hint = spec.hint.map(|hint| coerce_hint(hint, kind));
        let spec = &SampleSpec { hint: hint.as_ref(), ..*spec };
        match kind {
            "object" => self.object(view, spec),
            "array" => self.array(view, spec),
            kind => self.scalar(view, kind, spec),
        }
    }
}

/// Converts an example of the wrong type: a number for a string, or JSON in a string.
fn coerce_hint(hint: &Value, kind: &str) -> Value {
    let read = |text: &str| serde_json::from_str::<Value>(text).ok();
    let other = match (hint, kind) {
        (Value::Number(number), "string") => Some(Value::from(number.to_string())),
        (Value::String(text), "integer" | "number") => read(text).filter(Value::is_number),
        (Value::String(text), "boolean") => read(text).filter(Value::is_boolean),
        (Value::String(text), "object") => read(text).filter(Value::is_object),
        (Value::String(text), "array") => read(text).filter(Value::is_array),
        _ => None,
    };
    other.unwrap_or_else(|| hint.clone())
}
