//! Names of parameters and fields, and words in descriptions, that tell how a list is paginated.

use crate::ir::Doc;

/// Parameters that take the cursor of a page, without case and punctuation.
pub const CURSORS: &[&str] = &[
    "cursor",
    "pagecursor",
    "nextcursor",
    "startcursor",
    "pagetoken",
    "nextpagetoken",
    "nexttoken",
    "paginationtoken",
    "continuationtoken",
    "continue",
    "marker",
    "nextmarker",
];

/// Parameters that take the id or the cursor of the last item of the previous page.
pub const AFTER: &[&str] = &["after", "startingafter", "startafter", "pageafter", "aftercursor"];

/// Parameters that take the id of the first item of the next page, and so reverse a list.
pub const BEFORE: &[&str] = &["before", "endingbefore", "endbefore", "pagebefore"];

/// Parameters that take the number of a page.
pub const PAGE_NUMBERS: &[&str] =
    &["page", "pagenumber", "pageno", "pagenum", "pageindex", "currentpage"];

/// Parameters that take the number of items to skip.
pub const OFFSETS: &[&str] = &["offset", "pageoffset", "skip", "startat"];

/// Parameters that take the maximum number of items of a page.
pub const SIZES: &[&str] = &[
    "count",
    "itemsperpage",
    "limit",
    "maxitems",
    "maxpagesize",
    "maxresults",
    "pagelimit",
    "pagesize",
    "perpage",
    "resultsperpage",
    "size",
    "take",
    "top",
];

/// Boolean fields that tell whether another page follows.
pub const MORE: &[&str] = &[
    "hasmore",
    "hasmoreitems",
    "hasmorepages",
    "hasmoreresults",
    "hasnext",
    "hasnextpage",
    "istruncated",
    "more",
    "moreavailable",
    "nextpage",
];

/// Fields that contain the URL of the next page.
pub const NEXT_URLS: &[&str] = &[
    "nexthref",
    "nextlink",
    "nextpagelink",
    "nextpageuri",
    "nextpageurl",
    "nexturi",
    "nexturl",
    "odatanextlink",
];

/// Objects of links, as in HAL and JSON:API.
pub const LINKS: &[&str] = &["link", "links", "pagelinks"];

/// Objects that describe the next page or its cursor.
pub const NEXT_OBJECTS: &[&str] =
    &["next", "nextpage", "cursor", "cursors", "paging", "pagination", "pageinfo"];

/// Lists of anything.
pub const LISTS: &[&str] = &[
    "data",
    "items",
    "results",
    "result",
    "values",
    "value",
    "entries",
    "records",
    "rows",
    "list",
    "elements",
    "content",
    "contents",
    "resources",
    "objects",
    "collection",
];

/// Lists that describe the page or its items, and are never the items.
pub const METADATA: &[&str] = &[
    "error",
    "errors",
    "warning",
    "warnings",
    "notices",
    "messages",
    "link",
    "links",
    "order",
    "orderby",
    "sort",
    "sorting",
    "included",
    "includes",
    "meta",
    "metadata",
    "schemas",
    "facets",
    "filters",
    "aggregations",
    "deprecations",
];

/// Words in a path for reading resources.
pub const READS: &[&str] =
    &["fetch", "filter", "find", "get", "list", "lookup", "query", "retrieve", "scroll", "search"];

/// Removes case and punctuation, so that `PageNumber` and `page[number]` are equal.
pub fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns whether a name is one of these, without case and punctuation.
pub fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.contains(&plain(name).as_str())
}

/// Returns the words of a name in lower case and in the singular: `orderEntries` is `order`, `entry`.
pub fn name_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut is_new = true;
    let mut was_lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            is_new = true;
            continue;
        }
        if is_new || (c.is_uppercase() && was_lower) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(c.to_lowercase());
        }
        is_new = false;
        was_lower = c.is_lowercase();
    }
    words.iter().map(|word| singular(word)).collect()
}

/// Returns a word in the singular: `entries` is `entry`.
pub fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    let has_long_ending = ["sses", "xes", "ches", "shes"].iter().any(|it| word.ends_with(it));
    let stem = match has_long_ending {
        true => word.strip_suffix("es"),
        false => word.strip_suffix('s').filter(|stem| !stem.ends_with('s')),
    };
    stem.unwrap_or(word).to_owned()
}

/// Returns the documentation in lower case.
pub fn doc_text(doc: &Doc) -> String {
    let parts = [&doc.title, &doc.description];
    let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    parts.join(". ").to_lowercase()
}

/// Returns whether the documentation contains one of these phrases, in lower case.
pub fn mentions(doc: &Doc, phrases: &[&str]) -> bool {
    let text = doc_text(doc);
    phrases.iter().any(|phrase| text.contains(phrase))
}

/// Returns whether the documentation names a field: by a name of several words, or in quotes.
pub fn names_field(doc: &Doc, wire: &str) -> bool {
    let (text, name) = (doc_text(doc), wire.to_lowercase());
    let is_name = |word: &str| name_words(wire).len() > 1 && word == name;
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(is_name)
        || ['`', '"', '\''].iter().any(|quote| text.contains(&format!("{quote}{name}{quote}")))
}
