//! The text of decimal numbers: its parts, its value, and its plain notation.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// The maximum number of digits in plain notation. `1e999999999` would be a gigabyte.
pub(crate) const MAX_DIGITS: usize = 1000;

/// The error that a text is not a [`Decimal`](crate::Decimal). It does not contain the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// The text is not a decimal number.
    #[error("the text is not a decimal number")]
    Syntax,
    /// The number has more than 1000 digits in plain notation.
    #[error("the number has more than 1000 digits")]
    TooLong,
}

/// The parts of a decimal number in text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Notation<'a> {
    pub(super) is_negative: bool,
    /// The digits before the decimal point, without leading zeros.
    pub(super) whole: &'a str,
    /// The digits after the decimal point.
    pub(super) fraction: &'a str,
    pub(super) exponent: i64,
}

impl<'a> Notation<'a> {
    /// Splits the text of a number: that of JSON (RFC 8259 §6), and also with a leading `+`, with leading
    /// zeros, and without digits on one side of the point.
    ///
    /// # Errors
    /// If the text is not a number, or its exponent has so many digits that it does not fit into an `i64`.
    pub(crate) fn parse(text: &'a str) -> Result<Self, DecimalError> {
        Self::parse_with(text, |_| Err(DecimalError::TooLong))
    }

    /// Splits the text of a number like [`parse`](Self::parse), except that an exponent that does not fit
    /// into an `i64` becomes the closest that does.
    ///
    /// # Errors
    /// If the text is not a number.
    pub(super) fn parse_closest(text: &'a str) -> Result<Self, DecimalError> {
        Self::parse_with(text, |exponent| {
            Ok(if exponent.starts_with('-') { i64::MIN } else { i64::MAX })
        })
    }

    /// Splits the text of a number. `fit` gets the text of an exponent that does not fit into an `i64`, and
    /// returns the exponent to use.
    fn parse_with(
        text: &'a str,
        fit: fn(&str) -> Result<i64, DecimalError>,
    ) -> Result<Self, DecimalError> {
        let is_negative = text.starts_with('-');
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent, fit)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_number = (!whole.is_empty() || !fraction.is_empty())
            && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !is_number {
            return Err(DecimalError::Syntax);
        }
        Ok(Self { is_negative, whole: whole.trim_start_matches('0'), fraction, exponent })
    }

    /// Returns the value of the number.
    pub(crate) fn value(&self) -> DecimalValue<'a> {
        let mut point = self.whole.len() as i128 + i128::from(self.exponent);
        let (mut whole, mut fraction) = (self.whole, self.fraction.trim_end_matches('0'));
        if fraction.is_empty() {
            whole = whole.trim_end_matches('0');
        }
        if whole.is_empty() {
            let digits = fraction.trim_start_matches('0');
            point -= (fraction.len() - digits.len()) as i128;
            fraction = digits;
        }
        if whole.is_empty() && fraction.is_empty() {
            return DecimalValue { sign: 0, whole, fraction, point: 0 };
        }
        let sign = if self.is_negative { -1 } else { 1 };
        DecimalValue { sign, whole, fraction, point }
    }

    /// Returns the number in plain notation: without an exponent, and with the same digits.
    ///
    /// # Errors
    /// If it has more than [`MAX_DIGITS`] digits.
    pub(crate) fn to_plain(self) -> Result<String, DecimalError> {
        let Self { is_negative, whole, mut fraction, mut exponent } = self;
        if whole.is_empty() && exponent > 0 {
            // Zeros that would become leading zeros of the whole part.
            let digits = fraction.trim_start_matches('0');
            let zeros = (fraction.len() - digits.len())
                .min(usize::try_from(exponent).unwrap_or(usize::MAX));
            fraction = fraction.get(zeros..).unwrap_or_default();
            exponent -= zeros as i64;
            if fraction.is_empty() {
                exponent = 0;
            }
        }
        let point = whole.len() as i128 + i128::from(exponent);
        let fraction_len = (whole.len() + fraction.len()) as i128 - point;
        if point.max(1) + fraction_len.max(0) > MAX_DIGITS as i128 {
            return Err(DecimalError::TooLong);
        }
        let mut digits = whole.chars().chain(fraction.chars());
        let mut plain = String::from(if is_negative { "-" } else { "" });
        plain.extend((0..point).map(|_| digits.next().unwrap_or('0')));
        if point <= 0 {
            plain.push('0');
        }
        if fraction_len > 0 {
            plain.push('.');
            plain.extend((point..0).map(|_| '0'));
            plain.extend(digits);
        }
        Ok(plain)
    }
}

fn parse_exponent(
    text: &str,
    fit: fn(&str) -> Result<i64, DecimalError>,
) -> Result<i64, DecimalError> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DecimalError::Syntax);
    }
    text.parse().or_else(|_| fit(text))
}

/// The value of a decimal number: `±0.d₁d₂… × 10^point`, with neither leading nor trailing zeros.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DecimalValue<'a> {
    /// −1, 0 or 1.
    sign: i8,
    /// The first digits.
    whole: &'a str,
    /// The other digits.
    fraction: &'a str,
    point: i128,
}

impl<'a> DecimalValue<'a> {
    /// Whether the number is negative.
    pub(crate) fn is_negative(&self) -> bool {
        self.sign < 0
    }

    /// Returns the digits, without leading and trailing zeros.
    pub(crate) fn digits(&self) -> impl Iterator<Item = u8> + 'a {
        self.whole.bytes().chain(self.fraction.bytes()).map(|digit| digit - b'0')
    }

    /// Returns the power of ten of the last digit.
    pub(crate) fn last_power(&self) -> i128 {
        self.point - (self.whole.len() + self.fraction.len()) as i128
    }

    /// Whether the number has no fraction.
    pub(crate) fn is_integer(&self) -> bool {
        self.last_power() >= 0
    }

    /// Returns the number times 10 to the power of `places`, without its fraction, if that fits into an
    /// `i128`.
    pub(crate) fn shifted(self, places: u8) -> Option<i128> {
        let zeros = self.last_power() + i128::from(places);
        let count = self.digits().count() as i128 + zeros;
        // No integer of 128 bits has more than 39 digits.
        let count = usize::try_from(count.max(0)).ok().filter(|count| *count <= 39)?;
        let mut digits = self.digits().chain(std::iter::repeat(0)).take(count);
        let sign = i128::from(self.sign);
        digits.try_fold(0_i128, |value, digit| {
            value.checked_mul(10)?.checked_add(sign * i128::from(digit))
        })
    }

    /// Returns the number, if it is an integer. One that does not fit into an `i128` becomes the closest
    /// that does.
    pub(crate) fn to_integer(self) -> Option<i128> {
        let closest = if self.is_negative() { i128::MIN } else { i128::MAX };
        self.is_integer().then(|| self.shifted(0).unwrap_or(closest))
    }
}

impl Ord for DecimalValue<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitude =
            self.point.cmp(&other.point).then_with(|| self.digits().cmp(other.digits()));
        let by_magnitude = if self.is_negative() { magnitude.reverse() } else { magnitude };
        self.sign.cmp(&other.sign).then(by_magnitude)
    }
}

impl PartialOrd for DecimalValue<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for DecimalValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for DecimalValue<'_> {}

impl Hash for DecimalValue<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sign.hash(state);
        self.point.hash(state);
        self.digits().for_each(|digit| digit.hash(state));
    }
}
