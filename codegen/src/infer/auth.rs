//! Security schemes that `[auth]` in `vendor.toml` adds or completes, and operations that credentials
//! for every call are not sent to.

use super::Context;
use crate::ir::{
    Api, ApiKeyIn, Conclusion, Inference, Method, Operation, Rejection, Requirement, Scheme,
    SecurityScheme, Shape, State, Subject, TokenSource, Type,
};
use crate::manifest::{Auth, AuthKind, Manifest};
use crate::report::{Problem, Report};

/// Adds the schemes of `[auth]` to the API, and completes those of the document.
pub fn apply(api: &mut Api, manifest: &Manifest, report: &mut Report) {
    // A document that never requires credentials does not say which operations need none.
    let states_security = api.operations.iter().any(|operation| !operation.security.is_empty());
    for operation in &mut api.operations {
        operation.is_public &= states_security;
    }
    for (key, auth) in &manifest.auth {
        let scheme = api.schemes.iter_mut().find(|scheme| scheme.name == *key);
        let is_new = scheme.is_none();
        match (scheme, auth.kind) {
            (Some(scheme), _) => complete(scheme, auth),
            (None, Some(kind)) => api.schemes.push(SecurityScheme {
                name: key.clone(),
                description: auth.description.clone(),
                scheme: scheme_of(kind, auth),
                prefix: auth.prefix.clone(),
                token: None,
            }),
            (None, None) => {
                let message = format!("there is no security scheme `{key}`");
                let problem = Problem::error(manifest.location(&["auth", key]), message);
                report.push(problem.help("set its `type`, or name a scheme of the document"));
                continue;
            }
        }
        if let Some(scheme) = api.schemes.iter().find(|scheme| scheme.name == *key)
            && scheme.prefix.is_some()
            && !has_prefix(&scheme.scheme)
        {
            let location = manifest.location(&["auth", key, "prefix"]);
            report.push(Problem::error(location, "only keys in a header have a `prefix`"));
        }
        require(api, manifest, key, auth, is_new, report);
    }
}

fn complete(scheme: &mut SecurityScheme, auth: &Auth) {
    if let Some(kind) = auth.kind {
        scheme.scheme = scheme_of(kind, auth);
    }
    if auth.description.is_some() {
        scheme.description.clone_from(&auth.description);
    }
    scheme.prefix.clone_from(&auth.prefix);
}

fn scheme_of(kind: AuthKind, auth: &Auth) -> Scheme {
    let key = |location| Scheme::ApiKey { location, wire: auth.name.clone().unwrap_or_default() };
    match kind {
        AuthKind::Bearer => Scheme::Bearer { format: None },
        AuthKind::Basic => Scheme::Basic,
        AuthKind::Header => key(ApiKeyIn::Header),
        AuthKind::Query => key(ApiKeyIn::Query),
        AuthKind::Cookie => key(ApiKeyIn::Cookie),
    }
}

fn has_prefix(scheme: &Scheme) -> bool {
    match scheme {
        Scheme::ApiKey { location, .. } => *location == ApiKeyIn::Header,
        Scheme::Bearer { .. } | Scheme::OAuth2 { .. } | Scheme::OpenIdConnect => true,
        Scheme::Basic | Scheme::MutualTls | Scheme::Other(_) => false,
    }
}

/// Adds the scheme as an alternative to the security requirements of its operations.
fn require(
    api: &mut Api,
    manifest: &Manifest,
    key: &str,
    auth: &Auth,
    is_new: bool,
    report: &mut Report,
) {
    let selected: Vec<bool> = match &auth.operations {
        Some(patterns) => {
            let known: Vec<String> = api.operations.iter().map(Operation::key).collect();
            manifest.report_unknown_operations(
                &["auth", key, "operations"],
                patterns,
                &known,
                report,
            );
            let is_named = |it: &Operation| patterns.iter().any(|p| it.is_named(p));
            api.operations.iter().map(is_named).collect()
        }
        None if is_new => {
            let is_open = |it: &Operation| {
                let issuer = find_issuer(api, manifest, it);
                let issues_tokens = issuer.is_some_and(|(state, _)| is_drawn(&state));
                it.security.is_empty() && !it.is_public && !issues_tokens
            };
            api.operations.iter().map(is_open).collect()
        }
        None => return,
    };
    let requirement = Requirement { schemes: vec![(key.to_owned(), Vec::new())] };
    for (operation, _) in api.operations.iter_mut().zip(selected).filter(|(_, is)| *is) {
        operation.is_public = false;
        if !operation.security.contains(&requirement) {
            operation.security.push(requirement.clone());
        }
    }
}

