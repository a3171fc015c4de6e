//! Finds fenced code blocks, and those of them that contain an OpenAPI document.

use std::ops::Range;

use super::info::{self, Info, Language};

/// A fenced code block.
#[derive(Debug)]
pub(super) struct Fence {
    /// The opening line.
    pub(super) line: Range<usize>,
    /// The number of opening backticks.
    pub(super) ticks: usize,
    /// The info string after the opening backticks.
    pub(super) info: Range<usize>,
    /// The lines between the fences.
    pub(super) body: Range<usize>,
    /// The offset after the closing backticks; the line may continue.
    pub(super) end: usize,
    /// Whether there is a closing line.
    pub(super) closed: bool,
    /// Whether it contains an OpenAPI document.
    pub(super) is_block: bool,
}

impl Fence {
    /// Returns whether an OpenAPI document is lost because this fence does not end. Backticks
    /// without any text after them are the end of a block whose start is missing.
    pub(super) fn hides_block(&self, text: &str) -> bool {
        let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
        let (info, body) = (slice(&self.info), slice(&self.body));
        let is_empty = info.trim().is_empty() && body.trim().is_empty();
        !self.closed && !is_empty && (self.is_block || body.lines().any(is_openapi_heading))
    }
}

/// Finds every fence of a text, in order.
pub(super) fn fences(text: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut in_openapi_section = false;
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default();
        if let Some(fence) = parse_fence(text, &line, in_openapi_section) {
            at = fence.end;
            in_openapi_section &= !fence.is_block;
            fences.push(fence);
            continue;
        }
        if content.starts_with('#') {
            in_openapi_section = is_openapi_heading(content);
        }
        at = next_line(text, &line);
    }
    fences
}

/// Finds the heading of the section that should contain an OpenAPI block.
pub(super) fn find_openapi_heading(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(line) = line_at(text, at) {
        if text.get(line.clone()).is_some_and(is_openapi_heading) {
            return Some(line);
        }
        at = next_line(text, &line);
    }
    None
}

/// Returns the line that starts at an offset, without its line break.
pub(super) fn line_at(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
    Some(at..at + line.trim_end_matches('\r').len())
}

/// Returns the offset after the line break of a line.
pub(super) fn next_line(text: &str, line: &Range<usize>) -> usize {
    let rest = text.get(line.end..).unwrap_or_default();
    rest.find('\n').map_or(text.len(), |found| line.end + found + 1)
}

/// Returns whether a line is the heading of a section with an OpenAPI block.
pub(super) fn is_openapi_heading(line: &str) -> bool {
    const TITLES: [&str; 3] = ["openapi", "openapi definition", "openapi specification"];
    let heading = line.trim_start_matches('#');
    heading.len() < line.len() && TITLES.iter().any(|it| heading.trim().eq_ignore_ascii_case(it))
}

/// Returns whether a line contains a root key of an OpenAPI document.
pub(super) fn is_root_key(line: &str) -> bool {
    const KEYS: &[&str] = &["openapi", "swagger", "paths"];
    let line = line.trim_start_matches(['"', '\'']);
    KEYS.iter().any(|key| {
        line.strip_prefix(key)
            .map(|rest| rest.trim_start_matches(['"', '\'']))
            .is_some_and(|rest| rest.starts_with(':'))
    })
}

/// Parses the fence that starts on a line.
fn parse_fence(text: &str, line: &Range<usize>, in_openapi_section: bool) -> Option<Fence> {
    let content = text.get(line.clone())?;
    let indent = content.len() - content.trim_start().len();
    let count = count_ticks(content.trim_start());
    let info = line.start + indent + count..line.end;
    let info_text = text.get(info.clone())?;
    if count < 3 || info_text.contains('`') {
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
    // An OpenAPI block ends at the first line that starts with its backticks, whatever follows
    // them; indented backticks belong to a description inside it.
    let parsed_info = info::parse_info(info_text);
    if indent == 0 && parsed_info.language != Some(Language::Other) {
        let close =
            find_close(text, start, |line| count_ticks(line) >= count).unless_it_opens(text);
        let body = text.get(start..close.start)?;
        // An example response may stand above the block in its section, too.
        let is_titled_json = parsed_info.language == Some(Language::Json)
            && (parsed_info.source.is_some() || parsed_info.target.is_some());
        if in_openapi_section && !is_titled_json || is_block(&parsed_info, body) {
            return Some(fence(close, true));
        }
    }
    let close = find_close(text, start, |line| {
        let inner = line.trim_start();
        let is_blank = inner.trim_matches('`').trim().is_empty();
        is_blank && line.len() - inner.len() <= indent.max(3) && count_ticks(inner) >= count
    });
    Some(fence(close, false))
}

fn is_block(info: &Info, body: &str) -> bool {
    match info.language {
        Some(Language::Other) => false,
        // Pages title example responses `json POST /orders`.
        Some(Language::Json) => has_root_key(body),
        Some(Language::Yaml) | None => info.target.is_some() || has_root_key(body),
    }
}

fn has_root_key(body: &str) -> bool {
    if body.trim_start().starts_with('{') {
        let is_prefix = |c: char| c == '{' || c.is_whitespace();
        return body.lines().take(3).any(|line| is_root_key(line.trim_start_matches(is_prefix)));
    }
    body.lines().any(is_root_key)
}

/// The end of a fence: the range of the closing backticks, or the end of the text.
struct Close {
    start: usize,
    end: usize,
    found: bool,
}

impl Close {
    /// Backticks that open another block do not close this one: its closing backticks are missing.
    fn unless_it_opens(self, text: &str) -> Self {
        let rest = line_at(text, self.end).and_then(|line| text.get(line)).unwrap_or_default();
        let info = info::parse_info(rest);
        let opens = matches!(info.language, Some(Language::Yaml | Language::Json));
        match self.found && (opens || info.target.is_some()) {
            true => Self { end: self.start, found: false, ..self },
            false => self,
        }
    }
}

fn find_close(text: &str, mut at: usize, closes: impl Fn(&str) -> bool) -> Close {
    while let Some(line) = line_at(text, at) {
        let content = text.get(line.clone()).unwrap_or_default();
        if closes(content) {
            let indent = content.len() - content.trim_start().len();
            let end = line.start + indent + count_ticks(content.trim_start());
            return Close { start: line.start, end, found: true };
        }
        at = next_line(text, &line);
    }
    Close { start: text.len(), end: text.len(), found: false }
}

fn count_ticks(line: &str) -> usize {
    line.len() - line.trim_start_matches('`').len()
}
