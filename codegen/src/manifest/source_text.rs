//! The text of a `vendor.toml`, to find the location of a value in it.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::report::Location;
use crate::source::Document;

/// The text that a manifest was parsed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestText {
    /// The file's name, as shown in problems.
    pub file: String,
    /// The text of the file.
    pub text: Arc<str>,
}

impl ManifestText {
    /// Returns the location of the entry that `keys` lead to, from its key to the end of its value.
    pub(super) fn location(&self, keys: &[&str]) -> Location {
        match find_entry(&self.text, keys) {
            Some(bytes) => Location::Text(self.file.clone(), bytes),
            None => Location::File(self.file.clone()),
        }
    }

    /// Returns the text as a document, to show problems in it.
    pub fn document(&self) -> Document {
        Document::whole(&self.file, Arc::clone(&self.text))
    }
}

fn find_entry(text: &str, keys: &[&str]) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?.into_inner();
    let (first, rest) = keys.split_first()?;
    let (key, value) = root.iter().find(|(key, _)| key.get_ref() == first)?;
    find_below(value, Some(key.span()), rest)
}

/// Returns the bytes of the entry that `rest` leads to from `value`. `key` is the span of the key of
/// `value`, if it has one.
fn find_below(
    value: &Spanned<DeValue<'_>>,
    key: Option<Range<usize>>,
    rest: &[&str],
) -> Option<Range<usize>> {
    let Some((next, rest)) = rest.split_first() else {
        let bytes = value.span();
        let start = key.map_or(bytes.start, |key| key.start.min(bytes.start));
        return Some(start..bytes.end.max(start));
    };
    match value.get_ref() {
        DeValue::Table(table) => {
            let (key, value) = table.iter().find(|(key, _)| key.get_ref() == next)?;
            find_below(value, Some(key.span()), rest)
        }
        DeValue::Array(items) => find_below(items.get(next.parse::<usize>().ok()?)?, None, rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_found_by_its_keys() {
        let text = "title = \"x\"\n[names.operations]\n\"GET /a\" = \"b\"\n[[prefer]]\nuse = \"c\"\n\
                    [[prefer]]\nuse = 'd'\n";
        let at = |keys: &[&str]| find_entry(text, keys).map(|bytes| &text[bytes]);
        assert_eq!(at(&["title"]), Some("title = \"x\""));
        assert_eq!(at(&["names", "operations", "GET /a"]), Some("\"GET /a\" = \"b\""));
        assert_eq!(at(&["prefer", "1", "use"]), Some("use = 'd'"));
        assert_eq!(at(&["prefer", "2"]), None);
        assert_eq!(at(&["prefer", "0"]), Some("[[prefer]]"));
    }
}
