//! `[retry]`: where the vendor says how long to wait, beside `Retry-After`.

use serde::Deserialize;

use super::Manifest;
use super::signing::is_field_name;
use crate::report::Problem;

/// How long to wait before a call is repeated.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retry {
    /// The headers that say it; the first that can be read holds, and `Retry-After` if none can.
    pub headers: Vec<RetryHeader>,
}

/// A header that says how long to wait.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetryHeader {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub form: WaitForm,
    /// The statuses that it counts with; empty: all.
    #[serde(default)]
    pub statuses: Vec<u16>,
}

/// What such a header holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitForm {
    /// Seconds to wait.
    Seconds,
    /// Milliseconds to wait.
    Milliseconds,
    /// Numbers with their units: `1m30.5s`.
    Duration,
    /// The time when the wait is over, as HTTP or RFC 3339 write it.
    Date,
    /// That time in seconds since 1970.
    UnixSeconds,
    /// That time in milliseconds since 1970.
    UnixMilliseconds,
}

/// What is wrong with the table by itself.
pub(super) fn check(manifest: &Manifest) -> Vec<Problem> {
    let Some(retry) = &manifest.retry else { return Vec::new() };
    let mut problems = Vec::new();
    let mut wrong = |keys: &[&str], what: String| {
        let keys = [&["retry"], keys].concat();
        problems.push(Problem::error(manifest.location(&keys), what));
    };
    if retry.headers.is_empty() {
        wrong(&[], "how long to wait is said in `headers`".to_owned());
    }
    for (index, header) in retry.headers.iter().enumerate() {
        let (name, at) = (&header.name, index.to_string());
        let mut before = retry.headers.iter().take(index);
        if !is_field_name(name) {
            wrong(&["headers", &at, "name"], format!("`{name}` is no name of a header"));
        } else if name.eq_ignore_ascii_case("Retry-After") {
            let what = "`Retry-After` is known without: seconds, or a date";
            wrong(&["headers", &at, "name"], what.to_owned());
        } else if before.any(|other| other.name.eq_ignore_ascii_case(name)) {
            wrong(&["headers", &at, "name"], format!("`{name}` is there already"));
        }
        for (position, status) in header.statuses.iter().enumerate() {
            if !(400..600).contains(status) {
                let keys = ["headers", &at, "statuses", &position.to_string()];
                wrong(&keys, format!("no call is repeated for the status {status}"));
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
    fn headers_with_what_they_hold() {
        let text = r#"
            [[retry.headers]]
            name = "X-Retry-In"
            form = "duration"

            [[retry.headers]]
            name = "X-RateLimit-Reset"
            form = "unix_seconds"
            statuses = [429]
        "#;
        let headers = Manifest::parse("vendor.toml", text).unwrap().retry.unwrap().headers;
        let [first, second] = headers.as_slice() else { panic!("{headers:?}") };
        assert_eq!((first.name.as_str(), first.form), ("X-Retry-In", WaitForm::Duration));
        assert!(first.statuses.is_empty());
        assert_eq!((second.form, second.statuses.as_slice()), (WaitForm::UnixSeconds, &[429][..]));
    }

    /// A text, the part of it that is pointed at, and the beginning of what is said.
    const WRONG: [(&str, &str, &str); 9] = [
        ("[retry]", "[retry]", "how long to wait is said in `headers`"),
        ("[retry]\nheaders = []", "[retry]", "how long to wait is said in `headers`"),
        ("[retry]\nheader = \"X\"", "header", "unknown field `header`"),
        ("[retry]\nheaders = [{ name = \"X\" }]", "{ name = \"X\" }", "missing field `form`"),
        (
            "[retry]\nheaders = [{ name = \"X\", form = \"hours\" }]",
            "\"hours\"",
            "unknown variant `hours`",
        ),
        (
            "[retry]\nheaders = [{ name = \"a b\", form = \"date\" }]",
            "name = \"a b\"",
            "`a b` is no name of a header",
        ),
        (
            "[retry]\nheaders = [{ name = \"retry-after\", form = \"date\" }]",
            "name = \"retry-after\"",
            "`Retry-After` is known without",
        ),
        (
            "[retry]\nheaders = [{ name = \"X\", form = \"date\" }, { name = \"x\", form = \"date\" }]",
            "name = \"x\"",
            "`x` is there already",
        ),
        (
            "[retry]\nheaders = [{ name = \"X\", form = \"date\", statuses = [200] }]",
            "200",
            "no call is repeated for the status 200",
        ),
    ];

    #[test]
    fn what_is_wrong_is_said_at_its_place() {
        for (text, part, said) in WRONG {
            let report = Manifest::parse("vendor.toml", text).expect_err(text);
            let [problem] = report.problems.as_slice() else { panic!("{report:?}") };
            let Location::Text(_, span) = &problem.location else { panic!("{problem:?}") };
            assert_eq!(&text[span.clone()], part, "{text}");
            assert!(problem.what.starts_with(said), "{}", problem.what);
        }
    }
}
