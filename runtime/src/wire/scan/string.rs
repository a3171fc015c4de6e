//! Strings of a JSON document.

use super::super::keys::KeyHash;
use super::super::syntax_error::SyntaxFault;
use super::super::tape::{Item, TextRange};
use super::Scanner;

impl Scanner<'_, '_> {
    /// Reads the string whose quotation mark is at `at`.
    #[inline(always)]
    pub(super) fn string(&mut self, at: usize) -> Option<usize> {
        let start = at + 1;
        let end = plain_end(self.bytes, start);
        match self.byte(end) {
            Some(b'"') => self.push(Item::String(TextRange::new(start, end)), end + 1),
            _ => {
                let (text, end) = self.text_with_escapes(start, end)?;
                self.push(Item::OwnedString(text), end)
            }
        }
    }

    /// Reads the key whose quotation mark is at `at`, and returns its hash, too.
    #[inline(always)]
    pub(super) fn key(&mut self, at: usize) -> Option<(KeyHash, usize)> {
        let start = at + 1;
        let end = plain_end(self.bytes, start);
        match self.byte(end) {
            Some(b'"') => {
                let hash = KeyHash::new(self.bytes.get(start..end).unwrap_or_default());
                let text = TextRange::new(start, end);
                let end = self.push(Item::Key { hash, next: 0, text }, end + 1)?;
                Some((hash, end))
            }
            _ => {
                let (text, end) = self.text_with_escapes(start, end)?;
                let hash = KeyHash::new(self.tape.owned_text(text).as_bytes());
                let end = self.push(Item::OwnedKey { hash, next: 0, text }, end)?;
                Some((hash, end))
            }
        }
    }

    /// Reads the string that starts at `start`, and is not plain at `end`, into the texts of the tape.
    #[cold]
    fn text_with_escapes(&mut self, start: usize, end: usize) -> Option<(u32, usize)> {
        let mut text = String::new();
        let (mut plain, mut at) = (start, end);
        loop {
            text.push_str(self.text.get(plain..at).unwrap_or_default());
            match self.byte(at) {
                Some(b'"') => {
                    let result = self.tape.push_text(text);
                    return self.checked(at, result).map(|index| (index, at + 1));
                }
                Some(b'\\') => {
                    let (escaped, end) = self.escape(at + 1)?;
                    text.push(escaped);
                    plain = end;
                }
                Some(_) => return self.fail(at, SyntaxFault::ControlCharacter),
                None => return self.fail(at, SyntaxFault::EndInString),
            }
            at = plain_end(self.bytes, plain);
        }
    }

    /// Reads the rest of an escape, after the backslash.
    fn escape(&mut self, at: usize) -> Option<(char, usize)> {
        let escaped = match self.byte(at) {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(at + 1),
            Some(_) => return self.fail(at, SyntaxFault::InvalidEscape),
            None => return self.fail(at, SyntaxFault::EndInString),
        };
        Some((escaped, at + 1))
    }

    /// Reads the rest of a Unicode escape, after `\u`. A character beyond 16 bits is two of them.
    fn unicode_escape(&mut self, start: usize) -> Option<(char, usize)> {
        let (unit, at) = self.hex_digits(start)?;
        let (code, end) = match unit {
            0xD800..0xDC00 => {
                let is_pair = self.bytes.get(at..).is_some_and(|rest| rest.starts_with(b"\\u"));
                if !is_pair {
                    return self.fail(at, SyntaxFault::LoneSurrogate);
                }
                match self.hex_digits(at + 2)? {
                    (low @ 0xDC00..0xE000, end) => {
                        (0x1_0000 + ((unit - 0xD800) << 10) + (low - 0xDC00), end)
                    }
                    (_, end) => return self.fail(end, SyntaxFault::LoneSurrogate),
                }
            }
            _ => (unit, at),
        };
        match char::from_u32(code) {
            Some(escaped) => Some((escaped, end)),
            None => self.fail(end, SyntaxFault::LoneSurrogate),
        }
    }

    fn hex_digits(&mut self, start: usize) -> Option<(u32, usize)> {
        let mut value = 0;
        let end = start + 4;
        for at in start..end {
            let Some(byte) = self.byte(at) else {
                return self.fail(at, SyntaxFault::EndInString);
            };
            let Some(digit) = char::from(byte).to_digit(16) else {
                return self.fail(at, SyntaxFault::InvalidEscape);
            };
            value = value << 4 | digit;
        }
        Some((value, end))
    }
}

/// Returns the index of the first quotation mark, backslash or control character from `at`, or the end.
#[inline(always)]
fn plain_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let special = special_bytes(u64::from_le_bytes(*chunk));
        if special != 0 {
            return at + special.trailing_zeros() as usize / 8;
        }
        at += size_of::<u64>();
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let is_special = |byte: &u8| *byte < 0x20 || matches!(*byte, b'"' | b'\\');
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Marks the quotation marks, backslashes and control characters in a word. The lowest bit that is set belongs
/// to the first of them; higher bits may be wrong, since subtractions carry.
#[inline(always)]
fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGH_BITS: u64 = ONES << 7;
    let quotes = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslashes = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let controls = word.wrapping_sub(ONES * 0x20);
    (quotes | backslashes | controls) & !word & HIGH_BITS
}
