//! What a call authenticates with, over all its attempts.

use super::{Failure, Ongoing};
use crate::call::Prepared;
use crate::response::RawAnswer;

/// What was chosen to authenticate with, and what became of it so far.
pub(super) struct Authorization;

impl Authorization {
    /// Chooses for a call, once for all attempts.
    ///
    /// # Errors
    /// If the operation can't be called with what the caller gave.
    pub(super) fn new(_: &Ongoing<'_>) -> Result<Self, Failure> {
        Ok(Self)
    }

    /// Puts the credentials into the request of one attempt.
    pub(super) async fn attach(
        &mut self,
        _: &Ongoing<'_>,
        _: &mut Prepared,
    ) -> Result<(), Failure> {
        Ok(())
    }

    /// Whether the answer rejects a credential that can be renewed, so that one more attempt, outside
    /// of the policy for repeats, is worth it. Says so once for a call.
    pub(super) fn is_worth_another(&mut self, _: &RawAnswer) -> bool {
        false
    }
}
