//! `[[pagination]]`: how lists are read page by page, where the description does not show it.

use serde::Deserialize;

use super::Manifest;
use crate::report::Problem;

/// How some lists are read page by page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pagination {
    /// How the next page is asked for.
    pub by: PageBy,
    /// The query parameter that moves on; not with `link` and `none`.
    pub parameter: Option<String>,
    /// The number of the first page; with `page` only.
    pub first: Option<i64>,
    /// Where the list stands in the response: members with dots between them. Without it, it is the one
    /// list that there is.
    pub items: Option<String>,
    /// Where the word for the next page stands, likewise; with `cursor` only.
    pub next: Option<String>,
    /// The operations it is for, such as `GET /orders`. Without it, every one that has the parameter.
    #[serde(default)]
    pub operations: Vec<String>,
}

/// How the next page of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PageBy {
    /// By the page's number.
    Page,
    /// By how many items are passed over.
    Offset,
    /// By a word that the page before holds.
    Cursor,
    /// By the `Link` header of the page before.
    Link,
    /// Not at all.
    None,
}

/// What is wrong with the rules by themselves.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, rule) in manifest.pagination.iter().enumerate() {
        let (by, index) = (rule.by, index.to_string());
        let mut wants = |key: &str, there: bool, wanted: bool| {
            let what = match (there, wanted) {
                (false, true) => format!("this kind of pagination needs `{key}`"),
                (true, false) => format!("`{key}` means nothing for this kind of pagination"),
                _ => return,
            };
            let keys: &[&str] = &["pagination", &index, if there { key } else { "by" }];
            problems.push(Problem::error(manifest.location(keys), what));
        };
        let has_parameter = matches!(by, PageBy::Page | PageBy::Offset | PageBy::Cursor);
        wants("parameter", rule.parameter.is_some(), has_parameter);
        wants("first", rule.first.is_some(), by == PageBy::Page);
        wants("next", rule.next.is_some(), by == PageBy::Cursor);
        if !has_parameter {
            wants("operations", !rule.operations.is_empty(), true);
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str) -> Vec<String> {
        match Manifest::parse("vendor.toml", text) {
            Ok(_) => Vec::new(),
            Err(report) => report.problems.into_iter().map(|problem| problem.what).collect(),
        }
    }

    #[test]
    fn each_kind_has_what_it_needs_and_no_more() {
        for (text, said) in [
            ("by = \"page\"\nparameter = \"index\"\nfirst = 0", ""),
            ("by = \"page\"\nparameter = \"index\"", "this kind of pagination needs `first`"),
            ("by = \"offset\"\nparameter = \"skip\"", ""),
            ("by = \"offset\"", "this kind of pagination needs `parameter`"),
            ("by = \"cursor\"\nparameter = \"after\"\nnext = \"meta.next\"", ""),
            ("by = \"cursor\"\nparameter = \"after\"", "this kind of pagination needs `next`"),
            ("by = \"none\"\noperations = [\"GET /a\"]", ""),
            ("by = \"link\"", "this kind of pagination needs `operations`"),
            (
                "by = \"offset\"\nparameter = \"skip\"\nfirst = 1",
                "`first` means nothing for this kind of pagination",
            ),
        ] {
            assert_eq!(says(&format!("[[pagination]]\n{text}\n")).join(", "), said, "{text}");
        }
    }
}
