//! Reads the part of a page above its block: URL, heading, description, callouts.

use std::ops::Range;

use super::callout::{Passage, read_callout};
use super::fence::{Fence, is_openapi_heading, line_at, next_line};
use super::front_matter::{FrontMatter, read_front_matter, set_first};
use super::request_line::{self, RequestLine};

/// The part of a page above its block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) link: Option<String>,
    pub(super) notes: Vec<String>,
    /// The method and the URL, on pages that state them above the block.
    pub(super) request: Option<RequestLine>,
    /// The heading of the section that holds the block.
    pub(super) section: Option<String>,
    /// The range of the heading.
    pub(super) heading: Range<usize>,
}

/// A head, and the heads of earlier pages without a block.
#[derive(Debug, Default)]
pub(super) struct Heads {
    pub(super) head: Head,
    skipped: Vec<Head>,
    /// The last heading that may start a page, but need not.
    latest: Option<(String, Range<usize>)>,
}

impl Heads {
    /// Removes and returns the headings of earlier pages without a block, with their ranges.
    pub(super) fn take_skipped(&mut self) -> Vec<(String, Range<usize>)> {
        let heads = std::mem::take(&mut self.skipped).into_iter();
        heads.filter_map(|head| Some((head.title?, head.heading))).collect()
    }

    /// Returns all headings, if no block follows.
    pub(super) fn into_all(mut self) -> Vec<(String, Range<usize>)> {
        let head = std::mem::take(&mut self.head);
        self.skipped.push(head);
        self.take_skipped()
    }

    /// Starts another page, unless the current one is empty.
    fn start_page(&mut self) {
        if self.head.title.is_some() {
            self.skipped.push(std::mem::take(&mut self.head));
        }
    }

    fn set_title(&mut self, title: &str, heading: Range<usize>) {
        // Some mirrors repeat the heading above the page: this is still one page.
        let is_copy = |head: &Head| head.title.as_deref() == Some(title);
        if self.skipped.last().is_some_and(is_copy) {
            let copy = self.skipped.pop();
            self.head.link = self.head.link.take().or(copy.and_then(|copy| copy.link));
        }
        self.head.title = Some(title.to_owned());
        self.head.section = None;
        self.head.heading = heading;
    }
}

/// Reads a range of a file outside of fences. If several pages start in it, the block that follows
/// belongs to the last one.
pub(super) fn read_heads(text: &str, range: Range<usize>, fences: &[Fence]) -> Heads {
    let text = text.get(..range.end).unwrap_or_default();
    let mut heads = Heads::default();
    let (front_matter, mut at) = read_front_matter(text, range.start);
    // A description belongs to the heading directly above it.
    let mut below_title = false;
    while let Some(line) = line_at(text, at) {
        if let Ok(position) = fences.binary_search_by_key(&line.start, |fence| fence.line.start) {
            at = fences.get(position).map_or(line.end, |fence| fence.end);
            below_title = false;
            continue;
        }
        let content = text.get(line.clone()).unwrap_or_default();
        if content.starts_with('#') {
            at = heads.read_heading(text, &line, &mut below_title);
            continue;
        }
        at = next_line(text, &line);
        if content.starts_with("> ## Documentation Index") {
            heads.start_page();
            at = read_quote(text, line.start).end;
        } else if let Some(url) = source_line(content) {
            set_first(&mut heads.head.link, url);
        } else if let Some(callout) = read_callout(text, &line) {
            heads.head.notes.extend(Some(callout.text).filter(|text| !text.is_empty()));
            at = callout.end;
        } else if content.starts_with('>') && below_title {
            let quote = read_quote(text, line.start);
            heads.head.description = Some(quote.text).filter(|text| !text.is_empty());
            at = quote.end;
            below_title = false;
        } else if let Some(request) = request_line::parse_request_line(content)
            && heads.head.title.is_some()
        {
            heads.head.request.get_or_insert(request);
        } else if below_title && !is_blank_or_notice(content) {
            let paragraph = read_paragraph(text, line.start);
            heads.head.description = Some(paragraph.text).filter(|text| !text.is_empty());
            at = paragraph.end.max(at);
            below_title = false;
        }
    }
    // A section holds the block only where each heading of the first level starts a page.
    if heads.head.section.is_some()
        && let Some((title, heading)) = heads.latest.take()
    {
        let section = heads.head.section.take();
        heads.start_page();
        heads.head = Head { title: Some(title), section, heading, ..Head::default() };
    }
    let FrontMatter { title, description, link, openapi: _ } = front_matter;
    heads.head.title = heads.head.title.or(title);
    heads.head.description = heads.head.description.or(description);
    heads.head.link = heads.head.link.or(link);
    heads
}

