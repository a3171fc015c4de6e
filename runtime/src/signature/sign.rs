//! Signing (RFC 9421 §3.1).

use std::time::SystemTime;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::base::{self, NoValue};
use super::hash;
use super::key::{SignError, Signer};
use super::message::Message;
use super::profile::{Parameter, Profile};
use super::structured_fields;

/// The values of the two headers that contain a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The value of `Signature-Input` (§4.1).
    pub input: String,
    /// The value of `Signature` (§4.2).
    pub signature: String,
}

/// The signature base of a message and the signature parameters.
pub(crate) struct SignatureBase {
    /// The signature base. It may contain a credential.
    pub(crate) text: Zeroizing<String>,
    /// The value of `@signature-params`.
    pub(crate) parameters: String,
}

impl Profile {
    /// Signs a message according to the profile.
    ///
    /// # Errors
    /// If a required component is missing from the message, the key has the wrong algorithm, or the
    /// signer fails.
    pub async fn sign(
        &self,
        message: &Message<'_>,
        signer: &dyn Signer,
        now: SystemTime,
    ) -> Result<Signed, SignError> {
        self.check_algorithm(signer)?;
        let base = self.signature_base(message, signer, now)?;
        let hashed = hash::pre_hash(self.pre_hash, base.text.as_bytes());
        let signature = signer.sign(&hashed).await?;
        let encoded = BASE64_STANDARD.encode(&*hash::encode_signature(self.encoding, &signature));
        Ok(Signed {
            input: format!("{}={}", self.label, base.parameters),
            signature: format!("{}=:{encoded}:", self.label),
        })
    }

    /// Checks that the key has the algorithm that the vendor accepts.
    pub(crate) fn check_algorithm(&self, signer: &dyn Signer) -> Result<(), SignError> {
        match (self.algorithm, signer.algorithm()) {
            (Some(expected), found) if expected != found => {
                Err(SignError::algorithm(expected, found))
            }
            _ => Ok(()),
        }
    }

    /// Creates the signature base (§2.5).
    pub(crate) fn signature_base(
        &self,
        message: &Message<'_>,
        signer: &dyn Signer,
        now: SystemTime,
    ) -> Result<SignatureBase, SignError> {
        let mut text = Zeroizing::new(String::with_capacity(1024));
        let mut covered: Vec<String> = Vec::new();
        for component in self.components.iter().filter(|it| it.applies_to(message)) {
            let identifier = component.identifier(self.names);
            let item = structured_fields::parse_item(&identifier)
                .ok_or_else(|| SignError::component(component.name))?;
            let header = component.from.unwrap_or(component.name);
            let value = match base::component_value(self, &item, header, message) {
                Ok(value) => Zeroizing::new(value),
                Err(NoValue::Missing) if component.is_optional() => continue,
                Err(NoValue::Missing) => return Err(SignError::missing(header)),
                Err(NoValue::Unsupported) => return Err(SignError::component(component.name)),
            };
            match component.line {
                Some(line) => text.push_str(line),
                None => text.extend([&identifier, ": "]),
            }
            text.push_str(&value);
            text.push('\n');
            covered.push(identifier);
        }
        let parameters =
            format!("({}){}", covered.join(" "), self.serialize_parameters(signer, now)?);
        text.extend(["\"@signature-params\": ", &parameters]);
        Ok(SignatureBase { text, parameters })
    }

    /// Serializes the signature parameters (§2.3).
    fn serialize_parameters(
        &self,
        signer: &dyn Signer,
        now: SystemTime,
    ) -> Result<String, SignError> {
        let seconds = now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs();
        let quoted =
            |text: &str| structured_fields::quoted_string(text).ok_or_else(SignError::key_id);
        let mut serialized = String::new();
        for parameter in self.parameters {
            serialized += &match parameter {
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
        Ok(serialized)
    }
}
