//! Verification and decoding of webhooks.

use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::scheme::{
    HeaderSignature, KeyFormat, SignatureKind, SignatureScheme, SignedPart, TextEncoding,
};
use crate::signature::{
    Algorithm, KeyError, Message, Verifier, VerifyError, VerifyingKey, from_hex,
};
use crate::wire::{Decode, DecodeError, Node, Tape, from_slice, read_json};

/// Receives webhooks with a body of type `E`. Without a key, every webhook is rejected.
pub struct Receiver<E> {
    scheme: &'static SignatureScheme,
    keys: Vec<VerifyingKey>,
    window: Option<Duration>,
    clock_skew: Duration,
    event: PhantomData<fn() -> E>,
}

/// The error that a webhook was not received.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiveError {
    /// The request cannot be verified: ignore it, and respond with an error such as 401.
    #[error("the webhook cannot be verified: {0}")]
    NotVerified(#[from] VerifyError),
    /// The request is from the vendor, but its body does not have the expected type.
    #[error("the body of the webhook is invalid: {0}")]
    InvalidBody(#[from] DecodeError),
}

impl<E> Receiver<E> {
    /// Creates a receiver without keys.
    #[must_use]
    pub fn new(scheme: &'static SignatureScheme) -> Self {
        Self {
            scheme,
            keys: Vec::new(),
            window: Some(Duration::from_secs(scheme.window.into())),
            clock_skew: Duration::from_secs(30),
            event: PhantomData,
        }
    }

    /// Adds a key in the format in which the vendor provides it. During key rotation, add the old and the
    /// new one.
    ///
    /// # Errors
    /// If the key is not in this format.
    pub fn key(self, text: &str) -> Result<Self, KeyError> {
        let key = match (self.scheme.key_format, self.scheme.algorithm) {
            (KeyFormat::Secret, _) => VerifyingKey::hmac_sha256("", text.as_bytes())?,
            (KeyFormat::OpenSsh, _) => VerifyingKey::from_openssh("", text)?,
            (KeyFormat::Pem, Algorithm::RsaV15Sha256) => VerifyingKey::rsa_v15_from_pem("", text)?,
            (KeyFormat::Pem, _) => VerifyingKey::from_pem("", text)?,
        };
        self.verifying_key(key)
    }

    /// Adds a key that was parsed before. A key without an id is tried for signatures with any id.
    ///
    /// # Errors
    /// If the key has another algorithm than the scheme.
    pub fn verifying_key(mut self, key: VerifyingKey) -> Result<Self, KeyError> {
        if key.algorithm() != self.scheme.algorithm {
            return Err(KeyError {
                what: "the key is for another algorithm than that of the webhooks",
            });
        }
        self.keys.push(key);
        Ok(self)
    }

    /// Sets the maximum age of a webhook. With `None`, its time is not checked. Default: the window of the
    /// scheme.
    #[must_use]
    pub fn window(mut self, window: Option<Duration>) -> Self {
        self.window = window;
        self
    }

    /// Sets the tolerated difference between the clocks. Default: 30 seconds.
    #[must_use]
    pub fn clock_skew(mut self, skew: Duration) -> Self {
        self.clock_skew = skew;
        self
    }

    /// Verifies a webhook. The message has to contain the raw bytes of the body.
    ///
    /// # Errors
    /// If the webhook cannot be verified, and must not be trusted.
    pub fn verify(&self, message: &Message<'_>, now: SystemTime) -> Result<(), VerifyError> {
        let message = message.body(message.body.unwrap_or_default());
        match &self.scheme.kind {
            SignatureKind::Message(profile, covers) => {
                let verifier = Verifier::new(profile.algorithm(self.scheme.algorithm))
                    .max_age(self.window)
                    .clock_skew(self.clock_skew);
                let verifier = self.keys.iter().cloned().fold(verifier, Verifier::key);
                // The vendor may cover less in webhooks than the profile covers in requests.
                let verifier = if covers.is_empty() { verifier } else { verifier.any_coverage() };
                let verifier = covers.iter().copied().fold(verifier, Verifier::require);
                verifier.verify(&message, now).map(drop)
            }
            SignatureKind::Header(header) => self.verify_header(header, &message, now),
        }
    }

    fn verify_header(
        &self,
        header: &HeaderSignature,
        message: &Message<'_>,
        now: SystemTime,
    ) -> Result<(), VerifyError> {
        let mut lines = message.headers.get_all(header.name).iter();
        let malformed = || VerifyError::Malformed(header.name);
        let text = lines.next().ok_or(VerifyError::Unsigned)?.to_str().map_err(|_| malformed())?;
        if lines.next().is_some() {
            return Err(malformed());
        }
        let text = text.trim().strip_prefix(header.prefix).ok_or_else(malformed)?;
        let signature = match header.encoding {
            TextEncoding::Base64 => BASE64_STANDARD.decode(text).ok(),
            TextEncoding::Hex => from_hex(text.as_bytes()),
        };
        let signature = signature.ok_or_else(malformed)?;
        let mut signed = Zeroizing::new(Vec::new());
        for part in header.signed {
            signed.extend_from_slice(&part.bytes_in(message)?);
        }
        if self.keys.is_empty() {
            return Err(VerifyError::UnknownKey);
        }
        // All keys are tried, so that the duration does not reveal which one matches.
        let verified = self.keys.iter().filter(|key| key.verifies(&signed, &signature)).count();
        if verified == 0 {
            return Err(VerifyError::InvalidSignature);
        }
        match (header.time, self.window) {
            (Some(time), Some(window)) => self.check_time(&time.bytes_in(message)?, window, now),
            _ => Ok(()),
        }
    }

    /// Checks that the time is neither too old nor in the future.
    fn check_time(
        &self,
        text: &[u8],
        window: Duration,
        now: SystemTime,
    ) -> Result<(), VerifyError> {
        let sent = std::str::from_utf8(text).ok().and_then(parse_time);
        let sent = sent.ok_or(VerifyError::Malformed("time"))?;
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        let skew = self.clock_skew.as_secs_f64();
        if sent > now + skew {
            return Err(VerifyError::InFuture);
        }
        if sent + window.as_secs_f64() + skew < now { Err(VerifyError::TooOld) } else { Ok(()) }
    }
}

impl<E: Decode> Receiver<E> {
    /// Verifies a webhook and decodes its body. The message has to contain the raw bytes of the body.
    ///
    /// # Errors
    /// If the webhook cannot be verified, or its body is not a valid `E`.
    pub fn receive(&self, message: &Message<'_>, now: SystemTime) -> Result<E, ReceiveError> {
        self.verify(message, now)?;
        Ok(from_slice(message.body.unwrap_or_default())?)
    }
}

impl SignedPart {
    /// Returns the bytes of the part in a message.
    fn bytes_in(self, message: &Message<'_>) -> Result<Vec<u8>, VerifyError> {
        let missing = |name: String| VerifyError::InvalidComponent(name);
        let body = message.body.unwrap_or_default();
        match self {
            Self::Body => Ok(body.to_vec()),
            Self::Text(text) => Ok(text.as_bytes().to_vec()),
            Self::Header(name) => {
                let value = message.header_value(name).ok_or_else(|| missing(name.to_owned()))?;
                Ok(value.into_bytes())
            }
            Self::Field(path) => {
                let tape = read_json(body).ok();
                let root = tape.as_ref().map(Tape::root);
                let found =
                    root.and_then(|root| path.iter().try_fold(root, |node, key| node.field(key)));
                let text = found.and_then(Node::string_or_number);
                text.map(|text| text.into_owned().into_bytes())
                    .ok_or_else(|| missing(path.join(".")))
            }
        }
    }
}

/// Parses a time, in seconds since 1970 or in RFC 3339.
fn parse_time(text: &str) -> Option<f64> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return text.parse().ok();
    }
    text.parse::<jiff::Timestamp>().ok().map(|time| time.as_duration().as_secs_f64())
}

impl<E> Clone for Receiver<E> {
    fn clone(&self) -> Self {
        Self { keys: self.keys.clone(), ..*self }
    }
}

impl<E> fmt::Debug for Receiver<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("scheme", self.scheme)
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}
