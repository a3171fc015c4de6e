//! Sample values for requests: from the document's examples if they are valid, else from defaults,
//! `enum` values, formats and limits.
//!
//! A value is built along its schema, from the outside in. An example is a hint that each part of
//! the value follows as far as its own schema allows, so an example with one mistake keeps the rest.

mod array;
mod format;
mod number;
mod object;
mod pattern;
mod string;
mod validation;
mod view;

use serde_json::Value;

use crate::source::Node;
use view::View;
pub use view::resolve_ref;

/// How deep a value is built. A schema that requires more has no sample.
const MAX_DEPTH: usize = 24;

/// How many schemas are visited for one value.
const MAX_SCHEMAS: usize = 2_000;

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
    sample_from_hints(root, schema, name, hints, OptionalProperties::Omit)
}

/// Whether the schema of the parameter that `node` declares allows all UUIDs of version 7.
pub fn allows_uuids(root: &Node, node: &Node) -> bool {
    const UUIDS: [&str; 3] = [
        "01937261-e216-754f-99ba-c1170d65dd28",
        "00000000-0000-7000-8000-000000000000",
        "ffffffff-ffff-7fff-bfff-ffffffffffff",
    ];
    let Some(schema) = node.get("schema") else { return node.get("content").is_none() };
    let view = View::new(root, schema);
    let mut formats = view.all("format").filter_map(Node::as_str);
    let mut patterns = view.all("pattern").filter_map(Node::as_str);
    formats.all(|format| matches!(format, "uuid" | "guid" | "string"))
        && patterns
            .all(|it| UUIDS.iter().all(|uuid| pattern::matches_pattern(it, uuid) == Some(true)))
        && UUIDS.iter().all(|uuid| validation::is_valid(root, schema, &(*uuid).into()))
}

/// Returns a sample for a request body in the media type that `node` declares.
pub fn body_sample(root: &Node, node: &Node) -> Option<Value> {
    let hints = example_values(root, node);
    let Some(schema) = node.get("schema") else { return hints.into_iter().next() };
    sample_from_hints(root, schema, "body", hints, OptionalProperties::Small)
}

/// Returns the first example that its schema allows, else a sample based on the first example.
fn sample_from_hints(
    root: &Node,
    schema: &Node,
    name: &str,
    hints: Vec<Value>,
    optional: OptionalProperties,
) -> Option<Value> {
    let validator = validation::Validator::new(root);
    let hint = hints.iter().find(|hint| validator.is_valid(schema, hint)).or(hints.first());
    let mut builder = SampleBuilder { root, validator, visited: 0, active: Vec::new(), optional };
    builder.value(&SampleSpec { schema, name, hint, depth: 0, number: 0 })
}

/// Returns the values of `example` and `examples`.
fn example_values(root: &Node, node: &Node) -> Vec<Value> {
    let single = node.get("example").map(Node::to_json);
    let named = node.get("examples").and_then(Node::as_object);
    let named = named.into_iter().flat_map(|all| all.values());
    let named = named.filter_map(|it| Some(resolve_ref(root, it).get("value")?.to_json()));
    single.into_iter().chain(named).collect()
}

/// Which optional properties of an object without an example are included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OptionalProperties {
    /// None of them.
    Omit,
    /// The small ones of the outermost object.
    Small,
}

/// How many schemas may apply to one value, nested alternatives included.
const MAX_PARTS: usize = 200;

/// The value to build.
#[derive(Clone, Copy)]
struct SampleSpec<'n, 'h> {
    /// Its schema.
    schema: &'n Node,
    /// Its name.
    name: &'h str,
    /// An example of it.
    hint: Option<&'h Value>,
    /// How many values enclose it.
    depth: usize,
    /// Which of several different samples to build.
    number: usize,
}

/// Builds one sample value.
struct SampleBuilder<'n> {
    root: &'n Node,
    validator: validation::Validator<'n>,
    /// How many schemas were visited.
    visited: usize,
    /// The schemas of the values being built, the outermost first.
    active: Vec<&'n Node>,
    optional: OptionalProperties,
}

