//! Plans structs, enums and unions.

use std::collections::BTreeMap;

use super::naming::{Case, Name, Scope, name};
use super::rust_type::RustType;
use super::{
    Construction, Context, DocText, Enum, EnumValues, Field, Presence, Struct, TypeItem, Union,
    Variant, constraints, derives, doc, limits, type_docs,
};
use crate::ir::{self, Literal, Shape, Type, TypeDef, TypeId};

/// The maximum number of arguments of a constructor, as in clippy's `too_many_arguments`.
const MAX_ARGUMENTS: usize = 7;

/// The functions that every struct has, and methods of `std::ops`, whose names a method with one
/// argument should not have (clippy's `should_implement_trait`).
const STRUCT_FUNCTIONS: &[&str] = &[
    "new", "default", "clone", "eq", "validate", "add", "bitand", "bitor", "bitxor", "div", "mul",
    "rem", "shl", "shr", "sub",
];

/// The documentation of a field that carries the idempotency key.
const SET_BY_CLIENT: &str =
    "If it is not set, the client sets it to the idempotency key of the call.";

/// Plans every type, by its index in the API.
pub fn plan(context: &Context<'_>) -> Vec<Option<TypeItem>> {
    let types = context.api.types.iter().zip(&context.names.types).enumerate();
    let fallbacks = type_docs::plan(context);
    let item = |((id, (def, name)), fallback): ((usize, (&TypeDef, &Option<Name>)), DocText)| {
        type_item(context, TypeId(id), def, name.as_ref()?, fallback)
    };
    types.zip(fallbacks).map(item).collect()
}

/// Sorts the types by name.
pub fn sorted(items: Vec<Option<TypeItem>>) -> Vec<TypeItem> {
    let mut items: Vec<TypeItem> = items.into_iter().flatten().collect();
    items.sort_by(|a, b| a.name().cmp(b.name()));
    items
}

/// Returns the type of each component, by its key.
pub fn components(context: &Context<'_>) -> BTreeMap<String, RustType> {
    let components = context.api.components.iter();
    components.map(|(key, ty)| (key.clone(), context.rust_type(ty))).collect()
}

fn type_item(
    context: &Context<'_>,
    id: TypeId,
    def: &TypeDef,
    name: &Name,
    fallback: DocText,
) -> Option<TypeItem> {
    let text = doc::type_doc(&context.links, &def.doc, name, fallback);
    match &def.shape {
        Shape::Struct(shape) => Some(TypeItem::Struct(plan_struct(context, id, shape, name, text))),
        Shape::Enum(shape) => Some(TypeItem::Enum(plan_enum(context, shape, name, text))),
        Shape::Union(shape) => Some(TypeItem::Union(plan_union(context, id, shape, name, text))),
    }
}

fn plan_struct(
    context: &Context<'_>,
    id: TypeId,
    shape: &ir::Struct,
    name: &Name,
    doc: DocText,
) -> Struct {
    let mut scope = Scope::new(Case::Snake);
    let usage = context.usage.get(id.0).copied().unwrap_or_default();
    // Fields whose names are valid Rust names already are named first, so that they keep them.
    let mut names: Vec<Option<Name>> = vec![None; shape.fields.len()];
    for exact in [true, false] {
        for (field, slot) in shape.fields.iter().zip(&mut names) {
            let is_exact = super::naming::name(&field.wire, Case::Snake).to_string() == field.wire;
            if is_exact == exact {
                *slot = Some(scope.claim(&field.wire));
            }
        }
    }
    let mut fields: Vec<Field> = shape
        .fields
        .iter()
        .zip(names)
        .filter_map(|(field, name)| Some(plan_field(context, id, usage, field, name?)))
        .collect();
    name_setters(&mut fields);
    let required = fields.iter().filter(|f| is_argument(f.presence)).count();
    let construction = match required {
        0 => Construction::Default,
        n if n <= MAX_ARGUMENTS => Construction::New,
        _ => Construction::Literal,
    };
    let additional = shape
        .additional
        .as_ref()
        .map(|ty| (scope.claim_or("rest", &["other fields".to_owned()]), context.rust_type(ty)));
    Struct {
        name: name.clone(),
        doc,
        derives: derives::struct_derives(&fields),
        fields,
        additional,
        construction,
        limits: limits::struct_limits(context, id, shape),
    }
}

/// Returns whether a field is an argument of the constructor.
pub fn is_argument(presence: Presence) -> bool {
    matches!(presence, Presence::Required | Presence::Nullable)
}

fn plan_field(
    context: &Context<'_>,
    owner: TypeId,
    usage: ir::Usage,
    field: &ir::Field,
    name: Name,
) -> Field {
    let (ty, nullable) = match context.rust_type(&field.ty) {
        RustType::Option(inner) => (*inner, true),
        ty => (ty, field.nullable),
    };
    // A field of untyped JSON has `null` among its values.
    let nullable = nullable && ty != RustType::Json;
    let presence = match (usage.may_lack(field), nullable) {
        (false, false) => Presence::Required,
        (false, true) => Presence::Nullable,
        (true, true) if usage.sent && !field.read_only => Presence::Patch,
        (true, _) => Presence::Optional,
    };
    let is_part = context.multipart.get(owner.0).is_some_and(|is_part| *is_part);
    let text = constraints::field_doc(
        &context.links,
        &field.doc,
        &field.constraints,
        field.default.as_ref(),
        name.as_str(),
    );
    let has_setter = usage.sent && !field.read_only && !is_argument(presence);
    Field {
        setter: has_setter.then(|| name.clone()),
        name,
        wire: field.wire.clone(),
        presence,
        ty: boxed(context, owner, &field.ty, if is_part { as_file(ty) } else { ty }),
        redacted: field.personal,
        doc: match (field.computed, field.personal) {
            (true, _) => doc::join(text, doc::wrapped(SET_BY_CLIENT)),
            (_, true) => doc::join(text, doc::wrapped("Personal data: `Debug` does not print it.")),
            (false, false) => text,
        },
    }
}

