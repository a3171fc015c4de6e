//! The parts of the API that the generated code does not support. Each of them is reported.

use crate::ir::{Api, Header, Media, MediaKind, Operation, Parameter, Scheme, Status, Type};
use crate::source::escape;

/// A part of the API that the generated code does not support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// A JSON pointer into the normalised document.
    pub pointer: String,
    /// What is not supported.
    pub message: String,
    /// How to work around it.
    pub help: String,
    /// Whether everything at the pointer is skipped, or only part of it.
    pub whole: bool,
    /// Whether to warn about it: not if another warning covers it.
    pub warn: bool,
}

/// Returns everything in `api` that is not supported, in the order of the API.
pub fn collect(api: &Api) -> Vec<Unsupported> {
    let api_wide = unsupported_servers(api).into_iter().chain(unsupported_schemes(api));
    api_wide
        .chain(api.operations.iter().flat_map(|operation| unsupported_in_operation(api, operation)))
        .collect()
}

/// A part of an operation that is not supported: the pointer below the operation, message and help.
type OperationPart = (String, String, &'static str);

fn unsupported_in_operation(api: &Api, operation: &Operation) -> Vec<Unsupported> {
    let parts = [
        unsupported_operation_servers(operation),
        unsupported_in_body(api, operation),
        unsupported_in_responses(api, operation),
        unsupported_parameters(api, operation),
    ];
    let unsupported = |(below, message, help): OperationPart| Unsupported {
        pointer: format!("{}{below}", operation.pointer),
        message,
        help: help.to_owned(),
        whole: below != "/parameters",
        warn: true,
    };
    parts.into_iter().flatten().map(unsupported).collect()
}

/// Returns the security schemes that callers cannot set credentials for.
fn unsupported_schemes(api: &Api) -> Vec<Unsupported> {
    let schemes = api.schemes.iter().filter(|scheme| !crate::ir::is_offered(api, scheme));
    let unsupported = schemes.map(|scheme| {
        let name = &scheme.name;
        let header = "add them to each request with `.header(name, value)`";
        let is_required = crate::ir::is_required(api, scheme);
        let (message, help) = match scheme.scheme {
            Scheme::MutualTls if is_required => (
                format!(
                    "the client's builder has no method for the client certificate of `{name}`"
                ),
                "set it with `.configure_http(move |http| http.identity(identity.clone()))`, where \
                 `identity` is `runtime::reqwest::Identity::from_pem(pem)?`",
            ),
            // Every operation that needs the scheme has a warning of its own.
            Scheme::Other(_) => {
                (format!("the client does not send credentials for `{name}`"), header)
            }
            _ => (format!("no operation uses the security scheme `{name}`"), header),
        };
        Unsupported {
            pointer: format!("/components/securitySchemes/{}", escape(name)),
            message,
            help: help.to_owned(),
            whole: true,
            warn: scheme.scheme == Scheme::MutualTls && is_required,
        }
    });
    unsupported.collect()
}

/// Returns the servers of an operation that have a relative URL.
fn unsupported_operation_servers(operation: &Operation) -> Vec<OperationPart> {
    let relative = operation.servers.iter().enumerate().filter(|(_, server)| {
        let url = super::server_urls::with_defaults(server);
        !super::server_urls::is_absolute(&url) && !url.starts_with('/')
    });
    let unsupported = relative.map(|(index, server)| {
        let message = format!("a server with a relative URL is skipped: `{}`", server.url);
        (format!("/servers/{index}"), message, "set its full URL on the client's builder")
    });
    unsupported.collect()
}

fn unsupported_in_body(api: &Api, operation: &Operation) -> Vec<OperationPart> {
    let mut out = Vec::new();
    for media in operation.body.iter().flat_map(|body| &body.media) {
        let below = media_pointer(media);
        if media.kind == MediaKind::Multipart && !super::bodies::is_typed(api, media) {
            let message = "the schema of this multipart body is not an object, so the method \
                           takes bytes";
            let help = "encode the parts with a multipart library";
            out.push((format!("{below}/schema"), message.to_owned(), help));
        }
        if !matches!(media.kind, MediaKind::Form | MediaKind::Multipart) {
            out.extend(media.encoding.iter().map(|encoding| {
                let message = "`encoding` only applies to form and multipart bodies".to_owned();
                let below = format!("{below}/encoding/{}", escape(&encoding.wire));
                (below, message, "remove it, or correct the media type")
            }));
        }
    }
    out
}

fn unsupported_in_responses(api: &Api, operation: &Operation) -> Vec<OperationPart> {
    let mut out = Vec::new();
    let (successes, _) = operation.split_responses();
    for response in &operation.responses {
        let is_success = successes.iter().any(|success| success.status == response.status);
        let accept_variants =
            if is_success { super::accept::other_media(response) } else { Vec::new() };
        let read: Vec<&str> =
            response.read_media().iter().map(|m| m.content_type.as_str()).collect();
        let below = response_pointer(response.status);
        let is_unread =
            |m: &&Media| !read.contains(&m.content_type.as_str()) && !accept_variants.contains(m);
        for media in response.media.iter().filter(is_unread) {
            let message = format!(
                "the response is also declared as `{}`, but the method accepts {}",
                media.content_type,
                read.join(", ")
            );
            let help = match media.kind {
                MediaKind::Events => "use `.send_events()` for the stream",
                _ => "the error contains the body as bytes",
            };
            let below = format!("{below}/content/{}", escape(&media.content_type));
            out.push((below, message, help));
        }
        let is_raw = |header: &&Header| is_raw_header(api, header);
        out.extend(response.headers.iter().filter(is_raw).map(|header| {
            let message = format!(
                "the header `{}` is neither a single value nor a list of values",
                header.wire
            );
            let below = format!("{below}/headers/{}", escape(&header.wire));
            (below, message, "it is returned as a string")
        }));
        if response.read_media().iter().any(|media| media.kind == MediaKind::Events)
            && !super::responses::is_streamed(operation, response)
        {
            let message = "`text/event-stream` is not read as a stream, since the operation has \
                           other responses too";
            let below = format!("{below}/content/text~1event-stream/schema");
            out.push((below, message.to_owned(), "use `.send_events()` for the stream"));
        }
    }
    out
}

fn is_raw_header(api: &Api, header: &Header) -> bool {
    let kind = super::headers::header_kind(api, &header.ty);
    header.ty != Type::Any && kind == super::headers::HeaderKind::Raw
}

/// Returns the parameters with `content` in a media type that arrays and objects cannot be
/// serialized in.
fn unsupported_parameters(api: &Api, operation: &Operation) -> Vec<OperationPart> {
    let is_single_value = |p: &&Parameter| {
        super::headers::header_kind(api, &p.ty) == super::headers::HeaderKind::Value
    };
    let with_content = operation.parameters.iter().filter(|p| p.content.is_some());
    let plain = with_content
        .filter(|p| super::operations::content(api, p).is_none())
        .filter(|parameter| !is_single_value(parameter));
    let unsupported = |parameter: &Parameter| {
        let message = format!(
            "the parameter `{}` is serialized as a plain value instead of in its media type",
            parameter.wire
        );
        let help = "serialize the value yourself and add it with `.query(name, text)`";
        ("/parameters".to_owned(), message, help)
    };
    plain.map(unsupported).collect()
}

/// Returns the pointer of a request body's media type, relative to the operation.
fn media_pointer(media: &Media) -> String {
    format!("/requestBody/content/{}", escape(&media.content_type))
}

/// Returns the pointer of a response, relative to the operation.
fn response_pointer(status: Status) -> String {
    let key = match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    };
    format!("/responses/{key}")
}

