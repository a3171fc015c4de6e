//! `[retry]`: the vendor's own response headers that say how long to wait before a retry.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Manifest;
use super::text::is_header_name;
use crate::report::Problem;

/// The response headers that say how long to wait before a retry.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Retry {
    /// The headers, in order of preference. The first one with a valid value applies, otherwise
    /// `Retry-After`.
    pub headers: Vec<RetryHeader>,
}

/// A response header that says how long to wait.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryHeader {
    /// The header's name.
    pub name: String,
    /// The format of its value.
    pub format: WaitFormat,
    /// The statuses of the responses that it is read from. If empty, all.
    #[serde(default)]
    pub statuses: Vec<u16>,
}

/// The format of a header that says how long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WaitFormat {
    /// Seconds to wait.
    Seconds,
    /// Milliseconds to wait.
    Milliseconds,
    /// Numbers with their units: `1m30.5s`.
    Duration,
    /// The time at which the wait ends, as an HTTP date or as in RFC 3339.
    Date,
    /// That time in seconds since 1970.
    UnixSeconds,
    /// That time in milliseconds since 1970.
    UnixMilliseconds,
}

/// Checks `[retry]`.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let Some(retry) = &manifest.retry else { return Vec::new() };
    let mut problems = Vec::new();
    let mut report = |keys: &[&str], message: String| {
        let keys = [&["retry"], keys].concat();
        problems.push(Problem::error(manifest.location(&keys), message));
    };
    if retry.headers.is_empty() {
        report(&[], "`[retry]` requires `headers`".to_owned());
    }
    for (index, header) in retry.headers.iter().enumerate() {
        let (name, index_key) = (&header.name, index.to_string());
        let mut earlier = retry.headers.iter().take(index);
        let name_keys = ["headers", &index_key, "name"];
        if !is_header_name(name) {
            report(&name_keys, format!("`{name}` is not a valid header name"));
        } else if name.eq_ignore_ascii_case("Retry-After") {
            report(&name_keys, "`Retry-After` is always read: remove this entry".to_owned());
        } else if earlier.any(|other| other.name.eq_ignore_ascii_case(name)) {
            report(&name_keys, format!("the header `{name}` is listed twice"));
        }
        for (position, status) in header.statuses.iter().enumerate() {
            if !(400..600).contains(status) {
                let keys = ["headers", &index_key, "statuses", &position.to_string()];
                report(&keys, format!("calls are never retried after status {status}"));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Location;

    #[test]
    fn headers_with_their_formats_are_parsed() {
        let text = r#"
            [[retry.headers]]
            name = "X-Retry-In"
            format = "duration"

            [[retry.headers]]
            name = "X-RateLimit-Reset"
            format = "unix_seconds"
            statuses = [429]
        "#;
        let headers = Manifest::parse("vendor.toml", text).unwrap().retry.unwrap().headers;
        let [first, second] = headers.as_slice() else { panic!("{headers:?}") };
        assert_eq!((first.name.as_str(), first.format), ("X-Retry-In", WaitFormat::Duration));
        assert!(first.statuses.is_empty());
        assert_eq!(
            (second.format, second.statuses.as_slice()),
            (WaitFormat::UnixSeconds, &[429][..])
        );
    }

    /// A text, the part of it that the error points at, and the beginning of the message.
    const INVALID: [(&str, &str, &str); 9] = [
        ("[retry]", "[retry]", "`[retry]` requires `headers`"),
        ("[retry]\nheaders = []", "[retry]", "`[retry]` requires `headers`"),
        ("[retry]\nheader = \"X\"", "header", "unknown field `header`"),
        ("[retry]\nheaders = [{ name = \"X\" }]", "{ name = \"X\" }", "missing field `format`"),
        (
            "[retry]\nheaders = [{ name = \"X\", format = \"hours\" }]",
            "\"hours\"",
            "unknown variant `hours`",
        ),
        (
            "[retry]\nheaders = [{ name = \"a b\", format = \"date\" }]",
            "name = \"a b\"",
            "`a b` is not a valid header name",
        ),
        (
            "[retry]\nheaders = [{ name = \"retry-after\", format = \"date\" }]",
            "name = \"retry-after\"",
            "`Retry-After` is always read",
        ),
        (
            "[retry]\nheaders = [{ name = \"X\", format = \"date\" }, { name = \"x\", format = \"date\" }]",
            "name = \"x\"",
            "the header `x` is listed twice",
        ),
        (
            "[retry]\nheaders = [{ name = \"X\", format = \"date\", statuses = [200] }]",
            "200",
            "calls are never retried after status 200",
        ),
    ];

    #[test]
    fn invalid_headers_are_errors_at_their_location() {
        for (text, part, message) in INVALID {
            let report = Manifest::parse("vendor.toml", text).expect_err(text);
            let [problem] = report.problems.as_slice() else { panic!("{report:?}") };
            let Location::Text(_, span) = &problem.location else { panic!("{problem:?}") };
            assert_eq!(&text[span.clone()], part, "{text}");
            assert!(problem.message.starts_with(message), "{}", problem.message);
        }
    }
}
