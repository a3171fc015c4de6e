//! What differs between two versions of a generated client for the code that uses it.

mod compare;
mod renames;
mod render;
mod rules;
mod step;
mod subject;

use crate::report::Location;
use crate::surface::{Direction, ItemKind};

pub use compare::compare;
pub use render::{Versions, count_line, render_json, render_markdown, render_text, version_line};
pub use rules::{Effect, RULES, Rule};
pub use step::{Step, required_step};

/// A difference between two versions of a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What changed.
    pub item: ItemKind,
    /// How it changed.
    pub kind: ChangeKind,
    /// The name of the item, such as `Order.amount`.
    pub subject: String,
    /// The types, names or paths before and after; or the type of what was added or removed.
    pub detail: String,
    /// Whether the values are sent, received, or both.
    pub direction: Direction,
    /// What it means for code that uses the client.
    pub impact: Impact,
    /// Why.
    pub reason: &'static str,
    /// The location in the old document.
    pub old: Option<Location>,
    /// The location in the new document.
    pub new: Option<Location>,
}

/// How an item changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is new, and callers have to pass or set it.
    AddedRequired,
    /// It does not exist any more.
    Removed,
    /// It has another name in Rust.
    Renamed,
    /// It has another type.
    Retyped,
    /// It was optional and is required.
    Required,
    /// It was required and is optional.
    Optional,
    /// Its arguments have another order.
    Reordered,
    /// Its requests have another method or path.
    Moved,
    /// It is deprecated.
    Deprecated,
}

impl ChangeKind {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::AddedRequired => "added, required",
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Retyped => "retyped",
            Self::Required => "now required",
            Self::Optional => "now optional",
            Self::Reordered => "reordered",
            Self::Moved => "moved",
            Self::Deprecated => "deprecated",
        }
    }
}

/// What a change means for code that uses the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// All code compiles as before.
    Safe,
    /// Only code that uses the feature `mock` may not compile.
    Tests,
    /// Code may not compile, or its calls fail.
    Breaking,
}

impl Impact {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Tests => "tests",
            Self::Breaking => "breaking",
        }
    }
}
