//! The format of `text/event-stream` (HTML §9.2.6).

use std::time::Duration;

use bytes::{Buf, BytesMut};

/// An event as it stands in the stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Raw {
    pub(super) name: Option<String>,
    pub(super) data: String,
}

/// Reads events out of bytes as they come.
#[derive(Debug, Default)]
pub(super) struct Parser {
    /// What has come and is no whole line yet.
    rest: BytesMut,
    /// How much of it holds no end of a line.
    searched: usize,
    begun: bool,
    /// The event under way, and whether it has any data.
    event: Raw,
    has_data: bool,
    /// The id that the next connection begins behind.
    pub(super) last_id: Option<String>,
    /// How long the server asks to wait before the next connection.
    pub(super) wait: Option<Duration>,
}

impl Parser {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.rest.extend_from_slice(bytes);
    }

    /// How much is held of an event that is not whole.
    pub(super) fn held(&self) -> usize {
        self.rest.len() + self.event.data.len()
    }

    /// A new connection begins: what was not whole is lost.
    pub(super) fn restart(&mut self) {
        let (last_id, wait) = (self.last_id.take(), self.wait.take());
        *self = Self { last_id, wait, ..Self::default() };
    }

    /// The next whole event.
    pub(super) fn next(&mut self) -> Option<Raw> {
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

    /// The next line without its end, which is CR, LF or both.
    fn line(&mut self) -> Option<String> {
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let Some(found) = self.rest[self.searched..].iter().position(is_end) else {
            self.searched = self.rest.len();
            return None;
        };
        let end = self.searched + found;
        let length = match (self.rest[end], self.rest.get(end + 1)) {
            (b'\r', Some(b'\n')) => 2,
            // A line feed may follow.
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
        let line = match std::mem::replace(&mut self.begun, true) {
            false => line.strip_prefix('\u{feff}').unwrap_or(&line).to_owned(),
            true => line.into_owned(),
        };
        Some(line)
    }

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
            // A comment, or a field that nobody knows.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(pieces: &[&str]) -> Vec<(Option<String>, String)> {
        let mut parser = Parser::default();
        let mut found = Vec::new();
        for piece in pieces {
            parser.push(piece.as_bytes());
            while let Some(Raw { name, data }) = parser.next() {
                found.push((name, data));
            }
        }
        found
    }

    fn data(texts: &[&str]) -> Vec<(Option<String>, String)> {
        texts.iter().map(|text| (None, (*text).to_owned())).collect()
    }

    #[test]
    fn the_examples_of_the_specification() {
        assert_eq!(events(&["data: YHOO\ndata: +2\ndata: 10\n\n"]), data(&["YHOO\n+2\n10"]));
        let stream = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n";
        assert_eq!(events(&[stream]), data(&["first event", "second event"]));
        assert_eq!(events(&["data\n\ndata\ndata\n\ndata:"]), data(&["", "\n"]));
        assert_eq!(events(&["data:test\n\ndata: test\n\n"]), data(&["test", "test"]));
    }

    #[test]
    fn lines_end_in_three_ways_wherever_pieces_do() {
        let stream = "\u{feff}event: a\r\ndata: é\r\n\r\nevent: b\rdata: 2\r\rdata: 3\n\n";
        let expected = [(Some("a"), "é"), (Some("b"), "2"), (None, "3")]
            .map(|(name, data)| (name.map(str::to_owned), data.to_owned()));
        assert_eq!(events(&[stream]), expected);
        let bytes = stream.as_bytes();
        let mut parser = Parser::default();
        let mut found = Vec::new();
        for byte in bytes {
            parser.push(&[*byte]);
            while let Some(Raw { name, data }) = parser.next() {
                found.push((name, data));
            }
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn where_to_go_on_and_when() {
        let mut parser = Parser::default();
        parser.push(b"id: 7\nretry: 250\ndata: x\n\nid: 8\0\nretry: soon\ndata: half");
        assert_eq!(parser.next().unwrap().data, "x");
        assert_eq!(parser.next(), None);
        assert_eq!(parser.last_id.as_deref(), Some("7"));
        assert_eq!(parser.wait, Some(Duration::from_millis(250)));
        assert!(parser.held() > 0);
        parser.restart();
        assert_eq!((parser.held(), parser.last_id.as_deref()), (0, Some("7")));
    }
}
