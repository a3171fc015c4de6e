//! The types of success and error responses.

use super::naming::{Case, Name, Scope};
use super::{Context, DocText, Output, ResponseBody, ResponseEnum, ResponseVariant, RustType, doc};
use crate::ir::{
    Api, ErrorFields, Media, MediaKind, Method, Operation, Response, Shape, Status, Type, TypeName,
};
use crate::manifest::ReadAs;

/// Plans the type that success responses are decoded as. Several different types become an enum
/// called `name`.
pub fn output(
    context: &Context<'_>,
    method: Method,
    successes: &[&Response],
    name: &Name,
) -> Output {
    if method == Method::Head {
        // The response to HEAD has no content, whatever is declared (RFC 9110 §9.3.2).
        return Output::Empty;
    }
    if let Some(events) = event_stream(context, successes) {
        return events;
    }
    let bodies: Vec<ResponseBody> = successes.iter().map(|it| response_body(context, it)).collect();
    match bodies.split_first() {
        None => Output::Bytes,
        Some((first, rest)) if rest.iter().all(|b| b == first) => match first.clone() {
            ResponseBody::Json(ty) | ResponseBody::Untyped(ty) => Output::Json(ty),
            ResponseBody::Text => Output::Text,
            ResponseBody::Bytes => Output::Bytes,
            ResponseBody::Empty => Output::Empty,
        },
        Some(_) => Output::OneOf(ResponseEnum {
            name: name.clone(),
            variants: variants(context, successes, |it| response_body(context, it)),
            code_at: None,
            has_known_codes: false,
            message_at: None,
        }),
    }
}

/// Returns the stream of events, if every success response is one with the same type of event.
fn event_stream(context: &Context<'_>, successes: &[&Response]) -> Option<Output> {
    let mut event_types = successes.iter().map(|response| match response.read_media().as_slice() {
        [Media { kind: MediaKind::Events, ty, .. }, ..] => Some(event_type(context.api, ty)),
        _ => None,
    });
    let first = event_types.next()??;
    if !event_types.all(|other| other == Some(first)) {
        return None;
    }
    Some(Output::Events(first.map(|ty| context.rust_type(ty))))
}

/// Returns the type of an event's data, if it is JSON. An array in the document means that each
/// event carries one of its items.
fn event_type<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a Type> {
    match ty.without_null() {
        Type::List(item) => Some(item),
        Type::Map(_) => Some(ty.without_null()),
        Type::Named(_) => match api.shape(ty)? {
            Shape::Struct(_) | Shape::Union(_) => Some(ty.without_null()),
            Shape::Enum(_) | Shape::Id => None,
        },
        Type::Any | Type::Scalar(_) | Type::Nullable(_) => None,
    }
}

/// Returns whether a response of an operation is read as a stream of events.
pub fn is_streamed(operation: &Operation, response: &Response) -> bool {
    let is_events = |response: &Response| {
        response.read_media().first().is_some_and(|media| media.kind == MediaKind::Events)
    };
    let (successes, _) = operation.split_responses();
    successes.iter().all(|success| is_events(success))
        && successes.iter().any(|success| success.status == response.status)
}

/// Plans the enum of errors, if any error or error code is declared.
pub fn errors(
    context: &Context<'_>,
    operation: &Operation,
    errors: &[&Response],
    name: &Name,
    success: &Output,
) -> Option<ResponseEnum> {
    if operation.method == Method::Head {
        return None;
    }
    let has_known_codes = context.api.errors.as_ref().is_some_and(|c| !c.codes.is_empty());
    let ErrorFields { code, message } = operation.error_fields.clone();
    (has_known_codes || !errors.is_empty()).then(|| ResponseEnum {
        name: name.clone(),
        variants: variants(context, errors, |it| error_body(context, it, success)),
        code_at: if has_known_codes { Some(code_paths(context, errors)) } else { code },
        has_known_codes,
        message_at: message,
    })
}

