//! The public items of named types.

use std::collections::BTreeMap;

use super::locations::{locate, locate_property, locate_value};
use super::operations::read_statuses;
use super::{Direction, Item, ItemKind, Owner};
use crate::emit::{Referrer, field_type_text, type_text};
use crate::ir::{Api, Usage};
use crate::plan::{Construction, Enum, EnumValues, Field, Plan, Struct, TypeItem, Union};
use crate::source::Node;

/// The constructor of a struct with required fields.
pub(crate) const NEW: &str = "new";

/// The constructor of such a struct that is only received.
pub(crate) const NEW_WITH_MOCK: &str = "new, with the feature `mock`";

/// The constructor of a struct with too many required fields for arguments.
pub(crate) const NEW_FROM_FIELDS: &str = "new, with a struct of fields";

/// The constructor of such a struct that is only received.
pub(crate) const NEW_FROM_FIELDS_WITH_MOCK: &str =
    "new, with a struct of fields and the feature `mock`";

/// Lists the types with their fields or variants: those of the document's schemas, the shared enums of
/// errors, and the error codes.
pub(super) fn read_types(
    plan: &Plan,
    keys: &[String],
    api: &Api,
    usage: &[Usage],
    openapi: &Node,
) -> Vec<Owner> {
    let named = plan.type_names.iter().enumerate();
    let ids: BTreeMap<_, _> = named.filter_map(|(id, name)| Some((name.as_ref()?, id))).collect();
    let mut owners = Vec::new();
    for item in &plan.types {
        let id = ids.get(item.name()).copied();
        let direction = id.and_then(|id| usage.get(id)).map_or(Direction::Both, |it| (*it).into());
        let pointer = id.and_then(|id| api.types.get(id)).map(|def| def.pointer.as_str());
        let schema = pointer.and_then(|pointer| openapi.pointer(pointer));
        let mut owner = read_type(item, direction, schema);
        owner.item.key = id.and_then(|id| keys.get(id)).cloned().unwrap_or_default();
        owner.item.location = pointer.and_then(|pointer| locate(openapi, pointer));
        for part in &mut owner.parts {
            part.location = part.location.take().or_else(|| owner.item.location.clone());
        }
        owners.push(owner);
    }
    owners.extend(plan.errors.iter().map(|errors| Owner {
        item: type_item(errors.name.as_str(), "enum", Direction::Received),
        parts: read_statuses(errors, &|_| None),
    }));
    owners.extend(plan.error_codes.iter().map(|codes| {
        let direction = Direction::Received;
        let variants = codes.codes.iter().map(|code| {
            Item::new(ItemKind::Variant, code.name.as_str(), direction).key(code.wire.as_str())
        });
        let parts = traits(&["Eq", "Hash"], direction).chain(variants).collect();
        Owner { item: type_item(codes.name.as_str(), "enum", direction), parts }
    }));
    owners
}

pub(super) fn type_item(name: &str, ty: &str, direction: Direction) -> Item {
    Item::new(ItemKind::Type, name, direction).ty(ty)
}

fn traits(names: &'static [&str], direction: Direction) -> impl Iterator<Item = Item> {
    names.iter().map(move |name| Item::new(ItemKind::Trait, *name, direction).key(*name))
}

fn read_type(item: &TypeItem, direction: Direction, schema: Option<&Node>) -> Owner {
    let name = item.name().as_str();
    let (ty, parts) = match item {
        TypeItem::Struct(item) => ("struct", read_struct(item, direction, schema)),
        TypeItem::Enum(item) => match &item.values {
            EnumValues::String(_) => ("enum", read_enum(item, direction, schema)),
            EnumValues::Integer(_) => ("enum of integers", read_enum(item, direction, schema)),
        },
        TypeItem::Union(item) => ("union", read_union(item, direction)),
        TypeItem::Id(_) => ("id", traits(&["Eq", "Hash"], direction).collect()),
    };
    Owner { item: type_item(name, ty, direction), parts }
}

fn read_struct(item: &Struct, direction: Direction, schema: Option<&Node>) -> Vec<Item> {
    let constructor = match (&item.construction, item.only_mocked) {
        (Construction::New, true) => NEW_WITH_MOCK,
        (Construction::New, false) => NEW,
        (Construction::NewFromFields(_), true) => NEW_FROM_FIELDS_WITH_MOCK,
        (Construction::NewFromFields(_), false) => NEW_FROM_FIELDS,
        (Construction::Default, _) => "default",
    };
    let constructor = Item::new(ItemKind::Constructor, "new", direction).key("new").ty(constructor);
    let default: &[&str] = match item.construction {
        Construction::Default => &["Default"],
        Construction::New | Construction::NewFromFields(_) => &[],
    };
    let field = |field: &Field| {
        let mut ty = field_type_text(field);
        if field.has_setter_without_argument() {
            ty.push_str(", set without a value");
        }
        let item = Item::new(ItemKind::Field, field.name.as_str(), direction)
            .key(field.wire.as_str())
            .ty(ty)
            .required(field.is_argument());
        match schema {
            Some(schema) => item.at(locate_property(schema, &field.wire)),
            None => item,
        }
    };
    let rest = item.additional.as_ref().map(|(name, ty)| {
        let ty = format!("runtime::Map<{}>", type_text(ty, Referrer::Types));
        Item::new(ItemKind::Field, name.as_str(), direction).key("*").ty(ty)
    });
    std::iter::once(constructor)
        .chain(traits(default, direction))
        .chain(item.fields.iter().map(field))
        .chain(rest)
        .collect()
}

fn read_enum(item: &Enum, direction: Direction, schema: Option<&Node>) -> Vec<Item> {
    let values: Vec<(&str, String)> = match &item.values {
        EnumValues::String(values) => {
            values.iter().map(|(name, wire, _)| (name.as_str(), wire.clone())).collect()
        }
        EnumValues::Integer(values) => {
            values.iter().map(|(name, wire, _)| (name.as_str(), wire.to_string())).collect()
        }
    };
    let variants = values.into_iter().map(|(name, wire)| {
        let location = schema.map(|schema| locate_value(schema, &wire));
        Item { location, ..Item::new(ItemKind::Variant, name, direction).key(wire) }
    });
    traits(&["Eq", "Hash"], direction).chain(variants).collect()
}

fn read_union(item: &Union, direction: Direction) -> Vec<Item> {
    let variants = item.variants.iter().map(|variant| {
        let key = match variant.tags.is_empty() {
            true => variant.name.to_string(),
            false => variant.tags.join(" "),
        };
        Item::new(ItemKind::Variant, variant.name.as_str(), direction)
            .key(key)
            .ty(type_text(&variant.ty, Referrer::Types))
    });
    variants.collect()
}
