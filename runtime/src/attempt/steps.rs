//! The steps that complete the request of one attempt, in this order: the hooks, the authorization,
//! and the signature over the whole request. The digest of the body and the idempotency key are
//! added before ([`CallState::new`]), since all attempts share them.

use super::authorization::Authorization;
use super::failure::Failure;
use super::state::CallState;
use crate::call::idempotency::restore_keys;
use crate::message::error::TransportError;
use crate::message::header_value::strip_reserved_headers;
use crate::message::request::PreparedRequest;
use crate::platform::timeout;

/// Completes the request of one attempt, within the call's timeout.
pub(super) async fn complete(
    state: &CallState<'_>,
    authorization: &mut Authorization,
    number: u32,
) -> Result<PreparedRequest, Failure> {
    let completed = complete_steps(state, authorization, number);
    let timed_out = || Failure::Transport(TransportError::timeout_before_sending());
    timeout(state.time_left(), completed).await.ok_or_else(timed_out)?
}

/// Completes the request of one attempt, however long it takes.
async fn complete_steps(
    state: &CallState<'_>,
    authorization: &mut Authorization,
    number: u32,
) -> Result<PreparedRequest, Failure> {
    let mut request = state.request.clone();
    for hook in &state.client.0.hooks {
        hook.before(&state.describe_attempt(number), &mut request.headers);
    }
    strip_reserved_headers(&mut request.headers);
    if state.request.key.is_some() {
        restore_keys(state.operation, &state.request.headers, &mut request.headers);
    }
    authorization.attach(state, &mut request).await?;
    let signing = &state.client.0.signing;
    let signed = signing.sign(&state.operation.signing, &mut request, || state.client.now()).await;
    signed.map_err(Failure::Request)?;
    Ok(request)
}
