//! The one visitor that turns what a YAML or JSON reader meets into [`Node`]s, in one pass.
//!
//! It numbers every value in reading order, so that a location costs four bytes and is looked up only
//! when it is shown. `outline` counts in the same way; the two must agree.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::fmt;

use indexmap::map::Entry;
use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Visitor};

use super::limits::MAX_VALUES;
use super::{Kind, Map, Node, Number};
use crate::report::{Location, Origin, Problem};

/// What reading one document needs to remember.
pub(super) struct Build {
    document: u32,
    merges: bool,
    max_nodes: u32,
    next: Cell<u32>,
    text_left: Cell<usize>,
    fault: RefCell<Option<Fault>>,
}

/// Why the visitor stopped, which a reader's own error type cannot carry.
pub(super) struct Fault {
    pub(super) problem: Problem,
    /// The other location the problem speaks of.
    pub(super) first: Option<Origin>,
}

impl Build {
    /// `merges` tells whether `<<` merges maps, as in YAML. Limits follow the length of `text`: a
    /// text without aliases cannot reach them, whatever it holds.
    pub(super) fn new(document: u32, text: &str, merges: bool) -> Self {
        let nodes = text.len().saturating_add(1 << 16).min(MAX_VALUES);
        Self {
            document,
            merges,
            max_nodes: u32::try_from(nodes).unwrap_or(u32::MAX),
            next: Cell::new(0),
            text_left: Cell::new(text.len().saturating_mul(16).saturating_add(1 << 20)),
            fault: RefCell::new(None),
        }
    }

    /// The value to be read next.
    pub(super) fn next(&self) -> Origin {
        Origin { document: self.document, node: self.next.get() }
    }

    pub(super) fn take_fault(&self) -> Option<Fault> {
        self.fault.borrow_mut().take()
    }

    fn fail<E: de::Error>(&self, problem: Problem, first: Option<Origin>) -> E {
        *self.fault.borrow_mut() = Some(Fault { problem, first });
        E::custom("refused")
    }

    fn count<E: de::Error>(&self) -> Result<Origin, E> {
        let origin = self.next();
        if origin.node >= self.max_nodes {
            return Err(self.fail(self.too_large(&format!("{} values", self.max_nodes)), None));
        }
        self.next.set(origin.node + 1);
        Ok(origin)
    }

    fn spend<E: de::Error>(&self, text: &str) -> Result<(), E> {
        match self.text_left.get().checked_sub(text.len()) {
            Some(left) => self.text_left.set(left),
            None => return Err(self.fail(self.too_large("16 times its own text"), None)),
        }
        Ok(())
    }

    fn too_large(&self, limit: &str) -> Problem {
        Problem::error(
            Location::Member(self.next()),
            format!("the document grows beyond {limit} when its aliases are written out"),
        )
        .help("split it, or name the repeated parts once under `components` and use `$ref`")
    }

    fn twice<E: de::Error>(&self, key: &str, first: Origin) -> E {
        let what = format!("`{}` is a key twice in one map", shortened(key));
        let help = "keep one of the two; `200` and `'200'` are the same key";
        self.fail(Problem::error(Location::Member(self.next()), what).help(help), Some(first))
    }

    /// Adds what `<<` stands for. Keys that are there already win.
    fn merge<E: de::Error>(
        &self,
        map: &mut Map,
        merged: &mut BTreeSet<String>,
        from: Node,
    ) -> Result<(), E> {
        let maps = match from.kind {
            Kind::Array(items) => items,
            _ => vec![from],
        };
        for node in maps {
            let (name, location) = (node.kind_name(), Location::Member(node.origin));
            let Kind::Object(members) = node.kind else {
                let what = format!("`<<` merges maps into this one, found {name}");
                let help = "let it name a map, or a list of maps";
                return Err(self.fail(Problem::error(location, what).help(help), None));
            };
            for (key, value) in members {
                if let Entry::Vacant(entry) = map.entry(key) {
                    merged.insert(entry.key().clone());
                    entry.insert(value);
                }
            }
        }
        Ok(())
    }
}

/// A key or text of the document as part of a message.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Reads a value.
pub(super) struct Value<'b>(pub(super) &'b Build);

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Value<'_> {
    fn leaf<E: de::Error>(self, kind: Kind) -> Result<Node, E> {
        Ok(Node { kind, origin: self.0.count()? })
    }
}

impl<'de> Visitor<'de> for Value<'_> {
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
        #[allow(clippy::cast_precision_loss, reason = "no type holds it whole")]
        let number = i128::try_from(value).map_or(Number::Float(value as f64), Number::Int);
        self.leaf(Kind::Number(number))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Node, E> {
        self.leaf(Kind::Number(Number::Float(value)))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Node, E> {
        self.0.spend(value)?;
        self.leaf(Kind::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let origin = self.0.count()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(Value(self.0))? {
            items.push(item);
        }
        Ok(Node { kind: Kind::Array(items), origin })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let build = self.0;
        let origin = build.count()?;
        let mut map = Map::new();
        let mut merged = BTreeSet::new();
        while let Some(key) = access.next_key_seed(Key(build))? {
            if build.merges && key == "<<" {
                build.merge(&mut map, &mut merged, access.next_value_seed(Value(build))?)?;
                continue;
            }
            match map.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(access.next_value_seed(Value(build))?);
                }
                // A member given here wins over a merged one, whichever stands first.
                Entry::Occupied(mut entry) if merged.remove(entry.key()) => {
                    entry.insert(access.next_value_seed(Value(build))?);
                }
                Entry::Occupied(entry) => {
                    return Err(build.twice(entry.key(), entry.get().origin));
                }
            }
        }
        Ok(Node { kind: Kind::Object(map), origin })
    }

    /// How a YAML tag such as `!secret` arrives.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Node, A::Error> {
        let (tag, _) = access.variant::<String>()?;
        let what = format!("the YAML tag `!{}` has no meaning here", shortened(&tag));
        let problem = Problem::error(Location::Member(self.0.next()), what)
            .help("write the value itself, without a tag");
        Err(self.0.fail(problem, None))
    }
}

/// What the text of a reader's error says when a key is not text.
pub(super) const EXPECTED_KEY: &str = "text as a key";

/// Reads a key as it is written: `200`, `1.10`, `true` and `null` are text here.
struct Key<'b>(&'b Build);

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED_KEY)
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
        self.0.spend(value)?;
        Ok(value.to_owned())
    }
}
