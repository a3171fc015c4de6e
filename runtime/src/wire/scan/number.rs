//! Numbers of a JSON document.

use super::super::syntax_error::SyntaxFault;
use super::super::tape::{Item, TextRange};
use super::Scanner;

/// Every integer of so many digits fits into an `i64`.
const MAX_I64_DIGITS: usize = 18;

impl Scanner<'_, '_> {
    /// Reads a number. An integer that fits into an `i64` is stored as one; any other number keeps its text.
    pub(super) fn number(&mut self, start: usize) -> Option<usize> {
        let is_negative = self.byte(start) == Some(b'-');
        let first = start + usize::from(is_negative);
        let (magnitude, mut at) = self.digits(first)?;
        let len = at - first;
        if len > 1 && self.byte(first) == Some(b'0') {
            return self.fail(first + 1, SyntaxFault::InvalidNumber);
        }
        let mut is_integer = true;
        if self.byte(at) == Some(b'.') {
            (_, at) = self.digits(at + 1)?;
            is_integer = false;
        }
        if let Some(b'e' | b'E') = self.byte(at) {
            let has_sign = matches!(self.byte(at + 1), Some(b'+' | b'-'));
            (_, at) = self.digits(at + 1 + usize::from(has_sign))?;
            is_integer = false;
        }
        let integer = match is_integer {
            true if len > MAX_I64_DIGITS => {
                self.text.get(start..at).and_then(|text| text.parse().ok())
            }
            // `-0` is not the digits of an integer.
            true if is_negative && magnitude == 0 => None,
            true => Some(if is_negative { -magnitude } else { magnitude }),
            false => None,
        };
        match integer {
            Some(integer) => self.push(Item::I64(integer), at),
            None => self.push(Item::Number(TextRange::new(start, at)), at),
        }
    }

    /// Reads at least one digit, and returns their value, which is right for up to [`MAX_I64_DIGITS`].
    #[inline(always)]
    fn digits(&mut self, start: usize) -> Option<(i64, usize)> {
        let (mut at, mut value) = (start, 0_i64);
        while let Some(byte @ b'0'..=b'9') = self.byte(at) {
            value = value.wrapping_mul(10).wrapping_add(i64::from(byte - b'0'));
            at += 1;
        }
        if at == start {
            let is_end = self.byte(at).is_none();
            let fault = if is_end { SyntaxFault::EndInValue } else { SyntaxFault::InvalidNumber };
            return self.fail(at, fault);
        }
        Some((value, at))
    }
}
