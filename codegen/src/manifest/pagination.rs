//! `[[pagination]]`: how lists are paginated, where it cannot be inferred from the document.

use serde::Deserialize;

use super::Manifest;
use crate::report::Problem;

/// How some lists are paginated.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pagination {
    /// How the next page is requested.
    pub by: PageBy,
    /// The query parameter that selects the page. Not with `link` and `none`.
    pub parameter: Option<String>,
    /// The number of the first page. Only with `page`.
    pub first: Option<i64>,
    /// The path of the list in the response: field names separated by dots. Without it, the response
    /// must contain exactly one list.
    pub items: Option<String>,
    /// The path of the cursor of the next page in the response. Only with `cursor`.
    pub next: Option<String>,
    /// The operations that this applies to, such as `GET /orders`. Without it, all operations that
    /// have the parameter.
    #[serde(default)]
    pub operations: Vec<String>,
}

/// How the next page of a list is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageBy {
    /// By its number.
    Page,
    /// By the number of items to skip.
    Offset,
    /// By a cursor in the previous page.
    Cursor,
    /// By the `Link` header of the previous page.
    Link,
    /// The list is not paginated.
    None,
}

impl PageBy {
    /// Returns the value of `by` in `vendor.toml`.
    fn key(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Offset => "offset",
            Self::Cursor => "cursor",
            Self::Link => "link",
            Self::None => "none",
        }
    }
}

/// Checks that each entry has the keys that its `by` requires.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, rule) in manifest.pagination.iter().enumerate() {
        let (by, index) = (rule.by, index.to_string());
        let by_key = by.key();
        let mut check_key = |key: &str, is_set: bool, is_allowed: bool| {
            let message = match (is_set, is_allowed) {
                (false, true) => format!("pagination by `{by_key}` requires `{key}`"),
                (true, false) => format!("`{key}` has no effect on pagination by `{by_key}`"),
                _ => return,
            };
            let keys: &[&str] = &["pagination", &index, if is_set { key } else { "by" }];
            problems.push(Problem::error(manifest.location(keys), message));
        };
        let has_parameter = matches!(by, PageBy::Page | PageBy::Offset | PageBy::Cursor);
        check_key("parameter", rule.parameter.is_some(), has_parameter);
        check_key("first", rule.first.is_some(), by == PageBy::Page);
        check_key("next", rule.next.is_some(), by == PageBy::Cursor);
        if !has_parameter {
            check_key("operations", !rule.operations.is_empty(), true);
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> Vec<String> {
        match Manifest::parse("vendor.toml", text) {
            Ok(_) => Vec::new(),
            Err(report) => report.problems.into_iter().map(|problem| problem.message).collect(),
        }
    }

    #[test]
    fn each_kind_of_pagination_requires_its_keys_and_allows_no_others() {
        for (text, expected) in [
            ("by = \"page\"\nparameter = \"index\"\nfirst = 0", ""),
            ("by = \"page\"\nparameter = \"index\"", "pagination by `page` requires `first`"),
            ("by = \"offset\"\nparameter = \"skip\"", ""),
            ("by = \"offset\"", "pagination by `offset` requires `parameter`"),
            ("by = \"cursor\"\nparameter = \"after\"\nnext = \"meta.next\"", ""),
            ("by = \"cursor\"\nparameter = \"after\"", "pagination by `cursor` requires `next`"),
            ("by = \"none\"\noperations = [\"GET /a\"]", ""),
            ("by = \"link\"", "pagination by `link` requires `operations`"),
            (
                "by = \"offset\"\nparameter = \"skip\"\nfirst = 1",
                "`first` has no effect on pagination by `offset`",
            ),
        ] {
            let found = messages(&format!("[[pagination]]\n{text}\n")).join(", ");
            assert_eq!(found, expected, "{text}");
        }
    }
}
