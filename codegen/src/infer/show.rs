//! Inferences as text for a terminal, and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::settings::{Settings, settings};
use crate::ir::{Conclusion, Inference, Meaning, PageBy, Pagination, Refusal, State};
use crate::source::Sources;
use crate::source::locate::Locator;

/// Returns the text of a list of inferences, each with its evidence and the lines of `vendor.toml`
/// that change it.
///
/// ```text
/// inferred  GET /orders  paginated by offset `offset`  acme.yaml:12:9
///   the integer query parameters `offset` and `limit`
///   to refuse it:
///     [[pagination]]
///     by = "none"
///     operations = ["GET /orders"]
/// ```
pub fn render_text(inferences: &[Inference], sources: &Sources) -> String {
    let mut locator = Locator::new(sources);
    let mut text = String::new();
    for inference in inferences {
        let Inference { key, conclusion, evidence, state, .. } = inference;
        let location = &evidence.location;
        let position = match (locator.position(location), locator.file(location)) {
            (Some(position), _) => {
                format!("  {}:{}:{}", position.file, position.line, position.column)
            }
            (None, Some(file)) => format!("  {file}"),
            (None, None) => String::new(),
        };
        let (word, conclusion) = (state_name(state), conclusion_text(conclusion));
        let _ = writeln!(text, "  {word:<8}  {key}  {conclusion}{position}");
        let reason = reason(state).map(|reason| format!("; but {reason}")).unwrap_or_default();
        let _ = writeln!(text, "    {}{reason}", evidence.rule);
        let Settings { pin, refuse } = settings(inference);
        let (verb, lines) = match state {
            State::Inferred => ("refuse", refuse),
            State::Refused(_) => ("pin", pin),
            State::Pinned => continue,
        };
        let Some(lines) = lines else { continue };
        let _ = writeln!(text, "    to {verb} it, in vendor.toml:");
        for line in lines.lines() {
            let _ = writeln!(text, "      {line}");
        }
    }
    text
}

/// Returns a list of inferences as JSON.
pub fn render_json(inferences: &[Inference], sources: &Sources) -> Value {
    let mut locator = Locator::new(sources);
    let mut render = |inference: &Inference| {
        let Inference { key, conclusion, evidence, state, .. } = inference;
        let Settings { pin, refuse } = settings(inference);
        let position = locator.position(&evidence.location);
        json!({
            "subject": key,
            "kind": kind(conclusion),
            "value": value(conclusion),
            "state": state_name(state),
            "rule": evidence.rule,
            "reason": reason(state),
            "pin": pin,
            "refuse": refuse,
            "file": locator.file(&evidence.location),
            "line": position.as_ref().map(|position| position.line),
            "column": position.as_ref().map(|position| position.column),
        })
    };
    inferences.iter().map(&mut render).collect()
}

fn state_name(state: &State) -> &'static str {
    match state {
        State::Inferred => "inferred",
        State::Pinned => "pinned",
        State::Refused(_) => "refused",
    }
}

fn reason(state: &State) -> Option<&str> {
    match state {
        State::Inferred | State::Pinned => None,
        State::Refused(Refusal::Manifest) => Some("vendor.toml excludes it"),
        State::Refused(Refusal::Document(reason)) => Some(reason),
    }
}

fn kind(conclusion: &Conclusion) -> &'static str {
    match conclusion {
        Conclusion::IdempotencyKey(_) => "idempotency_key",
        Conclusion::Pagination(_) => "pagination",
        Conclusion::Tag(_) => "tag",
        Conclusion::Secret => "secret",
        Conclusion::PersonalData => "personal_data",
        Conclusion::Meaning(meaning) => meaning_name(*meaning),
        Conclusion::TokenSource(_) => "token_source",
    }
}

fn value(conclusion: &Conclusion) -> Value {
    match conclusion {
        Conclusion::IdempotencyKey(headers) => json!({"headers": headers}),
        Conclusion::Pagination(Some(Pagination { by, items, next })) => {
            let (by, parameter, first) = match by {
                PageBy::Page(parameter, first) => ("page", Some(parameter), Some(first)),
                PageBy::Offset(parameter) => ("offset", Some(parameter), None),
                PageBy::Cursor(parameter) => ("cursor", Some(parameter), None),
                PageBy::Link => ("link", None, None),
            };
            json!({"by": by, "parameter": parameter, "first": first, "items": items, "next": next})
        }
        Conclusion::Tag(wire) => json!(wire),
        Conclusion::TokenSource(Some(source)) => json!(source),
        Conclusion::Secret
        | Conclusion::PersonalData
        | Conclusion::Meaning(_)
        | Conclusion::Pagination(None)
        | Conclusion::TokenSource(None) => Value::Null,
    }
}

fn conclusion_text(conclusion: &Conclusion) -> String {
    match conclusion {
        Conclusion::IdempotencyKey(headers) => {
            format!("idempotency key in the {}", headers_text(headers))
        }
        Conclusion::Pagination(Some(pagination)) => {
            format!("paginated {}", pagination_text(pagination))
        }
        Conclusion::Pagination(None) => "paginated".to_owned(),
        Conclusion::Tag(wire) => format!("tag `{wire}`"),
        Conclusion::Secret => "secret".to_owned(),
        Conclusion::PersonalData => "personal data".to_owned(),
        Conclusion::Meaning(meaning) => meaning_text(*meaning).to_owned(),
        Conclusion::TokenSource(Some(source)) => format!("tokens from `{source}`"),
        Conclusion::TokenSource(None) => "tokens".to_owned(),
    }
}

fn meaning_name(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Money => "money",
        Meaning::DateTime => "date_time",
        Meaning::Date => "date",
        Meaning::UnixTime => "unix_time",
        Meaning::File => "file",
    }
}

/// Returns the words for what a value is.
fn meaning_text(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Money => "exact amount",
        Meaning::DateTime => "date-time",
        Meaning::Date => "date",
        Meaning::UnixTime => "Unix time",
        Meaning::File => "file",
    }
}

/// Returns the words for how a list is paginated: "by offset `skip`".
pub fn pagination_text(pagination: &Pagination) -> String {
    match &pagination.by {
        PageBy::Page(parameter, first) => format!("by page number `{parameter}`, from {first}"),
        PageBy::Offset(parameter) => format!("by offset `{parameter}`"),
        PageBy::Cursor(parameter) => {
            let path = pagination.next.as_deref().unwrap_or_default().join(".");
            format!("by cursor `{parameter}`, from `{path}`")
        }
        PageBy::Link => "by header `Link`".to_owned(),
    }
}

/// Returns the names of headers: "header `A`", "headers `A` and `B`".
pub fn headers_text(headers: &[String]) -> String {
    let word = if headers.len() == 1 { "header" } else { "headers" };
    let headers: Vec<String> = headers.iter().map(|header| format!("`{header}`")).collect();
    format!("{word} {}", headers.join(" and "))
}
