//! `[[pagination]]`: how lists are paginated, where it cannot be inferred from the document.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Manifest;
use crate::report::Problem;

/// How some lists are paginated.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pagination {
    /// How the next page is requested.
    pub by: PageBy,
    /// The query parameter that selects the page. With `page`, `offset`, `cursor` and `last_item`, unless
    /// `body` is set.
    pub parameter: Option<String>,
    /// The path of the field of the request body that selects the page: field names separated by dots.
    pub body: Option<String>,
    /// The number of the first page. Only with `page`.
    pub first: Option<i64>,
    /// The path of the list in the response. Without it, the list is recognised by its name.
    pub items: Option<String>,
    /// The path of the cursor or URL of the next page in the response. Only with `cursor` and `url`.
    pub next: Option<String>,
    /// The path of the id in an item, `id` if it is not set. Only with `last_item`.
    pub id: Option<String>,
    /// The path of the boolean in the response that tells whether another page follows. Without it, the
    /// boolean is recognised by its name.
    pub more: Option<String>,
    /// The operations that this applies to, such as `GET /orders` or `GET /v1/*`. Without it, all
    /// operations that have the parameter, or for `url` the field.
    #[serde(default)]
    pub operations: Vec<String>,
}

/// How the next page of a list is requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PageBy {
    /// By its number.
    Page,
    /// By the number of items to skip.
    Offset,
    /// By a cursor in the previous page.
    Cursor,
    /// By the id of the last item of the previous page.
    LastItem,
    /// By a URL in the previous page.
    Url,
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
            Self::LastItem => "last_item",
            Self::Url => "url",
            Self::Link => "link",
            Self::None => "none",
        }
    }
}

/// Checks that each entry has the keys that its `by` requires, and no others.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (index, rule) in manifest.pagination.iter().enumerate() {
        let index = index.to_string();
        for (key, message) in key_problems(rule) {
            let location = manifest.location(&["pagination", &index, key]);
            problems.push(Problem::error(location, message));
        }
    }
    problems
}

/// Returns what is wrong with the keys of a rule, each with the key where it is reported.
fn key_problems(rule: &Pagination) -> Vec<(&'static str, String)> {
    use PageBy::{Cursor, LastItem, Link, None, Offset, Page, Url};
    let by = rule.by;
    let has_parameter = matches!(by, Page | Offset | Cursor | LastItem);
    // The key, whether it is set, whether it is required, and whether it has an effect.
    let keys = [
        (
            "parameter",
            rule.parameter.is_some(),
            has_parameter && rule.body.is_none(),
            has_parameter,
        ),
        ("body", rule.body.is_some(), false, has_parameter && rule.parameter.is_none()),
        ("first", rule.first.is_some(), by == Page, by == Page),
        ("next", rule.next.is_some(), matches!(by, Cursor | Url), matches!(by, Cursor | Url)),
        ("id", rule.id.is_some(), false, by == LastItem),
        ("items", rule.items.is_some(), false, by != None),
        ("more", rule.more.is_some(), false, by != None),
        ("operations", !rule.operations.is_empty(), matches!(by, Link | None), true),
    ];
    let problem = |(key, is_set, is_required, has_effect): (&'static str, bool, bool, bool)| match (
        is_set,
        is_required,
        has_effect,
    ) {
        (false, true, _) if key == "parameter" => {
            Some(("by", format!("pagination by `{}` requires `parameter` or `body`", by.key())))
        }
        (false, true, _) => Some(("by", format!("pagination by `{}` requires `{key}`", by.key()))),
        (true, _, false) if key == "body" && has_parameter => {
            Some((key, "`body` has no effect, because `parameter` is set".to_owned()))
        }
        (true, _, false) => {
            Some((key, format!("`{key}` has no effect on pagination by `{}`", by.key())))
        }
        _ => Option::None,
    };
    keys.into_iter().filter_map(problem).collect()
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
            ("by = \"offset\"\nbody = \"options.skip\"", ""),
            ("by = \"offset\"", "pagination by `offset` requires `parameter` or `body`"),
            ("by = \"cursor\"\nparameter = \"after\"\nnext = \"meta.next\"", ""),
            ("by = \"cursor\"\nparameter = \"after\"", "pagination by `cursor` requires `next`"),
            ("by = \"last_item\"\nparameter = \"after\"\nid = \"key\"\nmore = \"has_more\"", ""),
            (
                "by = \"last_item\"\nparameter = \"a\"\nbody = \"b\"",
                "`body` has no effect, because `parameter` is set",
            ),
            ("by = \"url\"\nnext = \"links.next\"", ""),
            (
                "by = \"url\"\nnext = \"links.next\"\nparameter = \"p\"",
                "`parameter` has no effect on pagination by `url`",
            ),
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
