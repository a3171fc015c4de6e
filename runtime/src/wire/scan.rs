//! Reading JSON text into a [`Tape`]. A parser of its own keeps the digits of numbers, which a parser for
//! serde turns into floats.

mod number;
mod string;

use super::builder::OpenObject;
use super::syntax_error::{SyntaxError, SyntaxFault};
use super::tape::{Item, Tape, TooLarge};

/// The maximum nesting depth, as in `serde_json`: reading and decoding are recursive.
const MAX_DEPTH: u8 = 127;

/// Reads a JSON document (RFC 8259) into a tape.
///
/// # Errors
/// If the text is not JSON, or is too large for the tape.
pub(super) fn scan(text: &str) -> Result<Tape<'_>, SyntaxError> {
    let mut tape = Tape::for_text(text)
        .map_err(|TooLarge| SyntaxError::new(SyntaxFault::TooLarge, text, text.len()))?;
    let mut scanner = Scanner::new(text, &mut tape);
    match scanner.document() {
        Some(()) => Ok(tape),
        None => Err(SyntaxError::new(scanner.fault, text, scanner.fault_at)),
    }
}

/// Returns the item of a number, if the text is one.
pub(super) fn scan_number(text: &str) -> Option<Item> {
    let mut tape = Tape::default();
    let end = Scanner::new(text, &mut tape).number(0)?;
    tape.items.last().copied().filter(|_| end == text.len())
}

/// Reads a text. Its methods start at an index of the text, and return the index after what they have read,
/// or `None` after a fault.
struct Scanner<'a, 'de> {
    text: &'de str,
    bytes: &'de [u8],
    tape: &'a mut Tape<'de>,
    /// The first fault, and the index of the byte where it was found.
    fault: SyntaxFault,
    fault_at: usize,
}

impl<'a, 'de> Scanner<'a, 'de> {
    fn new(text: &'de str, tape: &'a mut Tape<'de>) -> Self {
        let fault = SyntaxFault::EndInValue;
        Self { text, bytes: text.as_bytes(), tape, fault, fault_at: text.len() }
    }

    #[cold]
    fn fail<T>(&mut self, at: usize, fault: SyntaxFault) -> Option<T> {
        (self.fault, self.fault_at) = (fault, at);
        None
    }

    /// Returns the result of changing the tape.
    #[inline(always)]
    fn checked<T>(&mut self, at: usize, result: Result<T, TooLarge>) -> Option<T> {
        match result {
            Ok(it) => Some(it),
            Err(TooLarge) => self.fail(at, SyntaxFault::TooLarge),
        }
    }

    #[inline(always)]
    fn push(&mut self, item: Item, end: usize) -> Option<usize> {
        let result = self.tape.push(item);
        self.checked(end, result).map(|()| end)
    }

    #[inline(always)]
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    /// Returns the first byte from `at` that is not whitespace, and its index.
    #[inline(always)]
    fn token(&self, at: usize) -> (usize, Option<u8>) {
        match self.byte(at) {
            Some(..=b' ') => self.token_after_whitespace(at),
            token => (at, token),
        }
    }

    fn token_after_whitespace(&self, at: usize) -> (usize, Option<u8>) {
        let is_whitespace = |byte: &u8| matches!(*byte, b' ' | b'\n' | b'\t' | b'\r');
        let rest = self.bytes.get(at..).unwrap_or_default();
        let token = rest.iter().position(|byte| !is_whitespace(byte));
        let at = at + token.unwrap_or(rest.len());
        (at, self.byte(at))
    }

    fn document(&mut self) -> Option<()> {
        let end = self.value(0, MAX_DEPTH)?;
        match self.token(end) {
            (_, None) => Some(()),
            (at, Some(_)) => self.fail(at, SyntaxFault::TrailingCharacters),
        }
    }

