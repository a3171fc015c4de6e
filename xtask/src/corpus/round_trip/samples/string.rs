//! Text: by format, by pattern, or what is hard on readers and writers.

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::view::View;

const ANY: [&str; 10] = [
    "text",
    "",
    "a \"quoted\" \\ back\u{8}slash / and\nlines\r\n\ttabs",
    "日本語 \u{1F600} e\u{301}",
    "123",
    "null",
    "2024-02-30",
    "\u{0}\u{1f}\u{7f}\u{2028}",
    " spaces ",
    "-1.50",
];

/// A text; nothing where the pattern is beyond us.
pub fn make(view: &View<'_>, rng: &mut Rng) -> Option<String> {
    let least = view.int("minLength").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let most = view.least_int("maxLength").and_then(|n| usize::try_from(n).ok());
    let text = match (view.text("pattern"), view.text("format")) {
        (Some(pattern), _) => {
            let example = || view.text("example").map(str::to_owned);
            return matching(pattern, rng, least, most).or_else(example);
        }
        (None, Some(format)) => formatted(format, rng),
        (None, None) => None,
    };
    let text = text.unwrap_or_else(|| ANY[rng.usize(..ANY.len())].to_owned());
    let len = text.chars().count();
    if len < least {
        return Some(text + &"x".repeat((least - len).min(100_000)));
    }
    Some(text.chars().take(most.unwrap_or(usize::MAX)).collect())
}

fn formatted(format: &str, rng: &mut Rng) -> Option<String> {
    let of: &[&str] = match format {
        "date-time" => &[
            "2024-01-31T10:00:00Z",
            "2024-01-31T10:00:00.123456789+02:00",
            "1985-04-12t23:20:50.52z",
            "1990-12-31T23:59:60Z",
        ],
        "date" => &["2024-02-29", "0001-01-01", "9999-12-31"],
        "time" => &["10:00:00Z", "10:00:00.5+01:00"],
        "uuid" => &["01937261-e216-754f-99ba-c1170d65dd28", "F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6"],
        "uri" | "url" => {
            &["https://example.com", "HTTP://Example.com:80/a%2fb?x=1&y=%20#f", "urn:a:b"]
        }
        "email" => &["jane@example.com", "\"a b\"@example.org"],
        "byte" => &["aGVsbG8=", "aGVsbG8", "", "+/8="],
        "ipv4" => &["192.0.2.1"],
        "ipv6" => &["2001:db8::1"],
        "decimal" => &["12.50", "-0.00000000000000000001", "100000000000000000000.5"],
        _ => return None,
    };
    Some(of[rng.usize(..of.len())].to_owned())
}

/// A text that a regular expression matches, from its syntax tree.
fn matching(pattern: &str, rng: &mut Rng, least: usize, most: Option<usize>) -> Option<String> {
    let tree = regex_syntax::ParserBuilder::new().build().parse(&translated(pattern)).ok();
    let tree = tree.or_else(|| regex_syntax::parse(&translated(&without_looks(pattern)?)).ok())?;
    let fits = |text: &String| {
        let len = text.chars().count();
        len >= least && most.is_none_or(|most| len <= most)
    };
    let mut attempt = |more: usize| {
        let mut text = String::new();
        grow(&tree, rng, more, &mut text)?;
        Some(text)
    };
    (0..20).find_map(|index| attempt(if index < 10 { 3 } else { least }).filter(fits))
}

/// The expression without what it looks ahead for: what is made of it is judged by the whole. Nothing
/// where a group is not closed.
fn without_looks(pattern: &str) -> Option<String> {
    let mut text = pattern.to_owned();
    while let Some(start) = ["(?!", "(?=", "(?<!", "(?<="].iter().find_map(|it| text.find(it)) {
        let (mut depth, mut is_escaped, mut in_class) = (0_usize, false, false);
        let end = text.get(start..)?.char_indices().find_map(|(at, letter)| {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => depth += 1,
                ')' if !in_class => depth -= 1,
                _ => (),
            }
            (depth == 0 && letter == ')').then_some(start + at + 1)
        })?;
        text.replace_range(start..end, "");
    }
    Some(text)
}

/// An expression of ECMA-262 in Rust's syntax: there `[` in a class is only a letter, `\d` only the ten
/// digits, and `/` may be escaped.
fn translated(pattern: &str) -> String {
    let mut out = String::new();
    let mut in_class = false;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match (letter, in_class) {
            ('\\', _) => match letters.next() {
                Some('d') => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
                Some('/') => out.push('/'),
                Some(other) => out.extend(['\\', other]),
                None => (),
            },
            ('[', true) => out.push_str("\\["),
            ('[' | ']', _) => {
                in_class = letter == '[';
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

fn grow(tree: &Hir, rng: &mut Rng, more: usize, text: &mut String) -> Option<()> {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => (),
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            // The first ranges of a class are the usual letters; the last go up to the end of Unicode.
            let range = ranges.get(rng.usize(..ranges.len().clamp(1, 4)))?;
            let (start, end) = (u32::from(range.start()), u32::from(range.end()));
            let (start, end) = match start {
                0..=0x20 if end >= 0x7e => (0x21, 0x7e),
                _ => (start, end.min(start + 60)),
            };
            text.push(char::from_u32(rng.u32(start..=end))?);
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repetition) => {
            let least = repetition.min as usize;
            let most = repetition.max.map_or(least.max(more), |max| max as usize);
            for _ in 0..rng.usize(least..=most.min(least.max(more)).max(least)) {
                grow(&repetition.sub, rng, more, text)?;
            }
        }
        HirKind::Capture(capture) => grow(&capture.sub, rng, more, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                grow(part, rng, more, text)?;
            }
        }
        HirKind::Alternation(parts) => {
            grow(parts.get(rng.usize(..parts.len()))?, rng, more, text)?;
        }
    }
    Some(())
}
