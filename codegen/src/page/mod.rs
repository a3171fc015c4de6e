//! Extracts the OpenAPI documents of documentation pages, with the metadata of the pages.
//!
//! A page is Markdown with one fenced block per operation. The fences are found line by line and
//! not with a Markdown parser: concatenated pages contain lines such as `` ````# Next title ``,
//! which do not end a block in Markdown.

mod callout;
mod fence;
mod front_matter;
mod head;
mod info;
mod pointer;
mod request_line;
mod without_block;

use std::sync::Arc;

use crate::report::{Location, Problem, Report};
use crate::source::{self, Document, Input, Sources};

use fence::Fence;
use head::Head;
pub use info::Target;
pub use request_line::RequestLine;
use without_block::PageWithoutBlock;

/// One OpenAPI document, and the metadata of its page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The name of the file.
    pub file: String,
    /// The heading of the page.
    pub title: Option<String>,
    /// The first paragraph below the heading, which is often a quote.
    pub description: Option<String>,
    /// The URL of the page, if the page contains it.
    pub link: Option<String>,
    /// The texts of callouts such as `<Warning>` above the block.
    pub notes: Vec<String>,
    /// The method and the URL that the page states above the block.
    pub request: Option<RequestLine>,
    /// The operation that the info string of the block names.
    pub target: Option<Target>,
    /// The document that the block was taken from, as named in the info string: a file or a URL.
    pub source: Option<String>,
    /// The OpenAPI document, as an index in the [`Sources`] of the run.
    pub document: u32,
    /// Whether the file as a whole is the document.
    pub is_document: bool,
}

/// Finds the OpenAPI documents in files of any kind: documentation pages, YAML and JSON documents.
///
/// Files are read in the order of their names. Files that cannot be read are reported, and the
/// others are returned. The documents are added to `sources`.
pub fn read(inputs: &[Input], sources: &mut Sources, report: &mut Report) -> Vec<Page> {
    let mut inputs = inputs.iter().collect::<Vec<_>>();
    inputs.sort_by_key(|input| (&input.file, &input.bytes));
    let mut pages = Vec::new();
    let mut others = Vec::new();
    for input in inputs {
        read_file(input, &mut pages, &mut others, sources, report);
    }
    for page in others {
        page.report(&pages, report);
    }
    pages
}

/// Returns the documents that a page without a block names: files, URLs or other names.
#[must_use]
pub fn named_documents(input: &Input) -> Vec<String> {
    match source::input_text(input) {
        Ok(text) if !is_document(&input.file, text) && !has_block(text) => {
            without_block::named_documents(text)
        }
        _ => Vec::new(),
    }
}

fn has_block(text: &str) -> bool {
    fence::fences(text).iter().any(|fence| fence.is_block)
}

/// Reads one file. A page without a block is added to `others`.
fn read_file(
    input: &Input,
    pages: &mut Vec<Page>,
    others: &mut Vec<PageWithoutBlock>,
    sources: &mut Sources,
    report: &mut Report,
) {
    let document = match source::input_text(input) {
        Ok(text) if !is_document(&input.file, text) => {
            match read_page(&input.file, text, sources, report) {
                Some(blocks) => pages.extend(blocks),
                None => others.push(PageWithoutBlock::read(&input.file, text)),
            }
            return;
        }
        _ => sources.add(input),
    };
    match document {
        Ok(document) => pages.push(Page::from_document(&input.file, document)),
        Err(problem) => report.push(problem),
    }
}

impl Page {
    /// Creates a page without metadata from a whole document.
    fn from_document(file: &str, document: u32) -> Self {
        Self { file: file.to_owned(), document, is_document: true, ..Self::default() }
    }
}

/// Returns whether `relative`, a path relative to `vendor.toml`, is the path `file` of a page.
pub(crate) fn is_same_file(file: &str, relative: &str) -> bool {
    file == relative || file.strip_suffix(relative).is_some_and(|folder| folder.ends_with('/'))
}

