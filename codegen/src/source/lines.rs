//! Converts between bytes, characters, lines and columns of a text.

use std::ops::Range;

use super::input::BYTE_ORDER_MARK;

/// The starts of the lines of a file.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    pub(super) fn as_str(&self) -> &'a str {
        self.text
    }

    /// Returns the line and the column of a byte, both starting at 1, the column in characters.
    pub(super) fn position(&self, offset: usize) -> (usize, usize) {
        let offset = floor_char_boundary(self.text, offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.line(offset).start;
        let before = self.text.get(start..offset.max(start)).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// Returns the line that contains a byte, without its line break and without a byte order mark.
    pub(super) fn line(&self, offset: usize) -> Range<usize> {
        let line = self.starts.partition_point(|start| *start <= offset);
        let mut start = line.checked_sub(1).and_then(|i| self.starts.get(i)).copied().unwrap_or(0);
        let next = self.starts.get(line).copied().unwrap_or(self.text.len());
        let rest = self.text.get(start..next).unwrap_or_default();
        let end = start + rest.trim_end_matches(['\r', '\n']).len();
        if start == 0 && self.text.starts_with(BYTE_ORDER_MARK) {
            start = BYTE_ORDER_MARK.len_utf8().min(end);
        }
        start..end
    }
}

/// Returns the nearest character boundary at or before a byte.
pub(crate) fn floor_char_boundary(text: &str, offset: usize) -> usize {
    let offset = offset.min(text.len());
    (0..=offset).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Converts character indices to byte offsets, for parsers that count characters.
pub(super) struct Characters<'a> {
    text: &'a str,
    /// The byte offset of every 256th character; empty if every character is one byte.
    offsets: Vec<usize>,
}

const STEP: usize = 256;

impl<'a> Characters<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let offsets = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().step_by(STEP).map(|(at, _)| at).collect()
        };
        Self { text, offsets }
    }

    /// Returns the byte offset of a character.
    pub(super) fn byte(&self, character: usize) -> usize {
        if self.offsets.is_empty() {
            return character.min(self.text.len());
        }
        let Some(offset) = self.offsets.get(character / STEP) else { return self.text.len() };
        let rest = self.text.get(*offset..).unwrap_or_default();
        rest.char_indices().nth(character % STEP).map_or(self.text.len(), |(at, _)| offset + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn column_counts_characters_after_the_byte_order_mark() {
        let lines = Lines::new("\u{feff}é: 1\r\nb: 2\n");
        assert_eq!(lines.position(3), (1, 1));
        assert_eq!(lines.position(5), (1, 2));
        assert_eq!(lines.line(5), 3..8);
        assert_eq!(lines.position(10), (2, 1));
        assert_eq!(lines.position(99), (3, 1));
    }

    #[test]
    fn character_beyond_the_first_step_has_the_correct_offset() {
        let text = format!("{}é{}", "x".repeat(300), "y".repeat(300));
        let characters = Characters::new(&text);
        assert_eq!(characters.byte(300), 300);
        assert_eq!(characters.byte(301), 302);
        assert_eq!(characters.byte(10_000), text.len());
    }
}
