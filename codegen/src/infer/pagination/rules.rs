//! `[[pagination]]` in `vendor.toml`.

use super::page_type;
use super::path::Fields;
use crate::ir::{Api, Operation, PageBy, Pagination, ParameterIn};
use crate::manifest::{self, Manifest};
use crate::report::{Problem, Report};

/// A key of a rule that does not fit the operation, and why.
pub struct Mismatch {
    key: &'static str,
    /// Whether the rule sets the key.
    is_set: bool,
    reason: String,
}

impl Mismatch {
    fn new(key: &'static str, reason: impl Into<String>) -> Self {
        Self { key, is_set: true, reason: reason.into() }
    }

    /// Returns the error at the rule with the index `rule`.
    pub fn problem(&self, manifest: &Manifest, rule: usize, operation: &Operation) -> Problem {
        let index = rule.to_string();
        let location = match self.is_set {
            true => manifest.location(&["pagination", &index, self.key]),
            false => manifest.location(&["pagination", &index]),
        };
        let message = format!("`{}`: {}", operation.key(), self.reason);
        let help = "correct the rule, or list the operations it applies to in `operations`";
        Problem::error(location, message).help(help)
    }
}

/// Reports the operations that rules list and that do not exist.
pub fn report_unknown_operations(api: &Api, manifest: &Manifest, report: &mut Report) {
    for (index, rule) in manifest.pagination.iter().enumerate() {
        let exists = |key: &&String| api.operations.iter().any(|it| it.key() == **key);
        for key in rule.operations.iter().filter(|key| !exists(key)) {
            let location = manifest.location(&["pagination", &index.to_string(), "operations"]);
            let message = format!("there is no operation `{key}`");
            let help = "run `docwright inspect` for the list of operations, then correct the key";
            report.push(Problem::error(location, message).help(help));
        }
    }
}

/// Returns the first rule that applies to the operation, and its index.
pub fn find_rule<'m>(
    manifest: &'m Manifest,
    operation: &Operation,
) -> Option<(usize, &'m manifest::Pagination)> {
    let key = operation.key();
    let has_parameter = |name: &str| operation.parameter(ParameterIn::Query, name).is_some();
    let applies = |rule: &manifest::Pagination| match rule.operations.as_slice() {
        [] => rule.parameter.as_deref().is_some_and(has_parameter),
        keys => keys.contains(&key),
    };
    manifest.pagination.iter().enumerate().find(|(_, rule)| applies(rule))
}

/// Applies a rule to an operation.
///
/// # Errors
///
/// Returns the key of the rule that does not fit the operation.
pub fn apply(
    rule: &manifest::Pagination,
    operation: &Operation,
    fields: &Fields<'_>,
) -> Result<Pagination, Mismatch> {
    let parameter = || {
        let name = rule.parameter.clone().unwrap_or_default();
        match operation.parameter(ParameterIn::Query, &name) {
            Some(_) => Ok(name),
            None => {
                Err(Mismatch::new("parameter", format!("there is no query parameter `{name}`")))
            }
        }
    };
    let by = match rule.by {
        manifest::PageBy::Page => PageBy::Page(parameter()?, rule.first.unwrap_or_default()),
        manifest::PageBy::Offset => PageBy::Offset(parameter()?),
        manifest::PageBy::Cursor => PageBy::Cursor(parameter()?),
        manifest::PageBy::Link | manifest::PageBy::None => PageBy::Link,
    };
    if operation.body.as_ref().is_some_and(|body| body.required && !body.media.is_empty()) {
        let reason = "operations that require a request body cannot be paginated";
        return Err(Mismatch::new("by", reason));
    }
    let page = page_type(operation).map_err(|reason| Mismatch::new("by", reason))?;
    let items = match &rule.items {
        Some(path) => fields
            .list_at(page, path)
            .ok_or_else(|| Mismatch::new("items", format!("the response has no list at `{path}`"))),
        None => fields.only_list(page).ok_or_else(|| {
            let reason = "the response has no list, or several: set `items`";
            Mismatch { is_set: false, ..Mismatch::new("items", reason) }
        }),
    }?;
    let cursor_at = |path: &String| {
        let reason = || format!("the response has no string or integer at `{path}`");
        fields.cursor_at(page, path).ok_or_else(|| Mismatch::new("next", reason()))
    };
    let next = rule.next.as_ref().map(cursor_at).transpose()?;
    Ok(Pagination { by, items, next })
}
