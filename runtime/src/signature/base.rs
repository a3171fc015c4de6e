//! The signature base (RFC 9421 §2.5).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use form_urlencoded::parse;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::fields::{self, Bare, Item, parameter};
use super::message::{Head, Message};
use super::profile::{AbsentQuery, Profile, TargetUri};

/// What `application/x-www-form-urlencoded` leaves as it is (§2.2.8).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// Why a component has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoValue {
    /// The message does not have it.
    Missing,
    /// There is no such component in this kind of message, or what it asks for can't be done.
    Unknown,
}

/// The value of a component in a message.
pub(crate) fn value(
    profile: &Profile,
    component: &Item<'_>,
    name: &str,
    message: &Message<'_>,
) -> Result<String, NoValue> {
    for (parameter, _) in &component.parameters {
        if !matches!(*parameter, "bs" | "key" | "name" | "req") {
            return Err(NoValue::Unknown);
        }
    }
    if parameter(&component.parameters, "req").is_some() {
        let Head::Response(_, Some(request)) = message.head else { return Err(NoValue::Unknown) };
        return own_value(profile, component, name, request);
    }
    own_value(profile, component, name, message)
}

fn own_value(
    profile: &Profile,
    component: &Item<'_>,
    name: &str,
    message: &Message<'_>,
) -> Result<String, NoValue> {
    let value = match name.starts_with('@') {
        true => derived(profile, component, name, message)?,
        false => field(component, name, message)?,
    };
    // A line break would end the line, and say something else in the next.
    if value.contains(['\n', '\r']) { Err(NoValue::Unknown) } else { Ok(value) }
}

/// §2.1: a field as it is, byte by byte (`bs`), or one member of a dictionary (`key`).
fn field(component: &Item<'_>, name: &str, message: &Message<'_>) -> Result<String, NoValue> {
    if parameter(&component.parameters, "bs").is_some() {
        let lines = message.headers.get_all(name).iter();
        let encoded = lines.map(|line| {
            let line = line.as_bytes().trim_ascii();
            format!(":{}:", BASE64_STANDARD.encode(line))
        });
        let all: Vec<_> = encoded.collect();
        return if all.is_empty() { Err(NoValue::Missing) } else { Ok(all.join(", ")) };
    }
    let text = message.field(name).ok_or(NoValue::Missing)?;
    match parameter(&component.parameters, "key") {
        None => Ok(text),
        Some(Bare::Text(key)) => {
            let members = fields::dictionary(&text).ok_or(NoValue::Unknown)?;
            let member = members.iter().find(|(there, _)| there == key);
            let (_, member) = member.ok_or(NoValue::Missing)?;
            Ok(if member.text.is_empty() { "?1".to_owned() } else { member.text.to_owned() })
        }
        Some(_) => Err(NoValue::Unknown),
    }
}

/// §2.2
fn derived(
    profile: &Profile,
    component: &Item<'_>,
    name: &str,
    message: &Message<'_>,
) -> Result<String, NoValue> {
    let (method, target) = match message.head {
        Head::Request(method, target) => (method, target),
        Head::Response(status, _) if name == "@status" => return Ok(status.as_str().to_owned()),
        Head::Response(..) => return Err(NoValue::Unknown),
    };
    Ok(match name {
        "@method" => method.to_owned(),
        "@authority" => target.authority.clone(),
        "@scheme" => target.scheme.clone(),
        "@path" => target.path.clone(),
        "@request-target" => target.in_origin_form(),
        "@target-uri" => match profile.target_uri {
            TargetUri::Origin => target.origin(),
            TargetUri::Whole => target.origin() + &target.in_origin_form(),
        },
        "@query" => match (&target.query, profile.absent_query) {
            (Some(query), _) => format!("?{query}"),
            (None, AbsentQuery::QuestionMark) => "?".to_owned(),
            (None, AbsentQuery::Empty) => String::new(),
            (None, AbsentQuery::Omitted) => return Err(NoValue::Missing),
        },
        "@query-param" => {
            let Some(Bare::Text(wanted)) = parameter(&component.parameters, "name") else {
                return Err(NoValue::Unknown);
            };
            query_param(target.query.as_deref().unwrap_or_default(), wanted)?
        }
        _ => return Err(NoValue::Unknown),
    })
}

/// §2.2.8: the value of the one parameter of this name, both encoded again.
fn query_param(query: &str, wanted: &str) -> Result<String, NoValue> {
    let encoded = |text: &str| utf8_percent_encode(text, PLAIN).to_string();
    let mut found = parse(query.as_bytes()).filter(|(name, _)| encoded(name) == wanted);
    let (_, value) = found.next().ok_or(NoValue::Missing)?;
    // Two of one name can't be told apart, and must not be covered.
    if found.next().is_some() { Err(NoValue::Unknown) } else { Ok(encoded(&value)) }
}
