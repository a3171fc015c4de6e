//! The credentials of a client.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderName, HeaderValue};

use super::cache::TokenCache;
use super::provider::{ClientGrant, TokenFields, TokenProvider, TokenSource};
use crate::message::escape::Escape;
use crate::message::header_value::{is_reserved, sensitive_value};
use crate::operation::scheme::{CredentialLocation, EVERY_CALL, Scheme};
use crate::operation::token_request::BasicEncoding;
use crate::wire::secret::Secret;

/// The credentials of a security scheme.
///
/// They are set when a client is built, and can be replaced while it is used: see
/// [`Client::set_credentials`](crate::Client::set_credentials). `Debug` shows none of them.
pub struct Credentials(Kind);

enum Kind {
    Key(Secret),
    User { name: String, password: Secret },
    Client { id: String, secret: Secret },
    Provider(Arc<dyn TokenProvider>),
}

impl Credentials {
    /// Creates credentials from an API key or a bearer token.
    pub fn key(key: impl Into<Secret>) -> Self {
        Self(Kind::Key(key.into()))
    }

    /// Creates credentials from a user name and a password.
    pub fn user(name: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(Kind::User { name: name.into(), password: password.into() })
    }

    /// Creates credentials from a client id and a client secret, which a token is requested with.
    pub fn client(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self(Kind::Client { id: id.into(), secret: secret.into() })
    }

    /// Creates credentials from a provider of tokens.
    pub fn provider(provider: impl TokenProvider + 'static) -> Self {
        Self(Kind::Provider(Arc::new(provider)))
    }

    /// Encodes the credentials for requests. `token_fields` are the fields of token requests that the
    /// caller sets, by scheme.
    ///
    /// # Errors
    /// If they can't be sent.
    pub(super) fn encode(
        self,
        scheme: &'static Scheme,
        token_fields: &[(&'static Scheme, &'static str, String)],
    ) -> Result<Credential, CredentialError> {
        let fields = token_fields.iter().filter(|(of, ..)| of.name == scheme.name);
        let fields: TokenFields = fields.map(|(_, field, text)| (*field, text.clone())).collect();
        let value = match self.0 {
            Kind::Key(key) if key.expose().is_empty() => Err("the key is empty"),
            Kind::Key(key) => encode_key(scheme, &key),
            Kind::User { .. } if !scheme.location.is_same(CredentialLocation::Basic) => {
                Err("a user name and a password are sent in the header `Authorization` only")
            }
            Kind::User { name, password } => encode_user(&name, &password),
            Kind::Client { id, secret } => encode_client(scheme, id, secret, fields),
            Kind::Provider(_) if scheme.location != CredentialLocation::Bearer => {
                Err("a token provider supplies bearer tokens only")
            }
            Kind::Provider(provider) => {
                let source = TokenSource::Provider(provider);
                Ok(CredentialValue::Token(Arc::new(TokenCache::new(scheme, source, fields))))
            }
        };
        let value = value.map_err(|reason| CredentialError { scheme: scheme.name, reason })?;
        Ok(Credential { scheme, value })
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials").finish_non_exhaustive()
    }
}

/// A header that is sent with every call.
pub(crate) type EveryCallHeader = (HeaderName, HeaderValue);

/// Encodes a secret header for every call.
///
/// # Errors
/// If it can't be sent.
pub(crate) fn encode_header(
    name: &str,
    value: &Secret,
) -> Result<EveryCallHeader, CredentialError> {
    let field = match HeaderName::try_from(name) {
        Ok(name) if is_reserved(&name) => Err("the HTTP client sets its header"),
        _ if value.expose().is_empty() => Err("the value is empty"),
        _ => header_field(name, value.expose()),
    };
    field.map_err(|reason| CredentialError { scheme: EVERY_CALL.name, reason })
}

/// The error of credentials that can't be sent. It never contains the credentials.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the credentials for `{scheme}` can't be sent: {reason}")]
pub struct CredentialError {
    scheme: &'static str,
    reason: &'static str,
}

impl CredentialError {
    /// Returns the name of the security scheme.
    #[must_use]
    pub fn scheme(&self) -> &'static str {
        self.scheme
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
    /// A token that is requested on first use.
    Token(Arc<TokenCache>),
}

/// Encodes a user name and a password (RFC 7617 §2).
fn encode_user(name: &str, password: &Secret) -> Result<CredentialValue, &'static str> {
    if name.contains(':') {
        // The first colon ends the user name.
        return Err("the user name contains a colon");
    }
    let pair = Secret::from(format!("{name}:{}", password.expose()));
    let text = Secret::from(BASE64_STANDARD.encode(pair.expose()));
    header_credential("Authorization", "Basic ", &text)
}

/// Prepares the token request of a client.
fn encode_client(
    scheme: &'static Scheme,
    id: String,
    secret: Secret,
    fields: TokenFields,
) -> Result<CredentialValue, &'static str> {
    let Some(request) = scheme.token else {
        return Err("no operation of the API returns a token for them");
    };
    let is_plain = request.client.is_none() && request.basic_encoding == BasicEncoding::Plain;
    if is_plain && id.contains(':') {
        // RFC 7617 §2: the first colon ends the id.
        return Err("the client id contains a colon");
    }
    let id_header = request.id_header.map(|name| header_field(name, &id)).transpose()?;
    let name = scheme.name;
    let grant =
        ClientGrant { scheme: name, request, id, secret, fields: fields.clone(), id_header };
    let source = TokenSource::Grant(Arc::new(grant));
    Ok(CredentialValue::Token(Arc::new(TokenCache::new(scheme, source, fields))))
}

/// Encodes a key for its location.
fn encode_key(scheme: &Scheme, key: &Secret) -> Result<CredentialValue, &'static str> {
    let prefix = scheme.prefix.filter(|prefix| !key.expose().starts_with(prefix));
    let prefix_or = |default| if scheme.prefix.is_some() { prefix.unwrap_or("") } else { default };
    match scheme.location {
        CredentialLocation::Header(name) => header_credential(name, prefix_or(""), key),
        CredentialLocation::Bearer => header_credential("Authorization", prefix_or("Bearer "), key),
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

fn header_field(name: &str, text: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::try_from(name).map_err(|_| "the name of its header is invalid")?;
    let value = sensitive_value(text)
        .ok_or("the value contains a character that is not allowed in a header")?;
    Ok((name, value))
}

/// RFC 6265 §4.1.1
fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}
