//! The credentials of a client.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderName, HeaderValue};

use super::cache::TokenCache;
use crate::message::escape::Escape;
use crate::message::header_value::sensitive_value;
use crate::operation::scheme::{CredentialLocation, Scheme};
use crate::wire::secret::Secret;

/// The credential that the caller set for a scheme. It is checked when the client is built.
pub(crate) struct CredentialInput {
    pub(crate) scheme: &'static Scheme,
    kind: Kind,
}

enum Kind {
    Key(Secret),
    Basic { user: String, password: Secret },
    Client { id: String, secret: Secret },
}

impl CredentialInput {
    pub(crate) fn key(scheme: &'static Scheme, key: Secret) -> Self {
        Self { scheme, kind: Kind::Key(key) }
    }

    pub(crate) fn basic(scheme: &'static Scheme, user: String, password: Secret) -> Self {
        Self { scheme, kind: Kind::Basic { user, password } }
    }

    pub(crate) fn client(scheme: &'static Scheme, id: String, secret: Secret) -> Self {
        Self { scheme, kind: Kind::Client { id, secret } }
    }

    /// Encodes the credential for requests. `token_fields` are the fields of token requests that the
    /// caller sets, by scheme.
    ///
    /// # Errors
    /// The name of the scheme, and why its credential can't be sent.
    pub(crate) fn check(
        self,
        token_fields: &[(&'static Scheme, &'static str, String)],
    ) -> Result<Credential, (&'static str, &'static str)> {
        let Self { scheme, kind } = self;
        let invalid = |reason| (scheme.name, reason);
        let value = match (kind, scheme.token) {
            (Kind::Key(key), _) if key.expose().is_empty() => {
                return Err(invalid("the key is empty"));
            }
            (Kind::Key(key), _) => encode_key(scheme.location, &key).map_err(invalid)?,
            (Kind::Basic { user, .. }, _) if user.contains(':') => {
                // RFC 7617 §2: the first colon ends the user name.
                return Err(invalid("the user name contains a colon"));
            }
            (Kind::Basic { user, password }, _) => {
                let pair = Secret::from(format!("{user}:{}", password.expose()));
                let text = Secret::from(BASE64_STANDARD.encode(pair.expose()));
                header_credential("Authorization", "Basic ", &text).map_err(invalid)?
            }
            (Kind::Client { id, secret }, Some(request)) => {
                let fields = token_fields.iter().filter(|(of, ..)| of.name == scheme.name);
                let fields = fields.map(|(_, field, text)| (*field, text.clone())).collect();
                let id_header = match request.id_header {
                    Some(name) => Some(header_field(name, &id).map_err(invalid)?),
                    None => None,
                };
                let cache = TokenCache::new(scheme, request, id, secret, fields);
                CredentialValue::Token(Arc::new(cache), id_header)
            }
            (Kind::Client { .. }, None) => {
                return Err(invalid("no operation of the API returns a token for them"));
            }
        };
        Ok(Credential { scheme, value })
    }
}

/// A credential, ready to be added to requests.
pub(crate) struct Credential {
    pub(super) scheme: &'static Scheme,
    pub(super) value: CredentialValue,
}

/// A credential as it is sent.
pub(super) enum CredentialValue {
    Header(HeaderName, HeaderValue),
    /// A `name=value` pair, percent-encoded.
    Query(Secret),
    /// A `name=value` pair.
    Cookie(Secret),
    /// A token that is fetched on first use, and optionally a header with the client id.
    Token(Arc<TokenCache>, Option<(HeaderName, HeaderValue)>),
}

/// Encodes a key for its location.
fn encode_key(location: CredentialLocation, key: &Secret) -> Result<CredentialValue, &'static str> {
    match location {
        CredentialLocation::Header(name) => header_credential(name, "", key),
        CredentialLocation::Bearer => header_credential("Authorization", "Bearer ", key),
        CredentialLocation::Basic => header_credential("Authorization", "Basic ", key),
        CredentialLocation::Query(name) => {
            let (name, value) = (Escape::Url.apply(name), Escape::Url.apply(key.expose()));
            Ok(CredentialValue::Query(Secret::from(format!("{name}={value}"))))
        }
        CredentialLocation::Cookie(name) => {
            let value = key.expose();
            if !name.bytes().all(|byte| is_cookie_octet(byte) && byte != b'=') || name.is_empty() {
                return Err("the name of its cookie is invalid");
            }
            if !value.bytes().all(is_cookie_octet) {
                return Err("the value contains a character that is not allowed in a cookie");
            }
            Ok(CredentialValue::Cookie(Secret::from(format!("{name}={value}"))))
        }
    }
}

fn header_credential(
    name: &'static str,
    prefix: &str,
    key: &Secret,
) -> Result<CredentialValue, &'static str> {
    let text = Secret::from(format!("{prefix}{}", key.expose()));
    let (name, value) = header_field(name, text.expose())?;
    Ok(CredentialValue::Header(name, value))
}

fn header_field(name: &'static str, text: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::try_from(name).map_err(|_| "the name of its header is invalid")?;
    let value = sensitive_value(text)
        .ok_or("the value contains a character that is not allowed in a header")?;
    Ok((name, value))
}

/// RFC 6265 §4.1.1
fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}
