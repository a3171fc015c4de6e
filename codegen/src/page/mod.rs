//! Documentation page → the description inside it, with what the page says around it.
//!
//! A page is Markdown with one fenced block per operation. The fences are found by a scanner of
//! lines and not by a Markdown parser: pages that were pasted one behind another hold lines such
//! as `` ````# Next title ``, where Markdown would not end the block.

mod fence;
mod head;
mod info;

use std::sync::Arc;

use crate::Input;
use crate::report::{Location, Problem, Report};
use crate::source::{self, Document, Sources};

use fence::Fence;
pub use info::Target;

/// One description, and what its page says around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The name of the file.
    pub file: String,
    /// The page's heading.
    pub title: Option<String>,
    /// The first paragraph of the quote below the heading.
    pub description: Option<String>,
    /// The page's address, where it says so.
    pub link: Option<String>,
    /// The texts of callouts such as `<Warning>` that stand above the block.
    pub notes: Vec<String>,
    /// The operation that the block's info string names.
    pub target: Option<Target>,
    /// The document that the block was cut from, as the info string names it: a file or a URL.
    pub source: Option<String>,
    /// The description, as a position in the run's [`Sources`].
    pub document: u32,
}

/// Finds the descriptions in files of any kind: documentation pages, YAML and JSON documents.
///
/// Files are read in the order of their names, whatever order they come in. What can't be read is
/// reported, and the rest is returned. The documents are added to those of the report.
pub fn read(inputs: &[Input], report: &mut Report) -> (Sources, Vec<Page>) {
    let mut inputs = inputs.iter().collect::<Vec<_>>();
    inputs.sort_by_key(|input| (&input.file, &input.bytes));
    let mut pages = Vec::new();
    for input in inputs {
        let whole = match source::text(input) {
            Ok(text) if !is_document(&input.file, text) => {
                read_page(&input.file, text, report, &mut pages);
                continue;
            }
            _ => report.sources.add(input),
        };
        match whole {
            Ok(document) => pages.push(Page::whole(&input.file, document)),
            Err(problem) => report.push(problem),
        }
    }
    (report.sources.clone(), pages)
}

impl Page {
    /// A page that is nothing but a description.
    fn whole(file: &str, document: u32) -> Self {
        Self {
            file: file.to_owned(),
            title: None,
            description: None,
            link: None,
            notes: Vec::new(),
            target: None,
            source: None,
            document,
        }
    }
}

/// Whether a file is a description as a whole. Its name tells, else its text.
fn is_document(file: &str, text: &str) -> bool {
    let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("yaml" | "yml" | "json") => true,
        _ => fence::fences(text).is_empty() && starts_as_document(text),
    }
}

fn starts_as_document(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    let first = lines.find(|line| !(line.is_empty() || line.starts_with('#') || *line == "---"));
    first.is_some_and(|line| {
        (line.starts_with('{') && !line.starts_with("{/*")) || fence::is_root_key(line)
    })
}

fn read_page(file: &str, text: &str, report: &mut Report, pages: &mut Vec<Page>) {
    let shared = Arc::from(text);
    let add =
        |report: &mut Report, block| report.sources.push(Document::block(file, &shared, block));
    let fences = fence::fences(text);
    let cut = fences.iter().find(|fence| fence.hides_block(text));
    if let Some(fence) = cut {
        add(report, fence.body.clone());
        report.push(unterminated(file, fence));
    }
    let blocks = fences.iter().filter(|fence| fence.is_block && fence.closed).collect::<Vec<_>>();
    if blocks.is_empty() && cut.is_none() {
        add(report, 0..text.len());
        report.push(no_block(file, text));
        return;
    }
    let mut start = 0;
    let mut link = None;
    let mut skipped = Vec::new();
    for fence in blocks {
        let mut found = head::read(text, start..fence.line.start, &fences);
        skipped.extend(found.skipped());
        let head = found.head;
        // A block without a heading of its own belongs to the page of the block before it.
        if head.title.is_some() || head.link.is_some() {
            link = head.link;
        }
        let info = info::read(text.get(fence.info.clone()).unwrap_or_default());
        pages.push(Page {
            file: file.to_owned(),
            title: head.title,
            description: head.description,
            link: link.clone(),
            notes: head.notes,
            target: info.target,
            source: info.source,
            document: add(report, fence.body.clone()),
        });
        start = fence.end;
    }
    skipped.extend(head::read(text, start..text.len(), &fences).all());
    if cut.is_none() {
        for (title, bytes) in skipped {
            report.push(not_read(Location::Text(file.to_owned(), bytes), &title));
        }
    }
}

fn no_block(file: &str, text: &str) -> Problem {
    let what = "no fenced OpenAPI block";
    let problem = match fence::section(text) {
        Some(line) => Problem::error(Location::Text(file.to_owned(), line), what)
            .label("the block stands below this heading, between lines of backticks"),
        None => Problem::error(Location::File(file.to_owned()), what),
    };
    problem.help(
        "the Markdown form of an API page has one below `## OpenAPI`; \
         adding `.md` to the page's address often gives it",
    )
}

fn unterminated(file: &str, fence: &Fence) -> Problem {
    let location = Location::Text(file.to_owned(), fence.line.clone());
    Problem::error(location, "the fenced block that starts here does not end").help(format!(
        "the page may be cut off; a line that starts with {} backticks ends the block",
        fence.ticks
    ))
}

fn not_read(location: Location, title: &str) -> Problem {
    Problem::note(location, format!("`{title}` has no fenced OpenAPI block and is not read"))
}
