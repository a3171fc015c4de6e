//! Verification (RFC 9421 §3.2).

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::base;
use super::coverage;
use super::digest::verify_digest;
use super::error::VerifyError;
use super::hash;
use super::key::VerifyingKey;
use super::message::Message;
use super::profile::{Component, FieldNames, Profile};
use super::structured_fields::{self, BareItem, Entry, Item, Value, parameter};

/// Verifies messages that were signed according to a profile.
///
/// The components and parameters may be in any order: the received text is verified. A signature must
/// contain its creation time, must not be older than five minutes, and must cover what a signer that
/// follows the profile covers in this message, as well as the [required](Self::require) components:
/// otherwise, a signature over nothing would be valid for any message (RFC 9421 §3.2). A component that
/// the profile covers only if it is present is required if the message contains it, and the digest of the
/// body also if the message contains a body. [`any_coverage`](Self::any_coverage) opts out.
#[derive(Debug, Clone)]
pub struct Verifier {
    profile: Profile,
    keys: Vec<VerifyingKey>,
    /// The serialized identifiers of the components that are required in addition to the profile's.
    required: Vec<String>,
    any_coverage: bool,
    label: Option<String>,
    max_age: Option<Duration>,
    clock_skew: Duration,
}

/// A valid signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The label of the signature.
    pub label: String,
    /// The id of the key that verified it.
    pub key_id: String,
    /// The creation time, in seconds since 1970.
    pub created: Option<i64>,
    /// The names of the covered components, as received. A component with parameters has its whole
    /// identifier, such as `"content-digest";req`, since it is another one than that without.
    pub covered: Vec<String>,
}

