//! How long a server asks to wait: in a header of the vendor's own, or in `Retry-After` (RFC 9110
//! §10.2.3), which holds seconds or one of the three forms of a date (§5.6.7).

use std::time::{Duration, SystemTime};

use http::header;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::response::RawResponse;

/// A header, beside `Retry-After`, that says how long to wait before a call is made again.
///
/// ```
/// use docwright_runtime::{RetryHeader, WaitForm};
///
/// static HEADERS: [RetryHeader; 2] = [
///     RetryHeader::new("X-Retry-In", WaitForm::Duration),
///     RetryHeader::new("X-RateLimit-Reset", WaitForm::UnixSeconds).statuses(&[429]),
/// ];
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryHeader {
    name: &'static str,
    form: WaitForm,
    statuses: &'static [u16],
}

impl RetryHeader {
    /// A header with what it holds.
    #[must_use]
    pub const fn new(name: &'static str, form: WaitForm) -> Self {
        Self { name, form, statuses: &[] }
    }

    /// It counts with these statuses only: many responses have it, and a few of them ask to wait.
    #[must_use]
    pub const fn statuses(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    fn wait(&self, response: &RawResponse, now: SystemTime) -> Option<Duration> {
        if !self.statuses.is_empty() && !self.statuses.contains(&response.status().as_u16()) {
            return None;
        }
        self.form.read(text(response, self.name)?, now)
    }
}

/// What a [`RetryHeader`] holds. A time that is over is no wait; what can't be read is no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WaitForm {
    /// Seconds to wait, with or without a fraction: `7`, `1.5`.
    Seconds,
    /// Milliseconds to wait, likewise.
    Milliseconds,
    /// A number with its unit, or several: `250ms`, `1m30.5s`, `PT90S`.
    Duration,
    /// The time when the wait is over, as HTTP (RFC 9110 §5.6.7) or RFC 3339 write it.
    Date,
    /// The seconds since 1970 at which the wait is over.
    UnixSeconds,
    /// The milliseconds since 1970 at which the wait is over.
    UnixMilliseconds,
}

impl WaitForm {
    fn read(self, text: &str, now: SystemTime) -> Option<Duration> {
        let until = |time: SystemTime| Some(time.duration_since(now).unwrap_or_default());
        let since_1970 = |time| until(SystemTime::UNIX_EPOCH.checked_add(time)?);
        match self {
            Self::Seconds => number(text, 1.0),
            Self::Milliseconds => number(text, 1000.0),
            Self::Duration => text.parse::<SignedDuration>().ok()?.try_into().ok(),
            Self::Date => {
                let date = date(text).or_else(|| text.parse().ok());
                until(SystemTime::from(date?))
            }
            Self::UnixSeconds => since_1970(number(text, 1.0)?),
            Self::UnixMilliseconds => since_1970(number(text, 1000.0)?),
        }
    }
}

/// How long the server asks to wait: by the vendor's own headers, the first that can be read, else by
/// `Retry-After`.
pub(super) fn wait(response: &RawResponse, now: SystemTime) -> Option<Duration> {
    response.retry_headers().iter().find_map(|header| header.wait(response, now)).or_else(|| {
        let text = text(response, header::RETRY_AFTER.as_str())?;
        if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
        }
        let date = SystemTime::from(date(text)?);
        Some(date.duration_since(now).unwrap_or_default())
    })
}

fn text<'a>(response: &'a RawResponse, name: &str) -> Option<&'a str> {
    Some(std::str::from_utf8(response.headers().get(name)?.as_bytes()).ok()?.trim())
}

