//! Operations that would have the same name.

use std::collections::BTreeMap;

use super::identifier::Name;
use super::overrides::{NameOverride, NameOverrides};
use crate::ir::{Api, Operation, OperationName};

/// An operation that has the same id or title as others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameConflict {
    /// The JSON pointer of the operation in the normalised document.
    pub pointer: String,
    /// The id or title that the operations share.
    pub name: String,
    /// Whether the document is invalid: an `operationId` must be unique (OpenAPI 3.0.4, "Operation
    /// Object"); the title of a page need not be.
    pub invalid: bool,
    /// Which operations have the same name, and the name that this one gets.
    pub message: String,
    /// How to choose another name.
    pub help: String,
}

/// Returns every operation that has the same id or title as another one, unless its name is set in
/// `vendor.toml`. `methods` are the assigned names. Duplicate titles are not reported for operations whose name is recorded.
pub fn find_conflicts<'n>(
    overrides: &NameOverrides<'_>,
    api: &Api,
    methods: impl Iterator<Item = &'n Name>,
) -> Vec<NameConflict> {
    let mut by_name: BTreeMap<(bool, &str), Vec<(&Operation, &Name)>> = BTreeMap::new();
    for (operation, method) in api.operations.iter().zip(methods) {
        let key = match &operation.name {
            OperationName::Id(id) => (true, id.as_str()),
            OperationName::Title(title) => (false, title.as_str()),
            OperationName::MethodAndPath => continue,
        };
        if !matches!(overrides.operation(operation), Some(NameOverride::Pinned(_))) {
            by_name.entry(key).or_default().push((operation, method));
        }
    }
    let conflicts = by_name.into_iter().filter(|(_, operations)| operations.len() > 1);
    conflicts
        .flat_map(|((is_id, name), operations)| {
            let count = operations.len();
            let is_reported = move |(operation, _): &(&Operation, &Name)| {
                is_id || overrides.operation(operation).is_none()
            };
            operations
                .into_iter()
                .filter(is_reported)
                .map(move |(operation, method)| conflict(is_id, name, count, operation, method))
        })
        .collect()
}

fn conflict(
    is_id: bool,
    name: &str,
    count: usize,
    operation: &Operation,
    method: &Name,
) -> NameConflict {
    let key = operation.key();
    let keyword = if is_id { "operationId" } else { "title" };
    NameConflict {
        pointer: operation.pointer.clone(),
        name: name.to_owned(),
        invalid: is_id,
        message: format!(
            "{count} operations have the {keyword} `{name}`; `{key}` is named `{method}`"
        ),
        help: format!("set its name in vendor.toml: under [names.operations], \"{key}\" = \"…\""),
    }
}
