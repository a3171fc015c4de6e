//! Unix times.

use std::fmt;
use std::str::FromStr;

use super::decimal::Decimal;
use super::decimal::notation::DecimalError;
use super::{Decode, DecodeError, Encode, Node, View};

/// A point in time as the number of seconds since 1970-01-01T00:00:00Z. It keeps the number that was
/// received; a number is never rejected for its size or its fraction.
///
/// ```
/// use docwright_runtime::UnixTime;
///
/// let time: UnixTime = docwright_runtime::from_slice(b"1706695200")?;
/// assert_eq!(time.instant()?.to_string(), "2024-01-31T10:00:00Z");
/// assert_eq!(time, UnixTime::from(1_706_695_200));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(Decimal);

impl UnixTime {
    /// Returns the point in time. Fractions of nanoseconds are dropped.
    ///
    /// # Errors
    /// If it is not in the years from -9999 to 9999. Some servers send milliseconds.
    pub fn instant(&self) -> Result<jiff::Timestamp, UnixTimeError> {
        let nanoseconds = self.0.shifted(NANOSECOND_DIGITS).ok_or(UnixTimeError)?;
        jiff::Timestamp::from_nanosecond(nanoseconds).map_err(|_| UnixTimeError)
    }

    /// Returns the number of seconds.
    #[must_use]
    pub fn seconds(&self) -> &Decimal {
        &self.0
    }
}

/// The error that a number of seconds is outside the years from -9999 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the number is not a Unix time in seconds")]
pub struct UnixTimeError;

/// The decimal places of a number of seconds with nanoseconds.
const NANOSECOND_DIGITS: u8 = 9;

impl From<i64> for UnixTime {
    /// Converts the number of seconds.
    fn from(seconds: i64) -> Self {
        Self(seconds.into())
    }
}

impl From<Decimal> for UnixTime {
    /// Converts the number of seconds.
    fn from(seconds: Decimal) -> Self {
        Self(seconds)
    }
}

impl From<jiff::Timestamp> for UnixTime {
    /// Converts the point in time. The fraction of the second is dropped, since most servers expect an
    /// integer.
    fn from(time: jiff::Timestamp) -> Self {
        let seconds = time.as_second() - i64::from(time.subsec_nanosecond() < 0);
        Self(seconds.into())
    }
}

impl FromStr for UnixTime {
    type Err = DecimalError;

    /// Parses the number of seconds.
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        text.parse().map(Self)
    }
}

impl fmt::Display for UnixTime {
    /// Writes the number of seconds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for UnixTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl Decode for UnixTime {
    fn decode(node: Node<'_>) -> Result<Self, DecodeError> {
        if node.number().is_none() {
            return Err(node.expected("a number"));
        }
        Decimal::decode(node).map(Self)
    }
}

impl Encode for UnixTime {
    fn view(&self) -> View<'_> {
        self.0.view()
    }
}

crate::impl_serde!(UnixTime);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{from_slice, to_json};

    fn read(json: &str) -> UnixTime {
        from_slice(json.as_bytes()).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn unix_times_keep_every_number_that_integers_and_floats_read() {
        for json in
            ["0", "1706695200", "-1", "9223372036854775807", "1.50", "1706695200123", "1e-1000"]
        {
            assert_eq!(to_json(&read(json)).unwrap(), json.as_bytes());
        }
        for json in ["3.0", "3e2", "1e300"] {
            assert!(from_slice::<f64>(json.as_bytes()).is_ok());
            read(json);
        }
        let error = from_slice::<UnixTime>(b"\"1\"").unwrap_err();
        assert_eq!(error.to_string(), "expected a number, found a string");
    }

    #[test]
    fn unix_times_are_points_in_time() {
        for (json, expected) in [
            ("0", "1970-01-01T00:00:00Z"),
            ("1706695200.5", "2024-01-31T10:00:00.5Z"),
            ("-0.25", "1969-12-31T23:59:59.75Z"),
            ("1e9", "2001-09-09T01:46:40Z"),
            ("1.0000000001", "1970-01-01T00:00:01Z"),
            ("1e-1000", "1970-01-01T00:00:00Z"),
        ] {
            assert_eq!(read(json).instant().unwrap().to_string(), expected, "{json}");
        }
        for json in ["1706695200123000", "1e300", "-1e300"] {
            let error = read(json).instant().unwrap_err();
            assert_eq!(error.to_string(), "the number is not a Unix time in seconds");
        }
        let time: jiff::Timestamp = "1969-12-31T23:59:59.75Z".parse().unwrap();
        assert_eq!(UnixTime::from(time), UnixTime::from(-1));
        let time: jiff::Timestamp = "2024-01-31T10:00:00.9Z".parse().unwrap();
        assert_eq!(UnixTime::from(time).to_string(), "1706695200");
    }
}
