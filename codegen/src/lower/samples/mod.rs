//! Sample values: what a request may send, made of the description's examples where they are what
//! their schemas say, else of defaults, listed values, formats and limits.
//!
//! A value is made from the outside in, along the schema; an example is a hint that every part of
//! the value follows as far as its own schema allows. So an example with one slip in it keeps the
//! rest.

mod fits;
mod format;
mod list;
mod number;
mod object;
mod pattern;
mod text;
mod view;

use serde_json::Value;

use crate::source::Node;
use view::View;
pub use view::resolved;

/// How deep a value goes; what is required without end has none.
const DEEPEST: usize = 24;

/// How many schemas one value is made of at most.
const MOST: usize = 2_000;

/// A value for the parameter or header that `node` describes, called `name`.
pub fn of_parameter(root: &Node, node: &Node, name: &str) -> Option<Value> {
    let holder = match node.get("content").and_then(Node::as_object) {
        Some(content) => content.values().next()?,
        None => node,
    };
    let mut hints = examples(root, node);
    if !std::ptr::eq(holder, node) {
        hints.extend(examples(root, holder));
    }
    let Some(schema) = holder.get("schema") else {
        return Some(hints.into_iter().next().unwrap_or_else(|| text::named(name).into()));
    };
    first(root, schema, name, hints, Optional::No)
}

/// Whether the parameter that `node` describes takes any UUID of version 7 as its text.
pub fn takes_uuids(root: &Node, node: &Node) -> bool {
    const UUIDS: [&str; 3] = [
        "01937261-e216-754f-99ba-c1170d65dd28",
        "00000000-0000-7000-8000-000000000000",
        "ffffffff-ffff-7fff-bfff-ffffffffffff",
    ];
    let Some(schema) = node.get("schema") else { return node.get("content").is_none() };
    let view = View::of(root, schema);
    let mut formats = view.all("format").filter_map(Node::as_str);
    let mut patterns = view.all("pattern").filter_map(Node::as_str);
    formats.all(|format| matches!(format, "uuid" | "guid" | "string"))
        && patterns.all(|it| UUIDS.iter().all(|uuid| pattern::matches(it, uuid) == Some(true)))
        && UUIDS.iter().all(|uuid| fits::fits(root, schema, &(*uuid).into()))
}

/// A value for a request's body in the media type that `node` describes.
pub fn of_body(root: &Node, node: &Node) -> Option<Value> {
    let hints = examples(root, node);
    let Some(schema) = node.get("schema") else { return hints.into_iter().next() };
    first(root, schema, "body", hints, Optional::Small)
}

/// The first example that its schema allows, else what can be kept of the first.
fn first(
    root: &Node,
    schema: &Node,
    name: &str,
    hints: Vec<Value>,
    optional: Optional,
) -> Option<Value> {
    let judge = fits::Judge::new(root);
    let hint = hints.iter().find(|hint| judge.fits(schema, hint)).or(hints.first());
    let mut maker = Maker { root, judge, made: 0, open: Vec::new(), optional };
    maker.value(&Wanted { schema, name, hint, depth: 0, number: 0 })
}

/// The values of `example` and `examples`.
fn examples(root: &Node, node: &Node) -> Vec<Value> {
    let one = node.get("example").map(Node::to_json);
    let many = node.get("examples").and_then(Node::as_object);
    let many = many.into_iter().flat_map(|all| all.values());
    let many = many.filter_map(|it| Some(resolved(root, it).get("value")?.to_json()));
    one.into_iter().chain(many).collect()
}

/// Which members of an object that may be missing are there, where no example says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Optional {
    /// None.
    No,
    /// Those of the outermost object that are not large.
    Small,
}

/// How many schemas hold for one value at most, alternatives of alternatives included.
const WIDEST: usize = 200;

/// What is to be made.
#[derive(Clone, Copy)]
struct Wanted<'n, 'h> {
    /// The schema.
    schema: &'n Node,
    /// What the value is called.
    name: &'h str,
    /// An example of it.
    hint: Option<&'h Value>,
    /// How deep it lies.
    depth: usize,
    /// Which of several that differ.
    number: usize,
}