/// Returns the paths of the error code in the bodies of these errors.
fn code_paths(context: &Context<'_>, errors: &[&Response]) -> Vec<String> {
    let Some(catalogue) = context.api.errors.as_ref().filter(|c| !c.codes.is_empty()) else {
        return Vec::new();
    };
    let mut paths = vec![catalogue.field.clone()];
    for media in errors.iter().flat_map(|response| &response.media) {
        let Type::Named(id) = media.ty else { continue };
        let path = match context.api.types.get(id.0).map(|def| &def.name) {
            Some(TypeName::Component(key)) => catalogue.fields.get(key),
            _ => None,
        };
        paths.extend(path.filter(|path| !paths.contains(path)).cloned());
    }
    paths
}

fn variants(
    context: &Context<'_>,
    responses: &[&Response],
    body: impl Fn(&Response) -> ResponseBody,
) -> Vec<ResponseVariant> {
    let mut scope = Scope::new(Case::Pascal);
    let variant = |response: &&Response| {
        let doc = status_doc(context, response);
        ResponseVariant {
            name: scope.claim(&status_words(response.status)),
            status: response.status,
            body: body(response),
            has_description: doc != plain_status_doc(response.status),
            doc,
        }
    };
    responses.iter().map(variant).collect()
}

fn status_doc(context: &Context<'_>, response: &Response) -> DocText {
    let status = status_text(response.status);
    match response.description.as_deref().map(str::trim) {
        Some(description) if !repeats_status(description, response.status) => {
            doc::markdown(&context.links, &format!("{status}: {description}"))
        }
        _ => plain_status_doc(response.status),
    }
}

/// Documents a status without the description of a response.
pub fn plain_status_doc(status: Status) -> DocText {
    DocText(vec![status_text(status)])
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => format!("{code}"),
        Status::Range(digit) => format!("{digit}00 to {digit}99"),
        Status::Default => "Any other status".to_owned(),
    }
}

/// Returns whether a description is empty or only the reason phrase of its status: `Not found.`
fn repeats_status(description: &str, status: Status) -> bool {
    let letters = description.chars().filter(|c| c.is_alphanumeric());
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    letters.is_empty() || letters == status_words(status).to_lowercase()
}

fn error_body(context: &Context<'_>, response: &Response, success: &Output) -> ResponseBody {
    let body = response_body(context, response);
    let is_untyped = body == ResponseBody::Json(RustType::Json);
    let rule = context.manifest.untyped_errors.as_ref().filter(|_| is_untyped);
    let ty = match (rule.map(|rule| &rule.read_as), success) {
        (Some(ReadAs::Success), Output::Json(ty)) => Some(ty.clone()),
        (Some(ReadAs::Component(key)), _) => context.component(key),
        (Some(ReadAs::Success) | None, _) => None,
    };
    ty.map_or(body, ResponseBody::Untyped)
}

/// Returns the type that the body of a response is decoded as.
fn response_body(context: &Context<'_>, response: &Response) -> ResponseBody {
    match response.read_media().first() {
        None => ResponseBody::Empty,
        Some(Media { kind: MediaKind::Json, ty, .. }) => ResponseBody::Json(context.rust_type(ty)),
        Some(Media { kind: MediaKind::Text, .. }) => ResponseBody::Text,
        Some(_) => ResponseBody::Bytes,
    }
}

/// Returns the words for a variant's name: the reason phrase of the status (RFC 9110 §15 and IANA's
/// registry).
fn status_words(status: Status) -> String {
    let words = match status {
        Status::Default => "Default",
        Status::Range(1) => "Informational",
        Status::Range(2) => "Successful",
        Status::Range(3) => "Redirection",
        Status::Range(4) => "ClientError",
        Status::Range(5) => "ServerError",
        Status::Range(digit) => return format!("Status{digit}xx"),
        Status::Code(code) => match reason_phrase(code) {
            Some(words) => words,
            None => return format!("Status{code}"),
        },
    };
    words.to_owned()
}

fn reason_phrase(code: u16) -> Option<&'static str> {
    let words = match code {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        418 => "ImATeapot",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        507 => "InsufficientStorage",
        _ => return None,
    };
    Some(words)
}
