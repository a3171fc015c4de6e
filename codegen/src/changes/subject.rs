//! How items are named for readers.

use crate::surface::{Item, ItemKind, Owner};

/// Returns the name of a part of an operation or type: `Order.amount`, `Status::Paid`.
pub(super) fn part_subject(owner: &Owner, part: &Item) -> String {
    let (outer, name) = (&owner.item.name, &part.name);
    let is_operation = owner.item.kind == ItemKind::Operation;
    match part.kind {
        ItemKind::Argument => format!("{outer}({name})"),
        ItemKind::Option | ItemKind::RequestMethod => format!("{}::{name}", owner.item.ty),
        ItemKind::Status if is_operation => format!("{outer} status {name}"),
        ItemKind::Variant if is_operation => format!("{outer} body {name}"),
        ItemKind::Header => format!("{outer} header {name}"),
        ItemKind::Response | ItemKind::Error => format!("{outer} {name}"),
        ItemKind::Field => format!("{outer}.{name}"),
        ItemKind::Trait => format!("{outer}: {name}"),
        ItemKind::Operation
        | ItemKind::Type
        | ItemKind::Status
        | ItemKind::Constructor
        | ItemKind::Variant
        | ItemKind::BuilderMethod => format!("{outer}::{name}"),
    }
}
