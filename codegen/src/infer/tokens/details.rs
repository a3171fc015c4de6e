//! The parts of a token request and its response: from `vendor.toml`, else from the operation's
//! types, else from RFC 6749 §4.4.

use super::TokenError;
use crate::ir::{
    Api, Field, Literal, Media, MediaKind, Operation, Parameter, ParameterIn, Shape, Status,
    TokenRequest, TokenSource, Type,
};
use crate::manifest::{BasicEncoding, BodyKind, Tokens};

const FORM: &str = "application/x-www-form-urlencoded";
const GRANT_TYPE: &str = "client_credentials";
/// The parameters of a token request that callers set, if its body has a field for them.
const PARAMETERS: [&str; 1] = ["scope"];

/// Returns the request of RFC 6749 for a URL that is not one of the API's operations.
pub fn standard_request(url: &str, rule: &Tokens) -> TokenRequest {
    let mut constants: Vec<(String, String)> = rule.constants.clone().into_iter().collect();
    if !rule.constants.contains_key("grant_type") {
        constants.insert(0, ("grant_type".to_owned(), GRANT_TYPE.to_owned()));
    }
    let content_type = match rule.body {
        Some(BodyKind::Json) => "application/json",
        Some(BodyKind::Form) | None => FORM,
    };
    TokenRequest {
        source: TokenSource::Url(url.to_owned()),
        content_type: Some(content_type.to_owned()),
        client: rule.id.clone().zip(rule.secret.clone()),
        plain_basic: rule.basic == Some(BasicEncoding::Plain),
        constants,
        id_header: rule.id_header.clone(),
        parameters: PARAMETERS
            .into_iter()
            .filter(|name| !rule.constants.contains_key(*name))
            .map(|name| (name, name.to_owned()))
            .collect(),
        token: split_path(rule.token.as_deref().unwrap_or("access_token")),
        lifetime: split_path(rule.lifetime.as_deref().unwrap_or("expires_in")),
    }
}

/// Returns the request for one of the API's operations.
pub fn operation_request(
    api: &Api,
    index: usize,
    operation: &Operation,
    rule: &Tokens,
) -> Result<TokenRequest, TokenError> {
    let is_required = |p: &&Parameter| p.required || p.location == ParameterIn::Path;
    let required: Vec<String> = operation
        .parameters
        .iter()
        .filter(is_required)
        .map(|parameter| format!("`{}`", parameter.wire))
        .collect();
    if !required.is_empty() {
        let reason = format!("the token operation requires parameters: {}", required.join(", "));
        return Err(TokenError::Incomplete(reason));
    }
    let media = body_media(operation, rule)?;
    let fields = media.and_then(|media| struct_fields(api, &media.ty));
    let client = client_properties(rule, fields)?;
    let constants = constants(rule, fields.unwrap_or_default());
    let is_constant = |wire: &str| constants.iter().any(|(name, _)| name == wire);
    let parameter = |name: &'static str| {
        let field = find_by_letters(fields.unwrap_or_default(), name)?;
        (!is_constant(&field.wire)).then(|| (name, field.wire.clone()))
    };
    let parameters: Vec<_> = PARAMETERS.into_iter().filter_map(parameter).collect();
    let is_set = |wire: &str| {
        is_constant(wire)
            || parameters.iter().any(|(_, field)| field == wire)
            || client.as_ref().is_some_and(|(id, secret)| id == wire || secret == wire)
    };
    let mut unset = fields.unwrap_or_default().iter().filter(|f| f.required && !is_set(&f.wire));
    if let Some(field) = unset.next() {
        let reason = format!("the body of the token operation also requires `{}`", field.wire);
        return Err(TokenError::Incomplete(reason));
    }
    let response = response_media(operation).map(|media| &media.ty);
    Ok(TokenRequest {
        source: TokenSource::Operation(index),
        content_type: media.map(|media| media.content_type.clone()),
        client,
        plain_basic: rule.basic == Some(BasicEncoding::Plain),
        constants,
        id_header: rule.id_header.clone(),
        parameters,
        token: token_path(api, rule, response)?,
        lifetime: lifetime_path(api, rule, response)?,
    })
}

/// Rejects a rule for the encoding of the `Authorization` header if the body has the client's id and
/// secret instead.
pub fn check_basic(rule: &Tokens, request: &TokenRequest) -> Result<(), TokenError> {
    match (&rule.basic, &request.client) {
        (Some(_), Some((id, secret))) => {
            let message = format!(
                "the client's id and secret are sent in the body, as `{id}` and `{secret}`: remove \
                 `basic`"
            );
            Err(TokenError::InvalidManifest("basic", message))
        }
        _ => Ok(()),
    }
}

/// Returns the media type of the request body: a form if there is one, as in RFC 6749.
fn body_media<'o>(
    operation: &'o Operation,
    rule: &Tokens,
) -> Result<Option<&'o Media>, TokenError> {
    let Some(body) = &operation.body else { return Ok(None) };
    let of_kind = |kind| body.media.iter().find(|media| media.kind == kind);
    match rule.body {
        None => Ok(of_kind(MediaKind::Form).or_else(|| of_kind(MediaKind::Json))),
        Some(kind) => {
            let (kind, name) = match kind {
                BodyKind::Form => (MediaKind::Form, "form"),
                BodyKind::Json => (MediaKind::Json, "JSON"),
            };
            let missing = || {
                let message = format!("the token operation does not accept a {name} body");
                TokenError::InvalidManifest("body", message)
            };
            of_kind(kind).map(Some).ok_or_else(missing)
        }
    }
}

