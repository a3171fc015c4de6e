//! The values of components in the signature base (RFC 9421 §2.5).

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use form_urlencoded::parse;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::message::{Head, Message};
use super::profile::{AbsentQuery, Profile, TargetUri};
use super::structured_fields::{self, BareItem, Item, parameter};

/// All characters except those that `application/x-www-form-urlencoded` does not encode (§2.2.8).
const FORM_ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'*').remove(b'-').remove(b'.').remove(b'_');

/// Why a component has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoValue {
    /// The message does not contain it.
    Missing,
    /// The component does not exist for this kind of message, or its parameters are not supported.
    Unsupported,
}

/// Returns the value of a component in a message.
pub(crate) fn component_value(
    profile: &Profile,
    component: &Item<'_>,
    name: &str,
    message: &Message<'_>,
) -> Result<String, NoValue> {
    for (parameter, _) in &component.parameters {
        if !matches!(*parameter, "bs" | "key" | "name" | "req") {
            return Err(NoValue::Unsupported);
        }
    }
    value_in(profile, component, name, source(component, message)?)
}

/// Returns the message that contains the component: with the parameter `req`, the request of a response.
pub(crate) fn source<'m>(
    component: &Item<'_>,
    message: &'m Message<'m>,
) -> Result<&'m Message<'m>, NoValue> {
    match (parameter(&component.parameters, "req"), message.head) {
        (None, _) => Ok(message),
        (Some(_), Head::Response(_, Some(request))) => Ok(request),
        (Some(_), _) => Err(NoValue::Unsupported),
    }
}

fn value_in(
    profile: &Profile,
    component: &Item<'_>,
    name: &str,
    message: &Message<'_>,
) -> Result<String, NoValue> {
    let value = match name.starts_with('@') {
        true => derived_component(profile, component, name, message)?,
        false => header_field(component, name, message)?,
    };
    // A line break would start a forged line in the signature base.
    if value.contains(['\n', '\r']) { Err(NoValue::Unsupported) } else { Ok(value) }
}

/// Returns the value of a header (§2.1): unchanged, as byte sequences (`bs`), or one entry of a
/// dictionary (`key`).
fn header_field(
    component: &Item<'_>,
    name: &str,
    message: &Message<'_>,
) -> Result<String, NoValue> {
    if parameter(&component.parameters, "bs").is_some() {
        let lines = message.headers.get_all(name).iter();
        let encoded = lines.map(|line| {
            let line = line.as_bytes().trim_ascii();
            format!(":{}:", BASE64_STANDARD.encode(line))
        });
        let lines: Vec<_> = encoded.collect();
        return if lines.is_empty() { Err(NoValue::Missing) } else { Ok(lines.join(", ")) };
    }
    // A header that is present, but cannot be covered, must not be treated as a missing one: it would be
    // sent without being covered.
    let is_present = message.headers.contains_key(name);
    let no_value = if is_present { NoValue::Unsupported } else { NoValue::Missing };
    let text = message.header_value(name).ok_or(no_value)?;
    match parameter(&component.parameters, "key") {
        None => Ok(text),
        Some(BareItem::String(key)) => {
            let entries = structured_fields::parse_dictionary(&text).ok_or(NoValue::Unsupported)?;
            let entry = entries.iter().find(|(other, _)| other == key);
            let (_, entry) = entry.ok_or(NoValue::Missing)?;
            Ok(if entry.text.is_empty() { "?1".to_owned() } else { entry.text.to_owned() })
        }
        Some(_) => Err(NoValue::Unsupported),
    }
}

/// Returns the value of a derived component (§2.2).
fn derived_component(
    profile: &Profile,
    component: &Item<'_>,
    name: &str,
    message: &Message<'_>,
) -> Result<String, NoValue> {
    let (method, target) = match message.head {
        Head::Request(method, target) => (method, target),
        Head::Response(status, _) if name == "@status" => return Ok(status.as_str().to_owned()),
        Head::Response(..) => return Err(NoValue::Unsupported),
    };
    Ok(match name {
        "@method" => method.to_owned(),
        "@authority" => target.authority.clone(),
        "@scheme" => target.scheme.clone(),
        "@path" => target.path.clone(),
        "@request-target" => target.origin_form(),
        "@target-uri" => match profile.target_uri {
            TargetUri::Origin => target.origin(),
            TargetUri::Whole => target.origin() + &target.origin_form(),
        },
        "@query" => match (&target.query, profile.absent_query) {
            (Some(query), _) => format!("?{query}"),
            (None, AbsentQuery::QuestionMark) => "?".to_owned(),
            (None, AbsentQuery::Empty) => String::new(),
            (None, AbsentQuery::Omitted) => return Err(NoValue::Missing),
        },
        "@query-param" => {
            let Some(BareItem::String(wanted)) = parameter(&component.parameters, "name") else {
                return Err(NoValue::Unsupported);
            };
            query_param(target.query.as_deref().unwrap_or_default(), wanted)?
        }
        _ => return Err(NoValue::Unsupported),
    })
}

/// Returns the re-encoded value of the query parameter `wanted` (§2.2.8).
fn query_param(query: &str, wanted: &str) -> Result<String, NoValue> {
    let encoded = |text: &str| utf8_percent_encode(text, FORM_ENCODED).to_string();
    let mut found = parse(query.as_bytes()).filter(|(name, _)| encoded(name) == wanted);
    let (_, value) = found.next().ok_or(NoValue::Missing)?;
    // A name that occurs twice is ambiguous, and must not be covered (§2.2.8).
    if found.next().is_some() { Err(NoValue::Unsupported) } else { Ok(encoded(&value)) }
}
