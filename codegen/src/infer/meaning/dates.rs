//! Dates and times that the document describes, but whose schema is a plain string or number.

use super::values::Value;
use crate::ir::{Meaning, Scalar};
use crate::source::Node;

/// The keyword `format` of seconds since 1970-01-01T00:00:00Z.
const UNIX_TIME_FORMATS: [&str; 3] = ["unix-time", "unixtime", "unix_time"];

/// The keyword `format` of points in time.
const TIME_FORMATS: [&str; 2] = ["date-time", "timestamp"];

/// Numbers of seconds in the years from 2001 to 2286. Milliseconds are larger.
const MIN_SECONDS: i128 = 1_000_000_000;
const MAX_SECONDS: i128 = 10_000_000_000;

/// How descriptions name the standards for dates and times.
const STANDARDS: [&str; 7] =
    ["rfc 3339", "rfc-3339", "rfc3339", "iso 8601", "iso-8601", "iso8601", "iso_8601"];

/// The length of `2024-01-31`.
const DATE_LENGTH: usize = 10;

/// Words that say that the standard is about something else, or not about every value.
const NOT_A_DATE: [&str; 18] = [
    "duration",
    "interval",
    "period format",
    "p[n]",
    "partial-time",
    "local time",
    "time of day",
    "time-only",
    "time only",
    "week number",
    "list of",
    "filter",
    "comma",
    "timezone name",
    "expression",
    "or datetime",
    "or date-time",
    "relative",
];

/// Whether a value of this type can be this date instead.
pub fn can_be(value: &Value<'_>, meaning: Meaning) -> bool {
    match meaning {
        Meaning::DateTime | Meaning::Date => value.scalar() == Some(Scalar::String),
        Meaning::UnixTime => {
            matches!(value.scalar(), Some(Scalar::Int32 | Scalar::Int64 | Scalar::Number))
        }
        Meaning::Money | Meaning::File => false,
    }
}

/// Returns which date a string or number is, and why, if it is one.
pub fn find_date(value: &Value<'_>) -> Option<(Meaning, String)> {
    if can_be(value, Meaning::UnixTime) {
        return find_unix_time(value).map(|rule| (Meaning::UnixTime, rule));
    }
    if !can_be(value, Meaning::Date) || value.keyword("pattern").is_some() {
        return None;
    }
    let description = value.description.to_lowercase();
    if value.words.iter().any(|word| word == "duration")
        || NOT_A_DATE.iter().any(|words| description.contains(words))
    {
        return None;
    }
    if has_example(value, |it| !begins_with_date(it)) {
        return None;
    }
    let forms = find_forms(&description);
    let standard = STANDARDS.iter().find(|name| description.contains(**name));
    match (forms.as_slice(), standard) {
        ([Form::Date], _)
            if !names_time(value) && !has_example(value, |it| it.len() > DATE_LENGTH) =>
        {
            Some((Meaning::Date, "the description's form `YYYY-MM-DD`".to_owned()))
        }
        ([Form::DateTime] | [], Some(standard))
            if is_time(value, &description)
                && !excludes_time(&description)
                && !names_other_form(&description)
                && !has_example(value, |it| !is_date_time(it)) =>
        {
            let rule = format!("the description's “{}”", standard.to_uppercase());
            Some((Meaning::DateTime, rule))
        }
        ([Form::DateTime], None) if !has_example(value, |it| !is_date_time(it)) => {
            Some((Meaning::DateTime, "the description's form `YYYY-MM-DDTHH:MM:SS`".to_owned()))
        }
        _ => None,
    }
}

/// Whether a string begins as a date does: `2024-01-31`.
fn begins_with_date(text: &str) -> bool {
    let form: String =
        text.chars().take(DATE_LENGTH).map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    form == "9999-99-99"
}

/// Whether a string is a point in time with its offset (RFC 3339 §5.6).
fn is_date_time(text: &str) -> bool {
    let form: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '9' } else { c.to_ascii_uppercase() })
        .collect();
    let time = form.strip_prefix("9999-99-99").and_then(|it| it.strip_prefix(['T', ' ']));
    let Some(rest) = time.and_then(|it| it.strip_prefix("99:99:99")) else { return false };
    let offset = match rest.strip_prefix('.') {
        Some(fraction) if fraction.starts_with('9') => fraction.trim_start_matches('9'),
        Some(_) => return false,
        None => rest,
    };
    matches!(offset, "Z" | "+99:99" | "-99:99")
}

fn has_example(value: &Value<'_>, is: impl Fn(&str) -> bool) -> bool {
    value.examples().filter_map(Node::as_str).any(is)
}