    /// Reads a value that contains at most `depth` levels of arrays and objects.
    fn value(&mut self, at: usize, depth: u8) -> Option<usize> {
        let (at, token) = self.token(at);
        match token {
            Some(b'"') => self.string(at),
            Some(b'{') => self.object(at, depth),
            Some(b'[') => self.array(at, depth),
            Some(b'-' | b'0'..=b'9') => self.number(at),
            Some(b't') => self.literal(at, "true", Item::Bool(true)),
            Some(b'f') => self.literal(at, "false", Item::Bool(false)),
            Some(b'n') => self.literal(at, "null", Item::Null),
            Some(_) => self.fail(at, SyntaxFault::ExpectedValue),
            None => self.fail(at, SyntaxFault::EndInValue),
        }
    }

    fn literal(&mut self, at: usize, literal: &str, item: Item) -> Option<usize> {
        let rest = self.bytes.get(at..).unwrap_or_default();
        if rest.starts_with(literal.as_bytes()) {
            return self.push(item, at + literal.len());
        }
        let same = rest.iter().zip(literal.bytes()).take_while(|(a, b)| **a == *b).count();
        let is_end = same == rest.len();
        let fault = if is_end { SyntaxFault::EndInValue } else { SyntaxFault::ExpectedLiteral };
        self.fail(at + same, fault)
    }

    fn array(&mut self, start: usize, depth: u8) -> Option<usize> {
        let Some(depth) = depth.checked_sub(1) else {
            return self.fail(start, SyntaxFault::TooDeep);
        };
        let result = self.tape.open();
        let array = self.checked(start, result)?;
        let mut len = 0;
        let (mut at, mut token) = self.token(start + 1);
        if token != Some(b']') {
            loop {
                at = self.value(at, depth)?;
                len += 1;
                (at, token) = self.token(at);
                match token {
                    Some(b',') => at += 1,
                    Some(b']') => break,
                    Some(_) => return self.fail(at, SyntaxFault::ExpectedCommaOrBracket),
                    None => return self.fail(at, SyntaxFault::EndInArray),
                }
                if let (at, Some(b']')) = self.token(at) {
                    return self.fail(at, SyntaxFault::TrailingComma);
                }
            }
        }
        let result = self.tape.close_array(array, len);
        self.checked(at, result).map(|()| at + 1)
    }

    fn object(&mut self, start: usize, depth: u8) -> Option<usize> {
        let Some(depth) = depth.checked_sub(1) else {
            return self.fail(start, SyntaxFault::TooDeep);
        };
        let result = self.tape.open();
        let mut object = OpenObject::new(self.checked(start, result)?);
        let (mut at, mut token) = self.token(start + 1);
        if token != Some(b'}') {
            loop {
                at = self.field(at, &mut object, depth)?;
                (at, token) = self.token(at);
                match token {
                    Some(b',') => at += 1,
                    Some(b'}') => break,
                    Some(_) => return self.fail(at, SyntaxFault::ExpectedCommaOrBrace),
                    None => return self.fail(at, SyntaxFault::EndInObject),
                }
                if let (at, Some(b'}')) = self.token(at) {
                    return self.fail(at, SyntaxFault::TrailingComma);
                }
            }
        }
        let result = self.tape.close_object(&object);
        self.checked(at, result).map(|()| at + 1)
    }

    #[inline(always)]
    fn field(&mut self, at: usize, object: &mut OpenObject, depth: u8) -> Option<usize> {
        let (at, token) = self.token(at);
        match token {
            Some(b'"') => {}
            Some(_) => return self.fail(at, SyntaxFault::ExpectedKey),
            None => return self.fail(at, SyntaxFault::EndInObject),
        }
        let key = self.tape.items.len();
        let (hash, end) = self.key(at)?;
        let (at, token) = self.token(end);
        match token {
            Some(b':') => {}
            Some(_) => return self.fail(at, SyntaxFault::ExpectedColon),
            None => return self.fail(at, SyntaxFault::EndInObject),
        }
        let end = self.value(at + 1, depth)?;
        let result = self.tape.add_key(object, key, hash);
        self.checked(end, result).map(|()| end)
    }
}

#[cfg(test)]
mod tests;
