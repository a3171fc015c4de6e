use std::collections::BTreeSet;

use super::*;

#[test]
fn patterns_use_the_syntax_of_ecma_262() {
    for (pattern, text, expected) in [
        (r"^\d{5}$", "12345", true),
        (r"^\d{5}$", "12345\n", false),
        ("b", "abc", true),
        (r"^(?!x)", "xy", false),
        (r"^(a)\1$", "aa", true),
        ("^.$", "\u{1f600}", true),
        // Valid only without the flag `u`.
        (r"^\-$", "-", true),
        ("(", "anything", true),
    ] {
        assert_eq!(matches(pattern, text), expected, "{pattern} {text}");
    }
}

fn is_linear(pattern: &str) -> bool {
    matches!(Pattern::compile(pattern), Some(Pattern::Linear(_)))
}

#[test]
fn bounded_patterns_without_look_around_and_back_references_are_matched_in_linear_time() {
    for pattern in [
        r"^([a-zA-Z0-9]+\s?)+$",
        r"^(a*)*$",
        r"^(\p{L}+\s?)+$",
        r"^[\w-.]+@([\w-]+\.)+[\w-]{2,4}$",
        r"^(?<year>\d{4})-(?:0[1-9]|1[0-2])\b",
        r"^\u{1F600}?[\x41-\x5A\u0061-\u007A]+\/$",
        r"^[^\s\S]*$",
        r"^a{,3}$",
    ] {
        assert!(is_linear(pattern), "{pattern}");
    }
    let text = "a".repeat(100_000) + "!";
    assert!(!matches(r"^([a-zA-Z0-9]+\s?)+$", &text));
}

#[test]
fn bounded_patterns_that_need_backtracking_keep_it() {
    for pattern in [
        r"^(?=.*\d).+$",
        r"^(?!x)",
        r"(?<=a)b",
        r"(?<!a)b",
        r"^(a)\1$",
        r"^(?<x>a)\k<x>$",
        r"\Ba",
        r"^[]$",
        r"^[^]$",
        r"\cA",
        r"\p{Script=Greek}",
        r"\p{Ll}",
        r"[\uD800-\uDFFF]",
    ] {
        assert!(matches!(Pattern::compile(pattern), Some(Pattern::Backtracking(_))), "{pattern}");
    }
}

/// Texts for which the two syntaxes may differ.
#[rustfmt::skip]
const TEXTS: &[&str] = &[
    "", "a", "b", "ab", "aab", "A1_", "a-b", "a.b", "a b", "é", "aé", "٣", "ß1", "\n", "a\n",
    "\r", "\u{b}", "\u{85}", "\u{a0}", "\u{180e}", "\u{2028}", "\u{feff}", "\u{1f600}", "-", "]",
    "[", "{", "{2}", "a{,2}", "x{1", "^", "$", "&&", "a&&b", "--", "~~", "\\", "/", "\0", "\u{8}",
    "#", "a#b", "12345", "2024-01-31", "me@example.com", "(", "?", "ſ", "K", "İ",
];

/// Patterns of every construct that is translated.
#[rustfmt::skip]
const PATTERNS: &[&str] = &[
    r"^\d+$", r"\D", r"^\w+$", r"\W", r"\s", r"^\S+$", r"\b", r"a\b", r"\bé", ".", "^.$", "^$",
    "a$", "[a-c]", "[^a-c]", r"[\w-]", r"[\w-.]", r"[.-\w]", r"[\d-\w]", "[a-]", "[-a]", r"[\]]",
    r"[\b]", "[&&]", "[a&&b]", "[--]", "[~~]", "[[]", "[a[b]", r"[\^a]", "[$^]", "x{1", "a{,2}",
    "a{2}", "a{1,2}?", "a{0}", "^a{1,}$", "(a|)b", "(|a)$", "(a*)*b", "(?:a|b)+?", "(?<n>a)b",
    r"\/", r"\-", r"\ ", r"\#", "#", "a#b", r"\x61", r"\u0061", r"^\u{1F600}$", r"^[\u{1F600}]$",
    r"\0", "]", "}", r"^\p{L}+$", r"\P{L}", r"[\p{Lu}\d]", r"[^\p{L}]", r"^[^\W_]+$",
    r"\t|\v|\f|\r", "é+", "[é-ü]", r"[^\n]", "k", "s", "(?:^a|b$)", "a||b", "^^a$$",
];