impl Verifier {
    /// Creates a verifier without keys.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self {
            profile,
            keys: Vec::new(),
            required: Vec::new(),
            any_coverage: false,
            label: None,
            max_age: Some(Duration::from_secs(300)),
            clock_skew: Duration::from_secs(30),
        }
    }

    /// Adds a key. During key rotation, add the old and the new one.
    #[must_use]
    pub fn key(mut self, key: VerifyingKey) -> Self {
        self.keys.push(key);
        self
    }

    /// Adds a component that the signature has to cover. One with parameters does not satisfy it:
    /// `"content-digest";req` is the digest of the request's body, not of the response's.
    #[must_use]
    pub fn require(self, component: impl Into<String>) -> Self {
        let name = component.into();
        let identifier = structured_fields::quoted_string(&name);
        self.require_item(identifier.unwrap_or(name))
    }

    /// Adds a component that the signature has to cover, as a serialized identifier with its parameters,
    /// such as `"content-digest";req` (RFC 9421 §2). No signature covers an invalid one.
    #[must_use]
    pub fn require_item(mut self, identifier: impl Into<String>) -> Self {
        self.required.push(identifier.into());
        self
    }

    /// Accepts signatures that do not cover the components of the profile, but only those that are
    /// [required](Self::require). What is not covered may have been changed by anyone: check
    /// [`Verified::covered`] before you rely on it.
    #[must_use]
    pub fn any_coverage(mut self) -> Self {
        self.any_coverage = true;
        self
    }

    /// Sets the label of the signature. Default: any valid signature is accepted.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the maximum age of a signature. With `None`, no creation time is required. Default: five
    /// minutes.
    #[must_use]
    pub fn max_age(mut self, age: Option<Duration>) -> Self {
        self.max_age = age;
        self
    }

    /// Sets the tolerated difference between the clocks. Default: 30 seconds.
    #[must_use]
    pub fn clock_skew(mut self, skew: Duration) -> Self {
        self.clock_skew = skew;
        self
    }

    /// Verifies a message. If the signature covers `Content-Digest`, the digest is verified, too: pass the
    /// body to [`Message::body`]. If the digest is required, a message without its body is an error.
    ///
    /// # Errors
    /// If the message cannot be verified, and must not be trusted.
    pub fn verify(&self, message: &Message<'_>, now: SystemTime) -> Result<Verified, VerifyError> {
        let inputs = message.header_value("signature-input").ok_or(VerifyError::Unsigned)?;
        let signatures = message.header_value("signature").ok_or(VerifyError::Unsigned)?;
        let malformed = VerifyError::Malformed;
        let inputs =
            structured_fields::parse_dictionary(&inputs).ok_or(malformed("Signature-Input"))?;
        let signatures =
            structured_fields::parse_dictionary(&signatures).ok_or(malformed("Signature"))?;
        let mut failure = VerifyError::Unsigned;
        for (label, input) in &inputs {
            if self.label.as_deref().is_some_and(|expected| expected != *label) {
                continue;
            }
            let signature = signatures.iter().find(|(other, _)| other == label);
            let Some((_, signature)) = signature else { continue };
            match self.verify_signature(label, input, signature, message, now) {
                Ok(verified) => return Ok(verified),
                Err(error) => failure = error,
            }
        }
        Err(failure)
    }

    fn verify_signature(
        &self,
        label: &str,
        input: &Entry<'_>,
        signature: &Entry<'_>,
        message: &Message<'_>,
        now: SystemTime,
    ) -> Result<Verified, VerifyError> {
        let Value::InnerList(components) = &input.value else {
            return Err(VerifyError::Malformed("Signature-Input"));
        };
        let Value::Item(BareItem::ByteSequence(signature)) = signature.value else {
            return Err(VerifyError::Malformed("Signature"));
        };
        let decoded = BASE64_STANDARD.decode(signature).ok();
        let signature =
            decoded.and_then(|bytes| hash::decode_signature(self.profile.encoding, bytes));
        let signature = signature.ok_or(VerifyError::Malformed("Signature"))?;
        let base = self.signature_base(components, input.text, message)?;
        self.check_coverage(components, message)?;
        let created = self.check_times(input, now)?;
        let key = self.find_key(input, &base, &signature)?;
        self.verify_digests(components, message)?;
        let covered = components.iter().map(coverage::display_name).collect();
        Ok(Verified { label: label.to_owned(), key_id: key.id().to_owned(), created, covered })
    }

    /// Checks that the signature covers all required components, and that there is a body for each
    /// required digest.
    fn check_coverage(
        &self,
        covered: &[Item<'_>],
        message: &Message<'_>,
    ) -> Result<(), VerifyError> {
        let profile = self.profile.components.iter();
        let profile = profile
            .filter(|it| !self.any_coverage && it.is_required_in(&self.profile, message))
            .map(|it| it.identifier(self.profile.names));
        for identifier in self.required.iter().cloned().chain(profile) {
            let Some(required) = structured_fields::parse_item(&identifier) else {
                return Err(VerifyError::NotCovered(identifier));
            };
            if !covered.iter().any(|item| coverage::is_same_component(item, &required)) {
                return Err(VerifyError::NotCovered(coverage::display_name(&required)));
            }
            let has_body = base::source(&required, message).is_ok_and(|it| it.body.is_some());
            if self.is_digest(&required) && !has_body {
                return Err(VerifyError::MissingBody);
            }
        }
        Ok(())
    }

    /// Verifies the bodies against their covered digests.
    fn verify_digests(
        &self,
        covered: &[Item<'_>],
        message: &Message<'_>,
    ) -> Result<(), VerifyError> {
        for item in covered.iter().filter(|item| self.is_digest(item)) {
            let Ok(source) = base::source(item, message) else { continue };
            if let Some(body) = source.body {
                verify_digest(&source.header_value("content-digest").unwrap_or_default(), body)?;
            }
        }
        Ok(())
    }

    /// Whether the value of a component is the digest of a body.
    fn is_digest(&self, item: &Item<'_>) -> bool {
        item.value.as_str().is_some_and(|name| coverage::is_digest(self.header_of(name)))
    }

    /// Returns the header that provides the value of a component.
    fn header_of<'n>(&self, name: &'n str) -> &'n str {
        self.profile_component(name).and_then(|it| it.from).unwrap_or(name)
    }

    /// Returns the signature base of the received message.
    fn signature_base(
        &self,
        components: &[Item<'_>],
        input: &str,
        message: &Message<'_>,
    ) -> Result<Zeroizing<String>, VerifyError> {
        let mut text = Zeroizing::new(String::with_capacity(1024));
        for (index, item) in components.iter().enumerate() {
            let invalid = || VerifyError::InvalidComponent(item.text.to_owned());
            let name = item.value.as_str().ok_or_else(invalid)?;
            let is_upper_case = self.profile.names == FieldNames::LowerCase
                && name.bytes().any(|byte| byte.is_ascii_uppercase());
            let mut previous = components.iter().take(index);
            let is_duplicate = previous.any(|other| coverage::is_same_component(other, item));
            if is_upper_case || is_duplicate {
                return Err(invalid());
            }
            let value = base::component_value(&self.profile, item, self.header_of(name), message)
                .map_err(|_| invalid())?;
            match self.profile_component(name).and_then(|it| it.line) {
                Some(line) => text.push_str(line),
                None => text.extend([item.text, ": "]),
            }
            text.push_str(&Zeroizing::new(value));
            text.push('\n');
        }
        text.extend(["\"@signature-params\": ", input]);
        Ok(text)
    }

    /// Returns the component of this name in the profile.
    fn profile_component(&self, name: &str) -> Option<&'static Component> {
        self.profile.components.iter().find(|it| it.name.eq_ignore_ascii_case(name))
    }

    /// Checks that the signature is not too old, not from the future and not expired; returns its creation
    /// time.
    fn check_times(&self, input: &Entry<'_>, now: SystemTime) -> Result<Option<i64>, VerifyError> {
        let time = |name| parameter(&input.parameters, name).and_then(BareItem::as_integer);
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        let seconds = |it: Duration| i64::try_from(it.as_secs()).unwrap_or(i64::MAX);
        let skew = seconds(self.clock_skew);
        if time("expires").is_some_and(|expires| expires.saturating_add(skew) < now) {
            return Err(VerifyError::TooOld);
        }
        let created = time("created");
        let Some(max_age) = self.max_age.map(seconds) else { return Ok(created) };
        let created_at = created.ok_or(VerifyError::MissingTime("created"))?;
        if created_at > now.saturating_add(skew) {
            return Err(VerifyError::InFuture);
        }
        if created_at.saturating_add(max_age).saturating_add(skew) < now {
            return Err(VerifyError::TooOld);
        }
        Ok(created)
    }

    /// Finds the key that verifies the signature. Keys with another id or algorithm than the signature are
    /// not tried.
    fn find_key(
        &self,
        input: &Entry<'_>,
        base: &str,
        signature: &[u8],
    ) -> Result<&VerifyingKey, VerifyError> {
        let string = |name| parameter(&input.parameters, name).and_then(BareItem::as_str);
        let (id, algorithm) = (string("keyid"), string("alg"));
        let hashed = hash::pre_hash(self.profile.pre_hash, base.as_bytes());
        let mut failure = VerifyError::UnknownKey;
        for key in &self.keys {
            let other_id = id.is_some_and(|id| !key.id().is_empty() && id != key.id());
            let other_algorithm = self.profile.algorithm.is_some_and(|it| it != key.algorithm());
            if other_id
                || other_algorithm
                || algorithm.is_some_and(|name| name != key.algorithm().name())
            {
                continue;
            }
            if key.verifies(&hashed, signature) {
                return Ok(key);
            }
            failure = VerifyError::InvalidSignature;
        }
        Err(failure)
    }
}