/// Makes one value.
struct Maker<'n> {
    root: &'n Node,
    judge: fits::Judge<'n>,
    /// How many schemas were met.
    made: usize,
    /// The schemas that a value is being made of, the outermost first.
    open: Vec<&'n Node>,
    optional: Optional,
}

impl<'n> Maker<'n> {
    fn value(&mut self, wanted: &Wanted<'n, '_>) -> Option<Value> {
        self.made += 1;
        if wanted.depth > DEEPEST || self.made > MOST {
            return None;
        }
        let view = View::of(self.root, wanted.schema);
        self.open.push(resolved(self.root, wanted.schema));
        let value = self.viewed(&view, wanted);
        self.open.pop();
        value
    }

    /// Whether a value of this schema would lie in another one of it: where there need be none, there
    /// is none.
    fn holds_itself(&self, schema: &'n Node) -> bool {
        let schema = resolved(self.root, schema);
        self.open.iter().any(|open| std::ptr::eq(*open, schema))
    }

    /// A value for a schema with all of its alternatives chosen, one after the other.
    fn viewed(&mut self, view: &View<'n>, wanted: &Wanted<'n, '_>) -> Option<Value> {
        let Some((choice, rest)) = view.choices.split_first() else {
            return self.plain(view, wanted);
        };
        let own = view.example();
        let hint = wanted.hint.or(own.as_ref());
        if view.parts.len() > WIDEST {
            return None;
        }
        let rest = View { choices: rest.to_vec(), ..view.clone() };
        let mut spare = None;
        for alternative in choice.ordered(self.root, &self.judge, hint) {
            self.made += 1;
            if self.made > MOST {
                break;
            }
            let chosen = rest.with(self.root, choice, alternative);
            let Some(value) = self.viewed(&chosen, &Wanted { hint, ..*wanted }) else { continue };
            if self.judge.fits(wanted.schema, &value) {
                return Some(value);
            }
            spare.get_or_insert(value);
        }
        spare
    }

    fn plain(&mut self, view: &View<'n>, wanted: &Wanted<'n, '_>) -> Option<Value> {
        let own = view.example();
        let kind = view.kind();
        let hint = wanted.hint.or(own.as_ref()).map(|hint| meant(hint, kind));
        let wanted = &Wanted { hint: hint.as_ref(), ..*wanted };
        match kind {
            "object" => self.object(view, wanted),
            "array" => self.list(view, wanted),
            kind => scalar(self.root, view, kind, wanted),
        }
    }
}

/// What an example means where it is written as another kind of value: a number for text, JSON in a
/// string.
fn meant(hint: &Value, kind: &str) -> Value {
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

/// The hint, the default, a listed value or a value that is made, whichever the schema allows first.
fn scalar(root: &Node, view: &View<'_>, kind: &str, wanted: &Wanted<'_, '_>) -> Option<Value> {
    let allowed = |value: &Value| !value.is_null() && view.allows_scalar(root, value);
    let first = wanted.number == 0;
    let hint = wanted.hint.filter(|it| first && !it.is_object() && !it.is_array());
    let default = view.get("default").map(Node::to_json).filter(|_| first);
    let mut given = hint.cloned().into_iter().chain(default);
    if let Some(value) = given.find(allowed) {
        return Some(value);
    }
    if let Some(values) = view.get("enum").and_then(Node::as_array) {
        let mut values: Vec<Value> = values.iter().map(Node::to_json).filter(allowed).collect();
        let number = wanted.number.checked_rem(values.len())?;
        return Some(values.swap_remove(number));
    }
    match kind {
        "string" => text::make(view, wanted.name, wanted.number).map(Value::from),
        "integer" => number::integer(view, wanted.number),
        "number" => number::number(view, wanted.number),
        "boolean" => Some(Value::Bool(wanted.number.is_multiple_of(2))),
        // Anything: text is what a parameter can hold, an object what a body is.
        _ if wanted.depth == 0 && wanted.name == "body" => Some(Value::Object(Default::default())),
        _ => wanted.hint.cloned().or_else(|| Some(text::named(wanted.name).into())),
    }
}
