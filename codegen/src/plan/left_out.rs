//! What the API says and the printed code does not carry: nothing of it is dropped in silence.

use crate::ir::{Api, MediaKind, Operation};
use crate::source::escape;

/// Something that is not generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// JSON pointer into the normalised description.
    pub pointer: String,
    /// What it is.
    pub what: String,
    /// How to get along without it.
    pub help: String,
}

/// Everything of `api` that is not generated, in the order of the API.
pub fn of(api: &Api) -> Vec<LeftOut> {
    api.operations.iter().flat_map(of_operation).collect()
}

fn of_operation(operation: &Operation) -> Vec<LeftOut> {
    let mut out = Vec::new();
    let mut add = |below: &str, what: String, help: &str| {
        out.push(LeftOut {
            pointer: format!("{}{below}", operation.pointer),
            what,
            help: help.to_owned(),
        });
    };
    let anonymous = operation.security.iter().any(|r| r.schemes.is_empty());
    if !operation.security.is_empty() && !anonymous {
        let names: Vec<&str> = operation
            .security
            .iter()
            .flat_map(|r| r.schemes.iter().map(|(name, _)| name.as_str()))
            .collect();
        let what = format!(
            "credentials of `{}` are not attached by the generated client",
            names.join("`, `")
        );
        add("", what, "add them to each request with `.header(name, value)`");
    }
    if !operation.servers.is_empty() {
        add(
            "/servers",
            "servers of a single operation are not generated".to_owned(),
            "make a client for that base URL",
        );
    }
    if let Some(body) = &operation.body {
        let written = |kind| matches!(kind, MediaKind::Json | MediaKind::Form);
        if body.media.first().is_some_and(|m| m.kind == MediaKind::Multipart) {
            let what = "a multipart body is not typed: the method takes its bytes".to_owned();
            add("/requestBody", what, "write the parts with a multipart library");
        }
        let first = body.media.first();
        for media in body.media.iter().skip(1) {
            let offered = first.is_some_and(|f| {
                written(f.kind) == written(media.kind) && (!written(f.kind) || f.ty == media.ty)
            });
            if !offered {
                let below = format!("/requestBody/content/{}", escape(&media.content_type));
                let what = format!(
                    "a body of `{}` is not offered beside the first media type",
                    media.content_type
                );
                add(&below, what, "send it through the HTTP client of your choice");
            }
        }
    }
    for answer in &operation.answers {
        for media in answer.media.iter().filter(|m| m.kind == MediaKind::Events) {
            let what = format!(
                "`{}` is not read as a stream: the answer is its bytes",
                media.content_type
            );
            add("/responses", what, "read the events out of the bytes");
        }
    }
    out
}
