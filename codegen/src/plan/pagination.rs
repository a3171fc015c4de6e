//! Paginated lists: the fields on the path to the items, and the names of the request's methods.

use std::collections::BTreeMap;

use super::naming::{Case, Name, Scope};
use super::operations::REQUEST_METHODS;
use super::{
    Argument, DocText, Field, Operation, Output, PageSize, Pagination, Presence, ResponseBody,
    RustType, Step, Struct, TypeItem,
};
use crate::ir::{self, PageParameter, ParameterIn};

/// The methods that a request for a list has in addition.
const METHODS: [&str; 4] = ["pages", "pages from", "items", "items from"];

/// The name of the method that sets the size of a page.
const PAGE_SIZE: &str = "page_size";

/// Adds pagination to each operation that returns a paginated list.
pub(super) fn plan<'p>(
    api: &ir::Api,
    types: impl IntoIterator<Item = &'p TypeItem>,
    operations: &mut [Operation],
) {
    let structs = types.into_iter().filter_map(|item| match item {
        TypeItem::Struct(item) => Some((&item.name, item)),
        TypeItem::Enum(_) | TypeItem::Union(_) | TypeItem::Id(_) => None,
    });
    let structs: Structs<'p> = structs.collect();
    for (operation, planned) in api.operations.iter().zip(operations) {
        let pagination = operation.pagination.as_ref();
        planned.pagination = pagination.and_then(|it| plan_pagination(&structs, it, planned));
    }
}

/// The structs by name.
type Structs<'p> = BTreeMap<&'p Name, &'p Struct>;

fn plan_pagination(
    structs: &Structs<'_>,
    scheme: &ir::Pagination,
    operation: &Operation,
) -> Option<Pagination> {
    let page = page_type(&operation.output)?;
    let (items_path, list) = resolve(structs, page, &scheme.items)?;
    let RustType::List(item) = list else { return None };
    let mut scope = Scope::reserving(Case::Snake, REQUEST_METHODS);
    let options = operation.options.iter().map(|option| &option.name);
    let setters = operation.body.iter().flat_map(|body| &body.media_setters);
    let taken = options.chain(setters.map(|(name, ..)| name));
    taken.for_each(|name| scope.reserve(name.as_str()));
    let methods = METHODS.map(|words| scope.claim_or(words, &[format!("all {words}")]));
    let page_size =
        scheme.size.as_ref().and_then(|size| plan_page_size(size, operation, &mut scope));
    let (scheme, page) = (scheme.clone(), page.clone());
    Some(Pagination { methods, page_size, scheme, page, item: *item, items_path })
}

/// Returns the type of a page: the only type of JSON among the success responses.
fn page_type(output: &Output) -> Option<&RustType> {
    match output {
        Output::Json(ty) => Some(ty),
        Output::OneOf(responses) => responses.variants.iter().find_map(|it| match &it.body {
            ResponseBody::Json(ty) => Some(ty),
            _ => None,
        }),
        Output::Text | Output::Bytes | Output::Events(_) | Output::Empty => None,
    }
}

/// Plans the method `page_size`, unless an option of the request has its name.
fn plan_page_size(
    size: &PageParameter,
    operation: &Operation,
    scope: &mut Scope,
) -> Option<PageSize> {
    let name = scope.claim_or(PAGE_SIZE, &[]);
    if name.as_str() != PAGE_SIZE {
        return None;
    }
    match size {
        PageParameter::Body { path, .. } => Some(PageSize::Body { name, path: path.clone() }),
        PageParameter::Query(wire) => {
            let is_size = |it: &&Argument| it.location == ParameterIn::Query && it.wire == *wire;
            let option = operation.options.iter().find(is_size)?;
            let setter = &option.name;
            let doc = format!(
                "Sets the maximum number of items of a page, as [`{setter}`](Self::{setter}) does."
            );
            Some(PageSize::Option(Argument { name, doc: DocText(vec![doc]), ..option.clone() }))
        }
    }
}

/// Returns the steps through the fields at a path of wire names, and the type of the last one.
fn resolve(
    structs: &Structs<'_>,
    page: &RustType,
    path: &[String],
) -> Option<(Vec<Step>, RustType)> {
    let (mut steps, mut ty) = (Vec::with_capacity(path.len()), page);
    for wire in path {
        let field = fields(structs, ty).iter().find(|field| field.wire == *wire)?;
        let optional = match field.presence {
            Presence::Required => false,
            Presence::Optional | Presence::Nullable => true,
            Presence::Patch => return None,
        };
        steps.push(Step { field: field.name.clone(), optional });
        ty = &field.ty;
    }
    Some((steps, ty.clone()))
}

/// Returns the fields of a struct; none for any other type.
fn fields<'p>(structs: &Structs<'p>, ty: &RustType) -> &'p [Field] {
    match ty {
        RustType::Named(name) => structs.get(name).map_or(&[], |item| &item.fields),
        RustType::Boxed(inner) => fields(structs, inner),
        _ => &[],
    }
}
