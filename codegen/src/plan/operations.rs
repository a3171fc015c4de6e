//! Operations: the client's methods and the requests they return.

use super::names::{Case, Name, Scope, name};
use super::{
    Argument, Content, Context, DocText, Operation, RustType, accept, auth, bodies, doc, headers,
    limits, operation_servers, responses, signing,
};
use crate::ir::{self, MediaKind, ParameterIn, TokenSource};

/// From how many operations on each tag gets a file of its own.
const ONE_FILE: usize = 12;

/// Names that a request's own methods have, and names of the methods of `std::ops`, which a method
/// with one argument should not have.
pub(super) const REQUEST_METHODS: &[&str] = &[
    "header",
    "query",
    "validate",
    "error_codes",
    "timeout",
    "retry",
    "send_stream",
    "send_events",
    "send_raw",
    "base_url",
    "idempotency_key",
    "into_request",
    "into_future",
    "send_blocking",
    "new",
    "clone",
    "add",
    "bitand",
    "bitor",
    "bitxor",
    "div",
    "mul",
    "rem",
    "shl",
    "shr",
    "sub",
];

/// Every operation.
pub fn plan(context: &Context<'_>) -> Vec<Operation> {
    let one_file = context.api.operations.len() < ONE_FILE;
    let plan = |(operation, names): (&ir::Operation, &super::identifiers::OperationNames)| {
        let file = if one_file { name("operations", Case::Snake) } else { file_of(operation) };
        one(context, operation, names, file)
    };
    context.api.operations.iter().zip(&context.operation_names).map(plan).collect()
}

/// The file of an operation: its first tag, else the first word of its path. A module with a file of
/// its own has a name in ASCII, and `mod.rs` names no module.
fn file_of(operation: &ir::Operation) -> Name {
    let path = operation.template.split('/').find(|s| !s.is_empty() && !s.starts_with('{'));
    let tag = operation.tags.first().map(String::as_str);
    let ascii = |words: &&str| words.is_ascii() && words.contains(|c: char| c.is_alphanumeric());
    let words = [tag, path].into_iter().flatten().find(ascii).unwrap_or("root");
    match name(words, Case::Snake) {
        file if file.as_str() == "r#mod" => name("module", Case::Snake),
        file => file,
    }
}

fn one(
    context: &Context<'_>,
    operation: &ir::Operation,
    names: &super::identifiers::OperationNames,
    file: Name,
) -> Operation {
    let mut arguments = Scope::reserving(Case::Snake, &["self"]);
    let mut options = Scope::reserving(Case::Snake, REQUEST_METHODS);
    match &operation.body {
        Some(body) if body.required => arguments.reserve("body"),
        Some(_) => options.reserve("body"),
        None => {}
    }
    let idempotency = signing::idempotency(context, operation);
    if idempotency.is_some() {
        options.reserve(signing::IDEMPOTENCY_KEY);
    }
    let parameters = operation.parameters.iter().filter(|p| !signing::is_key(operation, p));
    let (required, optional): (Vec<_>, Vec<_>) =
        parameters.partition(|p| p.required || p.location == ParameterIn::Path);
    let body =
        operation.body.as_ref().and_then(|b| bodies::plan(context, b, &names.body, &mut options));
    let (successes, failures) = responses::split(operation);
    let output = responses::output(context, operation.method, &successes, &names.ok);
    let accept_variants = accept::plan(context, operation, &successes, &mut options);
    let errors = responses::errors(context, operation.method, &failures, &names.errors, &output);
    Operation {
        method: names.method.clone(),
        request: names.request.clone(),
        constant: names.constant.clone(),
        file,
        http: operation.method,
        template: operation.template.clone(),
        doc: operation_doc(context, operation),
        deprecated: operation.doc.deprecated,
        arguments: required
            .into_iter()
            .map(|p| argument(context, p, name_of(p, &mut arguments)))
            .collect(),
        options: optional
            .into_iter()
            .map(|p| argument(context, p, name_of(p, &mut options)))
            .collect(),
        body,
        accept: accept(operation),
        success: successes.iter().map(|a| a.status).collect(),
        output,
        accept_variants,
        headers: headers::plan(context, operation, &names.headers),
        security: auth::security(context, operation),
        signed: operation.computed.signature,
        digest: signing::digest(context, operation),
        idempotency,
        server: operation_servers::of(context, operation),
        gives_token: gives_token(context, operation),
        limits: limits::of_operation(context, operation),
        error_codes: None,
        errors,
        pagination: None,
        sample: None,
    }
}

