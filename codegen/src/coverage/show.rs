//! Prints the coverage report as text and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Coverage, Entry};
use crate::report::Location;
use crate::source::Sources;
use crate::source::locate::Locator;

/// Prints the totals, then a line for each keyword that is ignored or not generated:
///
/// ```text
/// 312 keywords: 310 generated, 1 ignored for a reason, 1 not generated
///   not generated  specs/acme/order.md:12:7  `callbacks`: no server is generated
///   ignored        specs/acme/order.md:20:7  `xml`: XML is neither read nor written
/// ```
///
/// Undefined error codes come before these lines. With `all`, generated keywords are listed too.
pub fn render_text(coverage: &Coverage, sources: &Sources, all: bool) -> String {
    let mut text = coverage.summary_line();
    text.push('\n');
    let mut locator = Locator::new(sources);
    let mut lines = Vec::new();
    for (status, entries) in
        [("not generated", &coverage.not_generated), ("ignored", &coverage.ignored)]
    {
        for entry in entries {
            let keyword =
                LocatedKeyword::new(&entry.location, entry.keyword.as_deref(), &mut locator);
            let count = match entry.keywords {
                2.. => format!(" ({} keywords)", entry.keywords),
                _ => String::new(),
            };
            let reason = entry.reason.split_whitespace().collect::<Vec<_>>().join(" ");
            let detail = format!("{}{count}: {reason}", keyword.quoted());
            lines.push((keyword.sort_key(), status, detail));
        }
    }
    for origin in coverage.generated.iter().filter(|_| all) {
        let keyword = LocatedKeyword::new(&Location::Entry(*origin), None, &mut locator);
        lines.push((keyword.sort_key(), "generated", keyword.quoted()));
    }
    lines.sort();
    if !coverage.undefined_codes.is_empty() {
        let codes = coverage.undefined_codes.join(", ");
        let _ = writeln!(text, "  error codes that are used but not defined: {codes}");
    }
    for ((file, position), status, detail) in lines {
        let location =
            position.map_or(file.clone(), |(line, column)| format!("{file}:{line}:{column}"));
        let _ = writeln!(text, "  {status:<13}  {location}  {detail}");
    }
    text
}

/// Prints the report as JSON: the totals, and the keywords that are ignored or not generated, each
/// with its location. With `all`, generated keywords are listed too.
pub fn render_json(coverage: &Coverage, sources: &Sources, all: bool) -> Value {
    let mut locator = Locator::new(sources);
    let mut entries = |entries: &[Entry]| -> Value {
        let mut located: Vec<_> = entries
            .iter()
            .map(|entry| {
                let keyword =
                    LocatedKeyword::new(&entry.location, entry.keyword.as_deref(), &mut locator);
                (keyword.sort_key(), keyword.keyword, entry)
            })
            .collect();
        located.sort_by(|a, b| (&a.0, &a.1, &a.2.reason).cmp(&(&b.0, &b.1, &b.2.reason)));
        let shown = located.into_iter().map(|((file, position), keyword, entry)| {
            json!({
                "keyword": keyword,
                "reason": entry.reason,
                "help": entry.help,
                "keywords": entry.keywords,
                "file": file,
                "line": position.map(|(line, _)| line),
                "column": position.map(|(_, column)| column),
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
        let generated = coverage.generated.iter().map(|origin| {
            let keyword = LocatedKeyword::new(&Location::Entry(*origin), None, &mut locator);
            let (file, position) = keyword.sort_key();
            let (line, column) = position.unzip();
            json!({"keyword": keyword.keyword, "file": file, "line": line, "column": column})
        });
        let generated: Value = generated.collect();
        if let Some(map) = value.as_object_mut() {
            map.insert("generated_keywords".to_owned(), generated);
        }
    }
    value
}

/// A keyword with its file, line and column.
struct LocatedKeyword {
    keyword: Option<String>,
    file: String,
    position: Option<(usize, usize)>,
}

impl LocatedKeyword {
    fn new(location: &Location, keyword: Option<&str>, locator: &mut Locator<'_>) -> Self {
        let file = locator.file(location).unwrap_or_default().to_owned();
        let position = locator.position(location).map(|position| (position.line, position.column));
        let keyword = keyword.map(str::to_owned).or_else(|| match location {
            Location::Entry(origin) | Location::Value(origin) => locator.key(*origin),
            Location::Text(..) | Location::File(_) | Location::Run => None,
        });
        Self { keyword, file, position }
    }

    fn sort_key(&self) -> (String, Option<(usize, usize)>) {
        (self.file.clone(), self.position)
    }

    fn quoted(&self) -> String {
        self.keyword.as_ref().map_or_else(|| "a value".to_owned(), |keyword| format!("`{keyword}`"))
    }
}
