//! Translation of patterns from the syntax of ECMA-262 to that of the crate `regex`.
//!
//! Only what certainly means the same is translated. The pattern is known to be valid, so whatever is not
//! recognized here is a construct that the crate lacks or defines differently.

use std::fmt::Write;
use std::iter::Peekable;
use std::str::Chars;

/// Returns a pattern that matches the same texts, if there certainly is one.
pub(super) fn to_regex_syntax(pattern: &str, is_unicode: bool) -> Option<String> {
    let translator =
        Translator { rest: pattern.chars().peekable(), is_unicode, translated: String::new() };
    translator.translate()
}

struct Translator<'p> {
    rest: Peekable<Chars<'p>>,
    /// Whether the pattern is in Unicode mode.
    is_unicode: bool,
    translated: String,
}

/// One element of a character class, or an escape that is one.
enum ClassItem {
    Char(char),
    /// A class, in the syntax of `regex`.
    Class(String),
}

const DIGITS: &str = "0-9";
const WORD: &str = "0-9A-Z_a-z";
/// `WhiteSpace` and `LineTerminator`.
const SPACES: &str =
    r"\t\n\x0B\f\r \u{A0}\u{1680}\u{2000}-\u{200A}\u{2028}\u{2029}\u{202F}\u{205F}\u{3000}\u{FEFF}";
const NO_LINE_TERMINATOR: &str = r"[^\n\r\u{2028}\u{2029}]";

