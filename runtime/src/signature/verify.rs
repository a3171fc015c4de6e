//! Verifying (RFC 9421 §3.2).

use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::base;
use super::digest::verify_digest;
use super::error::VerifyError;
use super::fields::{self, Bare, Item, Member, Value, parameter};
use super::hash;
use super::key::VerifyingKey;
use super::message::Message;
use super::profile::{Component, Names, Profile};

/// Verifies messages that were signed as a profile says.
///
/// The components and parameters may come in any order: what is verified is the text that was received.
/// A signature has to say when it was made, which must not be longer ago than five minutes, and must
/// cover what was [required](Self::require).
#[derive(Debug, Clone)]
pub struct Verifier {
    profile: Profile,
    keys: Vec<VerifyingKey>,
    required: Vec<String>,
    label: Option<String>,
    longest_age: Option<Duration>,
    clock_skew: Duration,
}

/// A signature that is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Its label.
    pub label: String,
    /// The id of the key that it was made with.
    pub key_id: String,
    /// When it was made, in seconds since 1970.
    pub created: Option<i64>,
    /// The names of the components that it covers, as they came.
    pub covered: Vec<String>,
}

impl Verifier {
    /// A verifier without keys.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        Self {
            profile,
            keys: Vec::new(),
            required: Vec::new(),
            label: None,
            longest_age: Some(Duration::from_secs(300)),
            clock_skew: Duration::from_secs(30),
        }
    }

    /// A key that signatures may have been made with. While keys change, there are several.
    #[must_use]
    pub fn key(mut self, key: VerifyingKey) -> Self {
        self.keys.push(key);
        self
    }

    /// A component that has to be covered, whatever else is.
    #[must_use]
    pub fn require(mut self, component: impl Into<String>) -> Self {
        self.required.push(component.into());
        self
    }

    /// The label of the signature. Without it, any signature that is right will do.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// How long ago a signature may have been made. `None` asks for no time at all.
    #[must_use]
    pub fn longest_age(mut self, age: Option<Duration>) -> Self {
        self.longest_age = age;
        self
    }

    /// By how much the clocks may differ. It is half a minute otherwise.
    #[must_use]
    pub fn clock_skew(mut self, skew: Duration) -> Self {
        self.clock_skew = skew;
        self
    }

    /// Verifies a message. If it has a `Content-Digest` that is covered, and a body, the digest has to
    /// be that of the body.
    ///
    /// # Errors
    /// Why the message is not to be trusted.
    pub fn verify(&self, message: &Message<'_>, now: SystemTime) -> Result<Verified, VerifyError> {
        let inputs = message.field("signature-input").ok_or(VerifyError::Unsigned)?;
        let signatures = message.field("signature").ok_or(VerifyError::Unsigned)?;
        let unreadable = VerifyError::Unreadable;
        let inputs = fields::dictionary(&inputs).ok_or(unreadable("Signature-Input"))?;
        let signatures = fields::dictionary(&signatures).ok_or(unreadable("Signature"))?;
        let mut failure = VerifyError::Unsigned;
        for (label, input) in &inputs {
            if self.label.as_deref().is_some_and(|wanted| wanted != *label) {
                continue;
            }
            let signature = signatures.iter().find(|(other, _)| other == label);
            let Some((_, signature)) = signature else { continue };
            match self.verify_one(label, input, signature, message, now) {
                Ok(verified) => return Ok(verified),
                Err(why) => failure = why,
            }
        }
        Err(failure)
    }

    fn verify_one(
        &self,
        label: &str,
        input: &Member<'_>,
        signature: &Member<'_>,
        message: &Message<'_>,
        now: SystemTime,
    ) -> Result<Verified, VerifyError> {
        let Value::List(components) = &input.value else {
            return Err(VerifyError::Unreadable("Signature-Input"));
        };
        let Value::Bare(Bare::Bytes(signature)) = signature.value else {
            return Err(VerifyError::Unreadable("Signature"));
        };
        let held = BASE64_STANDARD.decode(signature).ok();
        let signature = held.and_then(|held| hash::decode(self.profile.encoding, held));
        let signature = signature.ok_or(VerifyError::Unreadable("Signature"))?;
        let (base, covered) = self.base(components, input.text, message)?;
        let required = self
            .required
            .iter()
            .find(|wanted| !covered.iter().any(|name| name.eq_ignore_ascii_case(wanted)));
        if let Some(name) = required {
            return Err(VerifyError::NotCovered(name.clone()));
        }
        let created = self.check_times(input, now)?;
        let key = self.key_of(input, &base, &signature)?;
        if let (Some(body), true) = (message.body, covers(&covered, "content-digest")) {
            verify_digest(&message.field("content-digest").unwrap_or_default(), body)?;
        }
        Ok(Verified { label: label.to_owned(), key_id: key.id().to_owned(), created, covered })
    }

    /// The base of what was received, and the names of the components.
    fn base(
        &self,
        components: &[Item<'_>],
        input: &str,
        message: &Message<'_>,
    ) -> Result<(Zeroizing<String>, Vec<String>), VerifyError> {
        let mut text = Zeroizing::new(String::with_capacity(1024));
        let mut covered = Vec::with_capacity(components.len());
        for (index, item) in components.iter().enumerate() {
            let wrong = || VerifyError::Component(item.text.to_owned());
            let name = item.value.text().ok_or_else(wrong)?;
            let upper = self.profile.names == Names::Lower
                && name.bytes().any(|byte| byte.is_ascii_uppercase());
            let twice = components.iter().take(index).any(|other| other.text == item.text);
            if upper || twice {
                return Err(wrong());
            }
            let known = self.known(name);
            let from = known.and_then(|it| it.from).unwrap_or(name);
            let value = base::value(&self.profile, item, from, message).map_err(|_| wrong())?;
            match known.and_then(|it| it.line) {
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

    /// What the profile says of a component.
    fn known(&self, name: &str) -> Option<&'static Component> {
        self.profile.components.iter().find(|it| it.name.eq_ignore_ascii_case(name))
    }

    /// When it was made; not too long ago, not yet to come, and not yet expired.
    fn check_times(&self, input: &Member<'_>, now: SystemTime) -> Result<Option<i64>, VerifyError> {
        let time = |name| parameter(&input.parameters, name).and_then(Bare::integer);
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        let seconds = |it: Duration| i64::try_from(it.as_secs()).unwrap_or(i64::MAX);
        let skew = seconds(self.clock_skew);
        if time("expires").is_some_and(|expires| expires.saturating_add(skew) < now) {
            return Err(VerifyError::TooOld);
        }
        let created = time("created");
        let Some(longest) = self.longest_age.map(seconds) else { return Ok(created) };
        let made = created.ok_or(VerifyError::NoTime("created"))?;
        if made > now.saturating_add(skew) {
            return Err(VerifyError::TooNew);
        }
        if made.saturating_add(longest).saturating_add(skew) < now {
            return Err(VerifyError::TooOld);
        }
        Ok(created)
    }

    /// The key that the signature was made with. A key of another id, or of another algorithm than the
    /// signature names, is not tried.
    fn key_of(
        &self,
        input: &Member<'_>,
        base: &str,
        signature: &[u8],
    ) -> Result<&VerifyingKey, VerifyError> {
        let text = |name| parameter(&input.parameters, name).and_then(Bare::text);
        let (id, algorithm) = (text("keyid"), text("alg"));
        let hashed = hash::pre_hash(self.profile.pre_hash, base.as_bytes());
        let mut failure = VerifyError::UnknownKey;
        for key in &self.keys {
            let other_id = id.is_some_and(|id| !key.id().is_empty() && id != key.id());
            let other_kind = self.profile.algorithm.is_some_and(|it| it != key.algorithm());
            if other_id
                || other_kind
                || algorithm.is_some_and(|name| name != key.algorithm().name())
            {
                continue;
            }
            if key.verifies(&hashed, signature) {
                return Ok(key);
            }
            failure = VerifyError::Wrong;
        }
        Err(failure)
    }
}

fn covers(covered: &[String], wanted: &str) -> bool {
    covered.iter().any(|name| name.eq_ignore_ascii_case(wanted))
}
