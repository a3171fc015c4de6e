//! What a token operation wants and gives: from `vendor.toml`, else from the description's types, else
//! as RFC 6749 §4.4 has it.

use super::Why;
use crate::ir::{
    Api, Field, Literal, Media, MediaKind, Operation, Parameter, ParameterIn, Shape, Status,
    TokenRequest, TokenSource, Type,
};
use crate::manifest::{BodyKind, Tokens};

const FORM: &str = "application/x-www-form-urlencoded";
const GRANT: &str = "client_credentials";

/// The request for an address that the API does not describe.
pub fn usual(address: &str, rule: &Tokens) -> TokenRequest {
    let mut constants: Vec<(String, String)> = rule.constants.clone().into_iter().collect();
    if !rule.constants.contains_key("grant_type") {
        constants.insert(0, ("grant_type".to_owned(), GRANT.to_owned()));
    }
    let content_type = match rule.body {
        Some(BodyKind::Json) => "application/json",
        Some(BodyKind::Form) | None => FORM,
    };
    TokenRequest {
        source: TokenSource::Address(address.to_owned()),
        content_type: Some(content_type.to_owned()),
        client: rule.id.clone().zip(rule.secret.clone()),
        constants,
        id_header: rule.id_header.clone(),
        scope: (!rule.constants.contains_key("scope")).then(|| "scope".to_owned()),
        token: path(rule.token.as_deref().unwrap_or("access_token")),
        lifetime: path(rule.lifetime.as_deref().unwrap_or("expires_in")),
    }
}

/// The request of a described operation.
pub fn of(
    api: &Api,
    index: usize,
    operation: &Operation,
    rule: &Tokens,
) -> Result<TokenRequest, Why> {
    let needed = |p: &&Parameter| p.required || p.location == ParameterIn::Path;
    let needed: Vec<String> = operation
        .parameters
        .iter()
        .filter(needed)
        .map(|parameter| format!("`{}`", parameter.wire))
        .collect();
    if !needed.is_empty() {
        let why = format!("its operation needs parameters besides: {}", needed.join(", "));
        return Err(Why::Unknown(why));
    }
    let media = media(operation, rule)?;
    let members = media.and_then(|media| members(api, &media.ty));
    let client = client(rule, members)?;
    let constants = constants(rule, members.unwrap_or_default());
    let scope = spelled(members.unwrap_or_default(), "scope").map(|field| field.wire.clone());
    let scope = scope.filter(|wire| !constants.iter().any(|(name, _)| name == wire));
    let given = |wire: &str| {
        scope.as_deref() == Some(wire)
            || constants.iter().any(|(name, _)| name == wire)
            || client.as_ref().is_some_and(|(id, secret)| id == wire || secret == wire)
    };
    let rest = members.unwrap_or_default().iter().filter(|f| f.required && !given(&f.wire));
    if let Some(field) = rest.into_iter().next() {
        return Err(Why::Unknown(format!("its body needs `{}` as well", field.wire)));
    }
    let response = response(operation).map(|media| &media.ty);
    Ok(TokenRequest {
        source: TokenSource::Operation(index),
        content_type: media.map(|media| media.content_type.clone()),
        client,
        constants,
        id_header: rule.id_header.clone(),
        scope,
        token: token(api, rule, response)?,
        lifetime: lifetime(api, rule, response)?,
    })
}

/// The media type of the body: a form where there is one, as RFC 6749 has it.
fn media<'o>(operation: &'o Operation, rule: &Tokens) -> Result<Option<&'o Media>, Why> {
    let Some(body) = &operation.body else { return Ok(None) };
    let of_kind = |kind| body.media.iter().find(|media| media.kind == kind);
    match rule.body {
        None => Ok(of_kind(MediaKind::Form).or_else(|| of_kind(MediaKind::Json))),
        Some(kind) => {
            let kind = match kind {
                BodyKind::Form => MediaKind::Form,
                BodyKind::Json => MediaKind::Json,
            };
            let none = || Why::Wrong("body", "the operation has no such body".to_owned());
            of_kind(kind).map(Some).ok_or_else(none)
        }
    }
}

