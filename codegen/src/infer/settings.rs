//! The lines of `vendor.toml` that pin or reject an inference.

use crate::ir::{
    Conclusion, IdempotencyKey, Inference, Meaning, PageBy, PageParameter, Pagination, Rejection,
    State, Subject,
};

/// Lines of `vendor.toml`, where a key exists for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The lines that state the conclusion.
    pub pin: Option<String>,
    /// The lines that exclude it.
    pub reject: Option<String>,
}

/// The line of a rule for a list whose pagination is unknown.
const UNKNOWN_PAGINATION: &str =
    "by = \"page\" # or offset, cursor, last_item, url, link, each with its keys\n";

/// Returns the lines of `vendor.toml` that pin or reject an inference.
pub fn settings(inference: &Inference) -> Settings {
    let operations = format!("operations = [{}]", quote(&inference.key));
    match &inference.conclusion {
        Conclusion::Pagination(pagination) => {
            let pagination = pagination.as_ref();
            let lines = pagination.map(|it| pagination_lines(it, &inference.state));
            let lines = lines.unwrap_or_else(|| UNKNOWN_PAGINATION.to_owned());
            Settings {
                pin: Some(format!("[[pagination]]\n{lines}{operations}")),
                reject: Some(format!("[[pagination]]\nby = \"none\"\n{operations}")),
            }
        }
        Conclusion::Repeatable => Settings {
            pin: Some(format!("repeatable = [{}]", quote(&inference.key))),
            reject: None,
        },
        Conclusion::IdempotencyKey(key) => idempotency(key, &operations),
        Conclusion::Constant(_) | Conclusion::ClientSetting | Conclusion::BodyCredential => {
            unpassed_value(inference)
        }
        Conclusion::Secret => Settings {
            pin: value_name(inference).map(|name| format!("secrets = [{}]", quote(name))),
            reject: None,
        },
        Conclusion::PersonalData => {
            let lines = |key: &str| {
                let name = value_name(inference)?;
                Some(format!("[personal_data]\n{key} = [{}]", quote(name)))
            };
            Settings { pin: lines("add"), reject: lines("remove") }
        }
        Conclusion::Meaning(meaning) => meaning_settings(*meaning, &inference.key),
        Conclusion::Id(kind) => {
            let key = quote(&inference.key);
            let pin = format!("[ids.types]\n{} = [{key}]", quote(kind));
            Settings { pin: Some(pin), reject: Some(format!("[ids]\nreject = [{key}]")) }
        }
        Conclusion::TokenSource(source) => token_source(&inference.key, source.as_deref()),
        Conclusion::ErrorCodeAt(locations) => error_field("code", locations),
        Conclusion::ErrorMessageAt(locations) => error_field("message", locations),
        Conclusion::Resource(name) => {
            let (key, name) = (quote(&inference.key), quote(name));
            Settings { pin: Some(format!("[names.resources]\n{key} = {name}")), reject: None }
        }
        Conclusion::IssuesTokens => Settings {
            pin: Some(format!("token_operations = [{}]", quote(&inference.key))),
            reject: Some("token_operations = [] # or those that issue tokens".to_owned()),
        },
        Conclusion::Tag(_) => Settings::default(),
    }
}

/// Returns the lines about an idempotency key.
fn idempotency(key: &IdempotencyKey, operations: &str) -> Settings {
    let headers: Vec<String> = key.headers.iter().map(|header| quote(header)).collect();
    let headers = format!("headers = [{}]\n", headers.join(", "));
    let headers = if key.headers.is_empty() { String::new() } else { headers };
    let field = key.field.as_ref().map(|field| format!("field = {}\n", quote(field)));
    let field = field.unwrap_or_default();
    Settings {
        pin: Some(format!("[idempotency]\n{headers}{field}{operations}")),
        reject: Some("[idempotency]\noperations = [] # or those that have a key".to_owned()),
    }
}

