//! What each attempt adds to the request, in this order: the digest of the body, the authorization,
//! and the signature, which covers all of it.

use super::authorization::Authorization;
use super::{Failure, Ongoing};
use crate::call::Prepared;

/// The request of one attempt.
pub(super) async fn complete(
    ongoing: &Ongoing<'_>,
    authorization: &mut Authorization<'_>,
) -> Result<Prepared, Failure> {
    let mut request = ongoing.request.clone();
    authorization.attach(ongoing, &mut request).await?;
    Ok(request)
}
