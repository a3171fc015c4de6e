//! Rate limits that servers report with their responses.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

use super::header_value::header_text;
use super::retry_after::WaitFormat;

/// The names of the headers before `limit`, `remaining` and `reset`, and after them.
const AFFIXES: [(&str, &str); 4] = [
    ("ratelimit-", ""),
    ("x-ratelimit-", ""),
    ("x-rate-limit-", ""),
    ("x-ratelimit-", "-requests"),
];

/// Numbers from here on are times in seconds or milliseconds since 1970, not seconds to wait.
const FIRST_UNIX_SECONDS: u64 = 1_000_000_000;
const FIRST_UNIX_MILLISECONDS: u64 = 1_000_000_000_000;

/// The rate limit that a server reports with a response, in the header `RateLimit` (of the IETF draft
/// "RateLimit header fields for HTTP") or in the headers `RateLimit-Limit`, `-Remaining` and `-Reset`,
/// with or without `X-`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of requests that are allowed in a time window.
    pub limit: Option<u64>,
    /// The number of requests that are left in the current window.
    pub remaining: Option<u64>,
    /// The time until the window ends: from the response if the server sends a duration, from now if
    /// it sends a time.
    pub reset: Option<Duration>,
}

impl RateLimit {
    /// Reads the rate limit from the headers of a response.
    pub(crate) fn read(headers: &HeaderMap, now: SystemTime) -> Option<Self> {
        let text = |name: &str| header_text(headers.get(name)?).map(str::trim);
        let from_one = text("ratelimit").map(|value| {
            // Of several limits, the first one.
            let item = if value.contains(';') { value.split(',').next() } else { Some(value) };
            let parameter = |names: [&str; 2]| find_parameter(item.unwrap_or_default(), names);
            Self {
                limit: parameter(["limit", "q"]).and_then(parse_count),
                remaining: parameter(["remaining", "r"]).and_then(parse_count),
                reset: parameter(["reset", "t"]).and_then(|value| parse_reset(value, now)),
            }
        });
        let from_several = || {
            let parts = |(prefix, suffix): (&str, &str)| {
                let part = |name: &str| text(&format!("{prefix}{name}{suffix}"));
                let limit = Self {
                    limit: part("limit").and_then(parse_count),
                    remaining: part("remaining").and_then(parse_count),
                    reset: part("reset").and_then(|value| parse_reset(value, now)),
                };
                (limit != Self::default()).then_some(limit)
            };
            AFFIXES.into_iter().find_map(parts)
        };
        from_one.filter(|limit| *limit != Self::default()).or_else(from_several)
    }
}

/// Returns the value of the first parameter with one of the names.
fn find_parameter<'v>(value: &'v str, names: [&str; 2]) -> Option<&'v str> {
    let pairs = value.split([',', ';']).filter_map(|pair| pair.split_once('='));
    let mut found = pairs.filter(|(name, _)| names.contains(&name.trim()));
    found.next().map(|(_, value)| value.trim())
}

/// Parses a number, which parameters may follow.
fn parse_count(text: &str) -> Option<u64> {
    text.split([',', ';']).next()?.trim().parse().ok()
}

/// Parses the end of a time window: seconds, a time since 1970, a duration or a date.
fn parse_reset(text: &str, now: SystemTime) -> Option<Duration> {
    let format = match text.parse::<u64>() {
        Ok(FIRST_UNIX_MILLISECONDS..) => WaitFormat::UnixMilliseconds,
        Ok(FIRST_UNIX_SECONDS..) => WaitFormat::UnixSeconds,
        _ => WaitFormat::Seconds,
    };
    [format, WaitFormat::Duration, WaitFormat::Date]
        .into_iter()
        .find_map(|format| format.parse(text, now))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn read(lines: &[(&'static str, &'static str)]) -> Option<[Option<u64>; 3]> {
        let headers = lines
            .iter()
            .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)));
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        let limit = RateLimit::read(&headers.collect(), now)?;
        Some([limit.limit, limit.remaining, limit.reset.map(|reset| reset.as_secs())])
    }

    #[test]
    fn common_headers_are_read() {
        let all = Some([Some(100), Some(7), Some(30)]);
        assert_eq!(read(&[("ratelimit", "limit=100, remaining=7, reset=30")]), all);
        assert_eq!(read(&[("ratelimit", r#""default";q=100;r=7;t=30, "daily";r=9"#)]), all);
        for prefix in ["ratelimit", "x-ratelimit", "x-rate-limit"] {
            for reset in ["30", "1700000030", "1700000030000", "30s", "2023-11-14T22:13:50Z"] {
                let names = ["limit", "remaining", "reset"];
                let names = names.map(|name| &*format!("{prefix}-{name}").leak());
                let values = ["100, 100;w=60", " 7 ", reset];
                assert_eq!(read(&[0, 1, 2].map(|at| (names[at], values[at]))), all, "{reset}");
            }
        }
        let requests =
            [("x-ratelimit-remaining-requests", "7"), ("x-ratelimit-reset-requests", "1m30s")];
        assert_eq!(read(&requests), Some([None, Some(7), Some(90)]));
    }

    #[test]
    fn other_headers_are_ignored() {
        assert_eq!(read(&[]), None);
        assert_eq!(read(&[("ratelimit", "soon")]), None);
        assert_eq!(read(&[("x-ratelimit-limit", "-1"), ("x-ratelimit-reset", "later")]), None);
        let fallback = [("ratelimit", "soon"), ("x-ratelimit-limit", "5")];
        assert_eq!(read(&fallback), Some([Some(5), None, None]));
    }
}