/// Turns bytes into a file, since a part of a multipart body has a file name and a media type.
fn as_file(ty: RustType) -> RustType {
    match ty {
        RustType::Bytes => RustType::File,
        RustType::List(inner) => RustType::List(Box::new(as_file(*inner))),
        ty => ty,
    }
}

/// Names every setter after its field, unless every struct has a function of that name.
fn name_setters(fields: &mut [Field]) {
    let mut scope = Scope::reserving(Case::Snake, STRUCT_FUNCTIONS);
    // Setters that keep the field's name are named first.
    for unchanged in [true, false] {
        for field in fields.iter_mut().filter(|field| field.setter.is_some()) {
            let name = field.name.as_str().to_owned();
            if STRUCT_FUNCTIONS.contains(&name.as_str()) != unchanged {
                field.setter = Some(scope.claim_or(&name, &[format!("set {name}")]));
            }
        }
    }
}

/// Boxes `ty` if it closes a cycle.
fn boxed(context: &Context<'_>, owner: TypeId, source: &Type, ty: RustType) -> RustType {
    let target = super::boxed::contained_type(source);
    match target {
        Some(target) if context.boxed.is_needed(owner, target) => match ty {
            RustType::Option(inner) => RustType::Option(Box::new(RustType::Boxed(inner))),
            ty => RustType::Boxed(Box::new(ty)),
        },
        _ => ty,
    }
}

fn plan_enum(context: &Context<'_>, shape: &ir::Enum, name: &Name, doc: DocText) -> Enum {
    let mut scope = Scope::new(Case::Pascal);
    let value_doc = |value: &ir::EnumValue, wire: &str, name: &Name| {
        let is_no_echo = |text: &&str| !doc::is_echo(text, name.as_str());
        let wire = Some(wire).filter(is_no_echo).map(doc::inline_code).unwrap_or_default();
        let description = value.description.as_deref().filter(is_no_echo);
        doc::join(
            doc::markdown(&context.links, &wire),
            doc::description(&context.links, description),
        )
    };
    let integers: Option<Vec<_>> = shape
        .values
        .iter()
        .map(|value| match value.wire {
            Literal::Int(n) => Some((value, i64::try_from(n).ok()?)),
            _ => None,
        })
        .collect();
    let values = match integers.filter(|values| !values.is_empty()) {
        Some(values) => EnumValues::Integer(
            values
                .into_iter()
                .map(|(value, n)| {
                    let words = value.name.clone().unwrap_or_else(|| format!("Value {n}"));
                    let name = scope.claim(&words);
                    let doc = value_doc(value, &n.to_string(), &name);
                    (name, n, doc)
                })
                .collect(),
        ),
        None => EnumValues::String(string_values(shape, &mut scope, &value_doc)),
    };
    let other = scope.claim_or("Unknown", &["Other".to_owned(), "Unlisted".to_owned()]);
    Enum { name: name.clone(), doc, values, other, allows_other: shape.allows_other }
}

fn string_values(
    shape: &ir::Enum,
    scope: &mut Scope,
    value_doc: &dyn Fn(&ir::EnumValue, &str, &Name) -> DocText,
) -> Vec<(Name, String, DocText)> {
    let wire = |value: &ir::EnumValue| match &value.wire {
        Literal::String(text) => text.clone(),
        Literal::Int(n) => n.to_string(),
        Literal::Float(n) => n.to_string(),
        Literal::Bool(b) => b.to_string(),
        Literal::Json(value) => value.to_string(),
    };
    let plan_value = |value: &ir::EnumValue| {
        let wire = wire(value);
        let words = value.name.clone().unwrap_or_else(|| wire.clone());
        let name = scope.claim(&words);
        let doc = value_doc(value, &wire, &name);
        (name, wire, doc)
    };
    shape.values.iter().map(plan_value).collect()
}

fn plan_union(
    context: &Context<'_>,
    id: TypeId,
    shape: &ir::Union,
    name: &Name,
    doc: DocText,
) -> Union {
    let mut scope = Scope::new(Case::Pascal);
    let variant = |variant: &ir::Variant| {
        let name = scope.claim(variant_words(&variant.name));
        let doc = doc::item_doc(&context.links, &variant.doc, name.as_str());
        Variant {
            ty: boxed(context, id, &variant.ty, context.rust_type(&variant.ty)),
            tags: variant.tags.clone(),
            doc,
            name,
        }
    };
    let variants = shape.variants.iter().map(variant).collect();
    Union {
        name: name.clone(),
        doc,
        derives: derives::union_derives(),
        tag: shape.tag.as_ref().map(|t| t.wire.clone()),
        variants,
        other: scope.claim_or("Unknown", &["Other".to_owned(), "Unlisted".to_owned()]),
    }
}

/// Returns the words for a variant's name. `Empty`, the name for words without letters or digits,
/// would be misleading.
fn variant_words(words: &str) -> &str {
    if name(words, Case::Pascal).as_str() == "Empty" { "Variant" } else { words }
}
