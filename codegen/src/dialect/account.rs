//! What became of every keyword of a description: the sum that shows nothing was lost in silence.

use crate::report::Place;

/// The keywords that were read, and those that were left out for a stated reason. What was left out
/// for want of understanding is a problem in the report instead.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    /// How many keywords go on to the next stage.
    pub kept: usize,
    /// The keywords that do not matter to a client, in reading order.
    pub ignored: Vec<Ignored>,
}

/// A keyword that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    /// Where it stands.
    pub place: Place,
    /// The keyword.
    pub keyword: String,
    /// Why a client can do without it.
    pub why: &'static str,
}

impl Account {
    /// Adds a keyword that was left out.
    pub(super) fn ignore(&mut self, place: Place, keyword: impl Into<String>, why: &'static str) {
        self.ignored.push(Ignored { place, keyword: keyword.into(), why });
    }
}
