//! The lines of `vendor.toml` that pin or refuse an inference.

use crate::ir::{Conclusion, Inference, Meaning, PageBy, Pagination, Subject};

/// Lines of `vendor.toml`, where a key exists for them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// The lines that state the conclusion.
    pub pin: Option<String>,
    /// The lines that exclude it.
    pub refuse: Option<String>,
}

/// Returns the lines of `vendor.toml` that pin or refuse an inference.
pub fn settings(inference: &Inference) -> Settings {
    let operations = format!("operations = [{}]", quote(&inference.key));
    match &inference.conclusion {
        Conclusion::Pagination(pagination) => Settings {
            pin: pagination
                .as_ref()
                .map(|it| format!("[[pagination]]\n{}{operations}", pagination_lines(it))),
            refuse: Some(format!("[[pagination]]\nby = \"none\"\n{operations}")),
        },
        Conclusion::IdempotencyKey(headers) => {
            let headers: Vec<String> = headers.iter().map(|header| quote(header)).collect();
            let headers = headers.join(", ");
            Settings {
                pin: Some(format!("[idempotency]\nheaders = [{headers}]\n{operations}")),
                refuse: Some(
                    "[idempotency]\noperations = [] # or those that have a key".to_owned(),
                ),
            }
        }
        Conclusion::Secret => Settings {
            pin: value_name(inference).map(|name| format!("secrets = [{}]", quote(name))),
            refuse: None,
        },
        Conclusion::PersonalData => {
            let lines = |key: &str| {
                let name = value_name(inference)?;
                Some(format!("[personal_data]\n{key} = [{}]", quote(name)))
            };
            Settings { pin: lines("add"), refuse: lines("remove") }
        }
        Conclusion::Meaning(meaning) => {
            let (table, pin) = match meaning {
                Meaning::Money => ("numbers", "decimal"),
                Meaning::DateTime => ("dates", "date_time"),
                Meaning::Date => ("dates", "date"),
                Meaning::UnixTime => ("dates", "unix_time"),
                Meaning::File => ("files", "parts"),
            };
            let lines = |key: &str| format!("[{table}]\n{key} = [{}]", quote(&inference.key));
            Settings { pin: Some(lines(pin)), refuse: Some(lines("refuse")) }
        }
        Conclusion::TokenSource(source) => {
            let operation = source.as_ref().filter(|source| source.contains(' '));
            let table = format!("[tokens.{}]", quote(&inference.key));
            let pin = operation.map(|key| format!("{table}\noperation = {}", quote(key)));
            Settings { pin, refuse: None }
        }
        Conclusion::Tag(_) => Settings::default(),
    }
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

fn pagination_lines(pagination: &Pagination) -> String {
    let Pagination { by, items, next } = pagination;
    let (by, parameter) = match by {
        PageBy::Page(parameter, first) => (format!("\"page\"\nfirst = {first}"), Some(parameter)),
        PageBy::Offset(parameter) => ("\"offset\"".to_owned(), Some(parameter)),
        PageBy::Cursor(parameter) => ("\"cursor\"".to_owned(), Some(parameter)),
        PageBy::Link => ("\"link\"".to_owned(), None),
    };
    let path = |key: &str, path: &Vec<String>| format!("{key} = {}\n", quote(&path.join(".")));
    let parameter = parameter.map(|it| format!("parameter = {}\n", quote(it)));
    let items = (!items.is_empty()).then(|| path("items", items));
    let next = next.as_ref().map(|it| path("next", it));
    let keys = [parameter, items, next];
    format!("by = {by}\n{}", keys.into_iter().flatten().collect::<String>())
}

/// Returns a string of TOML.
fn quote(text: &str) -> String {
    toml::Value::from(text).to_string()
}
