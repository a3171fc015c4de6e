//! Structs, enums and unions.

use std::collections::BTreeMap;

use super::names::{Case, Name, Scope, name};
use super::rust_type::RustType;
use super::{
    Construction, Context, Enum, EnumValues, Field, Item, Mode, Struct, Union, Variant, derives,
    doc, limits,
};
use crate::ir::{self, Literal, Shape, Type, TypeDef, TypeId, TypeName};

/// How many arguments a constructor may have; clippy's limit too.
const MOST_ARGUMENTS: usize = 7;

/// Functions that a struct has, and names of the methods of `std::ops`, which a method with one
/// argument should not have.
const FUNCTIONS: &[&str] = &[
    "new", "default", "clone", "eq", "validate", "add", "bitand", "bitor", "bitxor", "div", "mul",
    "rem", "shl", "shr", "sub",
];

/// Every printed type, by its position in the API; aliases are none.
pub fn plan(context: &Context<'_>) -> Vec<Option<Item>> {
    let types = context.api.types.iter().zip(&context.type_names).enumerate();
    types.map(|(id, (def, name))| item(context, TypeId(id), def, name.as_ref()?)).collect()
}

/// The types by name.
pub fn sorted(items: Vec<Option<Item>>) -> Vec<Item> {
    let mut items: Vec<Item> = items.into_iter().flatten().collect();
    items.sort_by(|a, b| a.name().cmp(b.name()));
    items
}

/// What each component became, by its key.
pub fn components(context: &Context<'_>) -> BTreeMap<String, RustType> {
    let named = context.api.types.iter().enumerate().filter_map(|(id, def)| match &def.name {
        TypeName::Component(key) => Some((key.clone(), context.rust(&Type::Named(TypeId(id))))),
        TypeName::Inline(_) => None,
    });
    named.collect()
}

fn item(context: &Context<'_>, id: TypeId, def: &TypeDef, name: &Name) -> Option<Item> {
    let text = doc::of_type(&context.links, &def.doc, name);
    match &def.shape {
        Shape::Struct(shape) => Some(Item::Struct(struct_(context, id, shape, name, text))),
        Shape::Enum(shape) => Some(Item::Enum(enum_(context, shape, name, text))),
        Shape::Union(shape) => Some(Item::Union(union_(context, id, shape, name, text))),
        Shape::Alias(_) => None,
    }
}

fn struct_(
    context: &Context<'_>,
    id: TypeId,
    shape: &ir::Struct,
    name: &Name,
    doc: super::DocText,
) -> Struct {
    let mut scope = Scope::new(Case::Snake);
    let usage = context.usage.get(id.0).copied().unwrap_or_default();
    // A field whose name needs no change keeps it, whoever else would like it.
    let mut names: Vec<Option<Name>> = vec![None; shape.fields.len()];
    for exact in [true, false] {
        for (field, slot) in shape.fields.iter().zip(&mut names) {
            let as_written = super::names::name(&field.wire, Case::Snake).as_str() == field.wire;
            if as_written == exact {
                *slot = Some(scope.claim(&field.wire));
            }
        }
    }
    let mut fields: Vec<Field> = shape
        .fields
        .iter()
        .zip(names)
        .filter_map(|(f, name)| Some(field(context, id, usage, f, name?)))
        .collect();
    name_setters(&mut fields);
    let required = fields.iter().filter(|f| is_argument(f.mode)).count();
    let construction = match required {
        0 => Construction::Default,
        n if n <= MOST_ARGUMENTS => Construction::New,
        _ => Construction::Literal,
    };
    let rest = shape
        .rest
        .as_ref()
        .map(|ty| (scope.claim_or("rest", &["other members".to_owned()]), context.rust(ty)));
    Struct {
        name: name.clone(),
        doc,
        derives: derives::of_struct(&fields),
        fields,
        rest,
        construction,
        limits: limits::of_struct(context, id, shape),
    }
}

/// Whether a constructor asks for a field of this mode.
pub fn is_argument(mode: Mode) -> bool {
    matches!(mode, Mode::Required | Mode::Nullable)
}

fn field(
    context: &Context<'_>,
    owner: TypeId,
    usage: super::usage::Usage,
    field: &ir::Field,
    name: Name,
) -> Field {
    let (ty, nullable) = match context.rust(&field.ty) {
        RustType::Option(inner) => (*inner, true),
        ty => (ty, field.nullable),
    };
    // `null` is one of the values of an untyped member.
    let nullable = nullable && ty != RustType::Runtime("Json");
    let one_way = (field.read_only && usage.sent) || (field.write_only && usage.received);
    let mode = match (field.required && !one_way, nullable) {
        (true, false) => Mode::Required,
        (true, true) => Mode::Nullable,
        (false, true) if usage.sent && !field.read_only => Mode::Patch,
        (false, _) => Mode::Optional,
    };
    let is_part = context.parts.get(owner.0).is_some_and(|is_part| *is_part);
    let has_setter = usage.sent && !field.read_only && !is_argument(mode);
    Field {
        setter: has_setter.then(|| name.clone()),
        name,
        wire: field.wire.clone(),
        mode,
        ty: boxed(context, owner, &field.ty, if is_part { as_part(ty) } else { ty }),
        doc: doc::field(&context.links, &field.doc, &field.constraints, field.default.as_ref()),
    }
}

