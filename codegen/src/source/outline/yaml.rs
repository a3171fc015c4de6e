//! Locates the values of a YAML document, from the positions of the events of `saphyr-parser`.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::super::lines::Characters;
use super::{Builder, Outline};

/// Returns the outline of a YAML document, up to the first syntax error.
pub(super) fn outline(text: &str) -> Outline {
    let characters = Characters::new(text);
    let mut reader = Reader {
        text,
        characters,
        builder: Builder::default(),
        anchors: BTreeMap::new(),
        skipped_depth: 0,
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        match event {
            // Only the first document is read.
            Event::DocumentEnd => break,
            event => reader.event(&event, span),
        }
    }
    reader.builder.finish()
}

struct Reader<'a> {
    text: &'a str,
    characters: Characters<'a>,
    builder: Builder,
    /// The index of the item that each anchor is on.
    anchors: BTreeMap<usize, usize>,
    /// How many levels deep the reader is inside an array or object that is used as a key; 0 outside
    /// of one.
    skipped_depth: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        let start = self.characters.byte(span.start.index());
        if self.is_skipped(event, start) {
            return;
        }
        match event {
            Event::Scalar(_, style, anchor, _) => {
                let end = self.characters.byte(span.end.index());
                let range = self.scalar(start..end, *style);
                self.leaf(range, *anchor, None);
            }
            Event::Alias(anchor) => {
                let end = self.characters.byte(span.end.index());
                self.leaf(start..end, 0, self.anchors.get(anchor).copied());
            }
            Event::SequenceStart(anchor, _) => self.open(start, *anchor, false),
            Event::MappingStart(anchor, _) => self.open(start, *anchor, true),
            Event::SequenceEnd | Event::MappingEnd => {
                // A flow array or object ends with its bracket. A block one has none, and ends with its
                // last value.
                let opened = self.builder.open.last().and_then(|o| self.builder.items.get(o.item));
                let text = opened.map_or("", |item| self.text_from(item.value.start));
                let is_flow = text.starts_with(['[', '{']);
                let is_bracket = self.text_from(start).starts_with([']', '}']);
                self.builder.close((is_flow && is_bracket).then_some(start + 1));
            }
            _ => {}
        }
    }

    /// Returns whether to skip an event because it is part of an array or object that is used as a key.
    /// Such a document is rejected, so only the key as a whole is located.
    fn is_skipped(&mut self, event: &Event<'_>, start: usize) -> bool {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..)
                if self.skipped_depth > 0 || self.builder.expects_key() =>
            {
                self.skipped_depth += 1;
                true
            }
            Event::SequenceEnd | Event::MappingEnd if self.skipped_depth > 0 => {
                self.skipped_depth -= 1;
                if self.skipped_depth == 0 {
                    self.builder.key(start..start);
                }
                true
            }
            _ => self.skipped_depth > 0,
        }
    }

    /// Adds a scalar or an alias: a key if one comes next, otherwise a value.
    fn leaf(&mut self, range: Range<usize>, anchor: usize, target: Option<usize>) {
        if self.builder.expects_key() {
            self.builder.key(range);
            return;
        }
        let item = self.builder.leaf(range, target);
        if anchor > 0 {
            self.anchors.insert(anchor, item);
        }
    }

    /// Opens an array or object.
    fn open(&mut self, start: usize, anchor: usize, is_object: bool) {
        let mut start = self.skip_properties(start);
        // If an array is indented like its key, its event starts after the first dash.
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        if !is_object && before.ends_with('-') && !self.text_from(start).starts_with(['-', '[']) {
            start = before.len() - 1;
        }
        let item = self.builder.open(start, is_object);
        if anchor > 0 {
            self.anchors.insert(anchor, item);
        }
    }

    /// Returns the text from an offset to the end.
    fn text_from(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or_default()
    }

    /// Returns the start of a value, after its anchor and tag (its "properties" in YAML).
    fn skip_properties(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(rest) = self.text.get(at..)
            && rest.starts_with(['&', '!'])
        {
            at += rest.find(char::is_whitespace).unwrap_or(rest.len());
            at += blank_length(self.text_from(at));
        }
        at
    }

    /// Returns the range of a scalar without trailing blanks and comments, which some events
    /// include.
    fn scalar(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let start = self.skip_properties(range.start);
        let rest = self.text_from(start);
        let length = match style {
            ScalarStyle::SingleQuoted => single_quoted_length(rest),
            ScalarStyle::DoubleQuoted => double_quoted_length(rest),
            _ => {
                let text = self.text.get(start..range.end).unwrap_or_default();
                text.trim_end().len()
            }
        };
        start.min(range.end)..(start + length).min(range.end.max(start))
    }
}

/// Returns the length of blanks, line breaks and comments at the start of `text`.
fn blank_length(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let blanks = rest.len() - rest.trim_start().len();
        if !rest.get(blanks..).is_some_and(|rest| rest.starts_with('#')) {
            return at + blanks;
        }
        at += blanks;
        at += text.get(at..).and_then(|rest| rest.find('\n')).unwrap_or(text.len() - at);
    }
    at
}

fn single_quoted_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'\'', Some(b'\'')) => at += 2,
            (b'\'', _) => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

fn double_quoted_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}