/// Finds the operations that credentials for every call are not sent to, besides those that the
/// document declares public: the ones that issue tokens.
pub fn infer(api: &mut Api, context: &Context<'_>, report: &mut Report) -> Vec<Inference> {
    let manifest = context.manifest;
    if let Some(patterns) = &manifest.token_operations {
        let known = api.operation_keys();
        manifest.report_unknown_operations(&["token_operations"], patterns, &known, report);
    }
    let token_operations: Vec<usize> = api
        .schemes
        .iter()
        .filter_map(|scheme| scheme.token.as_ref())
        .filter_map(|token| match token.source {
            TokenSource::Operation(index) => Some(index),
            TokenSource::Url(_) => None,
        })
        .collect();
    let issuers: Vec<Option<(State, &'static str)>> =
        api.operations.iter().map(|operation| find_issuer(api, manifest, operation)).collect();
    let mut inferences = Vec::new();
    for (index, issuer) in issuers.into_iter().enumerate() {
        // The client itself calls these for tokens, whatever `vendor.toml` lists.
        let is_token_operation = token_operations.contains(&index);
        let issues_tokens = issuer.as_ref().is_some_and(|(state, _)| is_drawn(state));
        if let Some(operation) = api.operations.get_mut(index) {
            operation.is_public |= is_token_operation || issues_tokens;
        }
        let subject = Subject::Operation(index);
        inferences.extend(issuer.filter(|_| !is_token_operation).map(
            |(state, rule)| match state {
                State::Pinned => {
                    context.pin(api, subject, Conclusion::IssuesTokens, &["token_operations"], rule)
                }
                state => context.infer(api, subject, Conclusion::IssuesTokens, state, rule),
            },
        ));
    }
    inferences
}

fn is_drawn(state: &State) -> bool {
    matches!(state, State::Inferred | State::Pinned)
}

/// Returns whether an operation issues tokens, and why, if it is listed in `token_operations` or looks
/// so.
fn find_issuer(
    api: &Api,
    manifest: &Manifest,
    operation: &Operation,
) -> Option<(State, &'static str)> {
    let is_listed = |patterns: &Vec<String>| patterns.iter().any(|it| operation.is_named(it));
    match manifest.token_operations.as_ref().map(is_listed) {
        Some(true) => Some((State::Pinned, "`token_operations` lists the operation")),
        Some(false) => {
            issues_tokens(api, operation).map(|rule| (State::Rejected(Rejection::Manifest), rule))
        }
        None => issues_tokens(api, operation).map(|rule| (State::Inferred, rule)),
    }
}

/// Returns how an operation shows that it issues tokens, if it does.
fn issues_tokens(api: &Api, operation: &Operation) -> Option<&'static str> {
    if operation.method != Method::Post {
        return None;
    }
    let mut sent = operation.body.iter().flat_map(|body| &body.media);
    if sent.any(|media| has_field(api, &media.ty, "grant_type")) {
        return Some("its body has the property `grant_type`");
    }
    let (successes, _) = operation.split_responses();
    let mut received = successes.into_iter().flat_map(|response| &response.media);
    let is_token = operation.security.is_empty()
        && received.any(|media| has_field(api, &media.ty, "access_token"));
    is_token.then_some("it needs no credentials, and its response has the property `access_token`")
}

/// Whether a type is a struct with this field, or a union with such a variant.
fn has_field(api: &Api, ty: &Type, wire: &str) -> bool {
    let shape_of = |ty: &Type| match ty {
        Type::Named(id) => api.types.get(id.0).map(|def| &def.shape),
        _ => None,
    };
    let is_struct_with = |shape: Option<&Shape>| match shape {
        Some(Shape::Struct(item)) => item.fields.iter().any(|field| field.wire == wire),
        _ => false,
    };
    match shape_of(ty) {
        Some(Shape::Union(union)) => {
            union.variants.iter().any(|variant| is_struct_with(shape_of(&variant.ty)))
        }
        shape => is_struct_with(shape),
    }
}
