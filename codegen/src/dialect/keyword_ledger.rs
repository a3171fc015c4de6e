//! What became of every keyword of a description, as the stages meet it; `coverage` makes the sum.

use std::borrow::Cow;

use crate::report::{Location, Origin};
use crate::source::{Kind, Node};

/// The keywords that were read, and those that were left out for a stated reason. What was left out
/// for want of understanding is a problem in the report instead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeywordLedger {
    /// The keywords that go on to the next stage; one may be named twice.
    pub kept: Vec<Origin>,
    /// The keywords that do not matter to a client, in reading order.
    pub ignored: Vec<Ignored>,
    /// Keywords that go no further, as a problem at their location says.
    pub dropped: Vec<(Origin, String)>,
    /// What stands below an ignored keyword that was read before it was ignored: the keyword's
    /// position in `ignored`, and a value below it.
    pub below: Vec<(usize, Origin)>,
}

/// A keyword that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// Where it stands.
    pub location: Location,
    /// The keyword.
    pub keyword: String,
    /// Why a client can do without it.
    pub why: Cow<'static, str>,
}

/// Why an extension is left out, until a rule turns out to read it.
pub const EXTENSION: &str = "an extension; read only where a rule of `vendor.toml` names it";

impl KeywordLedger {
    /// Adds a keyword that goes on.
    pub(super) fn keep(&mut self, origin: Origin) {
        self.kept.push(origin);
    }

    /// Adds a keyword that was left out.
    pub(super) fn ignore(
        &mut self,
        location: Location,
        keyword: impl Into<String>,
        why: &'static str,
    ) {
        self.ignored.push(Ignored { location, keyword: keyword.into(), why: why.into() });
    }

    /// Takes a keyword that was read, and what was read of it since `read` keywords were, out again.
    pub(super) fn ignore_read(
        &mut self,
        origin: Origin,
        keyword: impl Into<String>,
        why: &'static str,
        read: usize,
    ) {
        let index = self.ignored.len();
        self.ignore(Location::Member(origin), keyword, why);
        let below = self.kept.get(read..).unwrap_or_default().iter();
        self.below.extend(below.map(|origin| (index, *origin)));
    }

    /// Adds a keyword that was left out, as a problem at its location says.
    pub(super) fn drop(&mut self, origin: Origin, keyword: impl Into<String>) {
        self.dropped.push((origin, keyword.into()));
    }

    /// Takes out a part of the description that was read: something else stands for it.
    pub(crate) fn supersede(&mut self, node: &Node, keyword: impl Into<String>, why: &str) {
        let (location, index) = (Location::Member(node.origin), self.ignored.len());
        let why = Cow::Owned(why.to_owned());
        self.ignored.push(Ignored { location, keyword: keyword.into(), why });
        self.add_below(index, node);
    }

    /// The parser caps the depth of the tree.
    fn add_below(&mut self, index: usize, node: &Node) {
        self.below.push((index, node.origin));
        match &node.kind {
            Kind::Array(items) => items.iter().for_each(|item| self.add_below(index, item)),
            Kind::Object(map) => map.values().for_each(|value| self.add_below(index, value)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
        }
    }
}
