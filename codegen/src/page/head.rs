//! What a page says above its block: address, heading, quote, callouts.

use std::ops::Range;

use crate::source::floor;

use super::fence::{Fence, is_section, line_at, next_line};

/// What stands above a block.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) link: Option<String>,
    pub(super) notes: Vec<String>,
    /// Where the heading stands.
    at: Range<usize>,
}

/// A head, and the heads before it that no block follows.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) head: Head,
    skipped: Vec<Head>,
}

impl Found {
    /// The headings of pages before this one that have no block, and where they stand.
    pub(super) fn skipped(&mut self) -> Vec<(String, Range<usize>)> {
        let heads = std::mem::take(&mut self.skipped).into_iter();
        heads.filter_map(|head| Some((head.title?, head.at))).collect()
    }

    /// All headings, where no block follows at all.
    pub(super) fn all(mut self) -> Vec<(String, Range<usize>)> {
        let head = std::mem::take(&mut self.head);
        self.skipped.push(head);
        self.skipped()
    }

    /// Starts another page, if one has begun.
    fn restart(&mut self) {
        if self.head.title.is_some() {
            self.skipped.push(std::mem::take(&mut self.head));
        }
    }

    fn title(&mut self, title: &str, at: Range<usize>) {
        // Some mirrors put a copy of the heading above the page: that is one page.
        let is_copy = |head: &Head| head.title.as_deref() == Some(title);
        if self.skipped.last().is_some_and(is_copy) {
            let copy = self.skipped.pop();
            self.head.link = self.head.link.take().or(copy.and_then(|copy| copy.link));
        }
        self.head.title = Some(title.to_owned());
        self.head.at = at;
    }
}

/// Reads what stands in a range of a file, outside of fences. Where several pages begin in it, the
/// last one owns the block that follows.
pub(super) fn read(text: &str, range: Range<usize>, fences: &[Fence]) -> Found {
    let text = text.get(..range.end).unwrap_or_default();
    let mut found = Found::default();
    let (front, mut at) = front_matter(text, range.start);
    // A quote belongs to the heading right above it.
    let mut below_title = false;
    while let Some(line) = line_at(text, at) {
        if let Ok(position) = fences.binary_search_by_key(&line.start, |fence| fence.line.start) {
            at = fences.get(position).map_or(line.end, |fence| fence.end);
            continue;
        }
        let content = text.get(line.clone()).unwrap_or_default();
        at = next_line(text, &line);
        if let Some(url) = content.strip_prefix("# Source:") {
            found.restart();
            set(&mut found.head.link, url);
        } else if content.starts_with("> ## Documentation Index") {
            found.restart();
            at = quote(text, line.start).end;
        } else if let Some(title) = content.strip_prefix("# ") {
            if begins_page(text, at) {
                found.restart();
            }
            if found.head.title.is_none() {
                found.title(title.trim(), line);
                below_title = true;
            }
            continue;
        } else if content.starts_with('>') && below_title {
            let quote = quote(text, line.start);
            found.head.description = Some(quote.text).filter(|text| !text.is_empty());
            at = quote.end;
        } else if let Some(url) = source_line(content) {
            set(&mut found.head.link, url);
        } else if let Some(callout) = callout(text, &line) {
            found.head.notes.extend(Some(callout.text).filter(|text| !text.is_empty()));
            at = callout.end;
        }
        below_title &= content.trim().is_empty();
    }
    found.head.title = found.head.title.or(front.title);
    found.head.description = found.head.description.or(front.description);
    found.head.link = found.head.link.or(front.link);
    found
}

/// The first of several values counts.
fn set(value: &mut Option<String>, text: &str) {
    let text = text.trim();
    if value.is_none() && !text.is_empty() {
        *value = Some(text.to_owned());
    }
}

/// Whether a heading is a page's own and not one inside its text: a quote or the section of the
/// block follows it.
fn begins_page(text: &str, mut at: usize) -> bool {
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default();
        if !content.trim().is_empty() {
            return content.starts_with('>') || is_section(content);
        }
        at = next_line(text, &line);
    }
    false
}

/// The address in a line such as `**Source:** https://…`, as other mirrors write it.
fn source_line(line: &str) -> Option<&str> {
    let url = line.strip_prefix("Source:").or(line.strip_prefix("**Source:**"))?.trim();
    url.starts_with("http").then_some(url)
}

/// Text of the page, and the byte behind it.
struct Passage {
    text: String,
    end: usize,
}

/// The first paragraph of a quote, and the byte behind the quote. Only the first line of a quote
/// must have the sign.
fn quote(text: &str, mut at: usize) -> Passage {
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

/// The text of `<Warning>…</Warning>` and its like.
fn callout(text: &str, line: &Range<usize>) -> Option<Passage> {
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
    // One that does not end is no reason to read the whole file for it.
    let near = inner.get(..floor(inner, LONGEST_CALLOUT))?;
    let (inner, _) = near.split_once(&format!("</{name}>"))?;
    let lines = inner.trim().lines().map(str::trim).collect::<Vec<_>>();
    Some(Passage { text: lines.join("\n"), end: start + inner.len() })
}

const LONGEST_CALLOUT: usize = 16 << 10;

/// The members of a front matter that a page needs, and the byte behind it.
fn front_matter(text: &str, start: usize) -> (Head, usize) {
    let mut head = Head::default();
    let unread = |start| (Head::default(), start);
    let rest = text.get(start..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches(['\u{feff}', '\r', '\n', ' ']).len();
    let Some(first) = line_at(text, start + blank) else { return unread(start) };
    if text.get(first.clone()).map(str::trim_end) != Some("---") {
        return unread(start);
    }
    let mut at = next_line(text, &first);
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default().trim_end();
        at = next_line(text, &line);
        if content == "---" {
            return (head, at);
        }
        let Some((key, value)) = content.split_once(':') else { return unread(start) };
        let value = value.trim().trim_matches(['"', '\'']);
        match key {
            "title" => set(&mut head.title, value),
            "description" => set(&mut head.description, value),
            "url" | "source" => set(&mut head.link, value),
            _ => {}
        }
    }
    unread(start)
}
