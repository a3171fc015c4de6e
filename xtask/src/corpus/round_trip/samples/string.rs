//! Generates strings: by format, by pattern, or ones that are hard to parse and print.

use fastrand::Rng;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::view::SchemaView;

/// Strings without a format, chosen to be hard to parse and print.
const ARBITRARY: [&str; 10] = [
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

/// Generates a string; `None` if no string for the pattern was found.
pub fn generate_string(view: &SchemaView<'_>, rng: &mut Rng) -> Option<String> {
    let min_length = view.max_int("minLength").and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let max_length = view.min_int("maxLength").and_then(|n| usize::try_from(n).ok());
    let string = match (view.string("pattern"), view.string("format")) {
        (Some(pattern), _) => {
            let example = || view.string("example").map(str::to_owned);
            return generate_match(pattern, rng, min_length, max_length).or_else(example);
        }
        (None, Some(format)) => generate_formatted(format, rng),
        (None, None) => None,
    };
    let string = string.unwrap_or_else(|| ARBITRARY[rng.usize(..ARBITRARY.len())].to_owned());
    let len = string.chars().count();
    if len < min_length {
        return Some(string + &"x".repeat((min_length - len).min(100_000)));
    }
    Some(string.chars().take(max_length.unwrap_or(usize::MAX)).collect())
}

/// Generates a string of a known format.
fn generate_formatted(format: &str, rng: &mut Rng) -> Option<String> {
    let examples: &[&str] = match format {
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
    Some(examples[rng.usize(..examples.len())].to_owned())
}

/// Generates a string that matches a regular expression, from its syntax tree.
fn generate_match(
    pattern: &str,
    rng: &mut Rng,
    min_length: usize,
    max_length: Option<usize>,
) -> Option<String> {
    let tree = regex_syntax::ParserBuilder::new().build().parse(&to_rust_regex(pattern)).ok();
    let tree =
        tree.or_else(|| regex_syntax::parse(&to_rust_regex(&remove_lookaround(pattern)?)).ok())?;
    let has_valid_length = |string: &String| {
        let len = string.chars().count();
        len >= min_length && max_length.is_none_or(|max_length| len <= max_length)
    };
    let mut attempt = |repetitions: usize| {
        let mut string = String::new();
        append_match(&tree, rng, repetitions, &mut string)?;
        Some(string)
    };
    let repetitions = |index: usize| if index < 10 { 3 } else { min_length };
    (0..20).find_map(|index| attempt(repetitions(index)).filter(has_valid_length))
}

/// Removes look-around assertions from a pattern; `None` if a group is not closed.
///
/// The generated strings are validated against the complete pattern afterwards.
fn remove_lookaround(pattern: &str) -> Option<String> {
    let mut stripped = pattern.to_owned();
    while let Some(start) = ["(?!", "(?=", "(?<!", "(?<="].iter().find_map(|it| stripped.find(it)) {
        let (mut depth, mut is_escaped, mut in_class) = (0_usize, false, false);
        let end = stripped.get(start..)?.char_indices().find_map(|(offset, character)| {
            match character {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '[' => in_class = true,
                ']' => in_class = false,
                '(' if !in_class => depth += 1,
                ')' if !in_class => depth -= 1,
                _ => (),
            }
            (depth == 0 && character == ')').then_some(start + offset + 1)
        })?;
        stripped.replace_range(start..end, "");
    }
    Some(stripped)
}

/// Translates a pattern of ECMA-262 to Rust's syntax.
///
/// In ECMA-262, `[` in a class is a literal character, `\d` matches ASCII digits only, and `/` can
/// be escaped.
fn to_rust_regex(pattern: &str) -> String {
    let mut out = String::new();
    let mut in_class = false;
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match (character, in_class) {
            ('\\', _) => match characters.next() {
                Some('d') => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
                Some('/') => out.push('/'),
                Some(other) => out.extend(['\\', other]),
                None => (),
            },
            ('[', true) => out.push_str("\\["),
            ('[' | ']', _) => {
                in_class = character == '[';
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

/// Appends a string that matches the syntax tree, with up to `repetitions` of unbounded parts.
fn append_match(tree: &Hir, rng: &mut Rng, repetitions: usize, string: &mut String) -> Option<()> {
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => (),
        HirKind::Literal(literal) => string.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => {
            let ranges = class.ranges();
            // The first ranges of a class are common characters; the last extend to the end of
            // Unicode.
            let range = ranges.get(rng.usize(..ranges.len().clamp(1, 4)))?;
            let (start, end) = (u32::from(range.start()), u32::from(range.end()));
            let (start, end) = match start {
                0..=0x20 if end >= 0x7e => (0x21, 0x7e),
                _ => (start, end.min(start + 60)),
            };
            string.push(char::from_u32(rng.u32(start..=end))?);
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repetition) => {
            let min = repetition.min as usize;
            let preferred_max = min.max(repetitions);
            let max = repetition.max.map_or(preferred_max, |max| max as usize);
            for _ in 0..rng.usize(min..=max.min(preferred_max).max(min)) {
                append_match(&repetition.sub, rng, repetitions, string)?;
            }
        }
        HirKind::Capture(capture) => append_match(&capture.sub, rng, repetitions, string)?,
        HirKind::Concat(parts) => {
            for part in parts {
                append_match(part, rng, repetitions, string)?;
            }
        }
        HirKind::Alternation(parts) => {
            append_match(parts.get(rng.usize(..parts.len()))?, rng, repetitions, string)?;
        }
    }
    Some(())
}
