//! What a call gives back: successes, and errors told apart by status.

use super::names::{Case, Name, Scope};
use super::{AnswerBody, AnswerVariant, Answers, Context, DocText, Output, RustType, doc};
use crate::ir::{Answer, Api, Media, MediaKind, Method, Operation, Shape, Status, Type, TypeName};
use crate::manifest::ReadAs;

/// The answers of an operation: those that are successes, and those that are errors.
pub fn split(operation: &Operation) -> (Vec<&Answer>, Vec<&Answer>) {
    let class = |a: &Answer| match a.status {
        Status::Code(code) => Some(code / 100),
        Status::Range(digit) => Some(u16::from(digit)),
        Status::Default => None,
    };
    let has = |wanted: u16| operation.answers.iter().any(|a| class(a) == Some(wanted));
    let (has_2, has_3) = (has(2), has(3));
    let is_success = |a: &&Answer| match class(a) {
        Some(2) => true,
        // A redirect is the aim of an operation that declares no other success.
        Some(1 | 3) => !has_2,
        Some(_) => false,
        None => !has_2 && !has_3,
    };
    let successes = operation.answers.iter().filter(is_success).collect();
    // What is declared for every status is declared for errors too.
    let errors =
        operation.answers.iter().filter(|a| class(a).is_none() || !is_success(a)).collect();
    (successes, errors)
}

/// The media types of an answer that the client reads; the first decides what the body becomes.
/// JSON where it is offered, and every JSON of the same type, else text, else bytes.
pub fn read_media(answer: &Answer) -> Vec<&Media> {
    let of_kind = |kind: MediaKind| answer.media.iter().find(|m| m.kind == kind);
    let Some(first) =
        of_kind(MediaKind::Json).or_else(|| of_kind(MediaKind::Text)).or(answer.media.first())
    else {
        return Vec::new();
    };
    answer
        .media
        .iter()
        .filter(|m| match first.kind {
            MediaKind::Json => m.kind == MediaKind::Json && m.ty == first.ty,
            MediaKind::Text => m.kind == MediaKind::Text,
            MediaKind::Form | MediaKind::Multipart | MediaKind::Bytes | MediaKind::Events => true,
        })
        .collect()
}

/// What a success becomes.
pub fn output(context: &Context<'_>, method: Method, successes: &[&Answer], name: &Name) -> Output {
    if method == Method::Head {
        // The answer to HEAD has no content, whatever is declared (RFC 9110 §9.3.2).
        return Output::Empty;
    }
    if let Some(events) = events(context, successes) {
        return events;
    }
    let bodies: Vec<AnswerBody> = successes.iter().map(|a| body(context, a)).collect();
    match bodies.split_first() {
        None => Output::Bytes,
        Some((first, rest)) if rest.iter().all(|b| b == first) => match first.clone() {
            AnswerBody::Json(ty) | AnswerBody::Untyped(ty) => Output::Json(ty),
            AnswerBody::Text => Output::Text,
            AnswerBody::Bytes => Output::Bytes,
            AnswerBody::Empty => Output::Empty,
        },
        Some(_) => Output::OneOf(Answers {
            name: name.clone(),
            doc: DocText::default(),
            variants: variants(context, successes, |a| body(context, a)),
            code_at: Vec::new(),
        }),
    }
}

/// A stream of events, where every success is one of the same type.
fn events(context: &Context<'_>, successes: &[&Answer]) -> Option<Output> {
    let mut all = successes.iter().map(|answer| match read_media(answer).as_slice() {
        [Media { kind: MediaKind::Events, ty, .. }, ..] => Some(event(context.api, ty)),
        _ => None,
    });
    let first = all.next()??;
    if !all.all(|other| other == Some(first)) {
        return None;
    }
    Some(Output::Events(first.map(|ty| context.rust(ty))))
}

/// What the data of an event is, if it is JSON. A list is described where what comes is its items,
/// one in each event.
fn event<'a>(api: &'a Api, mut ty: &'a Type) -> Option<&'a Type> {
    // An alias of itself is nothing.
    for _ in 0..=api.types.len() {
        ty = match ty {
            Type::Nullable(inner) => inner,
            Type::List(item) => return Some(item),
            Type::Named(id) => match api.types.get(id.0).map(|def| &def.shape) {
                Some(Shape::Alias(inner)) => inner,
                Some(Shape::Enum(_)) | None => return None,
                Some(Shape::Struct(_) | Shape::Union(_)) => return Some(ty),
            },
            Type::Map(_) => return Some(ty),
            Type::Any | Type::Scalar(_) => return None,
        };
    }
    None
}

