//! The account as people and programs read it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Coverage, Entry};
use crate::report::Location;
use crate::source::Sources;
use crate::source::locate::Locator;

/// Every keyword that is ignored or not generated, a line each, below the sum:
///
/// ```text
/// 312 keywords: 310 generated, 1 ignored for a reason, 1 not generated
///   not generated  specs/acme/order.md:12:7  `callbacks`: no server is generated
///   ignored        specs/acme/order.md:20:7  `xml`: XML is neither read nor written
/// ```
///
/// Below the sum too: the error codes that nothing defines. With `all`, the keywords that are generated.
pub fn text(coverage: &Coverage, sources: &Sources, all: bool) -> String {
    let mut text = coverage.line();
    text.push('\n');
    let mut locator = Locator::new(sources);
    let mut lines = Vec::new();
    for (word, entries) in
        [("not generated", &coverage.not_generated), ("ignored", &coverage.ignored)]
    {
        for entry in entries {
            let found = Found::of(&entry.location, entry.keyword.as_deref(), &mut locator);
            let more = match entry.keywords {
                2.. => format!(" ({} keywords)", entry.keywords),
                _ => String::new(),
            };
            let why = entry.why.split_whitespace().collect::<Vec<_>>().join(" ");
            lines.push((found.key(), word, format!("{}{more}: {why}", found.quoted())));
        }
    }
    for origin in coverage.generated.iter().filter(|_| all) {
        let found = Found::of(&Location::Member(*origin), None, &mut locator);
        lines.push((found.key(), "generated", found.quoted()));
    }
    lines.sort();
    if !coverage.undefined_codes.is_empty() {
        let codes = coverage.undefined_codes.join(", ");
        let _ = writeln!(text, "  error codes that are named and defined nowhere: {codes}");
    }
    for ((file, at), word, rest) in lines {
        let at = at.map_or(file.clone(), |(line, column)| format!("{file}:{line}:{column}"));
        let _ = writeln!(text, "  {word:<13}  {at}  {rest}");
    }
    text
}

/// The account as JSON: the sums, and the keywords that are ignored or not generated, each with its
/// location. With `all`, those that are generated too.
pub fn json(coverage: &Coverage, sources: &Sources, all: bool) -> Value {
    let mut locator = Locator::new(sources);
    let mut entries = |entries: &[Entry]| -> Value {
        let mut found: Vec<_> = entries
            .iter()
            .map(|entry| {
                let found = Found::of(&entry.location, entry.keyword.as_deref(), &mut locator);
                (found.key(), found.keyword, entry)
            })
            .collect();
        found.sort_by(|a, b| (&a.0, &a.1, &a.2.why).cmp(&(&b.0, &b.1, &b.2.why)));
        let shown = found.into_iter().map(|((file, at), keyword, entry)| {
            json!({
                "keyword": keyword,
                "why": entry.why,
                "help": entry.help,
                "keywords": entry.keywords,
                "file": file,
                "line": at.map(|(line, _)| line),
                "column": at.map(|(_, column)| column),
            })
        });
        shown.collect()
    };
    let mut value = json!({
        "keywords": coverage.keywords(),
        "generated": coverage.generated.len(),
        "ignored": entries(&coverage.ignored),
        "not_generated": entries(&coverage.not_generated),
        "undefined_error_codes": coverage.undefined_codes,
    });
    if all {
        let kept = coverage.generated.iter().map(|origin| {
            let found = Found::of(&Location::Member(*origin), None, &mut locator);
            let (file, at) = found.key();
            let (line, column) = at.unzip();
            json!({"keyword": found.keyword, "file": file, "line": line, "column": column})
        });
        let kept: Value = kept.collect();
        if let Some(map) = value.as_object_mut() {
            map.insert("generated_keywords".to_owned(), kept);
        }
    }
    value
}

/// A keyword and where it stands.
struct Found {
    keyword: Option<String>,
    file: String,
    at: Option<(usize, usize)>,
}

impl Found {
    fn of(location: &Location, keyword: Option<&str>, locator: &mut Locator<'_>) -> Self {
        let file = locator.file(location).unwrap_or_default().to_owned();
        let at = locator.position(location).map(|position| (position.line, position.column));
        let keyword = keyword.map(str::to_owned).or_else(|| match location {
            Location::Member(origin) | Location::Value(origin) => locator.key(*origin),
            Location::Text(..) | Location::File(_) | Location::Run => None,
        });
        Self { keyword, file, at }
    }

    fn key(&self) -> (String, Option<(usize, usize)>) {
        (self.file.clone(), self.at)
    }

    fn quoted(&self) -> String {
        self.keyword.as_ref().map_or_else(|| "a value".to_owned(), |keyword| format!("`{keyword}`"))
    }
}
