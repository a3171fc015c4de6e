//! Values made from schemas: seeded, so that every run makes the same.

mod number;
mod object;
mod text;
mod view;

use docwright::source::Node;
use fastrand::Rng;
use serde_json::Value;

use view::View;

/// How deep values stand inside one another at most.
const DEEPEST: usize = 14;
/// From how many values on only what is required is added.
const MANY: usize = 250;

/// Makes values of the schemas of one description.
pub struct Maker<'n> {
    root: &'n Node,
    rng: Rng,
    /// Values made so far for this sample.
    made: usize,
    presence: Presence,
}

/// Which members that may be missing are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    /// All of the outermost object.
    All,
    /// None.
    None,
    /// Some.
    Some,
}

impl<'n> Maker<'n> {
    /// Every seed makes other values.
    pub fn new(root: &'n Node, seed: &str) -> Self {
        // FNV-1a
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let seed = seed.bytes().fold(0xcbf2_9ce4_8422_2325, fold);
        Self { root, rng: Rng::with_seed(seed), made: 0, presence: Presence::Some }
    }

    /// A value of the schema at `pointer`: the first with every member, the second with none that
    /// may be missing, the others at random. Nothing if this attempt led nowhere.
    pub fn sample(&mut self, pointer: &str, index: usize) -> Option<Value> {
        self.made = 0;
        self.presence = match index {
            0 => Presence::All,
            1 => Presence::None,
            _ => Presence::Some,
        };
        let node = self.root.pointer(pointer)?;
        self.value(&[node], 0)
    }

    /// A value that all of these schemas allow.
    fn value(&mut self, schemas: &[&'n Node], depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        self.made += 1;
        let view = View::of(self.root, schemas, &mut self.rng)?;
        if view.is_nullable && self.chance(if depth == 0 { 5 } else { 20 }) {
            return Some(Value::Null);
        }
        if let Some(values) = &view.values {
            return self.pick(values).cloned();
        }
        match self.kind(&view)? {
            "object" => self.object(&view, depth),
            "array" => self.list(&view, depth),
            "string" => Some(Value::from(text::make(&view, &mut self.rng)?)),
            "integer" => number::integer(&view, &mut self.rng),
            "number" => number::number(&view, &mut self.rng),
            "boolean" => Some(Value::from(self.rng.bool())),
            _ => Some(self.anything()),
        }
    }

    /// The type of the value to be made: what is said, else what the keywords are for.
    fn kind(&mut self, view: &View<'n>) -> Option<&'n str> {
        if let Some(kind) = view.ty {
            return Some(kind);
        }
        let object = !view.properties.is_empty() || !view.rest.is_empty();
        Some(match view {
            _ if object || !view.required.is_empty() => "object",
            _ if !view.items.is_empty() => "array",
            _ if view.text("pattern").is_some() || view.text("format").is_some() => "string",
            _ if view.int("minLength").is_some() || view.int("maxLength").is_some() => "string",
            _ if view.least().is_some() || view.most().is_some() => "number",
            _ => "any",
        })
    }

    fn list(&mut self, view: &View<'n>, depth: usize) -> Option<Value> {
        let least = usize::try_from(view.int("minItems").unwrap_or(0)).ok()?;
        let most =
            view.least_int("maxItems").map_or(least + 2, |n| usize::try_from(n).unwrap_or(0));
        let usual = if self.made > MANY || depth > 8 { least } else { least + 2 };
        let len = self.rng.usize(least..=usual.min(most).max(least));
        let mut items = Vec::with_capacity(len);
        for _ in 0..len {
            let item = match view.items.is_empty() {
                true => Some(self.anything()),
                false => self.value(&view.items, depth + 1),
            };
            match item {
                Some(item) if view.is("uniqueItems") && items.contains(&item) => (),
                Some(item) => items.push(item),
                None if items.len() >= least => break,
                None => return None,
            }
        }
        (items.len() >= least).then_some(Value::Array(items))
    }

    /// Any JSON.
    fn anything(&mut self) -> Value {
        let all = [
            Value::from("text"),
            Value::from(i64::MIN),
            Value::from(u64::MAX),
            Value::from(-0.25),
            Value::from(true),
            serde_json::json!({ "a key": [1, null, { "b": "\u{1F600}" }] }),
            serde_json::json!([[], {}]),
        ];
        self.pick(&all).cloned().unwrap_or_default()
    }

    /// True once in `of` times.
    fn chance(&mut self, of: usize) -> bool {
        self.rng.usize(..of) == 0
    }

    fn pick<'v, T>(&mut self, from: &'v [T]) -> Option<&'v T> {
        if from.is_empty() { None } else { from.get(self.rng.usize(..from.len())) }
    }
}