/// Returns the servers of the API that the client cannot call without further settings.
fn unsupported_servers(api: &Api) -> Vec<Unsupported> {
    let has_client = !api.operations.is_empty();
    let unsupported = |(index, server): (usize, &crate::ir::Server)| {
        let url = super::server_urls::with_defaults(server);
        let problem =
            if has_client { server_problem(&url)? } else { "no operation uses the server" };
        // An empty URL is not a mistake: the document leaves the host to its reader. Whoever selects a server
        // on their own machine knows that it has no TLS.
        let is_empty = server.url.is_empty();
        let is_expected = is_empty || super::server_urls::is_loopback(&url);
        Some(Unsupported {
            pointer: format!("/servers/{index}"),
            message: match is_empty {
                true => "the server has no URL and is skipped".to_owned(),
                false => format!("{problem}: `{}`", server.url),
            },
            help: "pass the base URL to `Client::builder`".to_owned(),
            whole: true,
            warn: has_client && !is_expected,
        })
    };
    api.servers.iter().enumerate().filter_map(unsupported).collect()
}

fn server_problem(url: &str) -> Option<&'static str> {
    match url {
        url if !super::server_urls::is_absolute(url) => {
            Some("a server with a relative URL is skipped")
        }
        url if url.contains(['?', '#']) => {
            Some("a server with a query or fragment in its URL cannot be called")
        }
        url if super::server_urls::has_placeholder(url) => {
            Some("the host of a server looks like a placeholder")
        }
        url if url.starts_with("http://") => {
            Some("a server without TLS can only be called after `.allow_http()`")
        }
        _ => None,
    }
}
