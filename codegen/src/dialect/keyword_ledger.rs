//! Records what happened to every keyword of a document, stage by stage; `coverage` summarises it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::report::{Location, Origin};
use crate::source::{Kind, Node};

/// The keywords that were read, and those that were ignored for a stated reason. A keyword that
/// matters but is unsupported is a problem in the report instead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeywordLedger {
    /// The keywords that are passed to the next stage; may contain duplicates.
    pub kept: Vec<Origin>,
    /// The keywords that do not matter to a client, in reading order.
    pub ignored: Vec<Ignored>,
    /// The keywords that are not passed on because of a problem, which is reported at their
    /// location.
    pub dropped: Vec<(Origin, String)>,
    /// Values below an ignored keyword that were read before it was ignored: the index of the
    /// keyword in `ignored`, and the value.
    pub below_ignored: Vec<(usize, Origin)>,
}

/// A keyword that was ignored, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// The location of the keyword.
    pub location: Location,
    /// The keyword.
    pub keyword: String,
    /// Why a client does not need it.
    pub reason: Cow<'static, str>,
}

/// The reason for ignoring an extension, unless it turns out that a rule reads it.
pub const EXTENSION_REASON: &str = "an extension: read only if a rule of `vendor.toml` names it";

/// The reason for ignoring webhooks.
pub const WEBHOOKS_REASON: &str =
    "webhooks are requests to your server; no server code is generated";

impl KeywordLedger {
    /// Adds a keyword that is passed to the next stage.
    pub(super) fn keep(&mut self, origin: Origin) {
        self.kept.push(origin);
    }

    /// Adds a keyword that is ignored.
    pub(super) fn ignore(
        &mut self,
        location: Location,
        keyword: impl Into<String>,
        reason: &'static str,
    ) {
        self.ignored.push(Ignored { location, keyword: keyword.into(), reason: reason.into() });
    }

    /// Ignores a keyword that was read, together with everything that was added to `kept` since it
    /// had `kept_before` elements.
    pub(super) fn ignore_read(
        &mut self,
        origin: Origin,
        keyword: impl Into<String>,
        reason: &'static str,
        kept_before: usize,
    ) {
        let index = self.ignored.len();
        self.ignore(Location::Entry(origin), keyword, reason);
        let below = self.kept.get(kept_before..).unwrap_or_default().iter();
        self.below_ignored.extend(below.map(|origin| (index, *origin)));
    }

    /// Adds a keyword that is skipped because of a problem, which is reported at its location.
    pub(super) fn drop(&mut self, origin: Origin, keyword: impl Into<String>) {
        self.dropped.push((origin, keyword.into()));
    }

    /// Ignores a part of the document that was read, with everything below it: something else
    /// replaces it.
    pub(crate) fn supersede(&mut self, node: &Node, keyword: impl Into<String>, reason: &str) {
        let (location, index) = (Location::Entry(node.origin), self.ignored.len());
        let reason = Cow::Owned(reason.to_owned());
        self.ignored.push(Ignored { location, keyword: keyword.into(), reason });
        self.add_below(index, node);
    }

    /// Counts a part of the document as read that was ignored with something around it.
    pub(super) fn keep_superseded(&mut self, node: &Node) {
        let mut origins = Self::default();
        origins.add_below(0, node);
        let origins: BTreeSet<Origin> = origins.below_ignored.into_iter().map(|it| it.1).collect();
        self.below_ignored.retain(|(_, origin)| !origins.contains(origin));
    }

    /// Recursion is safe: the parser limits the depth of the tree.
    fn add_below(&mut self, index: usize, node: &Node) {
        self.below_ignored.push((index, node.origin));
        match &node.kind {
            Kind::Array(items) => items.iter().for_each(|item| self.add_below(index, item)),
            Kind::Object(map) => map.values().for_each(|value| self.add_below(index, value)),
            Kind::Null | Kind::Bool(_) | Kind::Number(_) | Kind::String(_) => {}
        }
    }
}
