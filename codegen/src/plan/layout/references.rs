//! Which types an operation or another type refers to.

use std::collections::{BTreeMap, BTreeSet};

use crate::plan::{
    BodyType, Name, Operation, Output, ResponseBody, ResponseEnum, RustType, TypeItem,
};

/// The references among types and operations, by their index in the plan.
pub struct References {
    /// The types that each type refers to.
    pub of_types: Vec<BTreeSet<usize>>,
    /// The types that each operation refers to.
    pub of_operations: Vec<BTreeSet<usize>>,
}

impl References {
    /// Collects the references.
    pub fn new(types: &[TypeItem], operations: &[Operation]) -> Self {
        let indexes: BTreeMap<&Name, usize> =
            types.iter().enumerate().map(|(index, item)| (item.name(), index)).collect();
        let resolve = |types: Vec<&RustType>| -> BTreeSet<usize> {
            let names = types.into_iter().filter_map(RustType::named);
            names.filter_map(|name| indexes.get(name).copied()).collect()
        };
        let all_types = |operation| {
            let mut types = operation_types(operation);
            types.extend(operation.errors.iter().flat_map(response_types));
            types
        };
        Self {
            of_types: types.iter().map(|item| resolve(type_references(item))).collect(),
            of_operations: operations.iter().map(|it| resolve(all_types(it))).collect(),
        }
    }

    /// Returns for each type the groups of operations that use it, directly or through other types.
    /// `groups` has the group of each operation.
    pub fn users(&self, groups: &[String]) -> Vec<BTreeSet<String>> {
        let mut users = vec![BTreeSet::new(); self.of_types.len()];
        let mut roots: BTreeMap<&String, BTreeSet<usize>> = BTreeMap::new();
        for (group, types) in groups.iter().zip(&self.of_operations) {
            roots.entry(group).or_default().extend(types);
        }
        for (group, types) in roots {
            let mut open: Vec<usize> = types.into_iter().collect();
            while let Some(index) = open.pop() {
                let is_new = users.get_mut(index).is_some_and(|it| it.insert(group.clone()));
                if is_new {
                    open.extend(self.of_types.get(index).into_iter().flatten());
                }
            }
        }
        users
    }
}

/// Returns the types that a type refers to.
pub fn type_references(item: &TypeItem) -> Vec<&RustType> {
    match item {
        TypeItem::Struct(item) => {
            let additional = item.additional.iter().map(|(_, ty)| ty);
            item.fields.iter().map(|field| &field.ty).chain(additional).collect()
        }
        TypeItem::Union(item) => item.variants.iter().map(|variant| &variant.ty).collect(),
        TypeItem::Enum(_) | TypeItem::Id(_) => Vec::new(),
    }
}

/// Returns the types that the code of an operation names. Those of shared errors are named elsewhere.
pub fn operation_types(operation: &Operation) -> Vec<&RustType> {
    let Operation { arguments, options, body, output, accept_variants, headers, .. } = operation;
    let Operation { errors, shared_errors, .. } = operation;
    let options = options.iter().filter(|option| !option.is_without_value());
    let parameters = arguments.iter().chain(options).map(|argument| &argument.ty);
    let headers = headers.iter().flat_map(|headers| &headers.fields).map(|field| &field.ty);
    let accepted = accept_variants.iter().filter_map(|variant| json_type(&variant.body));
    let own_errors = errors.iter().filter(|_| shared_errors.is_none());
    let errors = own_errors.flat_map(response_types);
    let mut types: Vec<&RustType> =
        parameters.chain(headers).chain(accepted).chain(errors).collect();
    match body.as_ref().map(|body| &body.ty) {
        Some(BodyType::Value(ty)) => types.push(ty),
        Some(BodyType::OneOf(item)) => {
            types.extend(item.variants.iter().filter_map(|variant| variant.value.as_ref()));
        }
        Some(BodyType::Bytes | BodyType::Empty) | None => {}
    }
    match output {
        Output::Json(ty) | Output::Events(Some(ty)) => types.push(ty),
        Output::OneOf(item) => types.extend(response_types(item)),
        Output::Events(None) | Output::Text | Output::Bytes | Output::Empty => {}
    }
    types.extend(operation.pagination.iter().flat_map(|it| [&it.page, &it.item]));
    types
}

/// Returns the types of the responses.
pub fn response_types(item: &ResponseEnum) -> impl Iterator<Item = &RustType> {
    item.variants.iter().filter_map(|variant| json_type(&variant.body))
}

/// Returns the type of a JSON body.
pub fn json_type(body: &ResponseBody) -> Option<&RustType> {
    match body {
        ResponseBody::Json(ty) | ResponseBody::Untyped(ty) => Some(ty),
        ResponseBody::Text | ResponseBody::Bytes | ResponseBody::Empty => None,
    }
}
