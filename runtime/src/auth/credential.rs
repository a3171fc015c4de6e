//! What a client has been given to authenticate with.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderName, HeaderValue};

use super::cache::TokenCache;
use super::scheme::{CredentialLocation, Scheme};
use crate::call::sensitive;
use crate::escape::Escape;
use crate::secret::Secret;

/// What the caller gave for a scheme. It is checked when the client is built.
pub(crate) struct Given {
    pub(crate) scheme: &'static Scheme,
    kind: Kind,
}

enum Kind {
    Key(Secret),
    Basic { user: String, password: Secret },
    Client { id: String, secret: Secret },
}

impl Given {
    pub(crate) fn key(scheme: &'static Scheme, key: Secret) -> Self {
        Self { scheme, kind: Kind::Key(key) }
    }

    pub(crate) fn basic(scheme: &'static Scheme, user: String, password: Secret) -> Self {
        Self { scheme, kind: Kind::Basic { user, password } }
    }

    pub(crate) fn client(scheme: &'static Scheme, id: String, secret: Secret) -> Self {
        Self { scheme, kind: Kind::Client { id, secret } }
    }

    /// The credential as requests carry it; otherwise why it can't be sent. `scopes` are what the
    /// caller asks for, by scheme.
    pub(crate) fn check(
        self,
        scopes: &[(&'static Scheme, String)],
    ) -> Result<Credential, (&'static str, &'static str)> {
        let Self { scheme, kind } = self;
        let wrong = |why| (scheme.name, why);
        let carried = match (kind, scheme.token) {
            (Kind::Key(key), _) if key.expose().is_empty() => return Err(wrong("it is empty")),
            (Kind::Key(key), _) => carried(scheme.location, &key).map_err(wrong)?,
            (Kind::Basic { user, .. }, _) if user.contains(':') => {
                // RFC 7617 §2: the first colon ends the user name.
                return Err(wrong("a user name can't hold a colon"));
            }
            (Kind::Basic { user, password }, _) => {
                let pair = Secret::from(format!("{user}:{}", password.expose()));
                let text = Secret::from(BASE64_STANDARD.encode(pair.expose()));
                header("Authorization", "Basic ", &text).map_err(wrong)?
            }
            (Kind::Client { id, secret }, Some(request)) => {
                let scope = scopes.iter().find(|(one, _)| one.name == scheme.name);
                let scope = scope.map(|(_, scope)| scope.clone());
                let id_header = match request.id_header {
                    Some(name) => Some(field(name, &id).map_err(wrong)?),
                    None => None,
                };
                let cache = TokenCache::new(scheme, request, id, secret, scope);
                Carried::Token(Arc::new(cache), id_header)
            }
            (Kind::Client { .. }, None) => {
                return Err(wrong("no operation is known to give a token for an id and a secret"));
            }
        };
        Ok(Credential { scheme, carried })
    }
}

/// A credential, ready to be put into requests.
pub(crate) struct Credential {
    pub(super) scheme: &'static Scheme,
    pub(super) carried: Carried,
}

pub(super) enum Carried {
    Header(HeaderName, HeaderValue),
    /// A pair, escaped.
    Query(Secret),
    /// A pair.
    Cookie(Secret),
    /// Fetched when first needed, with the client's id in a header beside it.
    Token(Arc<TokenCache>, Option<(HeaderName, HeaderValue)>),
}

fn carried(location: CredentialLocation, key: &Secret) -> Result<Carried, &'static str> {
    match location {
        CredentialLocation::Header(name) => header(name, "", key),
        CredentialLocation::Bearer => header("Authorization", "Bearer ", key),
        CredentialLocation::Basic => header("Authorization", "Basic ", key),
        CredentialLocation::Query(name) => {
            let (name, value) = (Escape::Url.apply(name), Escape::Url.apply(key.expose()));
            Ok(Carried::Query(Secret::from(format!("{name}={value}"))))
        }
        CredentialLocation::Cookie(name) => {
            let value = key.expose();
            if !name.bytes().all(|byte| is_cookie_octet(byte) && byte != b'=') || name.is_empty() {
                return Err("its cookie has no valid name");
            }
            if !value.bytes().all(is_cookie_octet) {
                return Err("it holds a character that a cookie can't");
            }
            Ok(Carried::Cookie(Secret::from(format!("{name}={value}"))))
        }
    }
}

fn header(name: &'static str, before: &str, key: &Secret) -> Result<Carried, &'static str> {
    let text = Secret::from(format!("{before}{}", key.expose()));
    let (name, value) = field(name, text.expose())?;
    Ok(Carried::Header(name, value))
}

fn field(name: &'static str, text: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let name = HeaderName::try_from(name).map_err(|_| "its header has no valid name")?;
    let value = sensitive(text).ok_or("it holds a character that a header can't")?;
    Ok((name, value))
}

/// RFC 6265 §4.1.1
fn is_cookie_octet(byte: u8) -> bool {
    matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e)
}