/// Bytes as a file: a part has a name and a media type.
fn as_part(ty: RustType) -> RustType {
    match ty {
        RustType::Runtime("Bytes") => RustType::Runtime("File"),
        RustType::List(inner) => RustType::List(Box::new(as_part(*inner))),
        ty => ty,
    }
}

/// Gives every setter its field's name, but where a struct has a function of that name already.
fn name_setters(fields: &mut [Field]) {
    let own = |field: &Field| field.name.as_str().trim_start_matches("r#").to_owned();
    let mut scope = Scope::reserving(Case::Snake, FUNCTIONS);
    for first in [true, false] {
        for field in fields.iter_mut().filter(|field| field.setter.is_some()) {
            let own = own(field);
            if FUNCTIONS.contains(&own.as_str()) != first {
                field.setter = Some(scope.claim_or(&own, &[format!("set {own}")]));
            }
        }
    }
}

/// `ty` in a `Box` where a cycle needs it.
fn boxed(context: &Context<'_>, owner: TypeId, source: &Type, ty: RustType) -> RustType {
    let target = super::boxed::held(context.api, source);
    match target {
        Some(target) if context.boxed.needed(owner, target) => match ty {
            RustType::Option(inner) => RustType::Option(Box::new(RustType::Boxed(inner))),
            ty => RustType::Boxed(Box::new(ty)),
        },
        _ => ty,
    }
}

fn enum_(context: &Context<'_>, shape: &ir::Enum, name: &Name, doc: super::DocText) -> Enum {
    let mut scope = Scope::new(Case::Pascal);
    let text = |v: &ir::EnumValue, wire: &str| {
        doc::join(
            doc::text(&context.links, &doc::code(wire)),
            doc::description(&context.links, v.description.as_deref()),
        )
    };
    let integers: Option<Vec<_>> = shape
        .values
        .iter()
        .map(|v| match v.wire {
            Literal::Int(n) => Some((v, i64::try_from(n).ok()?)),
            _ => None,
        })
        .collect();
    let values = match integers.filter(|values| !values.is_empty()) {
        Some(values) => EnumValues::Integer(
            values
                .into_iter()
                .map(|(v, n)| {
                    let words = v.name.clone().unwrap_or_else(|| format!("Value {n}"));
                    (scope.claim(&words), n, text(v, &n.to_string()))
                })
                .collect(),
        ),
        None => EnumValues::Text(text_values(shape, &mut scope, &text)),
    };
    let other = scope.claim_or("Unknown", &["Other".to_owned(), "Unlisted".to_owned()]);
    Enum { name: name.clone(), doc, values, other, any: shape.any }
}

fn text_values(
    shape: &ir::Enum,
    scope: &mut Scope,
    text: &dyn Fn(&ir::EnumValue, &str) -> super::DocText,
) -> Vec<(Name, String, super::DocText)> {
    let wire = |v: &ir::EnumValue| match &v.wire {
        Literal::Text(text) => text.clone(),
        Literal::Int(n) => n.to_string(),
        Literal::Float(n) => n.to_string(),
        Literal::Bool(b) => b.to_string(),
        Literal::Json(value) => value.to_string(),
    };
    let named = |v: &ir::EnumValue| {
        let wire = wire(v);
        let words = v.name.clone().unwrap_or_else(|| wire.clone());
        (scope.claim(&words), text(v, &wire), wire)
    };
    shape.values.iter().map(named).map(|(name, doc, wire)| (name, wire, doc)).collect()
}

fn union_(
    context: &Context<'_>,
    id: TypeId,
    shape: &ir::Union,
    name: &Name,
    doc: super::DocText,
) -> Union {
    let mut scope = Scope::new(Case::Pascal);
    let variants = shape
        .variants
        .iter()
        .map(|v| Variant {
            name: scope.claim(variant_words(&v.name)),
            ty: boxed(context, id, &v.ty, context.rust(&v.ty)),
            tags: v.tags.clone(),
            doc: doc::of(&context.links, &v.doc),
        })
        .collect();
    Union {
        name: name.clone(),
        doc,
        derives: derives::of_union(),
        tag: shape.tag.as_ref().map(|t| t.wire.clone()),
        variants,
        other: scope.claim_or("Unknown", &["Other".to_owned(), "Unlisted".to_owned()]),
    }
}

/// A variant must not look like a path's keyword.
fn variant_words(words: &str) -> &str {
    if name(words, Case::Pascal).as_str() == "Empty" { "Variant" } else { words }
}
