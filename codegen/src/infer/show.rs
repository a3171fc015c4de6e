//! Inferences as text for a terminal, and as JSON.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::settings::{Settings, settings};
use crate::ir::{
    Conclusion, IdempotencyKey, Inference, Meaning, PageBy, PageParameter, Pagination, Rejection,
    State,
};
use crate::source::Sources;
use crate::source::locate::Locator;

/// Returns the text of a list of inferences, each with its evidence and the lines of `vendor.toml`
/// that change it.
///
/// ```text
/// inferred  GET /orders  paginated by offset `offset`  acme.yaml:12:9
///   the integer query parameters `offset` and `limit`
///   to reject it:
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
        let Settings { pin, reject } = settings(inference);
        let (verb, lines) = match state {
            State::Inferred => ("reject", reject),
            State::Rejected(_) => ("pin", pin),
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
        let Settings { pin, reject } = settings(inference);
        let position = locator.position(&evidence.location);
        json!({
            "subject": key,
            "kind": kind(conclusion),
            "conclusion": conclusion_text(conclusion),
            "value": value(conclusion),
            "state": state_name(state),
            "rule": evidence.rule,
            "reason": reason(state),
            "pin": pin,
            "reject": reject,
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
        State::Rejected(_) => "rejected",
    }
}

fn reason(state: &State) -> Option<&str> {
    match state {
        State::Inferred | State::Pinned => None,
        State::Rejected(Rejection::Manifest) => Some("vendor.toml excludes it"),
        State::Rejected(Rejection::Document(reason)) => Some(reason),
    }
}

fn kind(conclusion: &Conclusion) -> &'static str {
    match conclusion {
        Conclusion::IdempotencyKey(_) => "idempotency_key",
        Conclusion::Repeatable => "repeatable",
        Conclusion::Pagination(_) => "pagination",
        Conclusion::ErrorCodeAt(_) => "error_code",
        Conclusion::ErrorMessageAt(_) => "error_message",
        Conclusion::Tag(_) => "tag",
        Conclusion::Constant(_) => "constant",
        Conclusion::ClientSetting => "client_setting",
        Conclusion::BodyCredential => "body_credential",
        Conclusion::Secret => "secret",
        Conclusion::PersonalData => "personal_data",
        Conclusion::Meaning(meaning) => meaning_name(*meaning),
        Conclusion::Id(_) => "id",
        Conclusion::TokenSource(_) => "token_source",
        Conclusion::Resource(_) => "resource",
        Conclusion::IssuesTokens => "issues_tokens",
    }
}

fn value(conclusion: &Conclusion) -> Value {
    match conclusion {
        Conclusion::IdempotencyKey(key) => json!({"headers": key.headers, "field": key.field}),
        Conclusion::Pagination(Some(pagination)) => pagination_value(pagination),
        Conclusion::ErrorCodeAt(locations) | Conclusion::ErrorMessageAt(locations) => {
            json!(locations)
        }
        Conclusion::Tag(text) | Conclusion::Constant(text) | Conclusion::Resource(text) => {
            json!(text)
        }
        Conclusion::Id(kind) => json!(kind),
        Conclusion::TokenSource(Some(source)) => json!(source),
        Conclusion::Secret
        | Conclusion::ClientSetting
        | Conclusion::BodyCredential
        | Conclusion::PersonalData
        | Conclusion::IssuesTokens
        | Conclusion::Meaning(_)
        | Conclusion::Repeatable
        | Conclusion::Pagination(None)
        | Conclusion::TokenSource(None) => Value::Null,
    }
}

