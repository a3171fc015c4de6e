//! The names of resources, and how callers reach each operation.

use std::collections::{BTreeMap, BTreeSet};

use super::identifier::{Case, Name, escape, name};
use super::operations::OperationNames;
use super::scope::{RESERVED_TYPES, Scope};
use crate::ir::Api;
use crate::plan::model::CallPath;

/// The type of each resource, by the names of the resource and of those around it.
pub type ResourceTypes = BTreeMap<Vec<String>, Name>;

/// Names the type of every resource.
pub fn resource_types(api: &Api) -> ResourceTypes {
    let mut paths: BTreeSet<&[String]> = BTreeSet::new();
    for method in api.operations.iter().filter_map(|operation| operation.resource.as_ref()) {
        let path = &method.resource;
        paths.extend((1..=path.len()).filter_map(|length| path.get(..length)));
    }
    let mut scope = Scope::reserving(Case::Pascal, RESERVED_TYPES);
    let paths = paths.into_iter();
    paths
        .map(|path| {
            let ty = scope.claim(&format!("{} resource", path.join(" ")));
            (path.to_vec(), ty)
        })
        .collect()
}

/// Returns how callers reach each operation.
pub fn call_paths(
    api: &Api,
    operations: &[OperationNames],
    types: &ResourceTypes,
) -> Vec<CallPath> {
    let operations = api.operations.iter().zip(operations);
    let call_path = |(operation, names): (&crate::ir::Operation, &OperationNames)| {
        let resource = operation.resource.as_ref();
        let path = resource.map_or(&[][..], |it| it.resource.as_slice());
        CallPath {
            accessors: path.iter().map(|it| name(it, Case::Snake)).collect(),
            owner: types.get(path).cloned().unwrap_or_else(client_type),
            method: match resource {
                Some(method) => name(&method.method, Case::Snake),
                None => names.method.clone(),
            },
        }
    };
    operations.map(call_path).collect()
}

/// `Client`
pub fn client_type() -> Name {
    escape("Client".to_owned())
}
