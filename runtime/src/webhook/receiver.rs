//! Receiving: what came is verified, then read.

use std::fmt;
use std::marker::PhantomData;
use std::time::{Duration, SystemTime};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use zeroize::Zeroizing;

use super::scheme::{Header, KeyForm, Piece, Proof, Scheme, TextEncoding};
use crate::signature::{
    Algorithm, KeyError, Message, Verifier, VerifyError, VerifyingKey, from_hex,
};
use crate::wire::{Decode, DecodeError, from_slice};

/// Receives webhooks whose body is an `E`. Nothing is received without a key.
pub struct Receiver<E> {
    scheme: &'static Scheme,
    keys: Vec<VerifyingKey>,
    window: Option<Duration>,
    clock_skew: Duration,
    event: PhantomData<fn() -> E>,
}

/// Why no event was received.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiveError {
    /// The call is not to be trusted: response it with 401 or the like, and do nothing.
    #[error("the webhook is not to be trusted: {0}")]
    NotVerified(#[from] VerifyError),
    /// It is the vendor's, and its body is not what was expected.
    #[error("the webhook can't be read: {0}")]
    Unread(#[from] DecodeError),
}

impl<E> Receiver<E> {
    /// A receiver without a key.
    #[must_use]
    pub fn new(scheme: &'static Scheme) -> Self {
        Self {
            scheme,
            keys: Vec::new(),
            window: Some(Duration::from_secs(scheme.window.into())),
            clock_skew: Duration::from_secs(30),
            event: PhantomData,
        }
    }

    /// A key in the form in which the vendor hands it out. While keys change, there are several.
    ///
    /// # Errors
    /// If it is no such key.
    pub fn key(self, text: &str) -> Result<Self, KeyError> {
        let key = match (self.scheme.keys, self.scheme.algorithm) {
            (KeyForm::Secret, _) if text.is_empty() => {
                return Err(KeyError { what: "the secret is empty" });
            }
            (KeyForm::Secret, _) => VerifyingKey::hmac_sha256("", text.as_bytes()),
            (KeyForm::OpenSsh, _) => VerifyingKey::from_openssh("", text)?,
            #[cfg(feature = "rsa")]
            (KeyForm::Pem, Algorithm::RsaV15Sha256) => VerifyingKey::rsa_v15_from_pem("", text)?,
            #[cfg(not(feature = "rsa"))]
            (KeyForm::Pem, Algorithm::RsaV15Sha256) => {
                let what = "the key is an RSA key, for which the feature `rsa` is off";
                return Err(KeyError { what });
            }
            (KeyForm::Pem, _) => VerifyingKey::from_pem("", text)?,
        };
        self.verifying_key(key)
    }

    /// A key in any form. One without an id is for signatures of any id.
    ///
    /// # Errors
    /// If it is for another algorithm than the scheme's.
    pub fn verifying_key(mut self, key: VerifyingKey) -> Result<Self, KeyError> {
        if key.algorithm() != self.scheme.algorithm {
            return Err(KeyError { what: "the key is for another algorithm than the webhooks'" });
        }
        self.keys.push(key);
        Ok(self)
    }

    /// How long ago a call may have been made; the scheme says it otherwise. `None` asks for no time.
    #[must_use]
    pub fn window(mut self, window: Option<Duration>) -> Self {
        self.window = window;
        self
    }

    /// By how much the clocks may differ. It is half a minute otherwise.
    #[must_use]
    pub fn clock_skew(mut self, skew: Duration) -> Self {
        self.clock_skew = skew;
        self
    }

    /// Verifies a call by its raw bytes.
    ///
    /// # Errors
    /// Why it is not to be trusted.
    pub fn verify(&self, message: &Message<'_>, now: SystemTime) -> Result<(), VerifyError> {
        let message = message.body(message.body.unwrap_or_default());
        match &self.scheme.proof {
            Proof::Message(profile, covers) => {
                let verifier = Verifier::new(profile.algorithm(self.scheme.algorithm))
                    .longest_age(self.window)
                    .clock_skew(self.clock_skew);
                let verifier = self.keys.iter().cloned().fold(verifier, Verifier::key);
                let verifier = covers.iter().copied().fold(verifier, Verifier::require);
                verifier.verify(&message, now).map(drop)
            }
            Proof::Header(header) => self.verify_header(header, &message, now),
        }
    }

    fn verify_header(
        &self,
        header: &Header,
        message: &Message<'_>,
        now: SystemTime,
    ) -> Result<(), VerifyError> {
        let mut lines = message.headers.get_all(header.name).iter();
        let unreadable = || VerifyError::Unreadable(header.name);
        let text = lines.next().ok_or(VerifyError::Unsigned)?.to_str().map_err(|_| unreadable())?;
        if lines.next().is_some() {
            return Err(unreadable());
        }
        let text = text.trim().strip_prefix(header.prefix).ok_or_else(unreadable)?;
        let signature = match header.encoding {
            TextEncoding::Base64 => BASE64_STANDARD.decode(text).ok(),
            TextEncoding::Hex => from_hex(text.as_bytes()),
        };
        let signature = signature.ok_or_else(unreadable)?;
        let mut signed = Zeroizing::new(Vec::new());
        for piece in header.signed {
            signed.extend_from_slice(&piece.of(message)?);
        }
        if self.keys.is_empty() {
            return Err(VerifyError::UnknownKey);
        }
        // All are tried, so that the time it takes does not tell which key it is.
        let verified = self.keys.iter().filter(|key| key.verifies(&signed, &signature)).count();
        if verified == 0 {
            return Err(VerifyError::Wrong);
        }
        match (header.time, self.window) {
            (Some(time), Some(window)) => self.check_time(&time.of(message)?, window, now),
            _ => Ok(()),
        }
    }

    /// Neither too long ago nor yet to come.
    fn check_time(
        &self,
        text: &[u8],
        window: Duration,
        now: SystemTime,
    ) -> Result<(), VerifyError> {
        let made = std::str::from_utf8(text).ok().and_then(seconds);
        let made = made.ok_or(VerifyError::Unreadable("the time"))?;
        let now = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs_f64();
        let skew = self.clock_skew.as_secs_f64();
        if made > now + skew {
            return Err(VerifyError::TooNew);
        }
        if made + window.as_secs_f64() + skew < now { Err(VerifyError::TooOld) } else { Ok(()) }
    }
}

impl<E: Decode> Receiver<E> {
    /// Verifies a call by its raw bytes, and reads its body.
    ///
    /// # Errors
    /// If it is not to be trusted, or its body is no `E`.
    pub fn receive(&self, message: &Message<'_>, now: SystemTime) -> Result<E, ReceiveError> {
        self.verify(message, now)?;
        Ok(from_slice(message.body.unwrap_or_default())?)
    }
}

impl Piece {
    /// Its bytes in a message.
    fn of(self, message: &Message<'_>) -> Result<Vec<u8>, VerifyError> {
        let missing = |name: String| VerifyError::Component(name);
        let body = message.body.unwrap_or_default();
        match self {
            Self::Body => Ok(body.to_vec()),
            Self::Text(text) => Ok(text.as_bytes().to_vec()),
            Self::Header(name) => {
                let value = message.field(name).ok_or_else(|| missing(name.to_owned()))?;
                Ok(value.into_bytes())
            }
            Self::Member(path) => {
                let json = serde_json::from_slice::<Value>(body).unwrap_or_default();
                let found = path.iter().try_fold(&json, |value, key| value.get(key));
                match found {
                    Some(Value::String(text)) => Ok(text.clone().into_bytes()),
                    Some(Value::Number(number)) => Ok(number.to_string().into_bytes()),
                    _ => Err(missing(path.join("."))),
                }
            }
        }
    }
}

/// A time in seconds since 1970, whole or not, or as RFC 3339 has it.
fn seconds(text: &str) -> Option<f64> {
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
