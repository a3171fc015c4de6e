//! Paginated lists: the fields on the paths to the items and to the next cursor, and the names of the
//! request's methods.

use std::collections::BTreeMap;

use super::naming::{Case, Name, Scope};
use super::operations::REQUEST_METHODS;
use super::{Field, Operation, Output, Pagination, Presence, RustType, Step, Struct, TypeItem};
use crate::ir;

/// The methods that a request for a list has in addition.
const METHODS: [&str; 4] = ["pages", "pages from", "items", "items from"];

/// Adds pagination to each operation that returns a paginated list.
pub(super) fn plan<'p>(
    api: &ir::Api,
    types: impl IntoIterator<Item = &'p TypeItem>,
    operations: &mut [Operation],
) {
    let structs = types.into_iter().filter_map(|item| match item {
        TypeItem::Struct(item) => Some((&item.name, item)),
        TypeItem::Enum(_) | TypeItem::Union(_) => None,
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
    pagination: &ir::Pagination,
    operation: &Operation,
) -> Option<Pagination> {
    let Output::Json(page) = &operation.output else { return None };
    let (items_path, list) = resolve(structs, page, &pagination.items)?;
    let RustType::List(item) = list else { return None };
    let cursor_path = match &pagination.next {
        Some(path) => Some(resolve(structs, page, path)?),
        None => None,
    };
    Some(Pagination {
        methods: free_names(operation),
        by: pagination.by.clone(),
        item: *item,
        items_path,
        cursor_path,
    })
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
        steps.push(Step { field: field.name.clone(), wire: wire.clone(), optional });
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

/// Returns names for the methods that no other method of the request has.
fn free_names(operation: &Operation) -> [Name; 4] {
    let mut scope = Scope::reserving(Case::Snake, REQUEST_METHODS);
    let options = operation.options.iter().map(|option| &option.name);
    let setters = operation.body.iter().flat_map(|body| &body.media_setters);
    for name in options.chain(setters.map(|(name, ..)| name)) {
        scope.reserve(name.as_str());
    }
    METHODS.map(|words| scope.claim_or(words, &[format!("all {words}")]))
}