impl Translator<'_> {
    fn translate(mut self) -> Option<String> {
        while let Some(char) = self.rest.next() {
            match char {
                // Without the flag `m`, both mean the ends of the text.
                '^' => self.translated.push_str(r"\A"),
                '$' => self.translated.push_str(r"\z"),
                '.' => self.translated.push_str(NO_LINE_TERMINATOR),
                '|' | ')' | '*' | '+' | '?' => self.translated.push(char),
                '(' => self.group()?,
                '[' => self.class()?,
                '{' => self.brace(),
                '\\' => self.escape()?,
                char => self.push_char(char),
            }
        }
        Some(self.translated)
    }

    fn push_char(&mut self, char: char) {
        push_char(&mut self.translated, char);
    }

    /// Consumes the next character, if it is `char`.
    fn take(&mut self, char: char) -> bool {
        self.rest.next_if_eq(&char).is_some()
    }

    /// Translates the start of a group, unless it is a look-around. Captures are not needed.
    fn group(&mut self) -> Option<()> {
        if self.take('?') && !self.take(':') {
            if !self.take('<') || matches!(self.rest.peek(), Some('=' | '!')) {
                return None;
            }
            self.rest.by_ref().find(|char| *char == '>')?;
        }
        self.translated.push_str("(?:");
        Some(())
    }

    /// Translates a brace: of a quantifier, or a literal one, which the legacy syntax allows.
    fn brace(&mut self) {
        let ahead = self.rest.clone();
        let quantifier: String = ahead.take_while(|char| *char != '}').collect();
        let (min, max) = quantifier.split_once(',').unwrap_or((&quantifier, ""));
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if min.is_empty() || !is_number(min) || !is_number(max) {
            return self.push_char('{');
        }
        let is_closed = self.rest.clone().nth(quantifier.len()) == Some('}');
        if !is_closed {
            return self.push_char('{');
        }
        self.rest.nth(quantifier.len());
        self.translated.extend(["{", &quantifier, "}"]);
    }

    fn escape(&mut self) -> Option<()> {
        if self.take('b') {
            // The crate's default is a boundary of Unicode words.
            self.translated.push_str(r"(?-u:\b)");
            return Some(());
        }
        match self.escaped()? {
            ClassItem::Char(char) => self.push_char(char),
            ClassItem::Class(class) => self.translated.push_str(&class),
        }
        Some(())
    }

    /// Reads an escape that means the same inside and outside of a class, after the backslash.
    fn escaped(&mut self) -> Option<ClassItem> {
        let class = |set: &str| Some(ClassItem::Class(format!("[{set}]")));
        let char = match self.rest.next()? {
            'd' => return class(DIGITS),
            'D' => return class(&format!("^{DIGITS}")),
            'w' => return class(WORD),
            'W' => return class(&format!("^{WORD}")),
            's' => return class(SPACES),
            'S' => return class(&format!("^{SPACES}")),
            letter @ ('p' | 'P') if self.is_unicode => return self.category(letter),
            'f' => '\u{C}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\u{B}',
            '0' if !self.rest.peek().is_some_and(char::is_ascii_digit) => '\0',
            'x' => self.hex(2)?,
            'u' if self.is_unicode && self.take('{') => self.hex_in_braces()?,
            'u' => self.hex(4)?,
            char if char.is_ascii_punctuation() || char == ' ' => char,
            _ => return None,
        };
        Some(ClassItem::Char(char))
    }

    /// Reads so many hexadecimal digits. Half of a surrogate pair is no character.
    fn hex(&mut self, len: usize) -> Option<char> {
        let digits: String = self.rest.clone().take(len).collect();
        if digits.len() != len || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.rest.nth(len - 1);
        char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
    }

    fn hex_in_braces(&mut self) -> Option<char> {
        let mut digits = String::new();
        loop {
            match self.rest.next()? {
                '}' => return char::from_u32(u32::from_str_radix(&digits, 16).ok()?),
                digit => digits.push(digit),
            }
        }
    }

    /// Reads a general category in its short form, such as `\p{Lu}`: both syntaxes have those. They mean the
    /// same characters, except for characters that are new in one of the two Unicode versions; of the others,
    /// the last version moved one from `Ll` to `Lo`.
    fn category(&mut self, letter: char) -> Option<ClassItem> {
        if !self.take('{') {
            return None;
        }
        let name: String = self.rest.by_ref().take_while(|char| *char != '}').collect();
        let mut chars = name.chars();
        let is_group = chars.next().is_some_and(|char| "LMNPSZ".contains(char));
        let is_short = chars.next().is_none_or(|char| char.is_ascii_lowercase());
        let is_known = is_group && is_short && chars.next().is_none();
        let is_same = is_known && !matches!(name.as_str(), "Ll" | "Lo");
        is_same.then(|| ClassItem::Class(format!("\\{letter}{{{name}}}")))
    }

    /// Translates a character class, after its bracket.
    fn class(&mut self) -> Option<()> {
        let mut class = String::from(if self.take('^') { "[^" } else { "[" });
        let start = class.len();
        while !self.take(']') {
            let first = self.class_item()?;
            let mut after = self.rest.clone();
            let is_range = after.next() == Some('-') && after.next().is_some_and(|it| it != ']');
            if !is_range {
                push_item(&mut class, &first);
                continue;
            }
            self.rest.next();
            match (first, self.class_item()?) {
                (ClassItem::Char(first), ClassItem::Char(last)) => {
                    push_char(&mut class, first);
                    class.push('-');
                    push_char(&mut class, last);
                }
                // In the legacy syntax, `[\w-.]` is not a range.
                (first, last) => {
                    push_item(&mut class, &first);
                    push_char(&mut class, '-');
                    push_item(&mut class, &last);
                }
            }
        }
        // An empty class is an error in the crate.
        let is_empty = class.len() == start;
        class.push(']');
        self.translated.push_str(&class);
        (!is_empty).then_some(())
    }

    fn class_item(&mut self) -> Option<ClassItem> {
        match self.rest.next()? {
            '\\' if self.take('b') => Some(ClassItem::Char('\u{8}')),
            '\\' => self.escaped(),
            char => Some(ClassItem::Char(char)),
        }
    }
}

fn push_item(translated: &mut String, item: &ClassItem) {
    match item {
        ClassItem::Char(char) => push_char(translated, *char),
        ClassItem::Class(class) => translated.push_str(class),
    }
}

/// Appends a literal character. Those that may have a meaning are escaped.
fn push_char(translated: &mut String, char: char) {
    if char.is_alphanumeric() {
        translated.push(char);
    } else {
        // Writing to a string does not fail.
        let _ = write!(translated, "\\u{{{:X}}}", u32::from(char));
    }
}
