//! Samples of strings with a `pattern`, an ECMA-262 regular expression.

use regex_syntax::hir::{Class, ClassUnicode, Hir, HirKind, Repetition};

use super::choices::Choices;
use crate::depth::MAX_PATTERN_DEPTH;

/// Common strings, tried for patterns from which no string can be generated.
const COMMON_STRINGS: [&str; 12] = [
    "text",
    "Text",
    "1",
    "10.00",
    "AB",
    "USD",
    "abc123",
    "01937261-e216-754f-99ba-c1170d65dd28",
    "2024-01-31",
    "2024-01-31T10:00:00Z",
    "https://example.com",
    "+15005550006",
];

/// Whether a string matches a pattern. Returns `None` if the pattern is invalid.
pub fn matches_pattern(pattern: &str, text: &str) -> Option<bool> {
    // OpenAPI requires the flag `u`, but many patterns have escapes that are invalid with it.
    let compiled =
        regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
    Some(compiled.ok()?.find(text).is_some())
}

/// Returns a string that matches the pattern, with `min` to `max` characters.
pub fn pattern_sample(
    pattern: &str,
    min: usize,
    max: usize,
    choices: &mut Choices,
) -> Option<String> {
    let is_valid = |text: &String| {
        let length = text.chars().count();
        length >= min && length <= max && matches_pattern(pattern, text) == Some(true)
    };
    let tree = regex_syntax::parse(&without_lookaround(&to_rust_syntax(pattern))).ok();
    let width = min.min(MAX_LENGTH);
    // Few repetitions, then enough for the minimum length; a padded copy for open ends.
    let min_repeats: &[usize] = match choices {
        Choices::Plain(_) => &[0, 1, 4, min, min.div_ceil(2)],
        Choices::Random(_) => &[0, 0, 0, 0, 1, 4, min, min, min, min.div_ceil(2)],
    };
    for min_repeats in tree.iter().flat_map(|_| min_repeats) {
        let mut text = String::new();
        let Some(tree) = &tree else { break };
        if generate(tree, *min_repeats, choices, &mut text, 0).is_none() {
            continue;
        }
        let padded = format!("{text:x<width$}");
        if let Some(text) = [text, padded].into_iter().find(is_valid) {
            return Some(text);
        }
    }
    COMMON_STRINGS.iter().map(|text| (*text).to_owned()).find(is_valid)
}