/// The members of a struct, behind other names for it.
fn members<'a>(api: &'a Api, ty: &'a Type) -> Option<&'a [Field]> {
    let mut ty = ty;
    for _ in 0..=api.types.len() {
        ty = match ty {
            Type::Nullable(inner) => inner,
            Type::Named(id) => match &api.types.get(id.0)?.shape {
                Shape::Alias(inner) => inner,
                Shape::Struct(shape) => return Some(&shape.fields),
                Shape::Enum(_) | Shape::Union(_) => return None,
            },
            Type::Any | Type::Scalar(_) | Type::List(_) | Type::Map(_) => return None,
        };
    }
    None
}

/// A member whose name has these letters, however it is spelled: `clientId`, `client_id`.
fn spelled<'a>(members: &'a [Field], letters: &str) -> Option<&'a Field> {
    let plain = |wire: &str| wire.replace(['_', '-'], "").to_ascii_lowercase();
    members.iter().find(|field| plain(&field.wire) == letters)
}

fn client(rule: &Tokens, members: Option<&[Field]>) -> Result<Option<(String, String)>, Why> {
    let member = |key: &'static str, named: &Option<String>, letters: &str| match (named, members) {
        (Some(name), Some(members)) if !members.iter().any(|field| field.wire == *name) => {
            Err(Why::Wrong(key, format!("the body has no member `{name}`")))
        }
        (Some(name), _) => Ok(Some(name.clone())),
        (None, members) => {
            Ok(spelled(members.unwrap_or_default(), letters).map(|field| field.wire.clone()))
        }
    };
    let id = member("id", &rule.id, "clientid")?;
    let secret = member("secret", &rule.secret, "clientsecret")?;
    Ok(id.zip(secret))
}

fn constants(rule: &Tokens, members: &[Field]) -> Vec<(String, String)> {
    let mut constants: Vec<(String, String)> = rule.constants.clone().into_iter().collect();
    if let Some(grant) = spelled(members, "granttype").map(|field| &field.wire)
        && !constants.iter().any(|(name, _)| name == grant)
    {
        constants.insert(0, (grant.clone(), GRANT.to_owned()));
    }
    let known = |wire: &str| constants.iter().any(|(name, _)| name == wire);
    // What must be there and has a default is sent with it.
    let defaults: Vec<(String, String)> = members
        .iter()
        .filter(|field| field.required && !known(&field.wire))
        .filter_map(|field| match &field.default {
            Some(Literal::Text(text)) => Some((field.wire.clone(), text.clone())),
            _ => None,
        })
        .collect();
    constants.extend(defaults);
    constants
}

/// The first success in JSON.
fn response(operation: &Operation) -> Option<&Media> {
    let success = |status: Status| match status {
        Status::Code(code) => code / 100 == 2,
        Status::Range(digit) => digit == 2,
        Status::Default => true,
    };
    let mut found = operation.responses.iter().filter(|response| success(response.status));
    found.find_map(|response| response.media.iter().find(|media| media.kind == MediaKind::Json))
}

fn token(api: &Api, rule: &Tokens, response: Option<&Type>) -> Result<Vec<String>, Why> {
    if let Some(written) = &rule.token {
        return checked(api, "token", written, response);
    }
    match response.and_then(|ty| members(api, ty)) {
        None => Ok(path("access_token")),
        Some(members) => match spelled(members, "accesstoken") {
            Some(field) => Ok(vec![field.wire.clone()]),
            None => Err(Why::Unknown("its response has no `access_token`".to_owned())),
        },
    }
}

fn lifetime(api: &Api, rule: &Tokens, response: Option<&Type>) -> Result<Vec<String>, Why> {
    if let Some(written) = &rule.lifetime {
        return checked(api, "lifetime", written, response);
    }
    match response.and_then(|ty| members(api, ty)) {
        None => Ok(path("expires_in")),
        Some(members) => {
            Ok(spelled(members, "expiresin").map(|field| field.wire.clone()).into_iter().collect())
        }
    }
}

/// A path of `vendor.toml`, if the response has what it leads to.
fn checked(
    api: &Api,
    key: &'static str,
    written: &str,
    response: Option<&Type>,
) -> Result<Vec<String>, Why> {
    let mut ty = response;
    for name in written.split('.') {
        let Some(members) = ty.and_then(|ty| members(api, ty)) else { break };
        let Some(field) = members.iter().find(|field| field.wire == name) else {
            return Err(Why::Wrong(key, format!("the response has no `{written}`")));
        };
        ty = Some(&field.ty);
    }
    Ok(path(written))
}

fn path(written: &str) -> Vec<String> {
    written.split('.').map(str::to_owned).collect()
}
