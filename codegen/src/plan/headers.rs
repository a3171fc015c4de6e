//! Headers that responds declare: one struct for all responses of an operation, since what comes with a
//! success and what comes with an error is mostly the same.

use super::names::{Case, Name, Scope};
use super::{Context, HeaderField, Headers, RustType, doc};
use crate::ir::{Api, Header, Operation, Shape, Type};

/// The struct of an operation's headers, called `name`, if its responses declare any. Where two responses
/// do not agree on a header's type, it is text.
pub fn plan(context: &Context<'_>, operation: &Operation, name: &Name) -> Option<Headers> {
    let mut scope = Scope::new(Case::Snake);
    let mut fields: Vec<HeaderField> = Vec::new();
    for header in operation.responses.iter().flat_map(|response| &response.headers) {
        let (ty, list) = value(context, header);
        match fields.iter_mut().find(|field| field.wire.eq_ignore_ascii_case(&header.wire)) {
            Some(field) if (&field.ty, field.list) == (&ty, list) => {}
            Some(field) => (field.ty, field.list) = (RustType::Plain("String"), false),
            None => fields.push(HeaderField {
                name: scope.claim(&header.wire),
                wire: header.wire.clone(),
                ty,
                list,
                doc: doc::of(&context.links, &header.doc),
            }),
        }
    }
    (!fields.is_empty()).then(|| Headers { name: name.clone(), fields })
}

/// The type of a header's value, and whether there are several.
fn value(context: &Context<'_>, header: &Header) -> (RustType, bool) {
    match kind(context.api, &header.ty) {
        Kind::One => (inner(context.rust(&header.ty)), false),
        Kind::List => match inner(context.rust(&header.ty)) {
            RustType::List(item) => (inner(*item), true),
            ty => (ty, false),
        },
        Kind::Text => (RustType::Plain("String"), false),
    }
}

/// A header cannot say `null`.
fn inner(ty: RustType) -> RustType {
    match ty {
        RustType::Option(inner) => *inner,
        ty => ty,
    }
}

/// What a header's value is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One value of its type.
    One,
    /// Values of a type with commas between them.
    List,
    /// Its text: what is no value and no list of values has no form that is sure.
    Text,
}

/// What a header of this type is read as.
pub fn kind(api: &Api, ty: &Type) -> Kind {
    match resolved(api, ty) {
        Some(Type::List(item)) => match resolved(api, item) {
            Some(item) if is_value(api, item) => Kind::List,
            _ => Kind::Text,
        },
        Some(ty) if is_value(api, ty) => Kind::One,
        _ => Kind::Text,
    }
}

fn is_value(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(_) => true,
        Type::Named(id) => {
            matches!(api.types.get(id.0).map(|def| &def.shape), Some(Shape::Enum(_)))
        }
        Type::Any | Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
    }
}

/// What an alias stands for, without `null`. An alias of itself stands for nothing.
fn resolved<'a>(api: &'a Api, mut ty: &'a Type) -> Option<&'a Type> {
    for _ in 0..=api.types.len().saturating_mul(2) {
        ty = match ty {
            Type::Nullable(inner) => inner,
            Type::Named(id) => match api.types.get(id.0).map(|def| &def.shape) {
                Some(Shape::Alias(inner)) => inner,
                _ => return Some(ty),
            },
            _ => return Some(ty),
        };
    }
    None
}
