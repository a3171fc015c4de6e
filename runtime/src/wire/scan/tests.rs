use serde_json::Value;

use super::*;
use crate::{Json, from_slice};

fn error_of(text: &str) -> String {
    match scan(text) {
        Ok(_) => panic!("{text} is accepted"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn errors_have_a_location() {
    for (text, message) in [
        ("", "EOF while parsing a value at line 1 column 1"),
        ("<html>", "expected value at line 1 column 1"),
        ("{\n  \"a\": tru }", "expected `true`, `false` or `null` at line 2 column 11"),
        ("nul", "EOF while parsing a value at line 1 column 4"),
        ("[1,]", "trailing comma at line 1 column 4"),
        ("[1 2]", "expected `,` or `]` at line 1 column 4"),
        ("[1", "EOF while parsing a list at line 1 column 3"),
        ("{\"a\":1,}", "trailing comma at line 1 column 8"),
        ("{\"a\":1 \"b\"}", "expected `,` or `}` at line 1 column 8"),
        ("{\"a\" 1}", "expected `:` at line 1 column 6"),
        ("{1:2}", "key must be a string at line 1 column 2"),
        ("{\"a\":1", "EOF while parsing an object at line 1 column 7"),
        ("{", "EOF while parsing an object at line 1 column 2"),
        ("\"a", "EOF while parsing a string at line 1 column 3"),
        ("\"a\n\"", "control character in a string at line 1 column 3"),
        (r#""\x""#, "invalid escape at line 1 column 3"),
        (r#""\u12g4""#, "invalid escape at line 1 column 6"),
        (r#""\ud800""#, "lone surrogate in hex escape at line 1 column 8"),
        (r#""\ud800\u0041""#, "lone surrogate in hex escape at line 1 column 14"),
        ("01", "invalid number at line 1 column 2"),
        ("1.", "EOF while parsing a value at line 1 column 3"),
        ("1.x", "invalid number at line 1 column 3"),
        ("1e+", "EOF while parsing a value at line 1 column 4"),
        ("-", "EOF while parsing a value at line 1 column 2"),
        ("1 2", "trailing characters at line 1 column 3"),
    ] {
        assert_eq!(error_of(text), message, "{text}");
    }
}

#[test]
fn nesting_is_limited_as_in_serde_json() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |depth: usize| open.repeat(depth) + "1" + &close.repeat(depth);
        assert!(scan(&nested(127)).is_ok());
        assert!(serde_json::from_str::<Value>(&nested(127)).is_ok());
        assert!(error_of(&nested(128)).starts_with("nested too deeply"));
        assert!(serde_json::from_str::<Value>(&nested(128)).is_err());
    }
}

#[test]
fn decimal_numbers_keep_their_text() {
    for text in [
        "0",
        "-0",
        "7",
        "-7",
        "999999999999999999",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "99999999999999999999",
        "0.10",
        "-0.0",
        "1e5",
        "1E+05",
        "1e-7",
        "1e999",
        "12345678901234567.89",
        "1234567890123456789012345678901234567890",
    ] {
        let number: Json = text.parse().unwrap();
        assert_eq!(number.to_string(), text);
        let inside: Json = format!(" [ {text} , {{ \"a\" : {text} }} ] ").parse().unwrap();
        assert_eq!(inside.to_string(), format!("[{text},{{\"a\":{text}}}]"));
    }
}

/// A generator of pseudo-random numbers (SplitMix64), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) as usize % end
    }

    fn pick<'a>(&mut self, parts: &[&'a str]) -> &'a str {
        parts[self.below(parts.len())]
    }

    fn value(&mut self, depth: usize, json: &mut String) {
        const SCALARS: &[&str] = &[
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1.5",
            "1e5",
            "-2E-3",
            "123456789012345678901",
            "1e308",
            "\"\"",
            "\"a\"",
            "\"plain text of some length\"",
            r#""\n\\\/\"""#,
            r#""\u00e9\ud83d\ude00""#,
            "\"é😀\"",
            "\"1234567\\n\"",
            "\"12345678\\t90\"",
        ];
        match if depth == 0 { 2 } else { self.below(4) } {
            0 => {
                json.push('[');
                for index in 0..self.below(4) {
                    json.push_str(if index == 0 { "" } else { self.pick(&[",", " , "]) });
                    self.value(depth - 1, json);
                }
                json.push_str(self.pick(&["]", "\n]"]));
            }
            1 => {
                json.push('{');
                for index in 0..self.below(4) {
                    json.push_str(if index == 0 { "" } else { "," });
                    json.push_str(&format!(
                        "\"k{}{index}\"{}",
                        self.below(100),
                        self.pick(&[":", " :\t"])
                    ));
                    self.value(depth - 1, json);
                }
                json.push_str(self.pick(&["}", " }"]));
            }
            _ => json.push_str(self.pick(SCALARS)),
        }
    }

    /// Replaces, removes or inserts a character.
    fn damage(&mut self, json: &mut String) {
        const INSERTED: &[&str] = &[
            "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "\u{1}", " ", "u",
            "\\ud800", "é",
        ];
        let at = self.below(json.len() + 1);
        let Some(char) = json.get(at..).and_then(|rest| rest.chars().next()) else { return };
        let end = if self.below(2) == 0 { at } else { at + char.len_utf8() };
        json.replace_range(at..end, self.pick(INSERTED));
    }
}

#[test]
fn documents_are_accepted_and_read_as_by_serde_json() {
    let mut random = Random(1);
    for round in 0..40_000 {
        let mut json = String::new();
        random.value(4, &mut json);
        for _ in 0..round % 3 {
            random.damage(&mut json);
        }
        let theirs: Result<Value, _> = serde_json::from_str(&json);
        let ours: Result<Value, _> = from_slice(json.as_bytes());
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => assert_eq!(ours, theirs, "{json}"),
            (Err(_), Err(_)) => {}
            // The only difference: a key that appears twice.
            (Err(error), Ok(_)) if error.to_string().ends_with("appears twice") => {}
            (ours, theirs) => panic!("{json}: {ours:?} instead of {theirs:?}"),
        }
    }
}