/// Returns the lines about a value that callers need not pass.
fn unpassed_value(inference: &Inference) -> Settings {
    let setting = |key: &str, value: bool| format!("[settings]\n{} = {value}", quote(key));
    let key = &inference.key;
    match inference.conclusion {
        Conclusion::ClientSetting => {
            Settings { pin: Some(setting(key, true)), reject: Some(setting(key, false)) }
        }
        Conclusion::BodyCredential => {
            let reject = value_name(inference).map(|name| setting(&format!("body:{name}"), false));
            Settings { pin: None, reject }
        }
        _ => {
            Settings { pin: None, reject: Some(format!("[constants]\nexclude = [{}]", quote(key))) }
        }
    }
}

/// Returns the lines about the operation that a security scheme gets its tokens from.
fn token_source(scheme: &str, source: Option<&str>) -> Settings {
    let operation = source.filter(|source| source.contains(' '));
    let table = format!("[tokens.{}]", quote(scheme));
    let pin = operation.map(|key| format!("{table}\noperation = {}", quote(key)));
    Settings { pin, reject: None }
}

fn error_field(key: &str, locations: &[String]) -> Settings {
    let locations: Vec<String> = locations.iter().map(|location| quote(location)).collect();
    let lines = |list: &str| format!("[error_fields]\n{key} = [{list}]");
    Settings { pin: Some(lines(&locations.join(", "))), reject: Some(lines("")) }
}

fn meaning_settings(meaning: Meaning, key: &str) -> Settings {
    let (table, pin) = match meaning {
        Meaning::Money => ("numbers", "decimal"),
        Meaning::DateTime => ("dates", "date_time"),
        Meaning::Date => ("dates", "date"),
        Meaning::UnixTime => ("dates", "unix_time"),
        Meaning::File => ("files", "parts"),
    };
    let lines = |list: &str| format!("[{table}]\n{list} = [{}]", quote(key));
    Settings { pin: Some(lines(pin)), reject: Some(lines("reject")) }
}

/// Returns the wire name of the value that an inference is about.
fn value_name(inference: &Inference) -> Option<&str> {
    match &inference.subject {
        Subject::Parameter(_, _, wire)
        | Subject::ResponseHeader(_, wire)
        | Subject::Field(_, wire) => Some(wire),
        Subject::Operation(_) | Subject::Type(_) | Subject::Scheme(_) => None,
    }
}

fn pagination_lines(pagination: &Pagination, state: &State) -> String {
    let Pagination { by, parameter, items, more, size: _, excluded: _ } = pagination;
    let path = |key: &str, path: &[String]| format!("{key} = {}\n", quote(&path.join(".")));
    let first_comment = match state {
        State::Rejected(Rejection::Document(_)) => " # check it: the document does not state it",
        State::Inferred | State::Pinned | State::Rejected(Rejection::Manifest) => "",
    };
    let by = match by {
        PageBy::Page(first) => format!("by = \"page\"\nfirst = {first}{first_comment}\n"),
        PageBy::Offset => "by = \"offset\"\n".to_owned(),
        PageBy::Cursor(next) => format!("by = \"cursor\"\n{}", path("next", next)),
        PageBy::LastItem(id) => format!("by = \"last_item\"\n{}", path("id", id)),
        PageBy::Url(next) => format!("by = \"url\"\n{}", path("next", next)),
        PageBy::Link => "by = \"link\"\n".to_owned(),
    };
    let parameter = parameter.as_ref().map(|parameter| match parameter {
        PageParameter::Query(wire) => format!("parameter = {}\n", quote(wire)),
        PageParameter::Body { path: field, .. } => path("body", field),
    });
    let items = (!items.is_empty()).then(|| path("items", items));
    let more = more.as_ref().map(|more| path("more", more));
    [Some(by), parameter, items, more].into_iter().flatten().collect()
}

/// Returns a string of TOML.
fn quote(text: &str) -> String {
    toml::Value::from(text).to_string()
}