impl<'n> SampleBuilder<'n> {
    fn value(&mut self, spec: &SampleSpec<'n, '_>) -> Option<Value> {
        self.visited += 1;
        if spec.depth > MAX_DEPTH || self.visited > MAX_SCHEMAS {
            return None;
        }
        let view = View::new(self.root, spec.schema);
        self.active.push(resolve_ref(self.root, spec.schema));
        let value = self.value_of_view(&view, spec);
        self.active.pop();
        value
    }

    /// Whether a value of this schema would be inside another one of it. Such values are omitted
    /// unless they are required.
    fn is_recursive(&self, schema: &'n Node) -> bool {
        let schema = resolve_ref(self.root, schema);
        self.active.iter().any(|active| std::ptr::eq(*active, schema))
    }

    /// Builds a value, with alternatives chosen one after the other.
    fn value_of_view(&mut self, view: &View<'n>, spec: &SampleSpec<'n, '_>) -> Option<Value> {
        let Some((alternatives, others)) = view.alternatives.split_first() else {
            return self.value_without_alternatives(view, spec);
        };
        let own = view.example();
        let hint = spec.hint.or(own.as_ref());
        if view.parts.len() > MAX_PARTS {
            return None;
        }
        let undecided = View { alternatives: others.to_vec(), ..view.clone() };
        let mut fallback = None;
        for alternative in alternatives.ordered(self.root, &self.validator, hint) {
            self.visited += 1;
            if self.visited > MAX_SCHEMAS {
                break;
            }
            let chosen = undecided.with_alternative(self.root, alternatives, alternative);
            let inner = SampleSpec { hint, ..*spec };
            let Some(value) = self.value_of_view(&chosen, &inner) else { continue };
            if self.validator.is_valid(spec.schema, &value) {
                return Some(value);
            }
            fallback.get_or_insert(value);
        }
        fallback
    }

    fn value_without_alternatives(
        &mut self,
        view: &View<'n>,
        spec: &SampleSpec<'n, '_>,
    ) -> Option<Value> {
        let own = view.example();
        let kind = view.kind();
        let hint = spec.hint.or(own.as_ref()).map(|hint| coerce_hint(hint, kind));
        let spec = &SampleSpec { hint: hint.as_ref(), ..*spec };
        match kind {
            "object" => self.object(view, spec),
            "array" => self.array(view, spec),
            kind => scalar_sample(self.root, view, kind, spec),
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

/// Returns the hint, the default, an `enum` value or a generated value: the first that is allowed.
fn scalar_sample(
    root: &Node,
    view: &View<'_>,
    kind: &str,
    spec: &SampleSpec<'_, '_>,
) -> Option<Value> {
    let allowed = |value: &Value| !value.is_null() && view.allows_scalar(root, value);
    let first = spec.number == 0;
    let hint = spec.hint.filter(|it| first && !it.is_object() && !it.is_array());
    let default = view.get("default").map(Node::to_json).filter(|_| first);
    let mut given = hint.cloned().into_iter().chain(default);
    if let Some(value) = given.find(allowed) {
        return Some(value);
    }
    if let Some(values) = view.get("enum").and_then(Node::as_array) {
        let mut values: Vec<Value> = values.iter().map(Node::to_json).filter(allowed).collect();
        let number = spec.number.checked_rem(values.len())?;
        return Some(values.swap_remove(number));
    }
    match kind {
        "string" => string::string_sample(view, spec.name, spec.number).map(Value::from),
        "integer" => number::integer_sample(view, spec.number),
        "number" => number::number_sample(view, spec.number),
        "boolean" => Some(Value::Bool(spec.number.is_multiple_of(2))),
        // Any value: a body is most likely an object, and a parameter can hold a string.
        _ if spec.depth == 0 && spec.name == "body" => Some(Value::Object(Default::default())),
        _ => spec.hint.cloned().or_else(|| Some(string::string_from_name(spec.name).into())),
    }
}