/// Whether an operation's answer of this status is read as a stream of events.
pub fn is_streamed(operation: &Operation, answer: &Answer) -> bool {
    let is_events = |answer: &Answer| {
        read_media(answer).first().is_some_and(|media| media.kind == MediaKind::Events)
    };
    let (successes, _) = split(operation);
    successes.iter().all(|success| is_events(success))
        && successes.iter().any(|success| success.status == answer.status)
}

/// The enum of errors, if there is anything to tell apart.
pub fn errors(
    context: &Context<'_>,
    method: Method,
    errors: &[&Answer],
    name: &Name,
    success: &Output,
) -> Option<Answers> {
    if method == Method::Head {
        return None;
    }
    let has_codes = context.api.errors.as_ref().is_some_and(|c| !c.codes.is_empty());
    (has_codes || !errors.is_empty()).then(|| Answers {
        name: name.clone(),
        doc: DocText::default(),
        variants: variants(context, errors, |a| error_body(context, a, success)),
        code_at: code_at(context, errors),
    })
}

/// Where the bodies of these errors carry the vendor's code.
fn code_at(context: &Context<'_>, errors: &[&Answer]) -> Vec<String> {
    let Some(catalogue) = context.api.errors.as_ref().filter(|c| !c.codes.is_empty()) else {
        return Vec::new();
    };
    let mut places = vec![catalogue.field.clone()];
    for media in errors.iter().flat_map(|answer| &answer.media) {
        let Type::Named(id) = media.ty else { continue };
        let own = match context.api.types.get(id.0).map(|def| &def.name) {
            Some(TypeName::Component(key)) => catalogue.fields.get(key),
            _ => None,
        };
        places.extend(own.filter(|own| !places.contains(own)).cloned());
    }
    places
}

fn variants(
    context: &Context<'_>,
    answers: &[&Answer],
    body: impl Fn(&Answer) -> AnswerBody,
) -> Vec<AnswerVariant> {
    let mut scope = Scope::new(Case::Pascal);
    let variant = |a: &&Answer| AnswerVariant {
        name: scope.claim(&status_words(a.status)),
        status: a.status,
        body: body(a),
        doc: status_doc(context, a),
    };
    answers.iter().map(variant).collect()
}

fn status_doc(context: &Context<'_>, answer: &Answer) -> DocText {
    let status = match answer.status {
        Status::Code(code) => format!("{code}"),
        Status::Range(digit) => format!("{digit}00 to {digit}99"),
        Status::Default => "Any other status".to_owned(),
    };
    match answer.description.as_deref().map(str::trim) {
        Some(description) if !description.is_empty() => {
            doc::text(&context.links, &format!("{status}: {description}"))
        }
        _ => DocText(vec![status]),
    }
}

fn error_body(context: &Context<'_>, answer: &Answer, success: &Output) -> AnswerBody {
    let body = body(context, answer);
    let untyped = body == AnswerBody::Json(RustType::Runtime("Json"));
    match (&context.manifest.untyped_errors, success) {
        (Some(rule), _) if untyped => match (&rule.read_as, success) {
            (ReadAs::Success, Output::Json(ty)) => AnswerBody::Untyped(ty.clone()),
            (ReadAs::Success, _) => body,
            (ReadAs::Component(key), _) => match super::types::components(context).remove(key) {
                Some(ty) => AnswerBody::Untyped(ty),
                None => body,
            },
        },
        _ => body,
    }
}

/// What an answer's body becomes.
fn body(context: &Context<'_>, answer: &Answer) -> AnswerBody {
    match read_media(answer).first() {
        None => AnswerBody::Empty,
        Some(Media { kind: MediaKind::Json, ty, .. }) => AnswerBody::Json(context.rust(ty)),
        Some(Media { kind: MediaKind::Text, .. }) => AnswerBody::Text,
        Some(_) => AnswerBody::Bytes,
    }
}

/// A variant's name: the reason phrase of the status (RFC 9110 §15, IANA's registry).
fn status_words(status: Status) -> String {
    let words = match status {
        Status::Default => "Default",
        Status::Range(1) => "Informational",
        Status::Range(2) => "Successful",
        Status::Range(3) => "Redirection",
        Status::Range(4) => "ClientError",
        Status::Range(5) => "ServerError",
        Status::Range(digit) => return format!("Status{digit}xx"),
        Status::Code(code) => match reason(code) {
            Some(words) => words,
            None => return format!("Status{code}"),
        },
    };
    words.to_owned()
}

fn reason(code: u16) -> Option<&'static str> {
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
