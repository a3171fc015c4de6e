//! Reads the part of a page above its block: URL, heading, quote, callouts.

use std::ops::Range;

use crate::source::floor_char_boundary;

use super::fence::{Fence, is_openapi_heading, line_at, next_line};

/// The part of a page above its block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) link: Option<String>,
    pub(super) notes: Vec<String>,
    /// The range of the heading.
    heading: Range<usize>,
}

/// A head, and the heads of earlier pages without a block.
#[derive(Debug, Default)]
pub(super) struct Heads {
    pub(super) head: Head,
    skipped: Vec<Head>,
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
        self.head.heading = heading;
    }
}

/// Reads a range of a file outside of fences. If several pages start in it, the block that follows
/// belongs to the last one.
pub(super) fn read_heads(text: &str, range: Range<usize>, fences: &[Fence]) -> Heads {
    let text = text.get(..range.end).unwrap_or_default();
    let mut heads = Heads::default();
    let (front_matter, mut at) = read_front_matter(text, range.start);
    // A quote belongs to the heading directly above it.
    let mut below_title = false;
    while let Some(line) = line_at(text, at) {
        if let Ok(position) = fences.binary_search_by_key(&line.start, |fence| fence.line.start) {
            at = fences.get(position).map_or(line.end, |fence| fence.end);
            continue;
        }
        let content = text.get(line.clone()).unwrap_or_default();
        at = next_line(text, &line);
        if let Some(url) = content.strip_prefix("# Source:") {
            heads.start_page();
            set_first(&mut heads.head.link, url);
        } else if content.starts_with("> ## Documentation Index") {
            heads.start_page();
            at = read_quote(text, line.start).end;
        } else if let Some(title) = content.strip_prefix("# ") {
            if starts_page(text, at) {
                heads.start_page();
            }
            if heads.head.title.is_none() {
                heads.set_title(title.trim(), line);
                below_title = true;
            }
            continue;
        } else if content.starts_with('>') && below_title {
            let quote = read_quote(text, line.start);
            heads.head.description = Some(quote.text).filter(|text| !text.is_empty());
            at = quote.end;
        } else if let Some(url) = source_line(content) {
            set_first(&mut heads.head.link, url);
        } else if let Some(callout) = read_callout(text, &line) {
            heads.head.notes.extend(Some(callout.text).filter(|text| !text.is_empty()));
            at = callout.end;
        }
        below_title &= content.trim().is_empty();
    }
    heads.head.title = heads.head.title.or(front_matter.title);
    heads.head.description = heads.head.description.or(front_matter.description);
    heads.head.link = heads.head.link.or(front_matter.link);
    heads
}

/// Sets a value unless it is already set.
fn set_first(value: &mut Option<String>, text: &str) {
    let text = text.trim();
    if value.is_none() && !text.is_empty() {
        *value = Some(text.to_owned());
    }
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

/// Returns the URL of a line such as `**Source:** https://…`, which other mirrors write.
fn source_line(line: &str) -> Option<&str> {
    let url = line.strip_prefix("Source:").or(line.strip_prefix("**Source:**"))?.trim();
    url.starts_with("http").then_some(url)
}

/// A text of the page, and the offset after it.
struct Passage {
    text: String,
    end: usize,
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

/// Reads the text of a callout such as `<Warning>…</Warning>`.
fn read_callout(text: &str, line: &Range<usize>) -> Option<Passage> {
    const NAMES: &[&str] = &["Warning", "Note", "Info", "Tip"];
    let rest = text.get(line.start..)?;
    let inner = rest.trim_start().strip_prefix('<')?;
    let name = NAMES
        .iter()
        .find(|name| inner.strip_prefix(**name).is_some_and(|rest| rest.starts_with(['>', ' '])))?;
    let (tag, inner) = inner.split_once('>')?;
    if tag.ends_with('/') {
        return None;
    }
    let start = line.start + rest.len() - inner.len();
    // Limits the search for the closing tag, which may be missing.
    let inner = inner.get(..floor_char_boundary(inner, MAX_CALLOUT_LENGTH))?;
    let (inner, _) = inner.split_once(&format!("</{name}>"))?;
    let lines = inner.trim().lines().map(str::trim).collect::<Vec<_>>();
    Some(Passage { text: lines.join("\n"), end: start + inner.len() })
}

const MAX_CALLOUT_LENGTH: usize = 16 << 10;

/// Reads the front matter of a page. Returns the offset after it, or `start` without one.
fn read_front_matter(text: &str, start: usize) -> (Head, usize) {
    let mut head = Head::default();
    let none = |start| (Head::default(), start);
    let rest = text.get(start..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches(['\u{feff}', '\r', '\n', ' ']).len();
    let Some(first) = line_at(text, start + blank) else { return none(start) };
    if text.get(first.clone()).map(str::trim_end) != Some("---") {
        return none(start);
    }
    let mut at = next_line(text, &first);
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default().trim_end();
        at = next_line(text, &line);
        if content == "---" {
            return (head, at);
        }
        let Some((key, value)) = content.split_once(':') else { return none(start) };
        let value = value.trim().trim_matches(['"', '\'']);
        match key {
            "title" => set_first(&mut head.title, value),
            "description" => set_first(&mut head.description, value),
            "url" | "source" => set_first(&mut head.link, value),
            _ => {}
        }
    }
    none(start)
}
