//! The names of resources.

use std::collections::{BTreeMap, BTreeSet};

use super::identifier::{Case, Name, escape};
use super::scope::{RESERVED_TYPES, Scope};
use crate::ir::Api;

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

/// `Client`
pub fn client_type() -> Name {
    escape("Client".to_owned())
}
