//! A parser for `text/event-stream` (HTML §9.2.6).

use std::time::Duration;

use bytes::{Buf, BytesMut};

/// An event whose data is not decoded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RawEvent {
    pub(super) name: Option<String>,
    pub(super) data: String,
}

/// Parses events from a stream of bytes.
#[derive(Debug, Default)]
pub(super) struct Parser {
    /// The received bytes that are not yet a complete line.
    rest: BytesMut,
    /// The length of the prefix of `rest` that is known to contain no line end.
    searched: usize,
    /// Whether the first line has been read: a byte order mark is removed from it.
    started: bool,
    /// The incomplete event, and whether it has any data.
    event: RawEvent,
    has_data: bool,
    /// The ID of the last event, after which the next connection resumes.
    pub(super) last_id: Option<String>,
    /// How long the server asks to wait before reconnecting.
    pub(super) wait: Option<Duration>,
}

impl Parser {
    /// Appends received bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
    }

    /// Returns the number of buffered bytes of an incomplete event.
    pub(super) fn buffered(&self) -> usize {
        self.rest.len() + self.event.data.len()
    }

    /// Prepares for a new connection: discards the incomplete event.
    pub(super) fn restart(&mut self) {
        let (last_id, wait) = (self.last_id.take(), self.wait.take());
        *self = Self { last_id, wait, ..Self::default() };
    }

    /// Returns the next complete event, if one is buffered.
    pub(super) fn next(&mut self) -> Option<RawEvent> {
        while let Some(line) = self.line() {
            if !line.is_empty() {
                self.field(&line);
                continue;
            }
            let event = std::mem::take(&mut self.event);
            if std::mem::take(&mut self.has_data) {
                return Some(event);
            }
        }
        None
    }

    /// Returns the next line without its end, which is CR, LF or both.
    fn line(&mut self) -> Option<String> {
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let Some(found) = self.rest[self.searched..].iter().position(is_end) else {
            self.searched = self.rest.len();
            return None;
        };
        let end = self.searched + found;
        let length = match (self.rest[end], self.rest.get(end + 1)) {
            (b'\r', Some(b'\n')) => 2,
            // LF may follow in the next chunk.
            (b'\r', None) => {
                self.searched = end;
                return None;
            }
            _ => 1,
        };
        let line = self.rest.split_to(end);
        self.rest.advance(length);
        self.searched = 0;
        let line = String::from_utf8_lossy(&line);
        let line = match std::mem::replace(&mut self.started, true) {
            false => line.strip_prefix('\u{feff}').unwrap_or(&line).to_owned(),
            true => line.into_owned(),
        };
        Some(line)
    }

    /// Processes a line with a field.
    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "event" => self.event.name = (!value.is_empty()).then(|| value.to_owned()),
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            "id" if !value.contains('\0') => {
                self.last_id = (!value.is_empty()).then(|| value.to_owned());
            }
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.wait = value.parse().ok().map(Duration::from_millis);
            }
            // A comment or an unknown field.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(chunks: &[&str]) -> Vec<(Option<String>, String)> {
        let mut parser = Parser::default();
        let mut found = Vec::new();
        for chunk in chunks {
            parser.push(chunk.as_bytes());
            while let Some(RawEvent { name, data }) = parser.next() {
                found.push((name, data));
            }
        }
        found
    }

    fn data(texts: &[&str]) -> Vec<(Option<String>, String)> {
        texts.iter().map(|text| (None, (*text).to_owned())).collect()
    }

    #[test]
    fn examples_of_the_specification_are_parsed() {
        assert_eq!(events(&["data: YHOO\ndata: +2\ndata: 10\n\n"]), data(&["YHOO\n+2\n10"]));
        let stream = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n";
        assert_eq!(events(&[stream]), data(&["first event", "second event"]));
        assert_eq!(events(&["data\n\ndata\ndata\n\ndata:"]), data(&["", "\n"]));
        assert_eq!(events(&["data:test\n\ndata: test\n\n"]), data(&["test", "test"]));
    }

    #[test]
    fn all_line_ends_are_recognised_across_chunks() {
        let stream = "\u{feff}event: a\r\ndata: é\r\n\r\nevent: b\rdata: 2\r\rdata: 3\n\n";
        let expected = [(Some("a"), "é"), (Some("b"), "2"), (None, "3")]
            .map(|(name, data)| (name.map(str::to_owned), data.to_owned()));
        assert_eq!(events(&[stream]), expected);
        let bytes = stream.as_bytes();
        let mut parser = Parser::default();
        let mut found = Vec::new();
        for byte in bytes {
            parser.push(&[*byte]);
            while let Some(RawEvent { name, data }) = parser.next() {
                found.push((name, data));
            }
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn restart_keeps_the_last_id_and_drops_the_incomplete_event() {
        let mut parser = Parser::default();
        parser.push(b"id: 7\nretry: 250\ndata: x\n\nid: 8\0\nretry: soon\ndata: half");
        assert_eq!(parser.next().unwrap().data, "x");
        assert_eq!(parser.next(), None);
        assert_eq!(parser.last_id.as_deref(), Some("7"));
        assert_eq!(parser.wait, Some(Duration::from_millis(250)));
        assert!(parser.buffered() > 0);
        parser.restart();
        assert_eq!((parser.buffered(), parser.last_id.as_deref()), (0, Some("7")));
    }
}
