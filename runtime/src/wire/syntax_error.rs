//! The error that a text is not JSON.

use std::fmt;

/// What is wrong with a text that is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SyntaxFault {
    ControlCharacter,
    EndInArray,
    EndInObject,
    EndInString,
    EndInValue,
    ExpectedColon,
    ExpectedCommaOrBrace,
    ExpectedCommaOrBracket,
    ExpectedKey,
    ExpectedLiteral,
    ExpectedValue,
    InvalidEscape,
    InvalidNumber,
    LoneSurrogate,
    TooDeep,
    TooLarge,
    TrailingCharacters,
    TrailingComma,
}

impl SyntaxFault {
    /// Returns the message, in the words of `serde_json`.
    fn message(self) -> &'static str {
        match self {
            Self::ControlCharacter => "control character in a string",
            Self::EndInArray => "EOF while parsing a list",
            Self::EndInObject => "EOF while parsing an object",
            Self::EndInString => "EOF while parsing a string",
            Self::EndInValue => "EOF while parsing a value",
            Self::ExpectedColon => "expected `:`",
            Self::ExpectedCommaOrBrace => "expected `,` or `}`",
            Self::ExpectedCommaOrBracket => "expected `,` or `]`",
            Self::ExpectedKey => "key must be a string",
            Self::ExpectedLiteral => "expected `true`, `false` or `null`",
            Self::ExpectedValue => "expected value",
            Self::InvalidEscape => "invalid escape",
            Self::InvalidNumber => "invalid number",
            Self::LoneSurrogate => "lone surrogate in hex escape",
            Self::TooDeep => "nested too deeply",
            Self::TooLarge => "too large for the available memory",
            Self::TrailingCharacters => "trailing characters",
            Self::TrailingComma => "trailing comma",
        }
    }
}

/// The error that a text is not JSON, or is too large. It does not contain the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SyntaxError {
    fault: SyntaxFault,
    line: usize,
    column: usize,
}

impl SyntaxError {
    /// Creates the error that there is a fault at a position of a text.
    #[cold]
    pub(super) fn new(fault: SyntaxFault, text: &str, at: usize) -> Self {
        let before = text.as_bytes().get(..at).unwrap_or(text.as_bytes());
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        Self { fault, line, column }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at line {} column {}", self.fault.message(), self.line, self.column)
    }
}
