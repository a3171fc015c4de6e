//! Patterns: ECMA-262 expressions, matched, and a text that matches.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Texts of the usual kinds, for expressions that no text can be made of.
const USUAL: [&str; 12] = [
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

/// Whether a text matches; nothing where the expression makes no sense.
pub fn matches(pattern: &str, text: &str) -> Option<bool> {
    // OpenAPI asks for `u`; expressions in the wild escape what may not be escaped with it.
    let compiled =
        regress::Regex::with_flags(pattern, "u").or_else(|_| regress::Regex::new(pattern));
    Some(compiled.ok()?.find(text).is_some())
}

/// A text that matches, with at least `least` and at most `most` characters; the `number`th of several
/// that differ.
pub fn sample(pattern: &str, least: usize, most: usize, number: usize) -> Option<String> {
    let fits = |text: &String| {
        let length = text.chars().count();
        length >= least && length <= most && matches(pattern, text) == Some(true)
    };
    let parse = |pattern: &str| regex_syntax::parse(&without_lookaround(&translated(pattern))).ok();
    let width = least.min(LONGEST);
    let made = parse(pattern).into_iter().flat_map(|tree| {
        // Few repetitions, then as many as make it long enough; the rest may be anything.
        [0, 1, 4, least, least.div_ceil(2)].into_iter().flat_map(move |more| {
            let mut text = String::new();
            let choice = Choice { more, number };
            let grown = grow(&tree, choice, &mut text, 0).map(|()| text);
            let longer = grown.as_ref().map(|text| format!("{text:x<width$}"));
            [grown, longer]
        })
    });
    let usual = USUAL.iter().map(|text| Some((*text).to_owned()));
    made.chain(usual).flatten().find(fits)
}

/// An expression of ECMA-262 in the syntax of the parser: there `[` in a class is only a letter, `\d`
/// only the ten digits, and `/` may be escaped.
fn translated(pattern: &str) -> String {
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

/// An expression without what it says of the text before and behind, which no tree has a location for: a
/// text that is made without it may match all the same.
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

/// How long a text gets at most.
const LONGEST: usize = 10_000;

/// What is chosen where an expression leaves a choice.
#[derive(Debug, Clone, Copy)]
struct Choice {
    /// How often what may be repeated is repeated at least.
    more: usize,
    /// Which one of several that differ.
    number: usize,
}

fn grow(tree: &Hir, choice: Choice, text: &mut String, depth: usize) -> Option<()> {
    if depth > 100 || text.len() > LONGEST {
        return None;
    }
    match tree.kind() {
        HirKind::Empty | HirKind::Look(_) => (),
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(Class::Unicode(class)) => text.push(letter(class, choice.number)?),
        HirKind::Class(Class::Bytes(_)) => return None,
        HirKind::Repetition(repetition) => {
            let least = repetition.min as usize;
            let most = repetition.max.map_or(usize::MAX, |max| max as usize);
            for _ in 0..least.max(choice.more).min(most) {
                grow(&repetition.sub, choice, text, depth + 1)?;
            }
        }
        HirKind::Capture(capture) => grow(&capture.sub, choice, text, depth + 1)?,
        HirKind::Concat(parts) => {
            for part in parts {
                grow(part, choice, text, depth + 1)?;
            }
        }
        HirKind::Alternation(parts) => {
            let index = choice.number.checked_rem(parts.len())?;
            grow(parts.get(index)?, choice, text, depth + 1)?;
        }
    }
    Some(())
}

/// A letter of a class: a usual one if there is one.
fn letter(class: &regex_syntax::hir::ClassUnicode, number: usize) -> Option<char> {
    let has = |letter: &char| {
        class.ranges().iter().any(|range| range.start() <= *letter && *letter <= range.end())
    };
    let usual = || "a1Ax0-_./ 23456789bcdefghBCDEFGH".chars().filter(has);
    let index = number.checked_rem(usual().count()).unwrap_or(0);
    usual().nth(index).or_else(|| class.ranges().first().map(|range| range.start()))
}

#[cfg(test)]
mod tests {
    use super::{matches, sample};

    #[test]
    fn a_text_is_made_of_its_pattern() {
        for (pattern, least, most) in [
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
            let text = sample(pattern, least, most, 0);
            let text = text.unwrap_or_else(|| panic!("nothing matches {pattern}"));
            assert_eq!(matches(pattern, &text), Some(true), "{pattern}: {text}");
        }
        assert_eq!(sample("(", 0, 100, 0), None);
        let ids = [0, 1, 2].map(|number| sample("^[0-9]{5}$", 0, 9, number));
        assert_eq!(ids, ["11111", "00000", "22222"].map(|id| Some(id.to_owned())));
        let ids = [0, 1, 3].map(|number| sample("^(0|[1-9][0-9]*)$", 0, 9, number));
        assert_eq!(ids, ["0", "2", "4"].map(|id| Some(id.to_owned())));
    }
}
