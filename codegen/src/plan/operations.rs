//! Operations: the client's methods and the request types that they return.

use super::naming::{self, Case, Constant, Name, OperationNames, Scope, name};
use super::resources::resource_file;
use super::{
    Argument, Body, BodyType, CallPath, Content, Context, DocText, Lifetime, Operation, RustType,
    Visibility, accept, auth, bodies, clears, client_settings, constraints, doc, headers, layout,
    limits, operation_servers, responses, signing,
};
use crate::ir::{self, MediaKind, ParameterIn, TokenSource};

/// The number of operations from which each tag gets its own file.
const MIN_TO_SPLIT: usize = 12;

/// The methods that every request has, and methods of `std::ops`, whose names a method with one
/// argument should not have (clippy's `should_implement_trait`).
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
    "idempotent",
    "get_idempotency_key",
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

/// The number of arguments, the client itself aside, that clippy's `too_many_arguments` accepts.
const MAX_ARGUMENTS: usize = 6;

/// Plans every operation.
pub fn plan(context: &Context<'_>) -> Vec<Operation> {
    let operations = &context.api.operations;
    let has_resources = !context.names.resource_types.is_empty();
    let one_file = operations.len() < MIN_TO_SPLIT;
    let file = |operation: &ir::Operation| match &operation.resource {
        Some(method) => resource_file(&method.resource),
        None if one_file && !has_resources => name(layout::ONE_FILE, Case::Snake),
        None => operation_file(operation),
    };
    let operation_files: Vec<Name> = operations.iter().map(file).collect();
    let token_visibility = match layout::is_split(operation_files.iter()) {
        true => Visibility::Grandparent,
        false => Visibility::Parent,
    };
    let plan = |(((operation, names), call), file): (((_, _), &CallPath), _)| {
        // The security schemes refer to the operations that fetch tokens.
        let visibility = match is_token_operation(context, operation) {
            true => token_visibility,
            false => Visibility::Private,
        };
        plan_operation(context, operation, (names, call), file, visibility)
    };
    let operations = operations.iter().zip(&context.names.operations).zip(&context.calls);
    operations.zip(operation_files).map(plan).collect()
}

/// Returns the file of an operation: its first tag, or else the first segment of its path. The name
/// of a module with its own file must be ASCII, and cannot be `mod`.
fn operation_file(operation: &ir::Operation) -> Name {
    let path = operation.template.split('/').find(|s| !s.is_empty() && !s.starts_with('{'));
    let tag = operation.tags.first().map(String::as_str);
    let is_usable =
        |words: &&str| words.is_ascii() && words.contains(|c: char| c.is_alphanumeric());
    let words = [tag, path].into_iter().flatten().find(is_usable).unwrap_or("root");
    match name(words, Case::Snake) {
        file if file.as_str() == "mod" => name("module", Case::Snake),
        file => file,
    }
}

fn plan_operation(
    context: &Context<'_>,
    operation: &ir::Operation,
    (names, call): (&OperationNames, &CallPath),
    file: Name,
    visibility: Visibility,
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
    let parameters = sort_parameters(context, operation);
    let body =
        operation.body.as_ref().and_then(|b| bodies::plan(context, b, &names.body, &mut options));
    let (successes, failures) = operation.split_responses();
    let output = responses::output(context, operation.method, &successes, &names.ok);
    let accept_variants = accept::plan(context, &successes, &mut options);
    let errors = responses::errors(context, operation, &failures, &names.errors, &output);
    let body_arguments = usize::from(body.as_ref().is_some_and(Body::is_argument));
    let [method_lifetime, impl_lifetime] = lifetimes(body.as_ref(), !accept_variants.is_empty());
    Operation {
        method: names.method.clone(),
        call: call.clone(),
        request: names.request.clone(),
        constant: names.constant.clone(),
        group: file.clone(),
        file,
        http: operation.method,
        template: operation.template.clone(),
        doc: operation_doc(context, operation, &names.method),
        deprecated: operation.doc.deprecated,
        arguments: plan_arguments(context, &parameters.required, &mut arguments),
        constants: plan_arguments(context, &parameters.constants, &mut arguments),
        settings: client_settings::operation_settings(context, operation),
        options: plan_options(context, &parameters, &mut options),
        clears: clears::plan(context, operation, &mut options),
        body,
        accept: accept_header(operation),
        success: successes.iter().map(|response| response.status).collect(),
        output,
        accept_variants,
        headers: headers::plan(context, operation, &names.headers),
        security: auth::security(context, operation),
        is_public: operation.is_public,
        signed: operation.computed.signature,
        digest: signing::digest(context, operation),
        idempotency,
        repeatable: operation.repeatable,
        server: operation_servers::operation_server(context, operation),
        visibility,
        method_lifetime,
        impl_lifetime,
        has_many_arguments: parameters.required.len() + body_arguments > MAX_ARGUMENTS,
        limits: limits::operation_limits(context, operation),
        error_codes: None,
        errors,
        shared_errors: None,
        pagination: None,
        sample: None,
    }
}

