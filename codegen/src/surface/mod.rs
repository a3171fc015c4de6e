//! The public items of a generated client, as plain data that two versions can be compared by: see
//! [`changes`](crate::changes).

mod client;
mod locations;
mod operations;
mod record;
mod types;

use serde::{Deserialize, Serialize};

use crate::ir::{self, Api};
use crate::plan::{NameOverrides, Plan};
use crate::report::Location;
use crate::source::Node;

pub use record::Record;
pub(crate) use types::{NEW, NEW_FROM_FIELDS, NEW_FROM_FIELDS_WITH_MOCK, NEW_WITH_MOCK};

/// The public items of a client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Surface {
    /// The operations and types, with their parts.
    pub owners: Vec<Owner>,
}

/// An operation or type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owner {
    /// The operation or type itself.
    pub item: Item,
    /// Its parameters and responses, or its fields and variants.
    pub parts: Vec<Item>,
}

/// A public item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Its name in Rust, without that of its owner.
    pub name: String,
    /// Its name in the document: it identifies the item if its Rust name changes.
    pub key: String,
    /// Its type in Rust; what kind of type it is, if it is one; the request type of an operation.
    pub ty: String,
    /// Whether callers have to pass or set it.
    pub required: bool,
    /// Whether its values are sent, received, or both.
    pub direction: Direction,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// Its location in the document; `None` if it was read from a record.
    pub location: Option<Location>,
}

impl Item {
    /// Creates an item without a key and a type.
    fn new(kind: ItemKind, name: impl Into<String>, direction: Direction) -> Self {
        Self {
            kind,
            name: name.into(),
            key: String::new(),
            ty: String::new(),
            required: false,
            direction,
            deprecated: false,
            location: None,
        }
    }

    fn key(self, key: impl Into<String>) -> Self {
        Self { key: key.into(), ..self }
    }

    fn ty(self, ty: impl Into<String>) -> Self {
        Self { ty: ty.into(), ..self }
    }

    fn required(self, required: bool) -> Self {
        Self { required, ..self }
    }

    fn at(self, location: Location) -> Self {
        Self { location: Some(location), ..self }
    }
}

/// The kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// An operation: a method of the client.
    Operation,
    /// An argument of an operation's method: a required parameter or the body.
    Argument,
    /// A parameter or body that a method of the request sets.
    Option,
    /// Another method of a request.
    RequestMethod,
    /// What an operation returns.
    Response,
    /// The type of an operation's errors.
    Error,
    /// A variant for a status, in an enum of responses or errors.
    Status,
    /// A header of a response.
    Header,
    /// A named type.
    Type,
    /// How a struct is constructed.
    Constructor,
    /// A trait that a type implements.
    Trait,
    /// A field of a struct.
    Field,
    /// A variant of an enum or union.
    Variant,
    /// A method of the client's builder.
    BuilderMethod,
}

/// Whether values are sent, received, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// They are part of requests only.
    Sent,
    /// They are part of responses or webhooks only.
    Received,
    /// They are part of both.
    Both,
}

impl Direction {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Both => "both",
        }
    }
}

impl From<ir::Usage> for Direction {
    fn from(usage: ir::Usage) -> Self {
        match (usage.sent, usage.received) {
            (true, false) => Self::Sent,
            (false, true) => Self::Received,
            _ => Self::Both,
        }
    }
}

/// Lists the public items of a planned client. `openapi` is the document that `api` was read from.
pub(crate) fn read_plan(
    plan: &Plan,
    overrides: &NameOverrides<'_>,
    api: &Api,
    openapi: &Node,
) -> Surface {
    let usage = ir::compute_usage(api, overrides.manifest.webhook_event());
    let mut owners = operations::read_operations(plan, api, openapi);
    owners.extend(types::read_types(plan, overrides.keys, api, &usage, openapi));
    owners.extend(client::read_client(plan));
    Surface { owners }
}