/// The parameter's own name; where it is taken, with the word for its location: an `id` in the query and
/// one in a header.
fn name_of(parameter: &ir::Parameter, scope: &mut Scope) -> Name {
    let location = match parameter.location {
        ParameterIn::Path => "path",
        ParameterIn::Query => "query",
        ParameterIn::Header => "header",
        ParameterIn::Cookie => "cookie",
    };
    scope.claim_or(&parameter.wire, &[format!("{} {location}", parameter.wire)])
}

fn argument(context: &Context<'_>, parameter: &ir::Parameter, name: Name) -> Argument {
    Argument {
        name,
        wire: parameter.wire.clone(),
        location: parameter.location,
        ty: match context.rust(&parameter.ty) {
            RustType::Option(inner) => *inner,
            ty => ty,
        },
        style: parameter.style,
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
        content: content(context.api, parameter),
        doc: argument_doc(context, parameter),
    }
}

/// What a parameter with a media type of its own is written as. The text of a text is itself.
pub(super) fn content(api: &ir::Api, parameter: &ir::Parameter) -> Option<Content> {
    match parameter.content? {
        MediaKind::Json => Some(Content::Json),
        MediaKind::Form if bodies::is_object(api, &parameter.ty) => Some(Content::Form),
        MediaKind::Form
        | MediaKind::Multipart
        | MediaKind::Text
        | MediaKind::Bytes
        | MediaKind::Events => None,
    }
}

fn argument_doc(context: &Context<'_>, parameter: &ir::Parameter) -> DocText {
    let ir::Parameter { doc: text, constraints, default, .. } = parameter;
    let own = doc::field(&context.links, text, constraints, default.as_ref());
    let computed = "The client computes it, unless it is given here.";
    if parameter.computed { doc::join(own, doc::own(computed)) } else { own }
}

/// `Accept`: every media type that the client reads, JSON first, each once.
fn accept(operation: &ir::Operation) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    let media = || operation.responses.iter().flat_map(responses::read_media);
    let json = media().filter(|m| m.kind == MediaKind::Json);
    for one in json.chain(media().filter(|m| m.kind != MediaKind::Json)) {
        if !all.contains(&one.content_type.as_str()) {
            all.push(&one.content_type);
        }
    }
    if all.is_empty() { None } else { Some(all.join(", ")) }
}

fn operation_doc(context: &Context<'_>, operation: &ir::Operation) -> DocText {
    let mut text = doc::of(&context.links, &operation.doc);
    let call =
        format!("{} {}", super::identifiers::method_word(operation.method), operation.template);
    let line = match &operation.link {
        Some(link) => format!("[{}]({link})", doc::code(&call)),
        None => doc::code(&call),
    };
    text = doc::join(text, auth::scopes(operation));
    doc::join(text, DocText(vec![line]))
}

/// Whether a scheme that is offered fetches its token with this operation.
fn gives_token(context: &Context<'_>, operation: &ir::Operation) -> bool {
    let tokens = context.api.schemes.iter().filter_map(|scheme| scheme.token.as_ref());
    let mut sources = tokens.filter_map(|token| match token.source {
        TokenSource::Operation(index) => context.api.operations.get(index),
        TokenSource::Address(_) => None,
    });
    sources.any(|source| source.pointer == operation.pointer)
}