impl Heads {
    /// Reads a heading. Returns the offset after its line.
    fn read_heading(&mut self, text: &str, line: &Range<usize>, below_title: &mut bool) -> usize {
        let content = text.get(line.clone()).unwrap_or_default();
        let at = next_line(text, line);
        if let Some(url) = content.strip_prefix("# Source:") {
            self.start_page();
            set_first(&mut self.head.link, url);
        } else if is_openapi_heading(content) || is_notice(content) {
            self.head.section = None;
            *below_title = false;
        } else if let Some(title) = content.strip_prefix("# ") {
            if starts_page(text, at) {
                self.start_page();
            }
            *below_title = self.head.title.is_none();
            if *below_title {
                self.set_title(title.trim(), line.clone());
            } else {
                self.latest = Some((title.trim().to_owned(), line.clone()));
            }
        } else {
            self.head.section = Some(content.trim_matches(['#', ' ']).to_owned());
            *below_title = false;
        }
        at
    }
}

/// Returns whether a heading starts instructions to readers of the whole site.
fn is_notice(heading: &str) -> bool {
    let title = heading.trim_start_matches(['#', ' ']);
    title.starts_with("Agent Instructions") || title.starts_with("Instructions for AI Agents")
}

/// Returns whether a line below the title does not belong to its text: an empty one, the content
/// type of the request, or a notice about the whole site.
fn is_blank_or_notice(line: &str) -> bool {
    const STARTS: [&str; 3] =
        ["Content-Type:", "Fetch the complete documentation index at:", "<!--"];
    line.trim().is_empty() || STARTS.iter().any(|start| line.starts_with(start))
}

/// Reads a paragraph of text. It is empty if the line starts something else, such as a table, a list
/// or an element.
fn read_paragraph(text: &str, mut at: usize) -> Passage {
    let mut lines: Vec<&str> = Vec::new();
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default().trim();
        let is_list = content.starts_with(['-', '*', '+']) && content.get(1..2) == Some(" ");
        let is_other = content.starts_with(['#', '<', '>', '|', '!', '{', ':']);
        let is_code = content.starts_with("```") || content.starts_with("---");
        if content.is_empty() || is_list || is_other || is_code {
            // A paragraph that introduces a list is not the description without it.
            if is_list {
                lines.clear();
            }
            break;
        }
        lines.push(content);
        at = next_line(text, &line);
    }
    Passage { text: lines.join("\n"), end: at }
}

/// Returns whether a heading starts a page: a quote or the section of the block follows it.
fn starts_page(text: &str, mut at: usize) -> bool {
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default();
        if !content.trim().is_empty() {
            return content.starts_with('>') || is_openapi_heading(content);
        }
        at = next_line(text, &line);
    }
    false
}

/// Returns the URL of a line such as `**Source:** https://…` or `Reference: https://…`.
fn source_line(line: &str) -> Option<&str> {
    const STARTS: [&str; 4] = ["Source:", "**Source:**", "Reference:", "<!-- source:"];
    let url = STARTS.iter().find_map(|start| line.strip_prefix(start))?;
    let url = url.trim().trim_end_matches("-->").trim_end();
    (url.starts_with("http") && !url.contains(char::is_whitespace)).then_some(url)
}

/// Reads the first paragraph of a quote. Only the first line of a quote must start with `>`.
fn read_quote(text: &str, mut at: usize) -> Passage {
    let mut lines = Vec::new();
    let mut complete = false;
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default();
        let quoted = content.strip_prefix('>');
        let inner = quoted.unwrap_or(content).trim();
        if quoted.is_none() && (inner.is_empty() || inner.starts_with(['#', '<', '`'])) {
            break;
        }
        complete |= inner.is_empty() && !lines.is_empty();
        if !complete && !inner.is_empty() {
            lines.push(inner);
        }
        at = next_line(text, &line);
    }
    Passage { text: lines.join("\n"), end: at }
}
