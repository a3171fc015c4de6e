//! Types that can be instances of a generic type.

use crate::infer::split_words;
use crate::ir::{
    Api, Constraints, Scalar, Shape, Struct, Type, TypeDef, TypeId, TypeName, Union, Usage,
};
use crate::unify::fingerprint::remove_text;

/// What the types of a group have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pattern {
    /// A list in an object that also describes the list: `{data: [T], has_more: boolean}`.
    List,
    /// An id or the object that has it; a third alternative is what is left of it when it is deleted.
    Expandable,
    /// An object or one other value.
    Alternative,
}

/// A type that can be an instance of a generic type.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The type.
    pub id: TypeId,
    /// Its pattern.
    pub pattern: Pattern,
    /// A text that instances of the same generic type have in common.
    pub text: String,
    /// The index of the field or variant that has each type parameter.
    pub parameters: Vec<usize>,
    /// What the parameters stand for.
    pub arguments: Vec<Type>,
}

/// Words in the names of fields that describe a list.
const LIST_WORDS: &[&str] = &[
    "count",
    "cursor",
    "first",
    "last",
    "limit",
    "more",
    "next",
    "offset",
    "page",
    "pages",
    "pagination",
    "paging",
    "prev",
    "previous",
    "total",
];

/// Returns every candidate, in the order of the types.
pub fn find(api: &Api, usage: &[Usage]) -> Vec<Candidate> {
    let types = api.types.iter().zip(usage).enumerate();
    let candidates = types.filter_map(|(index, (def, usage))| {
        let id = TypeId(index);
        match &def.shape {
            Shape::Struct(shape) => list(id, shape, *usage),
            Shape::Union(union) => {
                expandable(api, id, union, *usage).or_else(|| alternative(api, id, union))
            }
            Shape::Enum(_) | Shape::Id => None,
        }
    });
    candidates.collect()
}

/// Recognises a list in an object: its only array, beside a field that describes the list.
fn list(id: TypeId, shape: &Struct, usage: Usage) -> Option<Candidate> {
    let is_list = |ty: &Type| matches!(ty, Type::List(_));
    let index = shape.fields.iter().position(|field| is_list(&field.ty))?;
    let field = shape.fields.get(index)?;
    let Type::List(item) = &field.ty else { return None };
    let others = || shape.fields.iter().filter(|other| other.wire != field.wire);
    let describes = |wire: &str| split_words(wire).iter().any(|it| LIST_WORDS.contains(&&**it));
    let is_own = |it: &crate::ir::Field| it.personal || it.computed;
    let is_excluded = shape.additional.is_some()
        || shape.fields.iter().any(is_own)
        || others().any(|other| is_list(&other.ty))
        || !others().any(|other| describes(&other.wire));
    if is_excluded {
        return None;
    }
    let mut compared = shape.clone();
    for (position, field) in compared.fields.iter_mut().enumerate() {
        remove_text(&mut field.doc);
        if position == index {
            field.ty = Type::List(Box::new(Type::Any));
        }
        if !usage.sent {
            // They are documentation: received values are not checked.
            field.constraints = Constraints::default();
            field.default = None;
        }
    }
    if !usage.sent {
        // Nobody passes the fields in this order.
        compared.fields.sort_by(|a, b| a.wire.cmp(&b.wire));
    }
    let (parameters, arguments) = (vec![index], vec![(**item).clone()]);
    let text = format!("{} {compared:?}", field.wire);
    Some(Candidate { id, pattern: Pattern::List, text, parameters, arguments })
}

/// Recognises an id or the object that has it, in responses. What callers send as a string is often no
/// id, but another way to select the object.
fn expandable(api: &Api, id: TypeId, union: &Union, usage: Usage) -> Option<Candidate> {
    let (first, objects) = union.variants.split_first()?;
    let has_pattern = !usage.sent
        && union.tag.is_none()
        && first.ty == Type::Scalar(Scalar::String)
        && (1..=2).contains(&objects.len())
        && objects.iter().all(|variant| has_id(api, &variant.ty))
        && objects.iter().skip(1).all(|variant| is_deleted(api, &variant.ty));
    let text = format!("{} {}", union.variants.len(), union.has_discriminator);
    has_pattern.then(|| Candidate {
        id,
        pattern: Pattern::Expandable,
        text,
        parameters: (1..union.variants.len()).collect(),
        arguments: objects.iter().map(|variant| variant.ty.clone()).collect(),
    })
}

/// Recognises an object or one other value.
fn alternative(api: &Api, id: TypeId, union: &Union) -> Option<Candidate> {
    let [first, second] = union.variants.as_slice() else { return None };
    let is_object = |ty: &Type| is_named(ty) && matches!(api.shape(ty), Some(Shape::Struct(_)));
    let is_value = |ty: &Type| match ty {
        Type::Scalar(_) => true,
        Type::Named(_) => matches!(api.shape(ty), Some(Shape::Enum(_))),
        Type::Any | Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
    };
    let index = match () {
        () if is_value(&first.ty) && is_object(&second.ty) => 1,
        () if is_object(&first.ty) && is_value(&second.ty) => 0,
        () => return None,
    };
    let mut compared = union.clone();
    for (position, variant) in compared.variants.iter_mut().enumerate() {
        remove_text(&mut variant.doc);
        if position == index {
            variant.ty = Type::Any;
            variant.name.clear();
        }
    }
    let argument = union.variants.get(index)?.ty.clone();
    union.tag.is_none().then(|| Candidate {
        id,
        pattern: Pattern::Alternative,
        text: format!("{index} {compared:?}"),
        parameters: vec![index],
        arguments: vec![argument],
    })
}

fn is_named(ty: &Type) -> bool {
    matches!(ty, Type::Named(_))
}

/// Whether a type is a component with an id.
fn has_id(api: &Api, ty: &Type) -> bool {
    let Some(Shape::Struct(shape)) = api.shape(ty) else { return false };
    component_key(api, ty).is_some() && shape.fields.iter().any(|field| field.wire == "id")
}

/// Whether a type is what is left of a deleted object, as its name says.
fn is_deleted(api: &Api, ty: &Type) -> bool {
    component_key(api, ty).is_some_and(|key| key.to_lowercase().contains("deleted"))
}

fn component_key<'a>(api: &'a Api, ty: &Type) -> Option<&'a str> {
    let Type::Named(id) = ty else { return None };
    match &api.types.get(id.0)?.name {
        TypeName::Component(key) => Some(key),
        TypeName::Inline(_) | TypeName::Shared { .. } => None,
    }
}

/// Gives the fields the order that those of another definition have.
pub fn sort_fields(shape: &mut Struct, like: &TypeDef) {
    if let Shape::Struct(order) = &like.shape {
        sort_like(shape, order);
    }
}

/// Gives the fields the order that those of `order` have.
pub fn sort_like(shape: &mut Struct, order: &Struct) {
    shape.fields.sort_by_key(|field| order.fields.iter().position(|it| it.wire == field.wire));
}
