//! Plans structs, enums and unions.

use std::collections::BTreeMap;

use super::naming::{self, Case, MAX_ARGUMENTS, Name, Scope, name};
use super::rust_type::RustType;
use super::{
    Construction, Context, DocText, Enum, EnumValues, Field, FieldConstant, Id, Presence, Struct,
    TypeForm, TypeItem, Union, Variant, constraints, derives, doc, limits, type_docs,
};
use crate::ir::{self, Literal, Shape, Type, TypeDef, TypeId};

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
pub fn sorted(items: Vec<Option<TypeItem>>, generics: Vec<TypeItem>) -> Vec<TypeItem> {
    let mut items: Vec<TypeItem> = items.into_iter().flatten().chain(generics).collect();
    items.sort_by(|a, b| a.name().cmp(b.name()));
    items
}

/// Returns the type of each component, by its key.
pub fn components(context: &Context<'_>) -> BTreeMap<String, RustType> {
    let components = context.api.components.iter();
    components.map(|(key, ty)| (key.clone(), context.rust_type(ty))).collect()
}

/// Plans the type `id` with a definition.
pub fn type_item(
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
        Shape::Id => Some(TypeItem::Id(Id { name: name.clone(), doc: text })),
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
            let is_exact = naming::name(&field.wire, Case::Snake).to_string() == field.wire;
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
    let required = fields.iter().filter(|field| field.is_argument()).count();
    let construction = match (required, context.names.field_structs.get(name)) {
        (0, _) => Construction::Default,
        (n, Some(fields)) if n > MAX_ARGUMENTS => Construction::NewFromFields(fields.clone()),
        _ => Construction::New,
    };
    let additional = shape
        .additional
        .as_ref()
        .map(|ty| (scope.claim_or("rest", &["other fields".to_owned()]), context.rust_type(ty)));
    Struct {
        name: name.clone(),
        doc,
        form: TypeForm::Own,
        derives: derives::struct_derives(&fields),
        fields,
        additional,
        construction,
        only_mocked: !usage.sent,
        limits: limits::struct_limits(context, id, shape),
    }
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
        (true, true) if usage.distinguishes_null(field) => Presence::Patch,
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
    let field_constant = naming::field_constant(&context.overrides, context.api, owner, field);
    let constant = field_constant.and_then(|constant| {
        Some(FieldConstant {
            variant: variant_of(context.api, &field.ty, &constant.value)?,
            is_only: constant.is_only,
        })
    });
    let is_set = !usage.sent || !field.read_only;
    let is_always_present = matches!(presence, Presence::Required | Presence::Nullable);
    let can_be_set = !is_always_present || constant.as_ref().is_some_and(|it| !it.is_only);
    let has_setter = is_set && can_be_set;
    Field {
        setter: has_setter.then(|| name.clone()),
        name,
        wire: field.wire.clone(),
        presence,
        constant,
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
    let variants = variant_names(shape, &mut scope).into_iter().zip(&shape.values);
    let variants = variants.map(|(name, value)| {
        let wire = value.wire.text();
        let doc = value_doc(value, &wire, &name);
        (name, wire, doc)
    });
    let values = match integers(shape) {
        Some(integers) => {
            let rows = variants.zip(integers);
            EnumValues::Integer(rows.map(|((name, _, doc), n)| (name, n, doc)).collect())
        }
        None => EnumValues::String(variants.collect()),
    };
    let other = scope.claim_or("Unknown", &["Other".to_owned(), "Unlisted".to_owned()]);
    Enum { name: name.clone(), doc, values, other, allows_other: shape.allows_other }
}

/// Returns the values of an enum of integers.
fn integers(shape: &ir::Enum) -> Option<Vec<i64>> {
    let integer = |value: &ir::EnumValue| match value.wire {
        Literal::Int(n) => i64::try_from(n).ok(),
        _ => None,
    };
    let integers: Option<Vec<i64>> = shape.values.iter().map(integer).collect();
    integers.filter(|integers| !integers.is_empty())
}

/// Names the variants of an enum, in the order of its values.
fn variant_names(shape: &ir::Enum, scope: &mut Scope) -> Vec<Name> {
    let is_integer = integers(shape).is_some();
    let words = |value: &ir::EnumValue| match (&value.name, is_integer) {
        (Some(name), _) => name.clone(),
        (None, true) => format!("Value {}", value.wire.text()),
        (None, false) => value.wire.text(),
    };
    shape.values.iter().map(|value| scope.claim(&words(value))).collect()
}

/// Returns the variant of an enum that stands for a value.
fn variant_of(api: &ir::Api, ty: &Type, value: &Literal) -> Option<Name> {
    let Some(Shape::Enum(shape)) = api.shape(ty) else { return None };
    let mut scope = Scope::new(Case::Pascal);
    let variants = variant_names(shape, &mut scope).into_iter().zip(&shape.values);
    variants.into_iter().find(|(_, listed)| listed.wire == *value).map(|(name, _)| name)
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
        form: TypeForm::Own,
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
