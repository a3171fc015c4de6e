//! Verification (RFC 9421 §3.2).

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::base;
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
/// contain its creation time, must not be older than five minutes, and must cover the
/// [required](Self::require) components.
#[derive(Debug, Clone)]
pub struct Verifier {
    profile: Profile,
    keys: Vec<VerifyingKey>,
    required: Vec<String>,
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
    /// The names of the covered components, as received.
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

    /// Adds a component that the signature has to cover.
    #[must_use]
    pub fn require(mut self, component: impl Into<String>) -> Self {
        self.required.push(component.into());
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

    /// Verifies a message. If the signature covers `Content-Digest` and the message has a body, the digest
    /// is verified, too.
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
        let (base, covered) = self.signature_base(components, input.text, message)?;
        let uncovered = self.required.iter().find(|required| !covers(&covered, required));
        if let Some(name) = uncovered {
            return Err(VerifyError::NotCovered(name.clone()));
        }
        let created = self.check_times(input, now)?;
        let key = self.find_key(input, &base, &signature)?;
        if let (Some(body), true) = (message.body, covers(&covered, "content-digest")) {
            verify_digest(&message.header_value("content-digest").unwrap_or_default(), body)?;
        }
        Ok(Verified { label: label.to_owned(), key_id: key.id().to_owned(), created, covered })
    }

    /// Returns the signature base of the received message, and the names of the covered components.
    fn signature_base(
        &self,
        components: &[Item<'_>],
        input: &str,
        message: &Message<'_>,
    ) -> Result<(Zeroizing<String>, Vec<String>), VerifyError> {
        let mut text = Zeroizing::new(String::with_capacity(1024));
        let mut covered = Vec::with_capacity(components.len());
        for (index, item) in components.iter().enumerate() {
            let invalid = || VerifyError::InvalidComponent(item.text.to_owned());
            let name = item.value.as_str().ok_or_else(invalid)?;
            let is_upper_case = self.profile.names == FieldNames::LowerCase
                && name.bytes().any(|byte| byte.is_ascii_uppercase());
            let is_duplicate = components.iter().take(index).any(|other| other.text == item.text);
            if is_upper_case || is_duplicate {
                return Err(invalid());
            }
            let component = self.profile_component(name);
            let header = component.and_then(|it| it.from).unwrap_or(name);
            let value = base::component_value(&self.profile, item, header, message)
                .map_err(|_| invalid())?;
            match component.and_then(|it| it.line) {
                Some(line) => text.push_str(line),
                None => text.extend([item.text, ": "]),
            }
            text.push_str(&Zeroizing::new(value));
            text.push('\n');
            covered.push(name.to_owned());
        }
        text.extend(["\"@signature-params\": ", input]);
        Ok((text, covered))
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

fn covers(covered: &[String], component: &str) -> bool {
    covered.iter().any(|name| name.eq_ignore_ascii_case(component))
}
