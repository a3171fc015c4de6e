//! The steps that complete a request, in this order: the digest of the body and the idempotency
//! key, which all attempts share; then the hooks, the authorization and the signature over the
//! whole request, which are computed per attempt.

use super::authorization::Authorization;
use super::{CallState, Failure};
use crate::call::PreparedRequest;
use crate::error::RequestError;
use crate::idempotency;
use crate::operation::Operation;

/// Adds the headers that all attempts share, besides the caller's own.
///
/// # Errors
/// If the caller's idempotency key is empty.
pub(super) fn prepare(
    operation: &Operation,
    request: &mut PreparedRequest,
) -> Result<(), RequestError> {
    #[cfg(feature = "signature")]
    crate::signature::add_digest(operation, request);
    idempotency::set_key(operation, &mut request.headers)
}

/// Completes the request of one attempt.
pub(super) async fn complete(
    state: &CallState<'_>,
    authorization: &mut Authorization<'_>,
    number: u32,
) -> Result<PreparedRequest, Failure> {
    let mut request = state.request.clone();
    for hook in &state.client.0.hooks {
        hook.before(&super::instrumented::describe_attempt(state, number), &mut request.headers);
    }
    authorization.attach(state, &mut request).await?;
    #[cfg(feature = "signature")]
    crate::signature::add_signature(state, &mut request).await?;
    Ok(request)
}
