//! The documents of a vendor sorted by file name, each with the data that decides precedence.

use std::collections::BTreeMap;

use super::PageDocument;
use crate::manifest::Manifest;
use crate::page::{Page, is_same_file};
use crate::source::Node;

/// Returns the documents sorted by file name.
pub(super) fn sort_documents(
    documents: Vec<(Page, Node)>,
    manifest: &Manifest,
) -> Vec<PageDocument> {
    let mut documents: Vec<PageDocument> = documents
        .into_iter()
        .map(|(page, mut root)| {
            let mark =
                root.as_object_mut().and_then(|map| map.shift_remove("x-docwright-endpoint"));
            let (date, is_endpoint) = (page_date(manifest, &page.file), mark.is_some());
            PageDocument { page, root, is_endpoint, date, number: 1, shares_file: false }
        })
        .collect();
    documents.sort_by(|a, b| (&a.page.file, a.page.document).cmp(&(&b.page.file, b.page.document)));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for document in &mut documents {
        let count = counts.entry(document.page.file.clone()).or_default();
        *count += 1;
        document.number = *count;
    }
    for document in &mut documents {
        let count = counts.get(&document.page.file);
        document.shares_file = count.is_some_and(|count| *count > 1);
    }
    documents
}

/// Returns the date of a file: from `vendor.toml`, else from the file name.
fn page_date(manifest: &Manifest, file: &str) -> Option<String> {
    let source = manifest.sources.iter().find(|source| is_same_file(file, &source.file));
    let date = source.and_then(|source| source.date.clone());
    date.or_else(|| date_in(file.rsplit('/').next().unwrap_or(file)).map(str::to_owned))
}

/// Returns the last date in `text`, such as `2026-11-22`.
fn date_in(text: &str) -> Option<&str> {
    let is_date = |text: &str| {
        text.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
    };
    let starts = text.char_indices().rev().map(|(start, _)| start);
    starts.filter_map(|start| text.get(start..start + 10)).find(|piece| is_date(piece))
}

impl PageDocument {
    /// Returns whether `name` of a `[[prefer]]` entry is this document: `page.md`, or `page.md#2` for
    /// the second document in the file.
    pub(super) fn has_name(&self, name: &str) -> bool {
        let numbered = name.rsplit_once('#').and_then(|(file, number)| {
            Some(
                is_same_file(&self.page.file, file) && number.parse::<usize>().ok()? == self.number,
            )
        });
        numbered.unwrap_or(false) || is_same_file(&self.page.file, name)
    }
}

#[cfg(test)]
mod tests {
    use super::{date_in, is_same_file};

    #[test]
    fn a_date_is_found_in_a_file_name() {
        assert_eq!(date_in("order--2026-08-22.md"), Some("2026-08-22"));
        assert_eq!(date_in("2025-01-01-to-2026-08-22"), Some("2026-08-22"));
        for undated in ["order.md", "2026-8-22", "", "é2026-08-2é", "20260-8-220"] {
            assert_eq!(date_in(undated), None, "{undated}");
        }
    }

    #[test]
    fn a_file_is_recognised_by_its_path_relative_to_the_manifest() {
        assert!(is_same_file("specs/acme/a.md", "a.md") && is_same_file("a.md", "a.md"));
        assert!(is_same_file("specs/acme/old/a.md", "old/a.md"));
        assert!(!is_same_file("specs/acme/aa.md", "a.md") && !is_same_file("a.md", "b.md"));
    }
}
