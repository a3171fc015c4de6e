//! The steps that complete a request, in this order: the digest of the body and the idempotency key,
//! which are the same in all attempts; the authorization and the signature over all of it, which each
//! attempt has of its own.

use super::authorization::Authorization;
use super::{Failure, Ongoing};
use crate::call::Prepared;
use crate::error::RequestError;
use crate::idempotency;
use crate::operation::Operation;

/// What all attempts have in common, beside what the caller gave.
///
/// # Errors
/// If the caller's idempotency key is none.
pub(super) fn prepare(operation: &Operation, request: &mut Prepared) -> Result<(), RequestError> {
    #[cfg(feature = "signature")]
    crate::signature::fill_digest(operation, request);
    idempotency::fill(operation, &mut request.headers)
}

/// The request of one attempt.
pub(super) async fn complete(
    ongoing: &Ongoing<'_>,
    authorization: &mut Authorization<'_>,
    number: u32,
) -> Result<Prepared, Failure> {
    let mut request = ongoing.request.clone();
    for hook in &ongoing.client.0.hooks {
        hook.before(&super::watched::attempt(ongoing, number), &mut request.headers);
    }
    authorization.attach(ongoing, &mut request).await?;
    #[cfg(feature = "signature")]
    crate::signature::fill_signature(ongoing, &mut request).await?;
    Ok(request)
}
