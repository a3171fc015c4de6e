//! A serde visitor that builds [`Node`]s from YAML or JSON in one pass.
//!
//! It numbers every value in reading order, so that an origin is small, and is only converted to a
//! location when it is displayed. `outline` must number values in the same order.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use indexmap::map::Entry;
use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};

use super::failure::MAX_VALUES;
use super::{Kind, Map, Node, Number};
use crate::report::{Location, Origin, Problem};

/// The state of reading one document.
pub(super) struct VisitorState {
    document: u32,
    has_merge_keys: bool,
    max_nodes: u32,
    next: Cell<u32>,
    text_left: Cell<usize>,
    refusal: RefCell<Option<Refusal>>,
}

/// The reason why the visitor stopped, which the error types of the parsers cannot carry.
pub(super) struct Refusal {
    pub(super) problem: Problem,
    /// The value that a duplicate key repeats.
    pub(super) first: Option<Origin>,
}

impl VisitorState {
    /// Creates the state for a document. With `has_merge_keys`, `<<` merges objects, as in
    /// YAML. The limits depend on the length of `text`, so that a text without aliases cannot
    /// exceed them.
    pub(super) fn new(document: u32, text: &str, has_merge_keys: bool) -> Self {
        let nodes = text.len().saturating_add(1 << 16).min(MAX_VALUES);
        Self {
            document,
            has_merge_keys,
            max_nodes: u32::try_from(nodes).unwrap_or(u32::MAX),
            next: Cell::new(0),
            text_left: Cell::new(text.len().saturating_mul(16).saturating_add(1 << 20)),
            refusal: RefCell::new(None),
        }
    }

    /// Returns the origin of the next value.
    pub(super) fn peek_origin(&self) -> Origin {
        Origin { document: self.document, node: self.next.get() }
    }

    pub(super) fn take_refusal(&self) -> Option<Refusal> {
        self.refusal.borrow_mut().take()
    }

    fn fail<E: de::Error>(&self, problem: Problem, first: Option<Origin>) -> E {
        *self.refusal.borrow_mut() = Some(Refusal { problem, first });
        E::custom("rejected")
    }

    fn next_origin<E: de::Error>(&self) -> Result<Origin, E> {
        let origin = self.peek_origin();
        if origin.node >= self.max_nodes {
            return Err(
                self.fail(self.aliases_too_large(&format!("{} values", self.max_nodes)), None)
            );
        }
        self.next.set(origin.node + 1);
        Ok(origin)
    }

    fn spend_text<E: de::Error>(&self, text: &str) -> Result<(), E> {
        match self.text_left.get().checked_sub(text.len()) {
            Some(left) => self.text_left.set(left),
            None => return Err(self.fail(self.aliases_too_large("16 times its size"), None)),
        }
        Ok(())
    }

    fn aliases_too_large(&self, limit: &str) -> Problem {
        Problem::error(
            Location::Entry(self.peek_origin()),
            format!("the document exceeds {limit} when its aliases are expanded"),
        )
        .help("split the document, or define repeated parts once under `components` and use `$ref`")
    }

    fn duplicate_key<E: de::Error>(&self, key: &str, first: Origin) -> E {
        let message = format!("duplicate key `{}`", shorten(key));
        let help = "remove one of the two; `200` and `'200'` are the same key";
        self.fail(
            Problem::error(Location::Entry(self.peek_origin()), message).help(help),
            Some(first),
        )
    }

    /// Adds the entries of a merge key (`<<`). Existing keys take precedence.
    fn merge<E: de::Error>(
        &self,
        map: &mut Map,
        merged: &mut BTreeSet<String>,
        from: Node,
    ) -> Result<(), E> {
        let sources = match from.kind {
            Kind::Array(items) => items,
            _ => vec![from],
        };
        for node in sources {
            let (name, location) = (node.kind_name(), Location::Entry(node.origin));
            let Kind::Object(entries) = node.kind else {
                let message = format!("the merge key `<<` must refer to an object, found {name}");
                let help = "use an alias of an object, or an array of such aliases";
                return Err(self.fail(Problem::error(location, message).help(help), None));
            };
            for (key, value) in entries {
                if let Entry::Vacant(entry) = map.entry(key) {
                    merged.insert(entry.key().clone());
                    entry.insert(value);
                }
            }
        }
        Ok(())
    }
}

/// Shortens a string of the document for a message.
pub(super) fn shorten(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Deserializes a value.
pub(super) struct NodeVisitor<'b>(pub(super) &'b VisitorState);

impl<'de> DeserializeSeed<'de> for NodeVisitor<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl NodeVisitor<'_> {
    fn leaf<E: de::Error>(self, kind: Kind) -> Result<Node, E> {
        Ok(Node { kind, origin: self.0.next_origin()? })
    }
}

impl<'de> Visitor<'de> for NodeVisitor<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Node, E> {
        self.leaf(Kind::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Node, E> {
        self.leaf(Kind::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Node, E> {
        self.leaf(Kind::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Node, E> {
        self.leaf(Kind::Number(Number::Int(value.into())))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Node, E> {
        self.leaf(Kind::Number(Number::Int(value.into())))
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Node, E> {
        self.leaf(Kind::Number(Number::Int(value)))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Node, E> {
        #[allow(clippy::cast_precision_loss, reason = "no wider integer type")]
        let number = i128::try_from(value).map_or(Number::Float(value as f64), Number::Int);
        self.leaf(Kind::Number(number))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        self.leaf(Kind::Number(Number::Float(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
        self.0.spend_text(value)?;
        self.leaf(Kind::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let origin = self.0.next_origin()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(NodeVisitor(self.0))? {
            items.push(item);
        }
        Ok(Node { kind: Kind::Array(items), origin })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let state = self.0;
        let origin = state.next_origin()?;
        let mut map = Map::new();
        let mut merged = BTreeSet::new();
        while let Some(key) = access.next_key_seed(KeyVisitor(state))? {
            if state.has_merge_keys && key == "<<" {
                state.merge(&mut map, &mut merged, access.next_value_seed(NodeVisitor(state))?)?;
                continue;
            }
            match map.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(access.next_value_seed(NodeVisitor(state))?);
                }
                // An explicit entry takes precedence over a merged one, in any order.
                Entry::Occupied(mut entry) if merged.remove(entry.key()) => {
                    entry.insert(access.next_value_seed(NodeVisitor(state))?);
                }
                Entry::Occupied(entry) => {
                    return Err(state.duplicate_key(entry.key(), entry.get().origin));
                }
            }
        }
        Ok(Node { kind: Kind::Object(map), origin })
    }

    /// Rejects a YAML tag such as `!secret`.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (tag, _) = access.variant::<String>()?;
        let message = format!("the YAML tag `!{}` is not supported", shorten(&tag));
        let problem = Problem::error(Location::Entry(self.0.peek_origin()), message)
            .help("write the value itself, without a tag");
        Err(self.0.fail(problem, None))
    }
}

/// Part of the parser's error message if a key is not a string.
pub(super) const EXPECTED_KEY: &str = "a string as a key";

/// Deserializes a key as it is written: `200`, `1.10`, `true` and `null` are strings.
struct KeyVisitor<'b>(&'b VisitorState);

impl<'de> DeserializeSeed<'de> for KeyVisitor<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyVisitor<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED_KEY)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
        self.0.spend_text(value)?;
        Ok(value.to_owned())
    }
}
