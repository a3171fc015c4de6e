//! `Retry-After` (RFC 9110 §10.2.3): seconds, or one of the three forms of a date (§5.6.7).

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// How long the server asks to wait. A date that is over is no wait; what is neither is nothing.
pub(super) fn wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let date = SystemTime::from(date(text)?);
    Some(date.duration_since(now).unwrap_or_default())
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
    use http::HeaderValue;

    use super::*;

    fn asked(text: &str) -> Option<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, HeaderValue::from_str(text).unwrap());
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_717);
        wait(&headers, now).map(|wait| wait.as_secs())
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
            assert_eq!(asked(text), seconds, "{text}");
        }
        assert_eq!(wait(&HeaderMap::new(), SystemTime::UNIX_EPOCH), None);
    }
}