/// So many `parts` of a second: digits, with a fraction perhaps. What is too large is for ever.
fn number(text: &str, parts: f64) -> Option<Duration> {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let seconds = text.parse::<f64>().ok()? / parts;
    Some(Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

fn date(text: &str) -> Option<Timestamp> {
    ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"]
        .iter()
        .find_map(|form| DateTime::strptime(form, text).ok())
        .and_then(|date| date.to_zoned(TimeZone::UTC).ok())
        .map(|date| date.timestamp())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;

    const NOW: u64 = 784_111_717;

    fn asked(own: &'static [RetryHeader], headers: &[(&'static str, &str)]) -> Option<Duration> {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, text)| (name.parse().unwrap(), HeaderValue::from_str(text).unwrap()))
            .collect();
        let response = RawResponse::new(StatusCode::SERVICE_UNAVAILABLE, headers, Bytes::new());
        wait(&response.asking(own), SystemTime::UNIX_EPOCH + Duration::from_secs(NOW))
    }

    #[test]
    fn seconds_or_a_date() {
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
            let wait = asked(&[], &[("retry-after", text)]);
            assert_eq!(wait.map(|wait| wait.as_secs()), seconds, "{text}");
        }
        assert_eq!(asked(&[], &[]), None);
    }

    #[test]
    fn each_form_of_a_header_of_ones_own() {
        use WaitForm::{
            Date, Duration as Text, Milliseconds, Seconds, UnixMilliseconds, UnixSeconds,
        };
        for (form, text, milliseconds) in [
            (Seconds, "7", Some(7000)),
            (Seconds, "1.5", Some(1500)),
            (Seconds, "-1", None),
            (Seconds, "1e3", None),
            (Seconds, "NaN", None),
            (Seconds, ".", None),
            (Seconds, "7s", None),
            (Milliseconds, "250", Some(250)),
            (Text, "97.329818ms", Some(97)),
            (Text, "1.5s", Some(1500)),
            (Text, "1m30.5s", Some(90_500)),
            (Text, "2h0m1s", Some(7_201_000)),
            (Text, "1m 30s", Some(90_000)),
            (Text, "15µs", Some(0)),
            (Text, "PT90S", Some(90_000)),
            (Text, "0s", Some(0)),
            (Text, "-3s", None),
            (Text, "7", None),
            (Text, "soon", None),
            (Date, "Sun, 06 Nov 1994 08:49:37 GMT", Some(60_000)),
            (Date, "1994-11-06T08:49:37.25Z", Some(60_250)),
            (Date, "1994-11-06T08:00:00Z", Some(0)),
            (Date, "784111777", None),
            (UnixSeconds, "784111777", Some(60_000)),
            (UnixSeconds, "784111000", Some(0)),
            (UnixSeconds, "tomorrow", None),
            (UnixMilliseconds, "784111717250", Some(250)),
        ] {
            let own: &'static [RetryHeader] =
                Box::leak(Box::new([RetryHeader::new("X-Wait", form)]));
            let wait = asked(own, &[("x-wait", text)]);
            assert_eq!(wait.map(|wait| wait.as_millis()), milliseconds, "{form:?} {text}");
        }
    }

    #[test]
    fn a_number_that_is_too_large_is_for_ever() {
        let digits = "9".repeat(400);
        static OWN: [RetryHeader; 1] = [RetryHeader::new("X-Wait", WaitForm::Seconds)];
        assert_eq!(asked(&OWN, &[("x-wait", &digits)]), Some(Duration::MAX));
    }

    #[test]
    fn the_first_that_can_be_read_holds_and_retry_after_last() {
        static OWN: [RetryHeader; 3] = [
            RetryHeader::new("X-Reset", WaitForm::Seconds).statuses(&[429]),
            RetryHeader::new("X-Retry-In", WaitForm::Duration),
            RetryHeader::new("X-Wait", WaitForm::Seconds),
        ];
        let all = [("x-reset", "1"), ("x-retry-in", "2s"), ("x-wait", "3"), ("retry-after", "4")];
        assert_eq!(asked(&OWN, &all), Some(Duration::from_secs(2)));
        let unreadable = [("x-retry-in", "a while"), ("x-wait", "3"), ("retry-after", "4")];
        assert_eq!(asked(&OWN, &unreadable), Some(Duration::from_secs(3)));
        assert_eq!(asked(&OWN, &[("retry-after", "4")]), Some(Duration::from_secs(4)));
        assert_eq!(asked(&OWN, &[]), None);
    }
}
