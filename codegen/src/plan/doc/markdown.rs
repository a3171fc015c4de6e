//! Edits the Markdown of descriptions where rustdoc would warn about it, run it or misread it. The
//! rest stays unchanged.

use std::ops::Range;

use super::html;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Resolves relative links in descriptions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    origin: Option<String>,
}

impl Links {
    /// Resolves links relative to the origin of the URL `docs`.
    pub fn new(docs: Option<&str>) -> Self {
        let origin = docs.and_then(|docs| {
            let (scheme, rest) = docs.split_once("://")?;
            let host = rest.split('/').next().filter(|host| !host.is_empty())?;
            Some(format!("{scheme}://{host}"))
        });
        Self { origin }
    }
}

/// Makes `text` safe for a doc comment:
/// - code blocks are marked `text`, so that none becomes a doctest;
/// - HTML becomes Markdown; bare URLs become links;
/// - links to a path of the vendor's site become absolute, other relative links become plain text;
/// - brackets outside links are escaped, so that rustdoc does not resolve them.
pub fn sanitize(links: &Links, text: &str) -> String {
    let text = html::to_markdown(&normalise_lines(text));
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    let mut in_code = false;
    let mut in_link = 0_u32;
    for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
        let source = text.get(range.clone()).unwrap_or_default();
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code = true;
                edits.push((range, code_block(&kind, source)));
            }
            Event::End(TagEnd::CodeBlock) => in_code = false,
            Event::Html(_) | Event::InlineHtml(_) => {
                edits.push((range, source.replace('<', "&lt;")));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                in_link += 1;
                if let Some(edit) = relative_link(links, source, &dest_url) {
                    edits.push((range, edit));
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => in_link = in_link.saturating_sub(1),
            Event::Text(_) if !in_code => {
                let edited = plain_text(source, in_link > 0);
                if edited != source {
                    edits.push((range, edited));
                }
            }
            _ => {}
        }
    }
    apply_edits(&text, edits)
}

/// Converts line endings to LF and tabs to spaces, and removes control and bidirectional
/// characters.
fn normalise_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', "    ");
    text.chars().filter(|c| *c == '\n' || !is_unprintable(*c)).collect()
}

/// Returns whether `c` is a control character or reorders text (see rustc's lint
/// `text_direction_codepoint_in_comment`).
pub fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Fences a code block with the language `text` and a fence longer than any inside.
fn code_block(kind: &CodeBlockKind<'_>, source: &str) -> String {
    let body: Vec<&str> = match kind {
        CodeBlockKind::Indented => {
            source.lines().map(|l| l.strip_prefix("    ").unwrap_or(l)).collect()
        }
        CodeBlockKind::Fenced(_) => {
            let mut lines: Vec<&str> = source.lines().skip(1).collect();
            if lines.last().is_some_and(|l| is_fence(l)) {
                lines.pop();
            }
            lines
        }
    };
    let longest =
        body.iter().map(|l| l.trim_start().chars().take_while(|c| *c == '`').count()).max();
    let fence = "`".repeat(longest.unwrap_or(0).saturating_add(1).max(3));
    let body = body.join("\n");
    format!("{fence}text\n{}\n{fence}\n", body.trim_end())
}

fn is_fence(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.chars().all(|c| c == '`') || line.chars().all(|c| c == '~'))
}

/// Replaces a link without an absolute URL: a path becomes absolute, any other link its text.
/// Returns `None` for an absolute URL.
fn relative_link(links: &Links, source: &str, destination: &str) -> Option<String> {
    let absolute = ["https://", "http://", "mailto:"].iter().any(|s| destination.starts_with(s));
    if absolute {
        return None;
    }
    let label = source.strip_prefix('!').unwrap_or(source);
    let label = label.strip_prefix('[')?.split("](").next()?.replace(['[', ']'], "");
    match &links.origin {
        Some(origin) if destination.starts_with('/') => {
            Some(format!("[{label}]({origin}{destination})"))
        }
        _ => Some(label),
    }
}

/// Escapes brackets and turns bare URLs into links, in text outside code.
fn plain_text(source: &str, in_link: bool) -> String {
    let mut out = String::with_capacity(source.len());
    for (number, word) in source.split(' ').enumerate() {
        if number > 0 {
            out.push(' ');
        }
        let start = word.find("https://").or_else(|| word.find("http://"));
        match start {
            Some(at) if !in_link => {
                let (before, rest) = word.split_at_checked(at).unwrap_or((word, ""));
                let url = rest.trim_end_matches([
                    '.', ',', ';', ':', ')', '"', '\'', '!', '?', ']', '*', '_',
                ]);
                let after = rest.get(url.len()..).unwrap_or_default();
                let is_url = !url.contains(['<', '>', '`', '\n']);
                if is_url && url.len() > "https://".len() {
                    out.push_str(&format!(
                        "{}<{url}>{}",
                        escape_brackets(before),
                        escape_brackets(after)
                    ));
                } else {
                    out.push_str(&escape_brackets(word).replace("://", ":&#47;/"));
                }
            }
            _ if in_link => out.push_str(word),
            _ => out.push_str(&escape_brackets(word)),
        }
    }
    out
}

fn escape_brackets(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut previous = ' ';
    for c in word.chars() {
        match c {
            '<' if previous != '\\' => out.push_str("&lt;"),
            '[' | ']' if previous != '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
        previous = c;
    }
    out
}

/// Applies the edits. If two overlap, the outer one wins.
fn apply_edits(text: &str, edits: Vec<(Range<usize>, String)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (range, edit) in edits {
        if range.start < done {
            continue;
        }
        out.push_str(text.get(done..range.start).unwrap_or_default());
        out.push_str(&edit);
        done = range.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::{Links, sanitize};

    #[test]
    fn markdown_is_sanitized() {
        let links = Links::new(Some("https://docs.acme.example/reference"));
        let cases = [
            ("Plain *text* with `code`.", "Plain *text* with `code`."),
            ("See [how](/concepts/x).", "See [how](https://docs.acme.example/concepts/x)."),
            ("See [how](../x).", "See how."),
            ("An array of [id] values", "An array of \\[id\\] values"),
            ("expires=<expires>", "expires=`<expires>`"),
            ("a <b", "a &lt;b"),
            ("1 < 2", "1 &lt; 2"),
            ("At https://acme.example/a_b, or", "At <https://acme.example/a_b>, or"),
            ("[x](https://acme.example)", "[x](https://acme.example)"),
            ("a\n\n    fn main() {}\n\nb", "a\n\n    ```text\nfn main() {}\n```\n\nb"),
            ("```rust\npanic!()\n```", "```text\npanic!()\n```\n"),
            ("```\nunclosed", "```text\nunclosed\n```\n"),
            ("a\r\nb\u{202E}c", "a\nbc"),
        ];
        for (given, expected) in cases {
            assert_eq!(
                sanitize(&links, given).replace("    ```", "```"),
                expected.replace("    ```", "```"),
                "{given:?}"
            );
        }
    }
}
