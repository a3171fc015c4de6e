//! Signing (RFC 9421 §3.1).

use std::time::SystemTime;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::base::{self, NoValue};
use super::fields;
use super::hash;
use super::key::{SignError, Signer};
use super::message::{Head, Message};
use super::profile::{Component, Names, Parameter, Profile};

/// The two fields that carry a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// `Signature-Input` (§4.1).
    pub input: String,
    /// `Signature` (§4.2).
    pub signature: String,
}

/// What is signed, and what is said of it.
pub(crate) struct Base {
    /// The signature base. It may hold a credential.
    pub(crate) text: Zeroizing<String>,
    /// The value of `@signature-params`.
    pub(crate) parameters: String,
}

impl Profile {
    /// Signs a message as the profile says.
    ///
    /// # Errors
    /// If the message lacks what has to be covered, or the signer fails.
    pub async fn sign(
        &self,
        message: &Message<'_>,
        signer: &dyn Signer,
        now: SystemTime,
    ) -> Result<Signed, SignError> {
        self.check(signer)?;
        let base = self.base(message, signer, now)?;
        let hashed = hash::pre_hash(self.pre_hash, base.text.as_bytes());
        let signature = signer.sign(&hashed).await?;
        let encoded = BASE64_STANDARD.encode(&*hash::encode(self.encoding, &signature));
        Ok(Signed {
            input: format!("{}={}", self.label, base.parameters),
            signature: format!("{}=:{encoded}:", self.label),
        })
    }

    /// Whether the key is of the kind that the vendor takes.
    pub(crate) fn check(&self, signer: &dyn Signer) -> Result<(), SignError> {
        match (self.algorithm, signer.algorithm()) {
            (Some(wanted), given) if wanted != given => Err(SignError::algorithm(wanted, given)),
            _ => Ok(()),
        }
    }

    /// The text that is signed (§2.5).
    pub(crate) fn base(
        &self,
        message: &Message<'_>,
        signer: &dyn Signer,
        now: SystemTime,
    ) -> Result<Base, SignError> {
        let mut text = Zeroizing::new(String::with_capacity(1024));
        let mut covered: Vec<String> = Vec::new();
        for component in self.components.iter().filter(|it| it.is_for(message)) {
            let name = match self.names {
                Names::Lower => component.name.to_ascii_lowercase(),
                Names::AsWritten => component.name.to_owned(),
            };
            let identifier = format!("\"{name}\"{}", component.parameters);
            let item = fields::item(&identifier).ok_or_else(|| SignError::component(&name))?;
            let from = component.from.unwrap_or(&name);
            let value = match base::value(self, &item, from, message) {
                Ok(value) => Zeroizing::new(value),
                Err(NoValue::Missing) if component.is_optional() => continue,
                Err(NoValue::Missing) => return Err(SignError::missing(from)),
                Err(NoValue::Unknown) => return Err(SignError::component(&name)),
            };
            match component.line {
                Some(line) => text.push_str(line),
                None => text.extend([&identifier, ": "]),
            }
            text.push_str(&value);
            text.push('\n');
            covered.push(identifier);
        }
        let parameters = format!("({}){}", covered.join(" "), self.written(signer, now)?);
        text.extend(["\"@signature-params\": ", &parameters]);
        Ok(Base { text, parameters })
    }

    /// The parameters as they are written (§2.3).
    fn written(&self, signer: &dyn Signer, now: SystemTime) -> Result<String, SignError> {
        let seconds = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let quoted = |text: &str| fields::quoted(text).ok_or_else(SignError::key_id);
        let mut written = String::new();
        for parameter in self.parameters {
            written += &match parameter {
                Parameter::Created => format!(";created={seconds}"),
                Parameter::Expires => format!(";expires={}", seconds + u64::from(self.lifetime)),
                Parameter::KeyId => format!(";keyid={}", quoted(signer.key_id())?),
                Parameter::Alg => format!(";alg=\"{}\"", signer.algorithm().name()),
                Parameter::Nonce => {
                    let mut random = [0; 16];
                    getrandom::fill(&mut random).map_err(|_| SignError::random())?;
                    format!(";nonce=\"{}\"", BASE64_URL_SAFE_NO_PAD.encode(random))
                }
                Parameter::Tag(tag) => format!(";tag={}", quoted(tag)?),
            };
        }
        Ok(written)
    }
}

impl Component {
    /// Whether it is covered in a message of this method.
    fn is_for(&self, message: &Message<'_>) -> bool {
        let Head::Request(method, _) = message.head else { return self.methods.is_empty() };
        let is = |one: &crate::Method| http::Method::from(*one).as_str() == method;
        self.methods.is_empty() || self.methods.iter().any(is)
    }

    /// A query may be absent; whether it is then covered is said elsewhere.
    fn is_optional(&self) -> bool {
        self.if_present || self.name == "@query"
    }
}
