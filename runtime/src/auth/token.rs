//! Tokens: as a provider returns them, and as they are cached.

use std::time::Duration;

use http::{HeaderName, HeaderValue};

use crate::message::header_value::sensitive_value;
use crate::platform::Instant;
use crate::wire::secret::Secret;

/// How long before its expiry a token is renewed; at most a tenth of its lifetime.
const RENEWAL_MARGIN: Duration = Duration::from_secs(60);

/// How long a renewal is not repeated after it failed; at most a quarter of the time that is left.
const RENEWAL_PAUSE: Duration = Duration::from_secs(5);

/// The longest lifetime that is used: `Instant` may overflow on longer ones.
const MAX_LIFETIME: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// The prefix of a bearer token in `Authorization` (RFC 6750 §2.1).
const BEARER: &str = "Bearer ";

/// A token that a [`TokenProvider`](crate::TokenProvider) returns.
#[derive(Debug, Clone)]
pub struct AccessToken {
    token: Secret,
    lifetime: Option<Duration>,
    client_id: Option<String>,
}

impl AccessToken {
    /// Creates a token that is used until the server rejects it.
    pub fn new(token: impl Into<Secret>) -> Self {
        Self { token: token.into(), lifetime: None, client_id: None }
    }

    /// Sets for how long the token is valid from now on. The client requests another one shortly
    /// before the end.
    #[must_use]
    pub fn lifetime(mut self, lifetime: Duration) -> Self {
        self.lifetime = Some(lifetime);
        self
    }

    /// Sets the id of the client that the token was issued to, for APIs that require it in a header
    /// next to the token.
    #[must_use]
    pub fn client_id(mut self, id: impl Into<String>) -> Self {
        self.client_id = Some(id.into());
        self
    }

    /// Converts to a cached token. `id_header` is the header for the client's id. Returns `None` if
    /// the token or the id can't be sent in a header.
    pub(super) fn into_token(self, id_header: Option<&'static str>) -> Option<Token> {
        let id_header = match id_header.zip(self.client_id) {
            Some((name, id)) => Some((HeaderName::try_from(name).ok()?, sensitive_value(&id)?)),
            None => None,
        };
        Token::new(self.token.expose(), id_header, Instant::now(), self.lifetime)
    }
}

/// A cached token.
pub(crate) struct Token {
    /// The value of `Authorization`.
    header: HeaderValue,
    /// The header with the id of the client that the token was issued to.
    id_header: Option<(HeaderName, HeaderValue)>,
    expiry: Option<Expiry>,
}

struct Expiry {
    renew_at: Instant,
    expires_at: Instant,
    renewal_pause: Duration,
}

impl Token {
    /// Creates a token whose lifetime begins at `requested_at`. Returns `None` if the text can't be
    /// sent in a header.
    pub(crate) fn new(
        text: &str,
        id_header: Option<(HeaderName, HeaderValue)>,
        requested_at: Instant,
        lifetime: Option<Duration>,
    ) -> Option<Self> {
        let header = sensitive_value(Secret::from(format!("{BEARER}{text}")).expose())?;
        let expiry = lifetime.and_then(|lifetime| {
            let lifetime = lifetime.min(MAX_LIFETIME);
            let margin = RENEWAL_MARGIN.min(lifetime / 10);
            Some(Expiry {
                renew_at: requested_at.checked_add(lifetime - margin)?,
                expires_at: requested_at.checked_add(lifetime)?,
                renewal_pause: RENEWAL_PAUSE.min(margin / 4),
            })
        });
        Some(Self { header, id_header, expiry })
    }

    /// Returns the value of `Authorization`.
    pub(super) fn header(&self) -> &HeaderValue {
        &self.header
    }

    /// Returns the header with the client's id.
    pub(super) fn id_header(&self) -> Option<&(HeaderName, HeaderValue)> {
        self.id_header.as_ref()
    }

    /// Returns the token itself.
    pub(super) fn text(&self) -> &str {
        let header = std::str::from_utf8(self.header.as_bytes()).unwrap_or_default();
        header.strip_prefix(BEARER).unwrap_or_default()
    }

    /// Whether the token is not about to expire.
    pub(super) fn is_fresh(&self, now: Instant) -> bool {
        self.expiry.as_ref().is_none_or(|expiry| now < expiry.renew_at)
    }

    pub(super) fn is_valid(&self, now: Instant) -> bool {
        self.expiry.as_ref().is_none_or(|expiry| now < expiry.expires_at)
    }

    /// Returns how long a renewal is not repeated after it failed.
    pub(super) fn renewal_pause(&self) -> Duration {
        self.expiry.as_ref().map_or(RENEWAL_PAUSE, |expiry| expiry.renewal_pause)
    }
}
