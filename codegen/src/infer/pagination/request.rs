//! The parameters and fields of a request that can select a page.

use super::fields::Fields;
use super::names::{READS, SIZES, is_one_of, name_words};
use crate::ir::{
    Constraints, Doc, Literal, MediaKind, Method, Operation, PageParameter, ParameterIn, Scalar,
    Type,
};

/// A query parameter, or a field of a JSON body.
pub struct RequestField<'a> {
    pub location: PageParameter,
    pub wire: &'a str,
    pub ty: &'a Type,
    pub default: Option<&'a Literal>,
    pub constraints: &'a Constraints,
    pub doc: &'a Doc,
}

/// Returns the query parameters of an operation, then the fields of its JSON body and of the objects in it.
pub fn request_fields<'a>(operation: &'a Operation, fields: &Fields<'a>) -> Vec<RequestField<'a>> {
    let queries = operation.parameters.iter().filter(|it| it.location == ParameterIn::Query);
    let mut found: Vec<RequestField<'a>> = queries
        .map(|it| RequestField {
            location: PageParameter::Query(it.wire.clone()),
            wire: &it.wire,
            ty: it.ty.without_null(),
            default: it.default.as_ref(),
            constraints: &it.constraints,
            doc: &it.doc,
        })
        .collect();
    let media = operation.body.as_ref().and_then(|body| body.media.first());
    if let Some(media) = media.filter(|media| media.kind == MediaKind::Json) {
        found.extend(fields.nested(media.ty.without_null(), 2).into_iter().map(|value| {
            let path = value.owned_path();
            RequestField {
                location: PageParameter::Body { path, is_number: is_number(&value.field.ty) },
                wire: &value.field.wire,
                ty: &value.field.ty,
                default: value.field.default.as_ref(),
                constraints: &value.field.constraints,
                doc: &value.field.doc,
            }
        }));
    }
    found
}

impl RequestField<'_> {
    /// Returns the parameter as users know it: a name, or the path of a field.
    pub fn describe(&self) -> String {
        match &self.location {
            PageParameter::Query(wire) => format!("the query parameter `{wire}`"),
            PageParameter::Body { path, .. } => format!("the body's field `{}`", path.join(".")),
        }
    }

    pub fn is_integer(&self) -> bool {
        matches!(self.ty, Type::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint64))
    }

    pub fn has_name(&self, names: &[&str]) -> bool {
        is_one_of(self.wire, names)
    }
}

/// Returns whether a value of this type is a number in JSON.
pub fn is_number(ty: &Type) -> bool {
    use Scalar::{Decimal, Int32, Int64, Number, Uint64};
    matches!(ty.without_null(), Type::Scalar(Int32 | Int64 | Uint64 | Number | Decimal))
}

/// Returns the parameter for the size of a page: one in the same part of the request as the page's, of any
/// integer type.
pub fn size_field<'r, 'a>(
    request: &'r [RequestField<'a>],
    page: Option<&PageParameter>,
) -> Option<&'r RequestField<'a>> {
    let is_beside = |size: &PageParameter| match (page, size) {
        (Some(PageParameter::Query(_)) | None, PageParameter::Query(_)) => true,
        (Some(PageParameter::Body { path: page, .. }), PageParameter::Body { path: size, .. }) => {
            page.len() == size.len() && page.iter().rev().skip(1).eq(size.iter().rev().skip(1))
        }
        _ => false,
    };
    let is_number = |field: &RequestField<'_>| is_number(field.ty);
    request.iter().find(|it| it.has_name(SIZES) && is_number(it) && is_beside(&it.location))
}

/// Returns whether the operation only reads, as far as its method and path tell. A POST that creates
/// something must not be sent for every page.
pub fn is_read(operation: &Operation) -> bool {
    let mut segments = operation.template.rsplit('/').filter(|segment| !segment.starts_with('{'));
    let reads =
        |segment: &str| name_words(segment).iter().any(|word| READS.contains(&word.as_str()));
    match operation.method {
        Method::Get => true,
        Method::Post => segments.next().is_some_and(reads),
        _ => false,
    }
}
