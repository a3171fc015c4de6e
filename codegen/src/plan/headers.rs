//! Response headers: one struct for all responses of an operation, since successes and errors
//! mostly declare the same ones.

use super::naming::{Case, Name, Scope};
use super::{Context, HeaderField, Headers, RustType, doc};
use crate::ir::{Api, Header, Operation, Shape, Type};

/// Plans the struct of an operation's response headers, called `name`, if any are declared. If two
/// responses declare different types for a header, it is a string.
pub fn plan(context: &Context<'_>, operation: &Operation, name: &Name) -> Option<Headers> {
    let mut scope = Scope::new(Case::Snake);
    let mut fields: Vec<HeaderField> = Vec::new();
    for header in operation.responses.iter().flat_map(|response| &response.headers) {
        let (ty, list) = value_type(context, header);
        match fields.iter_mut().find(|field| field.wire.eq_ignore_ascii_case(&header.wire)) {
            Some(field) if (&field.ty, field.list) == (&ty, list) => {}
            Some(field) => (field.ty, field.list) = (RustType::String, false),
            None => fields.push(HeaderField {
                name: scope.claim(&header.wire),
                wire: header.wire.clone(),
                ty,
                list,
                doc: doc::item_doc(&context.links, &header.doc, &header.wire),
            }),
        }
    }
    (!fields.is_empty()).then(|| Headers { name: name.clone(), fields })
}

/// Returns the type of a header's value or items, and whether it is a list.
fn value_type(context: &Context<'_>, header: &Header) -> (RustType, bool) {
    match header_kind(context.api, &header.ty) {
        HeaderKind::Value => (without_option(context.rust_type(&header.ty)), false),
        HeaderKind::List => match without_option(context.rust_type(&header.ty)) {
            RustType::List(item) => (without_option(*item), true),
            ty => (ty, false),
        },
        HeaderKind::Raw => (RustType::String, false),
    }
}

/// Removes `Option`: a header cannot be `null`.
fn without_option(ty: RustType) -> RustType {
    match ty {
        RustType::Option(inner) => *inner,
        ty => ty,
    }
}

/// How a header's value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderKind {
    /// As one value of its type.
    Value,
    /// As a comma-separated list of values.
    List,
    /// As a string, because the type is neither a single value nor a list of values.
    Raw,
}

/// Returns how a header of type `ty` is read.
pub fn header_kind(api: &Api, ty: &Type) -> HeaderKind {
    match ty.without_null() {
        Type::List(item) if is_value(api, item.without_null()) => HeaderKind::List,
        ty if is_value(api, ty) => HeaderKind::Value,
        _ => HeaderKind::Raw,
    }
}

fn is_value(api: &Api, ty: &Type) -> bool {
    match ty {
        Type::Scalar(_) => true,
        Type::Named(id) => {
            matches!(api.types.get(id.0).map(|def| &def.shape), Some(Shape::Enum(_) | Shape::Id))
        }
        Type::Any | Type::List(_) | Type::Map(_) | Type::Nullable(_) => false,
    }
}
