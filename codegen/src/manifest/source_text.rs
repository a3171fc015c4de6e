//! The text of a `vendor.toml`, and where in it a value stands.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::located;
use crate::report::{Location, Report};

/// The text a manifest was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file's name as problems show it.
    pub file: String,
    /// Its whole text.
    pub text: Arc<str>,
}

impl Written {
    /// Where the member stands that these keys lead to: from its key to the end of its value.
    pub(super) fn location(&self, keys: &[&str]) -> Location {
        match find(&self.text, keys) {
            Some(bytes) => Location::Text(self.file.clone(), bytes),
            None => Location::File(self.file.clone()),
        }
    }

    /// Lets `report` show locations of this text, if it speaks of any.
    pub(crate) fn show_in(&self, report: &mut Report) {
        let is_own =
            |location: &Location| matches!(location, Location::Text(file, _) if *file == self.file);
        let mut locations = report
            .problems
            .iter()
            .flat_map(|p| std::iter::once(&p.location).chain(p.related.iter().map(|(at, _)| at)));
        if locations.any(is_own) {
            report.sources.documents.extend(located(&self.file, &self.text).sources.documents);
        }
    }
}

fn find(text: &str, keys: &[&str]) -> Option<Range<usize>> {
    let root = DeTable::parse(text).ok()?.into_inner();
    let (first, rest) = keys.split_first()?;
    let (key, value) = root.iter().find(|(key, _)| key.get_ref() == first)?;
    below(value, Some(key.span()), rest)
}

/// `key` is where the key of `value` stands, if it has one.
fn below(
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
            below(value, Some(key.span()), rest)
        }
        DeValue::Array(items) => below(items.get(next.parse::<usize>().ok()?)?, None, rest),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_keys() {
        let text = "title = \"x\"\n[names.operations]\n\"GET /a\" = \"b\"\n[[settle]]\nuse = \"c\"\n\
                    [[settle]]\nuse = 'd'\n";
        let at = |keys: &[&str]| find(text, keys).map(|bytes| &text[bytes]);
        assert_eq!(at(&["title"]), Some("title = \"x\""));
        assert_eq!(at(&["names", "operations", "GET /a"]), Some("\"GET /a\" = \"b\""));
        assert_eq!(at(&["settle", "1", "use"]), Some("use = 'd'"));
        assert_eq!(at(&["settle", "2"]), None);
        assert_eq!(at(&["settle", "0"]), Some("[[settle]]"));
    }
}
