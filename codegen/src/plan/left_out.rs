//! What the API says and the printed code does not carry: nothing of it is dropped in silence.

use crate::ir::{Api, MediaKind, Operation, Status};
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
    of_servers(api).into_iter().chain(api.operations.iter().flat_map(of_operation)).collect()
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
        add(
            "",
            what,
            "add them to each request with `.header(name, value)` or `.query(name, value)`",
        );
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
        let read: Vec<&str> =
            super::answers::read_media(answer).iter().map(|m| m.content_type.as_str()).collect();
        for media in answer.media.iter().filter(|m| !read.contains(&m.content_type.as_str())) {
            let what = format!(
                "an answer in `{}` is not asked for: {} is",
                media.content_type,
                read.join(", ")
            );
            add(
                &answer_pointer(answer.status),
                what,
                "ask for it with `.header(\"Accept\", …)`; its bytes are kept in the error",
            );
        }
        if read.contains(&"text/event-stream") {
            let what =
                "`text/event-stream` is not read as a stream: the answer is its bytes".to_owned();
            add(&answer_pointer(answer.status), what, "read the events out of the bytes");
        }
    }
    for parameter in &operation.parameters {
        if parameter.content.is_some_and(|kind| kind != MediaKind::Json) {
            let what = format!(
                "the media type of the parameter `{}` is not written: its value is, as a plain one",
                parameter.wire
            );
            add("/parameters", what, "give the value as text in that media type");
        }
    }
    let encodings =
        operation.body.iter().flat_map(|b| b.media.iter().take(1)).flat_map(|m| &m.encoding);
    for encoding in encodings.filter(|e| {
        e.style.is_some() || e.explode.is_some() || e.allow_reserved || e.content_type.is_some()
    }) {
        let what = format!(
            "how `{}` is written in the body (`encoding`) is not generated: lists repeat their key, maps are JSON",
            encoding.wire
        );
        add("/requestBody", what, "give the member as text that is written already");
    }
    out
}

/// Where an answer stands below its operation.
fn answer_pointer(status: Status) -> String {
    let key = match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    };
    format!("/responses/{key}")
}

/// Servers that the client cannot offer as they are written.
fn of_servers(api: &Api) -> Vec<LeftOut> {
    let problem = |url: &str| match url {
        url if !super::servers::is_absolute(url) => {
            Some("a server without a host of its own is not offered")
        }
        url if url.contains(['?', '#']) => {
            Some("a server whose URL holds a query cannot be called as it is")
        }
        url if url.starts_with("http://") => {
            Some("a server without TLS is only called after `.allow_http()`")
        }
        _ => None,
    };
    let left = |(number, server): (usize, &crate::ir::Server)| {
        Some(LeftOut {
            pointer: format!("/servers/{number}"),
            what: format!("{}: `{}`", problem(&server.url)?, server.url),
            help: "give the base URL to `Client::builder`".to_owned(),
        })
    };
    api.servers.iter().enumerate().filter_map(left).collect()
}
