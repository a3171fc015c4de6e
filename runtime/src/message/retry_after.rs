//! How long a server asks to wait before a retry: in a header of the vendor, or in `Retry-After`
//! (RFC 9110 §10.2.3), which contains seconds or one of the three date formats (§5.6.7).

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode, header};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A vendor's header, besides `Retry-After`, with the time to wait before a retry.
///
/// ```
/// use docwright_runtime::{RetryHeader, WaitFormat};
///
/// static HEADERS: [RetryHeader; 2] = [
///     RetryHeader::new("X-Retry-In", WaitFormat::Duration),
///     RetryHeader::new("X-RateLimit-Reset", WaitFormat::UnixSeconds).statuses(&[429]),
/// ];
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryHeader {
    name: &'static str,
    format: WaitFormat,
    statuses: &'static [u16],
}

impl RetryHeader {
    /// Creates a header with a format.
    #[must_use]
    pub const fn new(name: &'static str, format: WaitFormat) -> Self {
        Self { name, format, statuses: &[] }
    }

    /// Ignores the header on responses with any other status: some servers send it with every
    /// response.
    #[must_use]
    pub const fn statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// Returns the wait that the header requests, if it applies.
    fn wait(&self, status: StatusCode, headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
        if !self.statuses.is_empty() && !self.statuses.contains(&status.as_u16()) {
            return None;
        }
        self.format.parse(header_text(headers, self.name)?, now)
    }
}

/// The format of a [`RetryHeader`]. Past times mean no wait; unparsable values are ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitFormat {
    /// Seconds to wait, with or without a fraction: `7`, `1.5`.
    Seconds,
    /// Milliseconds to wait, with or without a fraction.
    Milliseconds,
    /// One or more numbers with units: `250ms`, `1m30.5s`, `PT90S`.
    Duration,
    /// The time at which to retry, as an HTTP date (RFC 9110 §5.6.7) or in RFC 3339.
    Date,
    /// The time at which to retry, in seconds since 1970.
    UnixSeconds,
    /// The time at which to retry, in milliseconds since 1970.
    UnixMilliseconds,
}

impl WaitFormat {
    /// Parses a header value as the time to wait.
    pub(super) fn parse(self, text: &str, now: SystemTime) -> Option<Duration> {
        let until = |time: SystemTime| Some(time.duration_since(now).unwrap_or_default());
        let since_1970 = |time| until(SystemTime::UNIX_EPOCH.checked_add(time)?);
        match self {
            Self::Seconds => parse_number(text, 1.0),
            Self::Milliseconds => parse_number(text, 1000.0),
            Self::Duration => text.parse::<SignedDuration>().ok()?.try_into().ok(),
            Self::Date => {
                let date = parse_date(text).or_else(|| text.parse().ok());
                until(SystemTime::from(date?))
            }
            Self::UnixSeconds => since_1970(parse_number(text, 1.0)?),
            Self::UnixMilliseconds => since_1970(parse_number(text, 1000.0)?),
        }
    }
}

/// Returns how long the server asks to wait: from the first of the vendor's headers that can be
/// parsed, else from `Retry-After`.
pub(super) fn server_wait(
    retry_headers: &[RetryHeader],
    status: StatusCode,
    headers: &HeaderMap,
    now: SystemTime,
) -> Option<Duration> {
    retry_headers.iter().find_map(|header| header.wait(status, headers, now)).or_else(|| {
        let text = header_text(headers, header::RETRY_AFTER.as_str())?;
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
        }
        let date = SystemTime::from(parse_date(text)?);
        Some(date.duration_since(now).unwrap_or_default())
    })
}

fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    Some(std::str::from_utf8(headers.get(name)?.as_bytes()).ok()?.trim())
}

/// Parses digits with an optional fraction, in units of a second divided by `per_second`. Numbers
/// that are too large become `Duration::MAX`.
fn parse_number(text: &str, per_second: f64) -> Option<Duration> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let seconds = text.parse::<f64>().ok()? / per_second;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

