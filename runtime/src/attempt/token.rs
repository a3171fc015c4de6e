//! One token request: a call of its own.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use form_urlencoded::byte_serialize;
use serde_json::Value;

use super::run::exchange_call;
use crate::auth::{Token, TokenCache, TokenError, TokenFault, TokenFuture};
use crate::call::Call;
use crate::call::client::Client;
use crate::message::header_value::sensitive_value;
use crate::platform::Instant;
use crate::wire::secret::Secret;

/// The longest token lifetime that is used, in seconds: `Instant` may overflow on longer ones.
const MAX_LIFETIME: f64 = 10.0 * 365.0 * 24.0 * 3600.0;

/// Fetches a token.
pub(super) fn fetch(cache: Arc<TokenCache>, client: Client) -> TokenFuture {
    Box::pin(async move { send_token_call(&cache, &client).await })
}

async fn send_token_call(cache: &TokenCache, client: &Client) -> Result<Token, TokenError> {
    let token_error = |fault| TokenError::new(cache.scheme.name(), fault);
    let request = cache.request;
    let body = request.body(&cache.id, cache.secret.expose(), &cache.fields);
    let mut call = Call::new(client, request.operation).without_credentials();
    if body.as_object().is_some_and(|fields| !fields.is_empty()) {
        call = call.body(&body).media(request.media);
    }
    if request.client.is_none() {
        call = call.header("Authorization", &basic_header(&cache.id, &cache.secret));
    }
    let requested_at = Instant::now();
    let received = exchange_call(call, false).await;
    let (received, _) = received.map_err(|failed| token_error(failed.into()))?;
    let response = received.response;
    if !request.operation.succeeds_with(response.status()) {
        return Err(token_error(TokenFault::Status(response)));
    }
    let Ok(json) = serde_json::from_slice::<Value>(response.body()) else {
        return Err(token_error(TokenFault::NoToken(response, "the body is not JSON".to_owned())));
    };
    let header = match request.token_in(&json) {
        Ok(token) => sensitive_value(Secret::from(format!("Bearer {token}")).expose()),
        Err(path) => {
            let reason = format!("the body has no string at `{path}`");
            return Err(token_error(TokenFault::NoToken(response, reason)));
        }
    };
    let Some(header) = header else {
        let reason = "the token contains characters that are not allowed in a header".to_owned();
        return Err(token_error(TokenFault::NoToken(response, reason)));
    };
    let lifetime = request.lifetime_in(&json).filter(|seconds| seconds.is_finite());
    let lifetime =
        lifetime.map(|seconds| Duration::from_secs_f64(seconds.clamp(0.0, MAX_LIFETIME)));
    Ok(Token::new(header, requested_at, lifetime))
}

/// RFC 6749 §2.3.1: both are form-encoded first.
fn basic_header(id: &str, secret: &Secret) -> Secret {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let pair = Secret::from(format!("{}:{}", encoded(id), encoded(secret.expose())));
    Secret::from(format!("Basic {}", BASE64_STANDARD.encode(pair.expose())))
}