/// Returns whether a file is an OpenAPI document as a whole, judging by its name, or else by its
/// text.
fn is_document(file: &str, text: &str) -> bool {
    let extension = file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("yaml" | "yml" | "json") => true,
        _ => fence::fences(text).is_empty() && starts_as_document(text),
    }
}

fn starts_as_document(text: &str) -> bool {
    if pointer::starts_with_pointer(text) {
        return false;
    }
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end);
    let first = lines.find(|line| !(line.is_empty() || line.starts_with('#') || *line == "---"));
    first.is_some_and(|line| {
        let is_markup = line.starts_with("{/*") || line.starts_with("{%");
        (line.starts_with('{') && !is_markup) || fence::is_root_key(line)
    })
}

/// Reads the blocks of a documentation page. Returns `None` if it has none.
fn read_page(
    file: &str,
    text: &str,
    sources: &mut Sources,
    report: &mut Report,
) -> Option<Vec<Page>> {
    let shared = Arc::from(text);
    let mut add = |block| sources.push(Document::block(file, &shared, block));
    let fences = fence::fences(text);
    let unterminated = fences.iter().find(|fence| fence.hides_block(text));
    if let Some(fence) = unterminated {
        add(fence.body.clone());
        report.push(unterminated_block(file, fence));
    }
    let blocks = fences.iter().filter(|fence| fence.is_block && fence.closed).collect::<Vec<_>>();
    if blocks.is_empty() && unterminated.is_none() {
        add(0..text.len());
        return None;
    }
    let mut found = Vec::new();
    let mut start = 0;
    let mut link = None;
    let mut skipped = Vec::new();
    for fence in blocks {
        let mut heads = head::read_heads(text, start..fence.line.start, &fences);
        skipped.extend(heads.take_skipped());
        let head = heads.head;
        // A block without a heading of its own belongs to the page of the previous block.
        if head.title.is_some() || head.link.is_some() {
            link.clone_from(&head.link);
        }
        let head = Head { link: link.clone(), ..head };
        let info = info::parse_info(text.get(fence.info.clone()).unwrap_or_default());
        found.push((head, info, add(fence.body.clone())));
        start = fence.end;
    }
    skipped.extend(head::read_heads(text, start..text.len(), &fences).into_all());
    if unterminated.is_none() {
        for (title, bytes) in skipped {
            report.push(page_without_block(Location::Text(file.to_owned(), bytes), &title));
        }
    }
    use_section_titles(&mut found);
    let page = |(head, info, document): (Head, info::Info, u32)| Page {
        file: file.to_owned(),
        title: head.title,
        description: head.description,
        link: head.link,
        notes: head.notes,
        request: head.request,
        target: info.target,
        source: info.source,
        document,
        is_document: false,
    };
    Some(found.into_iter().map(page).collect())
}

/// Uses the headings of sections as the titles of blocks, on pages that have several.
fn use_section_titles<T>(blocks: &mut [(Head, info::Info, T)]) {
    let starts_page: Vec<bool> = blocks.iter().map(|(head, ..)| head.title.is_some()).collect();
    for (index, (head, ..)) in blocks.iter_mut().enumerate() {
        let is_first = starts_page.get(index).copied().unwrap_or(true);
        let is_last = starts_page.get(index + 1).copied().unwrap_or(true);
        if !(is_first && is_last) {
            head.title = head.section.take().or(head.title.take());
        }
    }
}

fn unterminated_block(file: &str, fence: &Fence) -> Problem {
    let location = Location::Text(file.to_owned(), fence.line.clone());
    Problem::error(location, "the fenced block that starts here has no end").help(format!(
        "the page may be truncated; a block ends with a line that starts with {} backticks",
        fence.ticks
    ))
}

fn page_without_block(location: Location, title: &str) -> Problem {
    Problem::note(
        location,
        format!("the page `{title}` has no fenced OpenAPI block and is skipped"),
    )
}