/// Parses one of the three HTTP date formats.
fn parse_date(text: &str) -> Option<Timestamp> {
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|format| DateTime::strptime(format, text).ok())
        .and_then(|date| date.to_zoned(TimeZone::UTC).ok())
        .map(|date| date.timestamp())
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const NOW: u64 = 784_111_717;

    fn requested_wait(
        retry_headers: &'static [RetryHeader],
        headers: &[(&'static str, &str)],
    ) -> Option<Duration> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, text)| (name.parse().unwrap(), HeaderValue::from_str(text).unwrap()))
            .collect();
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW);
        server_wait(retry_headers, StatusCode::SERVICE_UNAVAILABLE, &headers, now)
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        for (text, seconds) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("99999999999999999999", Some(u64::MAX)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(60)),
            ("Sun Nov  6 08:49:37 1994", Some(60)),
            ("Sun, 06 Nov 1994 08:00:00 GMT", Some(0)),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("", None),
        ] {
            let wait = requested_wait(&[], &[("retry-after", text)]);
            assert_eq!(wait.map(|wait| wait.as_secs()), seconds, "{text}");
        }
        assert_eq!(requested_wait(&[], &[]), None);
    }

    #[test]
    fn vendor_headers_are_parsed_in_each_format() {
        use WaitFormat::{
            Date, Duration as Units, Milliseconds, Seconds, UnixMilliseconds, UnixSeconds,
        };
        for (format, text, milliseconds) in [
            (Seconds, "7", Some(7000)),
            (Seconds, "1.5", Some(1500)),
            (Seconds, "-1", None),
            (Seconds, "1e3", None),
            (Seconds, "NaN", None),
            (Seconds, ".", None),
            (Seconds, "7s", None),
            (Milliseconds, "250", Some(250)),
            (Units, "97.329818ms", Some(97)),
            (Units, "1.5s", Some(1500)),
            (Units, "1m30.5s", Some(90_500)),
            (Units, "2h0m1s", Some(7_201_000)),
            (Units, "1m 30s", Some(90_000)),
            (Units, "15µs", Some(0)),
            (Units, "PT90S", Some(90_000)),
            (Units, "0s", Some(0)),
            (Units, "-3s", None),
            (Units, "7", None),
            (Units, "soon", None),
            (Date, "Sun, 06 Nov 1994 08:49:37 GMT", Some(60_000)),
            (Date, "1994-11-06T08:49:37.25Z", Some(60_250)),
            (Date, "1994-11-06T08:00:00Z", Some(0)),
            (Date, "784111777", None),
            (UnixSeconds, "784111777", Some(60_000)),
            (UnixSeconds, "784111000", Some(0)),
            (UnixSeconds, "tomorrow", None),
            (UnixMilliseconds, "784111717250", Some(250)),
        ] {
            let retry_headers: &'static [RetryHeader] =
                Box::leak(Box::new([RetryHeader::new("X-Wait", format)]));
            let wait = requested_wait(retry_headers, &[("x-wait", text)]);
            assert_eq!(wait.map(|wait| wait.as_millis()), milliseconds, "{format:?} {text}");
        }
    }

    #[test]
    fn number_that_is_too_large_is_the_longest_wait() {
        let digits = "9".repeat(400);
        static HEADERS: [RetryHeader; 1] = [RetryHeader::new("X-Wait", WaitFormat::Seconds)];
        assert_eq!(requested_wait(&HEADERS, &[("x-wait", &digits)]), Some(Duration::MAX));
    }

    #[test]
    fn first_parsable_vendor_header_wins_before_retry_after() {
        static HEADERS: [RetryHeader; 3] = [
            RetryHeader::new("X-Reset", WaitFormat::Seconds).statuses(&[429]),
            RetryHeader::new("X-Retry-In", WaitFormat::Duration),
            RetryHeader::new("X-Wait", WaitFormat::Seconds),
        ];
        let all = [("x-reset", "1"), ("x-retry-in", "2s"), ("x-wait", "3"), ("retry-after", "4")];
        assert_eq!(requested_wait(&HEADERS, &all), Some(Duration::from_secs(2)));
        let unreadable = [("x-retry-in", "a while"), ("x-wait", "3"), ("retry-after", "4")];
        assert_eq!(requested_wait(&HEADERS, &unreadable), Some(Duration::from_secs(3)));
        assert_eq!(requested_wait(&HEADERS, &[("retry-after", "4")]), Some(Duration::from_secs(4)));
        assert_eq!(requested_wait(&HEADERS, &[]), None);
    }
}