/// Translates an ECMA-262 expression to the syntax of `regex_syntax`. In ECMA-262, `[` in a class is
/// a plain character, `\d` matches ASCII digits only, and `/` may be escaped.
fn to_rust_syntax(pattern: &str) -> String {
    let mut out = String::new();
    let mut in_class = false;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match (letter, in_class) {
            ('\\', _) => match letters.next() {
                Some('d') => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
                Some('w') => out.push_str(if in_class { "a-zA-Z0-9_" } else { "[a-zA-Z0-9_]" }),
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

/// Removes lookaround from an expression, which `regex_syntax` does not support. A string generated
/// without it may match all the same.
fn without_lookaround(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    let groups = ["(?=", "(?!", "(?<=", "(?<!"];
    while let Some((before, group)) = groups
        .iter()
        .filter_map(|it| rest.find(it))
        .min()
        .and_then(|start| Some((rest.get(..start)?, rest.get(start..)?)))
    {
        out.push_str(before);
        let (mut open, mut escaped) = (0_usize, false);
        let end = group.char_indices().find_map(|(index, letter)| {
            match letter {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '(' => open += 1,
                ')' => open = open.saturating_sub(1),
                _ => (),
            }
            (open == 0).then_some(index + 1)
        });
        rest = end.and_then(|end| group.get(end..)).unwrap_or_default();
    }
    out + rest
}

/// How long a generated string may be.
const MAX_LENGTH: usize = 10_000;

/// How many characters of a class's range random strings use: the first ones are the common ones.
const MAX_RANGE: u32 = 60;

/// Appends a string that matches the expression. What may be repeated is repeated `min_repeats`
/// times, or somewhat more in random strings.
fn generate(
    tree: &Hir,
    min_repeats: usize,
    choices: &mut Choices,
    text: &mut String,
    depth: usize,
) -> Option<()> {
    if depth > MAX_PATTERN_DEPTH || text.len() > MAX_LENGTH {
        return None;
    }
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => (),
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => text.push(class_char(class, choices)?),
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repetition) => {
            for _ in 0..repeats(repetition, min_repeats, choices) {
                generate(&repetition.sub, min_repeats, choices, text, depth + 1)?;
            }
        }
        HirKind::Capture(capture) => {
            generate(&capture.sub, min_repeats, choices, text, depth + 1)?;
        }
        HirKind::Concat(parts) => {
            for part in parts {
                generate(part, min_repeats, choices, text, depth + 1)?;
            }
        }
        HirKind::Alternation(parts) => {
            generate(choices.pick(parts)?, min_repeats, choices, text, depth + 1)?;
        }
    }
    Some(())
}

fn repeats(repetition: &Repetition, min_repeats: usize, choices: &mut Choices) -> usize {
    let min = repetition.min as usize;
    let max = repetition.max.map_or(usize::MAX, |max| max as usize);
    let extra = if choices.is_random() { choices.index(4) } else { 0 };
    min.max(min_repeats).saturating_add(extra).min(max)
}

/// Returns a character of a class: in plain strings a common one.
fn class_char(class: &ClassUnicode, choices: &mut Choices) -> Option<char> {
    let ranges = class.ranges();
    if choices.is_random() {
        let range = choices.pick(ranges.get(..4).unwrap_or(ranges))?;
        let (start, end) = (u32::from(range.start()), u32::from(range.end()));
        let (start, end) = match start {
            0..=0x20 if end >= 0x7e => (0x21, 0x7e),
            _ => (start, end.min(start + MAX_RANGE)),
        };
        let offset = u32::try_from(choices.index((end - start) as usize + 1)).ok()?;
        return char::from_u32(start + offset);
    }
    let contains = |c: &char| ranges.iter().any(|range| range.start() <= *c && *c <= range.end());
    let common: Vec<char> = "a1Ax0-_./ 23456789bcdefghBCDEFGH".chars().filter(contains).collect();
    choices.pick(&common).copied().or_else(|| ranges.first().map(|range| range.start()))
}

#[cfg(test)]
mod tests {
    use super::super::choices::Choices;
    use super::{matches_pattern, pattern_sample};

    fn plain(pattern: &str, min: usize, max: usize, number: usize) -> Option<String> {
        pattern_sample(pattern, min, max, &mut Choices::Plain(number))
    }

    #[test]
    fn a_generated_string_matches_its_pattern() {
        for (pattern, min, max) in [
            ("^[0-9]{9}$", 0, 100),
            (r"^\d{3}-\w+$", 0, 100),
            ("^[A-Z]{3}$", 3, 3),
            ("^(?!-)[a-z-]+$", 1, 5),
            ("^[a-zA-Z0-9]*$", 12, 20),
            ("^(?=.*[0-9])(?!0)[0-9]{5}$", 0, 100),
            ("^(/[a-z]+)+$", 8, 100),
            ("^acct_", 8, 40),
            (r"^[^\s]+@[^\s]+$", 1, 100),
            ("", 0, 100),
        ] {
            let mut random = Choices::seeded(pattern);
            let found =
                [plain(pattern, min, max, 0), pattern_sample(pattern, min, max, &mut random)];
            for text in found {
                let text = text.unwrap_or_else(|| panic!("no string was found for {pattern}"));
                assert_eq!(matches_pattern(pattern, &text), Some(true), "{pattern}: {text}");
            }
        }
        assert_eq!(plain("(", 0, 100, 0), None);
        let ids = [0, 1, 2].map(|number| plain("^[0-9]{5}$", 0, 9, number));
        assert_eq!(ids, ["11111", "00000", "22222"].map(|id| Some(id.to_owned())));
        let ids = [0, 1, 3].map(|number| plain("^(0|[1-9][0-9]*)$", 0, 9, number));
        assert_eq!(ids, ["0", "2", "4"].map(|id| Some(id.to_owned())));
    }
}
