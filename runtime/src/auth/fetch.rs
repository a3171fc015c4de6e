//! One request for a token.

use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use form_urlencoded::byte_serialize;
use serde_json::Value;

use super::cache::{Token, TokenCache};
use super::token_error::{Fault, TokenError};
use crate::attempt;
use crate::call::{Call, sensitive};
use crate::client::Client;
use crate::platform::Instant;
use crate::secret::Secret;

/// No token lives longer than this as far as the client is concerned: times beyond do not fit a clock.
const LONGEST: f64 = 10.0 * 365.0 * 24.0 * 3600.0;

pub(super) async fn fetch(cache: &TokenCache, client: &Client) -> Result<Token, TokenError> {
    let wrong = |fault| TokenError::new(cache.scheme.name, fault);
    let request = cache.request;
    let body = request.body(&cache.id, cache.secret.expose(), cache.scope.as_deref());
    let mut call = Call::new(client, request.operation).without_credentials();
    if body.as_object().is_some_and(|members| !members.is_empty()) {
        call = call.body(&body).media(request.media);
    }
    if request.client.is_none() {
        call = call.header("Authorization", &basic(&cache.id, &cache.secret));
    }
    let asked = Instant::now();
    let response = attempt::send(call).await.map_err(|failure| wrong(failure.into()))?;
    if !request.operation.succeeds_with(response.status()) {
        return Err(wrong(Fault::Status(response)));
    }
    let Ok(json) = serde_json::from_slice::<Value>(response.body()) else {
        return Err(wrong(Fault::NoToken(response, "it is no JSON".to_owned())));
    };
    let header = match request.token_in(&json) {
        Ok(token) => sensitive(Secret::from(format!("Bearer {token}")).expose()),
        Err(path) => {
            let why = format!("it has no text at `{path}`");
            return Err(wrong(Fault::NoToken(response, why)));
        }
    };
    let Some(header) = header else {
        let why = "its token can't be sent in a header".to_owned();
        return Err(wrong(Fault::NoToken(response, why)));
    };
    let lifetime = request.lifetime_in(&json).filter(|seconds| seconds.is_finite());
    let lifetime = lifetime.map(|seconds| Duration::from_secs_f64(seconds.clamp(0.0, LONGEST)));
    Ok(Token::new(header, asked, lifetime))
}

/// RFC 6749 §2.3.1: both are written as in a form first.
fn basic(id: &str, secret: &Secret) -> Secret {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = Secret::from(format!("{}:{}", encoded(id), encoded(secret.expose())));
    Secret::from(format!("Basic {}", BASE64_STANDARD.encode(pair.expose())))
}