#[test]
fn both_engines_match_the_same_texts() {
    for pattern in PATTERNS {
        let translated = |is_unicode| {
            let flags = if is_unicode { "u" } else { "" };
            let backtracking = regress::Regex::with_flags(pattern, flags).ok()?;
            let translated = translate::to_regex_syntax(pattern, is_unicode)?;
            Some((backtracking, regex::Regex::new(&translated).unwrap()))
        };
        let both: Vec<_> = [true, false].into_iter().filter_map(translated).collect();
        assert!(!both.is_empty(), "{pattern}");
        for (backtracking, linear) in both {
            for text in TEXTS {
                let expected = backtracking.find(text).is_some();
                assert_eq!(linear.is_match(text), expected, "{pattern} {linear} {text:?}");
            }
        }
    }
}

/// The engines have tables of different versions of Unicode, which differ in characters that the older
/// version has not assigned.
#[test]
fn both_engines_know_the_same_assigned_characters() {
    // Beyond are private and unassigned characters.
    let text: String = ('\0'..'\u{33480}').chain('\u{E0000}'..'\u{E01F0}').collect();
    let unassigned = regex::Regex::new(r"\p{Cn}").unwrap();
    for class in [r"\p{L}", r"\p{Lu}", r"\p{M}", r"\p{Nd}", r"\P{P}", r"\p{Sc}", r"\s", r"\w", "."]
    {
        let backtracking = regress::Regex::with_flags(class, "u").unwrap();
        let linear = regex::Regex::new(&translate::to_regex_syntax(class, true).unwrap()).unwrap();
        let expected: BTreeSet<_> =
            backtracking.find_iter(&text).map(|found| (found.start(), found.end())).collect();
        let found: BTreeSet<_> =
            linear.find_iter(&text).map(|found| (found.start(), found.end())).collect();
        for (start, end) in expected.symmetric_difference(&found) {
            let char = &text[*start..*end];
            assert!(unassigned.is_match(char), "{class} {}", char.escape_unicode());
        }
    }
}

#[test]
fn patterns_made_at_random_match_the_same_texts() {
    const PARTS: &[&str] = &[
        "a",
        "b",
        "é",
        " ",
        "-",
        ".",
        "^",
        "$",
        "|",
        "(",
        "(?:",
        ")",
        "*",
        "+",
        "?",
        "{2}",
        "{1,}",
        "{0,2}?",
        "[ab]",
        "[^a]",
        r"[\w-.]",
        r"[^\s-é]",
        r"\d",
        r"\W",
        r"\s",
        r"\S",
        r"\b",
        r"\.",
        r"\-",
        "]",
        "}",
        r"\p{L}",
    ];
    let mut state = 1_u64;
    let mut below = |end: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end
    };
    let mut compared = 0;
    for _ in 0..20_000 {
        let pattern: String = (0..1 + below(7)).map(|_| PARTS[below(PARTS.len())]).collect();
        for is_unicode in [true, false] {
            let flags = if is_unicode { "u" } else { "" };
            let Ok(backtracking) = regress::Regex::with_flags(&pattern, flags) else { continue };
            let Some(translated) = translate::to_regex_syntax(&pattern, is_unicode) else {
                continue;
            };
            let linear = regex::Regex::new(&translated).unwrap();
            for _ in 0..4 {
                let text: String =
                    (0..below(6)).map(|_| ["a", "b", "é", " ", "-", "1"][below(6)]).collect();
                let expected = backtracking.find(&text).is_some();
                assert_eq!(linear.is_match(&text), expected, "{pattern} {translated} {text:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}
