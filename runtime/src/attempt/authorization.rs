//! What a call authenticates with, over all its attempts.

use std::sync::Arc;

use http::StatusCode;

use super::{Failure, Ongoing};
use crate::auth::{Chosen, Token};
use crate::call::Prepared;
use crate::response::RawResponse;

/// What was chosen to authenticate with, and what became of it so far.
pub(super) struct Authorization<'c> {
    chosen: Chosen<'c>,
    /// The token of the last attempt.
    token: Option<Arc<Token>>,
    /// The token that the server rejected. There is no second one: a call is repeated once for it.
    rejected: Option<Arc<Token>>,
}

impl<'c> Authorization<'c> {
    /// Chooses for a call, once for all attempts.
    ///
    /// # Errors
    /// If the operation can't be called with what the caller gave.
    pub(super) fn new(ongoing: &Ongoing<'c>) -> Result<Self, Failure> {
        let Ongoing { client, operation, request, .. } = ongoing;
        let chosen = match ongoing.anonymous {
            true => Chosen::none(),
            false => Chosen::for_request(client, operation.security, request)
                .map_err(Failure::Request)?,
        };
        Ok(Self { chosen, token: None, rejected: None })
    }

    /// Puts the credentials into the request of one attempt.
    pub(super) async fn attach(
        &mut self,
        ongoing: &Ongoing<'_>,
        request: &mut Prepared,
    ) -> Result<(), Failure> {
        let token = self.chosen.attach(ongoing.client, request, self.rejected.as_ref()).await;
        self.token = token.map_err(Failure::Token)?;
        Ok(())
    }

    /// Whether the response rejects a credential that can be renewed, so that one more attempt, outside
    /// of the policy for repeats, is worth it: what is responded with 401 was not carried out. Says so
    /// once for a call.
    pub(super) fn is_worth_another(&mut self, response: &RawResponse) -> bool {
        if response.status() != StatusCode::UNAUTHORIZED || self.rejected.is_some() {
            return false;
        }
        self.rejected = self.token.take();
        self.rejected.is_some()
    }
}
