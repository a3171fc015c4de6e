//! The documents in the order of their names, each with what tells it from other versions of itself.

use std::collections::BTreeMap;

use super::Part;
use crate::manifest::Manifest;
use crate::page::Page;
use crate::source::Node;

/// The documents, sorted.
pub(super) fn parts(parts: Vec<(Page, Node)>, manifest: &Manifest) -> Vec<Part> {
    let mut parts: Vec<Part> = parts
        .into_iter()
        .map(|(page, mut root)| {
            let mark =
                root.as_object_mut().and_then(|map| map.shift_remove("x-docwright-endpoint"));
            let date = date(manifest, &page.file);
            Part { page, root, endpoint: mark.is_some(), date, number: 1, several: false }
        })
        .collect();
    parts.sort_by(|a, b| (&a.page.file, a.page.document).cmp(&(&b.page.file, b.page.document)));
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for part in &mut parts {
        let count = counts.entry(part.page.file.clone()).or_default();
        *count += 1;
        part.number = *count;
    }
    for part in &mut parts {
        part.several = counts.get(&part.page.file).is_some_and(|count| *count > 1);
    }
    parts
}

/// The date that `vendor.toml` lists for a file, else the one in the file's name.
fn date(manifest: &Manifest, file: &str) -> Option<String> {
    let listed = manifest.sources.iter().find(|source| is_called(file, &source.file));
    let listed = listed.and_then(|source| source.date.clone());
    listed.or_else(|| date_in(file.rsplit('/').next().unwrap_or(file)).map(str::to_owned))
}

/// The last `2026-11-22` in a text.
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

/// Whether a file beside `vendor.toml`, as it is written there, is `file` as problems show it.
fn is_called(file: &str, written: &str) -> bool {
    file == written || file.strip_suffix(written).is_some_and(|folder| folder.ends_with('/'))
}

impl Part {
    /// Whether it is the page that a settlement names: `page.md`, or `page.md#2` for the second
    /// description in it.
    pub(super) fn is_called(&self, written: &str) -> bool {
        let numbered = written.rsplit_once('#').and_then(|(file, number)| {
            Some(is_called(&self.page.file, file) && number.parse::<usize>().ok()? == self.number)
        });
        numbered.unwrap_or(false) || is_called(&self.page.file, written)
    }
}

#[cfg(test)]
mod tests {
    use super::{date_in, is_called};

    #[test]
    fn a_date_is_found_in_a_name() {
        assert_eq!(date_in("order--2026-08-22.md"), Some("2026-08-22"));
        assert_eq!(date_in("2025-01-01-to-2026-08-22"), Some("2026-08-22"));
        for none in ["order.md", "2026-8-22", "", "é2026-08-2é", "20260-8-220"] {
            assert_eq!(date_in(none), None, "{none}");
        }
    }

    #[test]
    fn a_file_is_known_by_its_name_beside_the_manifest() {
        assert!(is_called("specs/acme/a.md", "a.md") && is_called("a.md", "a.md"));
        assert!(is_called("specs/acme/old/a.md", "old/a.md"));
        assert!(!is_called("specs/acme/aa.md", "a.md") && !is_called("a.md", "b.md"));
    }
}