/// Returns the lifetimes of a request where the client's method returns it, and where its own
/// methods are implemented: an optional body is set there, and a method that sends the request
/// returns a future with the same lifetime.
fn lifetimes(body: Option<&Body>, has_sending_method: bool) -> [Lifetime; 2] {
    let borrows = |required: bool| {
        let is_borrowed = |ty: &BodyType| matches!(ty, BodyType::Value(_) | BodyType::OneOf(_));
        body.is_some_and(|body| body.required == required && is_borrowed(&body.ty))
    };
    let is_named = [borrows(true), borrows(false) || has_sending_method];
    is_named.map(|is_named| if is_named { Lifetime::Named } else { Lifetime::Elided })
}

/// Names a parameter. If its name is taken, its location is appended, as for an `id` in the query
/// and another one in a header.
fn argument_name(parameter: &ir::Parameter, scope: &mut Scope) -> Name {
    let location = parameter.location.name();
    scope.claim_or(&parameter.wire, &[format!("{} {location}", parameter.wire)])
}

/// The parameters of an operation, by how they get their values.
struct SortedParameters<'p> {
    /// Callers pass them.
    required: Vec<PlannedParameter<'p>>,
    /// They have a constant.
    constants: Vec<PlannedParameter<'p>>,
    /// The client has a setting for them.
    settings: Vec<PlannedParameter<'p>>,
    /// Callers may set them.
    optional: Vec<PlannedParameter<'p>>,
}

fn sort_parameters<'p>(
    context: &Context<'_>,
    operation: &'p ir::Operation,
) -> SortedParameters<'p> {
    let parameters = operation.parameters.iter().filter(|p| !signing::is_key_header(operation, p));
    let parameters = parameters.map(|parameter| PlannedParameter {
        parameter,
        constant: naming::parameter_constant(&context.overrides, context.api, operation, parameter),
    });
    let (required, optional): (Vec<_>, Vec<_>) = parameters
        .partition(|it| it.parameter.required || it.parameter.location == ParameterIn::Path);
    let (settings, required): (Vec<_>, Vec<_>) =
        required.into_iter().partition(|it| it.parameter.is_setting);
    let (constants, required) = required.into_iter().partition(|it| it.constant.is_some());
    SortedParameters { required, constants, settings, optional }
}

fn plan_arguments(
    context: &Context<'_>,
    parameters: &[PlannedParameter<'_>],
    scope: &mut Scope,
) -> Vec<Argument> {
    parameters.iter().map(|parameter| argument(context, parameter, scope)).collect()
}

/// Plans the parameters that methods of the request set: the optional ones, and those whose value is
/// replaced.
fn plan_options(
    context: &Context<'_>,
    parameters: &SortedParameters<'_>,
    scope: &mut Scope,
) -> Vec<Argument> {
    let constants = parameters.constants.iter().filter(|it| !it.is_constant());
    let replaced = constants.chain(&parameters.settings).map(|it| (it, true));
    let options = replaced.chain(parameters.optional.iter().map(|it| (it, false)));
    options.map(|(it, replaces)| Argument { replaces, ..option(context, it, scope) }).collect()
}

/// A parameter with its constant, if it has one.
struct PlannedParameter<'p> {
    parameter: &'p ir::Parameter,
    constant: Option<Constant>,
}

