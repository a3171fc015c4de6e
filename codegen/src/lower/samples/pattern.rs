//! Samples of strings with a `pattern`, an ECMA-262 regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

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

/// Returns the `number`th of several different strings that match the pattern, with `min` to `max`
/// characters.
pub fn pattern_sample(pattern: &str, min: usize, max: usize, number: usize) -> Option<String> {
    let is_valid = |text: &String| {
        let length = text.chars().count();
        length >= min && length <= max && matches_pattern(pattern, text) == Some(true)
    };
    let parse =
        |pattern: &str| regex_syntax::parse(&without_lookaround(&to_rust_syntax(pattern))).ok();
    let width = min.min(MAX_LENGTH);
    let generated = parse(pattern).into_iter().flat_map(|tree| {
        // Few repetitions, then enough for the minimum length; a padded copy for open ends.
        [0, 1, 4, min, min.div_ceil(2)].into_iter().flat_map(move |min_repeats| {
            let mut text = String::new();
            let options = Options { min_repeats, number };
            let exact = generate(&tree, options, &mut text, 0).map(|()| text);
            let padded = exact.as_ref().map(|text| format!("{text:x<width$}"));
            [exact, padded]
        })
    });
    let common = COMMON_STRINGS.iter().map(|text| Some((*text).to_owned()));
    generated.chain(common).flatten().find(is_valid)
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

/// How to generate a string where an expression allows several.
#[derive(Debug, Clone, Copy)]
struct Options {
    /// How often a repeatable part is repeated at least.
    min_repeats: usize,
    /// Which of several alternatives or characters to use.
    number: usize,
}

fn generate(tree: &Hir, options: Options, text: &mut String, depth: usize) -> Option<()> {
    if depth > 100 || text.len() > MAX_LENGTH {
        return None;
    }
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => (),
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => text.push(class_char(class, options.number)?),
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repetition) => {
            let min = repetition.min as usize;
            let max = repetition.max.map_or(usize::MAX, |max| max as usize);
            for _ in 0..min.max(options.min_repeats).min(max) {
                generate(&repetition.sub, options, text, depth + 1)?;
            }
        }
        HirKind::Capture(capture) => generate(&capture.sub, options, text, depth + 1)?,
        HirKind::Concat(parts) => {
            for part in parts {
                generate(part, options, text, depth + 1)?;
            }
        }
        HirKind::Alternation(parts) => {
            let index = options.number.checked_rem(parts.len())?;
            generate(parts.get(index)?, options, text, depth + 1)?;
        }
    }
    Some(())
}

/// Returns a character of a class, preferably a common one.
fn class_char(class: &regex_syntax::hir::ClassUnicode, number: usize) -> Option<char> {
    let contains =
        |c: &char| class.ranges().iter().any(|range| range.start() <= *c && *c <= range.end());
    let common = || "a1Ax0-_./ 23456789bcdefghBCDEFGH".chars().filter(contains);
    let index = number.checked_rem(common().count()).unwrap_or(0);
    common().nth(index).or_else(|| class.ranges().first().map(|range| range.start()))
}

#[cfg(test)]
mod tests {
    use super::{matches_pattern, pattern_sample};

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
            let text = pattern_sample(pattern, min, max, 0);
            let text = text.unwrap_or_else(|| panic!("no string was found for {pattern}"));
            assert_eq!(matches_pattern(pattern, &text), Some(true), "{pattern}: {text}");
        }
        assert_eq!(pattern_sample("(", 0, 100, 0), None);
        let ids = [0, 1, 2].map(|number| pattern_sample("^[0-9]{5}$", 0, 9, number));
        assert_eq!(ids, ["11111", "00000", "22222"].map(|id| Some(id.to_owned())));
        let ids = [0, 1, 3].map(|number| pattern_sample("^(0|[1-9][0-9]*)$", 0, 9, number));
        assert_eq!(ids, ["0", "2", "4"].map(|id| Some(id.to_owned())));
    }
}