/// The form of a date in a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `YYYY-MM-DD`
    Date,
    /// `YYYY-MM-DDTHH:MM:SS`
    DateTime,
    /// Any other, such as `MM-DD`.
    Other,
}

/// Returns the forms that a description mentions, in lower case and without duplicates.
fn find_forms(description: &str) -> Vec<Form> {
    let mut forms = Vec::new();
    let is_part =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.' | '\'' | '[' | ']');
    for word in description.split(|c: char| !is_part(c)) {
        let word: String = word.trim_matches(['.', '-', ':', '\'']).replace(['\'', '[', ']'], "");
        let form = match word.strip_prefix("yyyy-mm-dd") {
            Some("" | "-formatted") => Form::Date,
            Some(time) if time.starts_with("thh:mm") => Form::DateTime,
            Some(_) => Form::Other,
            None if matches!(
                word.as_str(),
                "mm-dd" | "yyyy-mm" | "yyyy" | "yyyymmdd" | "hh:mm"
            ) =>
            {
                Form::Other
            }
            None => continue,
        };
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// Whether the name or the description is that of a point in time, not only of a date.
fn is_time(value: &Value<'_>, description: &str) -> bool {
    let described =
        ["timestamp", "date-time", "datetime", "date and time", "time ", "time,", "when "];
    names_time(value) || described.iter().any(|words| description.contains(words))
}

/// Whether the description is that of a date without a time.
fn excludes_time(description: &str) -> bool {
    ["stand-alone date", "standalone date", "full-date", "calendar date", "date only", "date-only"]
        .iter()
        .any(|words| description.contains(words))
}

/// Whether the description has a date such as `2024-01-31`, or a time without an offset, as an example.
fn names_other_form(description: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.' | '+');
    let words = description.split(|c: char| !is_part(c)).map(|word| word.trim_matches(['.', ':']));
    words.into_iter().any(|word| begins_with_date(word) && !is_date_time(word))
}

fn names_time(value: &Value<'_>) -> bool {
    let last = value.words.last().map(String::as_str);
    matches!(last, Some("at" | "time" | "timestamp" | "datetime"))
}

fn find_unix_time(value: &Value<'_>) -> Option<String> {
    let format = value.keyword("format").unwrap_or_default();
    let examples = || value.examples().filter_map(Node::as_int);
    if examples().any(|example| example > MAX_SECONDS) {
        return None;
    }
    let description = value.description.to_lowercase();
    if names_special_number(&description) {
        return None;
    }
    if UNIX_TIME_FORMATS.contains(&format) {
        return Some(format!("the format `{format}`"));
    }
    if TIME_FORMATS.contains(&format)
        && let Some(example) = examples().find(|example| *example >= MIN_SECONDS)
    {
        return Some(format!("the format `{format}` and the example `{example}`"));
    }
    let is_other_unit = ["milli", "micro", "nano", " ms", "(ms", "duration"]
        .iter()
        .any(|unit| description.contains(unit));
    let named_unit = value.words.iter().any(|it| matches!(it.as_str(), "ms" | "millis" | "in"));
    if is_other_unit || named_unit {
        return None;
    }
    let phrases = ["unix timestamp", "unix time", "unix seconds", "unix epoch", "epoch seconds"];
    let phrase = phrases.iter().find(|phrase| description.contains(**phrase))?;
    Some(format!("the description's “{phrase}”"))
}

/// Whether the description has a number that cannot be a time, such as 0 for something that never expires.
fn names_special_number(description: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | ':' | '.' | '/');
    let words = description.split(|c: char| !is_part(c)).map(|word| word.trim_matches(['.', ':']));
    words.into_iter().any(|word| word == "zero" || word.parse().is_ok_and(|it: i64| it <= 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_in_a_description_are_found() {
        for (description, expected) in [
            ("in `yyyy-mm-dd` format", &[Form::Date][..]),
            ("the `yyyy-mm-dd`-formatted date", &[Form::Date]),
            ("format: yyyy-mm-dd.", &[Form::Date]),
            ("yyyy-mm-ddthh:mm:ssz", &[Form::DateTime]),
            ("`yyyy-mm-dd't'hh:mm:ss.sss'z'`", &[Form::DateTime]),
            ("`yyyy-mm-dd` or `mm-dd`", &[Form::Date, Form::Other]),
            ("yyyymmdd", &[Form::Other]),
            ("a date", &[]),
        ] {
            assert_eq!(find_forms(description), expected, "{description}");
        }
    }
}
