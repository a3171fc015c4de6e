//! One token request: a call of its own.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use form_urlencoded::byte_serialize;

use super::run::exchange_call;
use crate::auth::{ClientGrant, PendingToken, Token, TokenError, TokenFault};
use crate::call::Call;
use crate::call::client::Client;
use crate::message::response::RawResponse;
use crate::operation::token_request::BasicEncoding;
use crate::platform::Instant;
use crate::retry::Retry;
use crate::wire::read_json;
use crate::wire::secret::Secret;

/// Requests a token.
pub(super) fn fetch(grant: Arc<ClientGrant>, client: Client, policy: Retry) -> PendingToken {
    Box::pin(async move {
        let requested_at = Instant::now();
        let response = send_token_call(&grant, &client, policy).await?;
        read_token(&grant, response, requested_at)
    })
}

/// Sends the call. It is safe to retry: a token that nobody uses does no harm.
async fn send_token_call(
    grant: &ClientGrant,
    client: &Client,
    policy: Retry,
) -> Result<RawResponse, TokenError> {
    let token_error = |fault| TokenError::new(grant.scheme, fault);
    let request = grant.request;
    let body = request.body(&grant.id, grant.secret.expose(), &grant.fields);
    let mut call = Call::new(client, request.operation).without_credentials();
    call = call.retry(policy);
    call.is_idempotent = true;
    if body.as_object().is_some_and(|fields| !fields.is_empty()) {
        call = call.body(&body).media(request.media);
    }
    if request.client.is_none() {
        let header = basic_header(&grant.id, &grant.secret, request.basic_encoding);
        call = call.header("Authorization", &header);
    }
    let received = exchange_call(call, false).await;
    let (received, _) = received.map_err(|failed| token_error(failed.into()))?;
    let response = received.response;
    // Servers deviate from the declared status, so every `2xx` may contain a token.
    match response.status().is_success() {
        true => Ok(response),
        false => Err(token_error(TokenFault::Status(response))),
    }
}

/// Reads the token in a response.
fn read_token(
    grant: &ClientGrant,
    response: RawResponse,
    requested_at: Instant,
) -> Result<Token, TokenError> {
    let body = response.body().clone();
    let no_token =
        |reason: String| TokenError::new(grant.scheme, TokenFault::NoToken(response, reason));
    let Ok(tape) = read_json(&body) else {
        return Err(no_token("the body is not JSON".to_owned()));
    };
    let text = match grant.request.token_in(tape.root()) {
        Ok(text) => text,
        Err(path) => return Err(no_token(format!("the body has no string at `{path}`"))),
    };
    let seconds = grant.request.lifetime_in(tape.root()).filter(|seconds| !seconds.is_nan());
    // Everything beyond the range of a `Duration` is as good as endless.
    let lifetime = seconds
        .map(|seconds| Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX));
    Token::new(text, grant.id_header.clone(), requested_at, lifetime).ok_or_else(|| {
        no_token("the token contains characters that are not allowed in a header".to_owned())
    })
}

/// Encodes the client's id and secret for the `Authorization` header.
fn basic_header(id: &str, secret: &Secret, encoding: BasicEncoding) -> Secret {
    let encoded = |text: &str| match encoding {
        BasicEncoding::Form => byte_serialize(text.as_bytes()).collect::<String>(),
        BasicEncoding::Plain => text.to_owned(),
    };
    let pair = Secret::from(format!("{}:{}", encoded(id), encoded(secret.expose())));
    Secret::from(format!("Basic {}", BASE64_STANDARD.encode(pair.expose())))
}
