//! Fenced code, and which of it is the page's description.

use std::ops::Range;

use super::info::{self, Info, Language};

/// A stretch of fenced code.
#[derive(Debug)]
pub(super) struct Fence {
    /// The opening line.
    pub(super) line: Range<usize>,
    /// How many backticks open it.
    pub(super) ticks: usize,
    /// What stands behind them.
    pub(super) info: Range<usize>,
    /// The lines between the fences.
    pub(super) body: Range<usize>,
    /// The byte behind the closing backticks; more text may stand on that line.
    pub(super) end: usize,
    /// Whether there is a closing line.
    pub(super) closed: bool,
    /// Whether it is the description of an API.
    pub(super) is_block: bool,
}

impl Fence {
    /// Whether the description was lost because this fence does not end. Backticks with nothing
    /// behind them are the end of a block whose beginning is missing.
    pub(super) fn hides_block(&self, text: &str) -> bool {
        let at = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let (info, body) = (at(&self.info), at(&self.body));
        let empty = info.trim().is_empty() && body.trim().is_empty();
        !self.closed && !empty && (self.is_block || body.lines().any(is_section))
    }
}

/// Every fence of a text, in order.
pub(super) fn fences(text: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut in_section = false;
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default();
        if let Some(fence) = open(text, &line, in_section) {
            at = fence.end;
            in_section &= !fence.is_block;
            fences.push(fence);
            continue;
        }
        if content.starts_with('#') {
            in_section = is_section(content);
        }
        at = next_line(text, &line);
    }
    fences
}

/// The heading of a section that should hold a block.
pub(super) fn section(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(line) = line_at(text, at) {
        if text.get(line.clone()).is_some_and(is_section) {
            return Some(line);
        }
        at = next_line(text, &line);
    }
    None
}

/// The line that starts at a byte, without its break.
pub(super) fn line_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
    Some(at..at + line.trim_end_matches('\r').len())
}

/// The byte behind a line's break.
pub(super) fn next_line(text: &str, line: &Range<usize>) -> usize {
    let rest = text.get(line.end..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |found| line.end + found + 1)
}

/// Whether a line is the heading of the section that holds the block.
pub(super) fn is_section(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    heading.len() < line.len() && heading.trim().eq_ignore_ascii_case("openapi")
}

/// Whether a line gives a top member of a description.
pub(super) fn is_root_key(line: &str) -> bool {
    const KEYS: &[&str] = &["openapi", "swagger", "paths"];
    let line = line.trim_start_matches(['"', '\'']);
    KEYS.iter().any(|key| {
        line.strip_prefix(key)
            .map(|rest| rest.trim_start_matches(['"', '\'']))
            .is_some_and(|rest| rest.starts_with(':'))
    })
}

fn open(text: &str, line: &Range<usize>, in_section: bool) -> Option<Fence> {
    let content = text.get(line.clone())?;
    let indent = content.len() - content.trim_start().len();
    let count = ticks(content.trim_start());
    let info = line.start + indent + count..line.end;
    let words = text.get(info.clone())?;
    if count < 3 || words.contains('`') {
        return None;
    }
    let start = next_line(text, line);
    let fence = |close: Close, is_block| Fence {
        line: line.clone(),
        ticks: count,
        info: info.clone(),
        body: start..close.start,
        end: close.end,
        closed: close.found,
        is_block,
    };
    // A block ends at the first line that starts with its backticks, whatever stands behind them;
    // indented backticks belong to a description inside it.
    let said = info::read(words);
    if indent == 0 && said.language != Some(Language::Other) {
        let close = close(text, start, |line| ticks(line) >= count).unless_it_opens(text);
        if in_section || is_block(&said, text.get(start..close.start)?) {
            return Some(fence(close, true));
        }
    }
    let close = close(text, start, |line| {
        let inner = line.trim_start();
        let blank = inner.trim_matches('`').trim().is_empty();
        blank && line.len() - inner.len() <= indent.max(3) && ticks(inner) >= count
    });
    Some(fence(close, false))
}

fn is_block(info: &Info, body: &str) -> bool {
    match info.language {
        Some(Language::Other) => false,
        // `json POST /orders` is how pages title an example of a response.
        Some(Language::Json) => has_root_key(body),
        Some(Language::Yaml) | None => info.target.is_some() || has_root_key(body),
    }
}

fn has_root_key(body: &str) -> bool {
    if body.trim_start().starts_with('{') {
        let sign = |c: char| c == '{' || c.is_whitespace();
        return body.lines().take(3).any(|line| is_root_key(line.trim_start_matches(sign)));
    }
    body.lines().any(is_root_key)
}

/// Where a fence ends: the bytes of the closing backticks, or the end of the text.
struct Close {
    start: usize,
    end: usize,
    found: bool,
}

impl Close {
    /// Backticks that open another block don't close this one: its own are missing.
    fn unless_it_opens(self, text: &str) -> Self {
        let behind = line_at(text, self.end).and_then(|line| text.get(line)).unwrap_or_default();
        let info = info::read(behind);
        let opens = matches!(info.language, Some(Language::Yaml | Language::Json));
        match self.found && (opens || info.target.is_some()) {
            true => Self { end: self.start, found: false, ..self },
            false => self,
        }
    }
}

fn close(text: &str, mut at: usize, closes: impl Fn(&str) -> bool) -> Close {
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default();
        if closes(content) {
            let indent = content.len() - content.trim_start().len();
            let end = line.start + indent + ticks(content.trim_start());
            return Close { start: line.start, end, found: true };
        }
        at = next_line(text, &line);
    }
    Close { start: text.len(), end: text.len(), found: false }
}

fn ticks(line: &str) -> usize {
    line.len() - line.trim_start_matches('`').len()
}
