//! Generates values of schemas. The generator is seeded, so every run gives the same values.

mod number;
mod object;
mod string;
mod view;

use docwright::source::Node;
use fastrand::Rng;
use serde_json::Value;

use view::SchemaView;

/// The maximum nesting depth of a value.
const MAX_DEPTH: usize = 14;
/// The number of values in a sample above which optional fields and items are omitted.
const MANY_VALUES: usize = 250;

/// A generator of values for the schemas of one document.
pub struct SampleGenerator<'n> {
    root: &'n Node,
    rng: Rng,
    /// The number of values in the current sample so far.
    value_count: usize,
    presence: Presence,
}

/// Which optional fields are present.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    /// All optional fields of the outermost object.
    All,
    /// No optional field.
    None,
    /// Some optional fields, at random.
    Some,
}

impl<'n> SampleGenerator<'n> {
    /// Creates a generator. Each seed gives different values.
    pub fn new(root: &'n Node, seed: &str) -> Self {
        // FNV-1a
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let seed = seed.bytes().fold(0xcbf2_9ce4_8422_2325, fold);
        Self { root, rng: Rng::with_seed(seed), value_count: 0, presence: Presence::Some }
    }

    /// Generates a value of the schema at `pointer`.
    ///
    /// The sample with index 0 has all optional fields, the one with index 1 none, the others some
    /// at random. Returns `None` if the attempt failed.
    pub fn sample(&mut self, pointer: &str, index: usize) -> Option<Value> {
        self.value_count = 0;
        self.presence = match index {
            0 => Presence::All,
            1 => Presence::None,
            _ => Presence::Some,
        };
        let node = self.root.pointer(pointer)?;
        self.generate_value(&[node], 0)
    }

    /// Generates a value that matches all of the schemas.
    fn generate_value(&mut self, schemas: &[&'n Node], depth: usize) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.value_count += 1;
        let view = SchemaView::new(self.root, schemas, &mut self.rng)?;
        if view.is_nullable && self.chance(if depth == 0 { 5 } else { 20 }) {
            return Some(Value::Null);
        }
        if let Some(values) = &view.values {
            return self.pick(values).cloned();
        }
        match self.infer_type(&view)? {
            "object" => self.generate_object(&view, depth),
            "array" => self.generate_array(&view, depth),
            "string" => Some(Value::from(string::generate_string(&view, &mut self.rng)?)),
            "integer" => number::generate_integer(&view, &mut self.rng),
            "number" => number::generate_number(&view, &mut self.rng),
            "boolean" => Some(Value::from(self.rng.bool())),
            _ => Some(self.arbitrary_json()),
        }
    }

    /// Returns the type of the value: the declared one, or else the one that the keywords apply to.
    fn infer_type(&mut self, view: &SchemaView<'n>) -> Option<&'n str> {
        if let Some(ty) = view.ty {
            return Some(ty);
        }
        let has_properties = !view.properties.is_empty() || !view.additional.is_empty();
        Some(match view {
            _ if has_properties || !view.required.is_empty() => "object",
            _ if !view.items.is_empty() => "array",
            _ if view.string("pattern").is_some() || view.string("format").is_some() => "string",
            _ if view.max_int("minLength").is_some() || view.max_int("maxLength").is_some() => {
                "string"
            }
            _ if view.minimum().is_some() || view.maximum().is_some() => "number",
            _ => "any",
        })
    }

    fn generate_array(&mut self, view: &SchemaView<'n>, depth: usize) -> Option<Value> {
        let min_items = usize::try_from(view.max_int("minItems").unwrap_or(0)).ok()?;
        let max_items =
            view.min_int("maxItems").map_or(min_items + 2, |n| usize::try_from(n).unwrap_or(0));
        let preferred_max =
            if self.value_count > MANY_VALUES || depth > 8 { min_items } else { min_items + 2 };
        let len = self.rng.usize(min_items..=preferred_max.min(max_items).max(min_items));
        let mut items = Vec::with_capacity(len);
        for _ in 0..len {
            let item = match view.items.is_empty() {
                true => Some(self.arbitrary_json()),
                false => self.generate_value(&view.items, depth + 1),
            };
            match item {
                Some(item) if view.is_set("uniqueItems") && items.contains(&item) => (),
                Some(item) => items.push(item),
                None if items.len() >= min_items => break,
                None => return None,
            }
        }
        (items.len() >= min_items).then_some(Value::Array(items))
    }

    /// Returns an arbitrary JSON value.
    fn arbitrary_json(&mut self) -> Value {
        let choices = [
            Value::from("text"),
            Value::from(i64::MIN),
            Value::from(u64::MAX),
            Value::from(-0.25),
            Value::from(true),
            serde_json::json!({ "a key": [1, null, { "b": "\u{1F600}" }] }),
            serde_json::json!([[], {}]),
        ];
        self.pick(&choices).cloned().unwrap_or_default()
    }

    /// Returns true with a probability of one in `count`.
    fn chance(&mut self, count: usize) -> bool {
        self.rng.usize(..count) == 0
    }

    fn pick<'v, T>(&mut self, choices: &'v [T]) -> Option<&'v T> {
        if choices.is_empty() { None } else { choices.get(self.rng.usize(..choices.len())) }
    }
}
