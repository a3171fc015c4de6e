//! Operations that want one name.

use std::collections::BTreeMap;

use crate::ir::{Api, Operation, OperationName};

use super::identifiers::{OperationNames, operations};
use super::overrides::{NameOverride, NameOverrides, operation_key};

/// Operations of one API that would have one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameConflict {
    /// JSON pointer of the operation in the normalised description.
    pub pointer: String,
    /// Whether the description breaks a rule by it: an `operationId` is unique (OpenAPI 3.0.4,
    /// "Operation Object"); a page's title need not be.
    pub wrong: bool,
    /// Who wants which name, and which one it gets.
    pub what: String,
    /// How to settle it.
    pub help: String,
}

/// Every operation whose name another one wants too, unless `vendor.toml` settles it. That titles
/// repeat is not worth a word of operations that have their names from before.
pub fn of(overrides: &NameOverrides<'_>, api: &Api) -> Vec<NameConflict> {
    let mut wanted: BTreeMap<(bool, &str), Vec<(&Operation, OperationNames)>> = BTreeMap::new();
    for (operation, names) in api.operations.iter().zip(operations(overrides, api)) {
        let key = match &operation.name {
            OperationName::Id(id) => (true, id.as_str()),
            OperationName::Title(title) => (false, title.as_str()),
            OperationName::MethodAndPath => continue,
        };
        if !matches!(overrides.operation(operation), Some(NameOverride::Pinned(_))) {
            wanted.entry(key).or_default().push((operation, names));
        }
    }
    let clashes = wanted.into_iter().filter(|(_, holders)| holders.len() > 1);
    clashes
        .flat_map(|((is_id, name), holders)| {
            let count = holders.len();
            let told = move |(operation, _): &(&Operation, OperationNames)| {
                is_id || overrides.operation(operation).is_none()
            };
            holders
                .into_iter()
                .filter(told)
                .map(move |(operation, names)| clash(is_id, name, count, operation, &names))
        })
        .collect()
}

fn clash(
    is_id: bool,
    name: &str,
    count: usize,
    operation: &Operation,
    names: &OperationNames,
) -> NameConflict {
    let call = operation_key(operation);
    let kind = if is_id { "operationId" } else { "title" };
    let method = &names.method;
    NameConflict {
        pointer: operation.pointer.clone(),
        wrong: is_id,
        what: format!("{count} operations have the {kind} `{name}`; `{call}` becomes `{method}`"),
        help: format!("fix its name in vendor.toml: under [names.operations], \"{call}\" = \"…\""),
    }
}
