//! Which components a signature has to cover.

use super::base::{self, NoValue};
use super::message::{Head, Message};
use super::profile::{Component, FieldNames, Profile};
use super::structured_fields::{self, Item};

/// The header with the digest of the body (RFC 9530 §2).
const CONTENT_DIGEST: &str = "content-digest";

/// Whether the value of the component is the digest of a body.
pub(super) fn is_digest(header: &str) -> bool {
    header.eq_ignore_ascii_case(CONTENT_DIGEST)
}

/// Whether two identifiers are those of one component: they have the same name and the same parameters, in
/// any order (RFC 9421 §2).
pub(super) fn is_same_component(one: &Item<'_>, other: &Item<'_>) -> bool {
    let names = one.value.as_str().zip(other.value.as_str());
    names.is_some_and(|(one, other)| one.eq_ignore_ascii_case(other))
        && one.parameters.len() == other.parameters.len()
        && one.parameters.iter().all(|parameter| other.parameters.contains(parameter))
}

/// Returns the name of a component, as received; with parameters, its whole identifier.
pub(super) fn display_name(component: &Item<'_>) -> String {
    match component.value.as_str() {
        Some(name) if component.parameters.is_empty() => name.to_owned(),
        _ => component.text.to_owned(),
    }
}

impl Component {
    /// Returns the serialized identifier.
    pub(super) fn identifier(&self, names: FieldNames) -> String {
        match names {
            FieldNames::LowerCase => {
                format!("\"{}\"{}", self.name.to_ascii_lowercase(), self.parameters)
            }
            FieldNames::AsWritten => format!("\"{}\"{}", self.name, self.parameters),
        }
    }

    /// Whether a signature of this message has to cover the component, because a signer that follows the
    /// profile covers it.
    pub(super) fn is_required_in(&self, profile: &Profile, message: &Message<'_>) -> bool {
        if !self.applies_to(message) {
            return false;
        }
        let identifier = self.identifier(profile.names);
        let Some(item) = structured_fields::parse_item(&identifier) else { return true };
        let Ok(source) = base::source(&item, message) else { return true };
        let header = self.from.unwrap_or(self.name);
        if !self.is_optional() {
            true
        } else if header.starts_with('@') {
            base::component_value(profile, &item, header, message) != Err(NoValue::Missing)
        } else {
            // A body without its digest could have been added to a signed message without a body.
            let is_unsigned_body =
                || is_digest(header) && source.body.is_some_and(|it| !it.is_empty());
            source.headers.contains_key(header) || is_unsigned_body()
        }
    }

    /// Whether the component is covered in this message.
    pub(super) fn applies_to(&self, message: &Message<'_>) -> bool {
        let Head::Request(method, _) = message.head else { return self.methods.is_empty() };
        let is_method = |it: &crate::Method| http::Method::from(*it).as_str() == method;
        self.methods.is_empty() || self.methods.iter().any(is_method)
    }

    /// Whether the component may be missing. For the query, `AbsentQuery` decides whether it is covered.
    pub(super) fn is_optional(&self) -> bool {
        self.if_present || self.name == "@query"
    }
}