impl PlannedParameter<'_> {
    /// Returns whether it has the same value in every request that has it.
    fn is_constant(&self) -> bool {
        self.constant.as_ref().is_some_and(|constant| constant.is_only)
    }
}

fn argument(context: &Context<'_>, planned: &PlannedParameter<'_>, scope: &mut Scope) -> Argument {
    let PlannedParameter { parameter, constant } = planned;
    Argument {
        name: argument_name(parameter, scope),
        wire: parameter.wire.clone(),
        location: parameter.location,
        ty: match context.rust_type(&parameter.ty) {
            RustType::Option(inner) => *inner,
            ty => ty,
        },
        style: parameter.style,
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
        content: content(context.api, parameter),
        constant: constant.clone(),
        replaces: false,
        doc: argument_doc(context, parameter),
    }
}

/// Plans an optional parameter, which a method of the request sets.
fn option(context: &Context<'_>, planned: &PlannedParameter<'_>, scope: &mut Scope) -> Argument {
    let option = argument(context, planned, scope);
    if !option.doc.0.is_empty() {
        return option;
    }
    let name = doc::inline_code(&option.wire);
    let text = match option.constant.as_ref().filter(|it| it.is_only) {
        Some(constant) => {
            format!("Sets {name} to {}.", doc::inline_code(&constant.value.text()))
        }
        None => format!("Sets {name}."),
    };
    Argument { doc: DocText(vec![text]), ..option }
}

/// Returns the media type that a parameter is serialized in, if it has one. `text/plain` needs
/// none: a string is serialized unchanged.
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
    let name = &parameter.wire;
    let text = constraints::field_doc(&context.links, text, constraints, default.as_ref(), name);
    let computed = "Computed by the client unless it is set here.";
    if parameter.computed { doc::join(text, doc::wrapped(computed)) } else { text }
}

/// Returns the header `Accept`: every media type that the client reads, JSON first, each once.
fn accept_header(operation: &ir::Operation) -> Option<String> {
    let mut media_types: Vec<&str> = Vec::new();
    let media = || operation.responses.iter().flat_map(ir::Response::read_media);
    let json = media().filter(|m| m.kind == MediaKind::Json);
    for media in json.chain(media().filter(|m| m.kind != MediaKind::Json)) {
        if !media_types.contains(&media.content_type.as_str()) {
            media_types.push(&media.content_type);
        }
    }
    if media_types.is_empty() { None } else { Some(media_types.join(", ")) }
}

fn operation_doc(context: &Context<'_>, operation: &ir::Operation, method: &Name) -> DocText {
    let ir::Operation { method: http, template, .. } = operation;
    let mut text = doc::item_doc(&context.links, &operation.doc, method.as_str());
    if text.0.is_empty() {
        text = doc::wrapped(&doc::summary_from_name(method.as_str(), *http, template));
    }
    let route = doc::inline_code(&format!("{} {}", operation.method.name(), operation.template));
    let line = match &operation.link {
        Some(link) => format!("[{route}]({link})"),
        None => route,
    };
    text = doc::join(text, auth::scopes_doc(operation));
    text = doc::join(text, auth::operation_certificates_doc(context.api, operation));
    doc::join(text, DocText(vec![line]))
}

/// Returns whether the client fetches the token of some scheme with this operation.
fn is_token_operation(context: &Context<'_>, operation: &ir::Operation) -> bool {
    let tokens = context.api.schemes.iter().filter_map(|scheme| scheme.token.as_ref());
    let mut sources = tokens.filter_map(|token| match token.source {
        TokenSource::Operation(index) => context.api.operations.get(index),
        TokenSource::Url(_) => None,
    });
    sources.any(|source| source.pointer == operation.pointer)
}