fn conclusion_text(conclusion: &Conclusion) -> String {
    match conclusion {
        Conclusion::IdempotencyKey(key) => format!("idempotency key in the {}", key_text(key)),
        Conclusion::Repeatable => "repeatable".to_owned(),
        Conclusion::Pagination(Some(pagination)) => {
            format!("paginated {}", pagination_text(pagination))
        }
        Conclusion::Pagination(None) => "paginated".to_owned(),
        Conclusion::ErrorCodeAt(locations) => format!("error code {}", locations_text(locations)),
        Conclusion::ErrorMessageAt(locations) => {
            format!("error message {}", locations_text(locations))
        }
        Conclusion::Tag(wire) => format!("tag `{wire}`"),
        Conclusion::Resource(name) => format!("method `{name}`"),
        Conclusion::Constant(value) => format!("constant `{value}`"),
        Conclusion::ClientSetting => "setting of the client".to_owned(),
        Conclusion::BodyCredential => "credential of the client, not sent in the body".to_owned(),
        Conclusion::Secret => "secret".to_owned(),
        Conclusion::PersonalData => "personal data".to_owned(),
        Conclusion::Meaning(meaning) => meaning_text(*meaning).to_owned(),
        Conclusion::Id(kind) => format!("id `{kind}`"),
        Conclusion::TokenSource(Some(source)) => format!("tokens from `{source}`"),
        Conclusion::TokenSource(None) => "tokens".to_owned(),
        Conclusion::IssuesTokens => "issues tokens".to_owned(),
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
        Meaning::Money => "exact decimal",
        Meaning::DateTime => "date-time",
        Meaning::Date => "date",
        Meaning::UnixTime => "Unix time",
        Meaning::File => "file",
    }
}

/// Returns a pagination scheme as JSON.
pub fn pagination_value(pagination: &Pagination) -> Value {
    let Pagination { by, parameter, items, more, size, excluded } = pagination;
    let parameter_value = |parameter: &PageParameter| match parameter {
        PageParameter::Query(wire) => json!({"query": wire}),
        PageParameter::Body { path, .. } => json!({"body": path}),
    };
    let (by, first, next, id) = match by {
        PageBy::Page(first) => ("page", Some(first), None, None),
        PageBy::Offset => ("offset", None, None, None),
        PageBy::Cursor(next) => ("cursor", None, Some(next), None),
        PageBy::LastItem(id) => ("last_item", None, None, Some(id)),
        PageBy::Url(next) => ("url", None, Some(next), None),
        PageBy::Link => ("link", None, None, None),
    };
    let parameter = parameter.as_ref().map(parameter_value);
    let size = size.as_ref().map(parameter_value);
    json!({
        "by": by, "parameter": parameter, "first": first, "next": next, "id": id, "items": items,
        "more": more, "size": size, "excluded": excluded,
    })
}

/// Returns the words for how a list is paginated: "by offset `skip`".
pub fn pagination_text(pagination: &Pagination) -> String {
    let parameter = match &pagination.parameter {
        Some(PageParameter::Query(wire)) => format!("`{wire}`"),
        Some(PageParameter::Body { path, .. }) => format!("`{}` in the body", path.join(".")),
        None => String::new(),
    };
    match &pagination.by {
        PageBy::Page(first) => format!("by page number {parameter}, from {first}"),
        PageBy::Offset => format!("by offset {parameter}"),
        PageBy::Cursor(next) => format!("by cursor {parameter}, from `{}`", next.join(".")),
        PageBy::LastItem(id) => {
            format!("by cursor {parameter}, from `{}` of the last item", id.join("."))
        }
        PageBy::Url(next) => format!("by the URL in `{}`", next.join(".")),
        PageBy::Link => "by header `Link`".to_owned(),
    }
}

/// Returns the words for where a value is: "at `detail` or `title`".
pub fn locations_text(locations: &[String]) -> String {
    let locations: Vec<String> = locations.iter().map(|it| format!("`{it}`")).collect();
    format!("at {}", locations.join(" or "))
}

/// Returns where a key is sent: "headers `A` and `B`", "header `A` and the field `b` of the body".
pub fn key_text(key: &IdempotencyKey) -> String {
    let word = if key.headers.len() == 1 { "header" } else { "headers" };
    let headers: Vec<String> = key.headers.iter().map(|header| format!("`{header}`")).collect();
    let headers = (!headers.is_empty()).then(|| format!("{word} {}", headers.join(" and ")));
    let field = key.field.as_ref().map(|field| format!("field `{field}` of the body"));
    let parts: Vec<String> = headers.into_iter().chain(field).collect();
    parts.join(" and the ")
}
