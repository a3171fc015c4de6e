//! What the API says and the printed code does not carry: nothing of it is dropped in silence.

use crate::ir::{Api, Header, Media, MediaKind, Operation, Parameter, Scheme, Status, Type};
use crate::source::escape;

/// Something that is not generated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// JSON pointer into the normalised description.
    pub pointer: String,
    /// What it is.
    pub what: String,
    /// How to get along without it.
    pub help: String,
    /// Whether everything at the pointer is left out, or something of it.
    pub whole: bool,
    /// Whether it is worth a warning: not if another one says the same of many.
    pub told: bool,
}

/// Everything of `api` that is not generated, in the order of the API.
pub fn of(api: &Api) -> Vec<Unsupported> {
    let api_wide = of_servers(api).into_iter().chain(of_schemes(api));
    api_wide
        .chain(api.operations.iter().flat_map(|operation| of_operation(api, operation)))
        .collect()
}

/// What of one operation is left out: where below it, what, and the way out.
type Left = (String, String, &'static str);

fn of_operation(api: &Api, operation: &Operation) -> Vec<Unsupported> {
    let parts = [
        of_own_servers(operation),
        of_body(api, operation),
        of_responses(api, operation),
        of_parameters(api, operation),
    ];
    let left = |(below, what, help): Left| Unsupported {
        pointer: format!("{}{below}", operation.pointer),
        what,
        help: help.to_owned(),
        whole: below != "/parameters",
        told: true,
    };
    parts.into_iter().flatten().map(left).collect()
}

/// Security schemes that callers cannot give credentials for.
fn of_schemes(api: &Api) -> Vec<Unsupported> {
    let left = api.schemes.iter().filter(|scheme| !super::builder::is_offered(api, scheme));
    let left = left.map(|scheme| {
        let name = &scheme.name;
        let what = match scheme.scheme {
            // That is a warning of its own.
            Scheme::Other(_) => format!("credentials of `{name}` are not attached"),
            _ => format!("no operation needs credentials of `{name}`"),
        };
        Unsupported {
            pointer: format!("/components/securitySchemes/{}", escape(name)),
            what,
            help: "add them to each request with `.header(name, value)`".to_owned(),
            whole: true,
            told: false,
        }
    });
    left.collect()
}

/// Servers of one operation that have no address.
fn of_own_servers(operation: &Operation) -> Vec<Left> {
    let unknown = operation.servers.iter().enumerate().filter(|(_, server)| {
        let url = super::servers::with_defaults(server);
        !super::servers::is_absolute(&url) && !url.starts_with('/')
    });
    let left = unknown.map(|(number, server)| {
        let what = format!("a server without a host of its own is not offered: `{}`", server.url);
        (format!("/servers/{number}"), what, "give its URL to the client's builder")
    });
    left.collect()
}

fn of_body(api: &Api, operation: &Operation) -> Vec<Left> {
    let mut out = Vec::new();
    for media in operation.body.iter().flat_map(|body| &body.media) {
        let below = media_pointer(media);
        if media.kind == MediaKind::Multipart && !super::bodies::is_value(api, media) {
            let what = "a multipart body that is no object: the method takes its bytes".to_owned();
            let help = "write the parts with a multipart library";
            out.push((format!("{below}/schema"), what, help));
        }
        if !matches!(media.kind, MediaKind::Form | MediaKind::Multipart) {
            out.extend(media.encoding.iter().map(|encoding| {
                let what = "`encoding` is for forms and multipart bodies".to_owned();
                let below = format!("{below}/encoding/{}", escape(&encoding.wire));
                (below, what, "remove it, or correct the media type")
            }));
        }
    }
    out
}

fn of_responses(api: &Api, operation: &Operation) -> Vec<Left> {
    let mut out = Vec::new();
    let (successes, _) = super::responses::split(operation);
    for response in &operation.responses {
        let is_success = successes.iter().any(|success| success.status == response.status);
        let accept =
            if is_success { super::accept::others(operation.method, response) } else { Vec::new() };
        let read: Vec<&str> = super::responses::read_media(response)
            .iter()
            .map(|m| m.content_type.as_str())
            .collect();
        let below = response_pointer(response.status);
        let left = |m: &&Media| !read.contains(&m.content_type.as_str()) && !accept.contains(m);
        for media in response.media.iter().filter(left) {
            let accept = read.join(", ");
            let what =
                format!("a response in `{}` is not accept for: {accept} is", media.content_type);
            let help = match media.kind {
                MediaKind::Events => "ask for it with `.send_events()`",
                _ => "its bytes are kept in the error",
            };
            let below = format!("{below}/content/{}", escape(&media.content_type));
            out.push((below, what, help));
        }
        let odd = |header: &&Header| is_given_as_text(api, header);
        out.extend(response.headers.iter().filter(odd).map(|header| {
            let what = format!("the header `{}` is neither a value nor a list", header.wire);
            let below = format!("{below}/headers/{}", escape(&header.wire));
            (below, what, "its text is given")
        }));
        if read.contains(&"text/event-stream")
            && !super::responses::is_streamed(operation, response)
        {
            let what = "beside other responses, `text/event-stream` is not read as a stream";
            let below = format!("{below}/content/text~1event-stream/schema");
            out.push((below, what.to_owned(), "read it with `.send_events()`"));
        }
    }
    out
}

fn is_given_as_text(api: &Api, header: &Header) -> bool {
    header.ty != Type::Any && super::headers::kind(api, &header.ty) == super::headers::Kind::Text
}

/// Parameters in a media type that nothing says how to write a value of more than one part in.
fn of_parameters(api: &Api, operation: &Operation) -> Vec<Left> {
    let is_text = |p: &&Parameter| super::headers::kind(api, &p.ty) == super::headers::Kind::One;
    let in_media = operation.parameters.iter().filter(|p| p.content.is_some());
    let plain = in_media
        .filter(|p| super::operations::content(api, p).is_none())
        .filter(|parameter| !is_text(parameter));
    let left = |parameter: &Parameter| {
        let what = format!(
            "the media type of the parameter `{}` is not written: its value is, as a plain one",
            parameter.wire
        );
        (
            "/parameters".to_owned(),
            what,
            "give the text in that media type with `.query(name, text)`",
        )
    };
    plain.map(left).collect()
}

/// Where a body of one media type stands below its operation.
fn media_pointer(media: &Media) -> String {
    format!("/requestBody/content/{}", escape(&media.content_type))
}

/// Where a response stands below its operation.
fn response_pointer(status: Status) -> String {
    let key = match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    };
    format!("/responses/{key}")
}

/// Servers that the client cannot offer as they are written.
fn of_servers(api: &Api) -> Vec<Unsupported> {
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
        Some(Unsupported {
            pointer: format!("/servers/{number}"),
            what: format!("{}: `{}`", problem(&super::servers::with_defaults(server))?, server.url),
            help: "give the base URL to `Client::builder`".to_owned(),
            whole: true,
            told: true,
        })
    };
    api.servers.iter().enumerate().filter_map(left).collect()
}
