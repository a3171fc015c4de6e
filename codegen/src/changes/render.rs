//! Shows changes as text, as Markdown and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Change, Impact, Step, required_step};
use crate::report::Location;
use crate::source::Sources;
use crate::source::locate::Locator;

/// What the locations of changes refer to.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'a> {
    /// The documents of the old version.
    pub old: &'a Sources,
    /// The documents of the new version.
    pub new: &'a Sources,
}

/// Looks up the locations of both versions.
struct Locators<'a> {
    old: Locator<'a>,
    new: Locator<'a>,
}

impl<'a> Locators<'a> {
    fn new(versions: Versions<'a>) -> Self {
        Self { old: Locator::new(versions.old), new: Locator::new(versions.new) }
    }

    /// Returns the old and the new location of a change as text.
    fn texts(&mut self, change: &Change) -> [Option<String>; 2] {
        [
            location_text(&mut self.old, change.old.as_ref()),
            location_text(&mut self.new, change.new.as_ref()),
        ]
    }
}

/// Returns `file:line:column`.
fn location_text(locator: &mut Locator<'_>, location: Option<&Location>) -> Option<String> {
    let location = location?;
    match locator.position(location) {
        Some(at) => Some(format!("{}:{}:{}", at.file, at.line, at.column)),
        None => locator.file(location).map(str::to_owned),
    }
}

fn join_locations(texts: [Option<String>; 2]) -> String {
    texts.into_iter().flatten().collect::<Vec<_>>().join(" → ")
}

/// Returns the changes with a line for each, and the reason if it is not safe.
///
/// ```text
/// breaking  Transfer.amount            retyped  i64 → runtime::Decimal  old.yaml:9:7 → new.yaml:9:7
///   code that uses the value expects the old type
/// safe      TransferStatus::Throttled  added    new.yaml:31:15
/// ```
pub fn render_text(changes: &[Change], versions: Versions<'_>) -> String {
    let mut locators = Locators::new(versions);
    let width = |length: &dyn Fn(&Change) -> usize| changes.iter().map(length).max().unwrap_or(0);
    let subject = width(&|change| change.subject.chars().count()).min(48);
    let kind = width(&|change| change.kind.name().len());
    let mut out = String::new();
    for change in changes {
        let locations = join_locations(locators.texts(change));
        let (impact, what) = (change.impact.name(), change.kind.name());
        let line =
            format!("{impact:<8}  {:<subject$}  {what:<kind$}  {}", change.subject, change.detail);
        let separator = if change.detail.is_empty() { "" } else { "  " };
        let _ = writeln!(out, "{}", format!("{line}{separator}{locations}").trim_end());
        if change.impact != Impact::Safe {
            let _ = writeln!(out, "  {}", change.reason);
        }
    }
    out
}

/// Returns the changes as a Markdown table, for a pull request.
pub fn render_markdown(changes: &[Change], versions: Versions<'_>) -> String {
    if changes.is_empty() {
        return String::new();
    }
    let mut locators = Locators::new(versions);
    let mut out =
        "| | item | change | values | why | location |\n|---|---|---|---|---|---|\n".to_owned();
    for change in changes {
        let impact = match change.impact {
            Impact::Breaking => "**breaking**",
            other => other.name(),
        };
        let detail = match change.detail.as_str() {
            "" => String::new(),
            detail => format!(" {}", crate::plan::inline_code(detail)),
        };
        let _ = writeln!(
            out,
            "| {impact} | {} | {}{} | {} | {} | {} |",
            cell(&crate::plan::inline_code(&change.subject)),
            change.kind.name(),
            cell(&detail),
            change.direction.name(),
            cell(change.reason),
            cell(&join_locations(locators.texts(change))),
        );
    }
    out
}

/// Escapes what would end a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

/// Returns the changes and the step of the version as JSON.
pub fn render_json(changes: &[Change], versions: Versions<'_>) -> Value {
    let mut locators = Locators::new(versions);
    let position = |locator: &mut Locator<'_>, location: Option<&Location>| {
        let position = locator.position(location?)?;
        Some(json!({ "file": position.file, "line": position.line, "column": position.column }))
    };
    let rows: Vec<Value> = changes
        .iter()
        .map(|change| {
            json!({
                "impact": change.impact.name(),
                "item": change.item,
                "subject": change.subject,
                "change": change.kind.name(),
                "detail": change.detail,
                "direction": change.direction.name(),
                "reason": change.reason,
                "old": position(&mut locators.old, change.old.as_ref()),
                "new": position(&mut locators.new, change.new.as_ref()),
            })
        })
        .collect();
    let step = required_step(changes);
    json!({ "step": step.name(), "step_before_1_0": step.name_before_1_0(), "changes": rows })
}

/// Returns the number of changes by their impact: `2 breaking, 1 in tests, 3 safe`.
pub fn count_line(changes: &[Change]) -> String {
    let count = |impact| changes.iter().filter(|change| change.impact == impact).count();
    let tests = match count(Impact::Tests) {
        0 => String::new(),
        tests => format!(", {tests} in tests only"),
    };
    format!("{} breaking{tests}, {} safe", count(Impact::Breaking), count(Impact::Safe))
}

/// Returns the next version of the crate, or the step if its version is unknown.
pub fn version_line(step: Step, version: Option<&str>) -> String {
    let next = version.and_then(|version| Some((version, step.next_version(version)?)));
    match next {
        Some((version, next)) => format!("next version: {next} (was {version})"),
        None => format!(
            "next version: a {} version, or before 1.0.0 a {} version",
            step.name(),
            step.name_before_1_0()
        ),
    }
}
