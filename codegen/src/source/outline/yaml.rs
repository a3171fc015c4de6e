//! The locations of a YAML document's values, from the events of a reader that reports them.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::super::lines::Characters;
use super::{Builder, Outline};

/// Ends at the first mistake; what stands before it has its location.
pub(super) fn outline(text: &str) -> Outline {
    let characters = Characters::new(text);
    let mut reader =
        Reader { text, characters, builder: Builder::default(), anchors: BTreeMap::new(), skip: 0 };
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        match event {
            // A document has one value; a second one is not read.
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
    /// The item each anchor stands at.
    anchors: BTreeMap<usize, usize>,
    /// How deep inside a list or map that stands where a key is expected.
    skip: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: &Event<'_>, span: Span) {
        let start = self.characters.byte(span.start.index());
        if self.skipped(event, start) {
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
                // Only a list or map in brackets ends at a character of its own.
                let opened = self.builder.open.last().and_then(|o| self.builder.items.get(o.item));
                let sign = opened.map_or("", |item| self.at(item.value.start));
                let flow = sign.starts_with(['[', '{']);
                let bracket = self.at(start).starts_with([']', '}']);
                self.builder.close((flow && bracket).then_some(start + 1));
            }
            _ => {}
        }
    }

    /// Steps over a list or map that is a key; reading refuses it, but counts what stands before.
    fn skipped(&mut self, event: &Event<'_>, start: usize) -> bool {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..)
                if self.skip > 0 || self.builder.expects_key() =>
            {
                self.skip += 1;
                true
            }
            Event::SequenceEnd | Event::MappingEnd if self.skip > 0 => {
                self.skip -= 1;
                if self.skip == 0 {
                    self.builder.key(start..start);
                }
                true
            }
            _ => self.skip > 0,
        }
    }

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

    fn open(&mut self, start: usize, anchor: usize, map: bool) {
        let mut start = self.behind_properties(start);
        // The event of a list that is indented like its key stands behind the first dash.
        let before = self.text.get(..start).unwrap_or_default().trim_end();
        if !map && before.ends_with('-') && !self.at(start).starts_with(['-', '[']) {
            start = before.len() - 1;
        }
        let item = self.builder.open(start, map);
        if anchor > 0 {
            self.anchors.insert(anchor, item);
        }
    }

    fn at(&self, start: usize) -> &str {
        self.text.get(start..).unwrap_or_default()
    }

    /// The start of a value behind its anchor and tag.
    fn behind_properties(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(rest) = self.text.get(at..)
            && rest.starts_with(['&', '!'])
        {
            let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
            at += word;
            at += blank(self.at(at));
        }
        at
    }

    /// What belongs to a scalar: the events include blanks and comments behind some of them.
    fn scalar(&self, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
        let start = self.behind_properties(range.start);
        let rest = self.at(start);
        let length = match style {
            ScalarStyle::SingleQuoted => single_quoted(rest),
            ScalarStyle::DoubleQuoted => double_quoted(rest),
            _ => {
                let text = self.text.get(start..range.end).unwrap_or_default();
                text.trim_end().len()
            }
        };
        start.min(range.end)..(start + length).min(range.end.max(start))
    }
}

/// The length of blanks, line breaks and comments at the start of `text`.
fn blank(text: &str) -> usize {
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

fn single_quoted(text: &str) -> usize {
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

fn double_quoted(text: &str) -> usize {
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