/// Returns the fields of a struct.
fn struct_fields<'a>(api: &'a Api, ty: &Type) -> Option<&'a [Field]> {
    match api.shape(ty)? {
        Shape::Struct(shape) => Some(&shape.fields),
        Shape::Enum(_) | Shape::Id | Shape::Union(_) => None,
    }
}

/// Finds a field by the letters of its name, in any spelling: `clientId`, `client_id`.
fn find_by_letters<'a>(fields: &'a [Field], letters: &str) -> Option<&'a Field> {
    let letters_of = |wire: &str| wire.replace(['_', '-'], "").to_ascii_lowercase();
    fields.iter().find(|field| letters_of(&field.wire) == letters)
}

/// Returns the body properties for the client ID and the client secret.
fn client_properties(
    rule: &Tokens,
    fields: Option<&[Field]>,
) -> Result<Option<(String, String)>, TokenError> {
    let property = |key: &'static str, configured: &Option<String>, letters: &str| match (
        configured, fields,
    ) {
        (Some(name), Some(fields)) if !fields.iter().any(|field| field.wire == *name) => {
            let message = format!(
                "the request body of the token operation has no property `{name}`: name one of its \
                 properties"
            );
            Err(TokenError::InvalidManifest(key, message))
        }
        (Some(name), _) => Ok(Some(name.clone())),
        (None, fields) => {
            Ok(find_by_letters(fields.unwrap_or_default(), letters).map(|f| f.wire.clone()))
        }
    };
    let id = property("id", &rule.id, "clientid")?;
    let secret = property("secret", &rule.secret, "clientsecret")?;
    Ok(id.zip(secret))
}

/// Returns the body properties with a constant value.
fn constants(rule: &Tokens, fields: &[Field]) -> Vec<(String, String)> {
    let mut constants: Vec<(String, String)> = rule.constants.clone().into_iter().collect();
    if let Some(grant) = find_by_letters(fields, "granttype").map(|field| &field.wire)
        && !constants.iter().any(|(name, _)| name == grant)
    {
        constants.insert(0, (grant.clone(), GRANT_TYPE.to_owned()));
    }
    let known = |wire: &str| constants.iter().any(|(name, _)| name == wire);
    // Required properties with a default are sent with it.
    let defaults: Vec<(String, String)> = fields
        .iter()
        .filter(|field| field.required && !known(&field.wire))
        .filter_map(|field| match &field.default {
            Some(Literal::String(text)) => Some((field.wire.clone(), text.clone())),
            _ => None,
        })
        .collect();
    constants.extend(defaults);
    constants
}

/// Returns the JSON media type of the first successful response that has one.
fn response_media(operation: &Operation) -> Option<&Media> {
    let is_success = |status: Status| match status {
        Status::Code(code) => code / 100 == 2,
        Status::Range(digit) => digit == 2,
        Status::Default => true,
    };
    let mut successes = operation.responses.iter().filter(|r| is_success(r.status));
    successes.find_map(|response| response.media.iter().find(|m| m.kind == MediaKind::Json))
}

/// Returns the path to the token in the response.
fn token_path(
    api: &Api,
    rule: &Tokens,
    response: Option<&Type>,
) -> Result<Vec<String>, TokenError> {
    if let Some(path) = &rule.token {
        return checked_path(api, "token", path, response);
    }
    match response.and_then(|ty| struct_fields(api, ty)) {
        None => Ok(split_path("access_token")),
        Some(fields) => match find_by_letters(fields, "accesstoken") {
            Some(field) => Ok(vec![field.wire.clone()]),
            None => {
                let reason = "the response of the token operation has no `access_token`";
                Err(TokenError::Incomplete(reason.to_owned()))
            }
        },
    }
}

/// Returns the path to the token's lifetime in the response.
fn lifetime_path(
    api: &Api,
    rule: &Tokens,
    response: Option<&Type>,
) -> Result<Vec<String>, TokenError> {
    if let Some(path) = &rule.lifetime {
        return checked_path(api, "lifetime", path, response);
    }
    match response.and_then(|ty| struct_fields(api, ty)) {
        None => Ok(split_path("expires_in")),
        Some(fields) => {
            Ok(find_by_letters(fields, "expiresin").map(|f| f.wire.clone()).into_iter().collect())
        }
    }
}

/// Returns a path from `vendor.toml`, if the response has it.
fn checked_path(
    api: &Api,
    key: &'static str,
    path: &str,
    response: Option<&Type>,
) -> Result<Vec<String>, TokenError> {
    let mut ty = response;
    for name in path.split('.') {
        let Some(fields) = ty.and_then(|ty| struct_fields(api, ty)) else { break };
        let Some(field) = fields.iter().find(|field| field.wire == name) else {
            let message = format!(
                "the response of the token operation has no property `{path}`: list the names of \
                 the properties that lead to it, separated by dots"
            );
            return Err(TokenError::InvalidManifest(key, message));
        };
        ty = Some(&field.ty);
    }
    Ok(split_path(path))
}

fn split_path(path: &str) -> Vec<String> {
    path.split('.').map(str::to_owned).collect()
}
