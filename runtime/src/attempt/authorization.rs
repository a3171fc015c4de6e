//! The authentication of a call, across all its attempts.

use http::StatusCode;

use super::failure::Failure;
use super::state::CallState;
use super::token;
use crate::auth::{SelectedAuth, TokenFetcher, UsedToken};
use crate::message::request::PreparedRequest;
use crate::message::response::RawResponse;
use crate::retry::Retry;

/// The credentials selected for a call, and the tokens used so far.
pub(super) struct Authorization {
    selected: SelectedAuth,
    /// The retry policy of the call, which its token requests follow as well.
    policy: Retry,
    /// The token of the last attempt.
    token: Option<UsedToken>,
    /// The token that the server rejected. At most one: a call is retried only once for this
    /// reason.
    rejected: Option<UsedToken>,
}

impl Authorization {
    /// Selects the credentials of a call, once for all attempts.
    ///
    /// # Errors
    /// If the operation needs credentials that the caller has not set.
    pub(super) fn new(state: &CallState<'_>, policy: Retry) -> Result<Self, Failure> {
        let CallState { client, operation, request, .. } = state;
        let selected = match state.anonymous {
            true => SelectedAuth::none(),
            false => SelectedAuth::for_request(client.credentials(), operation.security, request)
                .map_err(Failure::Request)?,
        };
        Ok(Self { selected, policy, token: None, rejected: None })
    }

    /// Adds the credentials to the request of one attempt.
    pub(super) async fn attach(
        &mut self,
        state: &CallState<'_>,
        request: &mut PreparedRequest,
    ) -> Result<(), Failure> {
        let fetch = |grant| token::fetch(grant, state.client.clone(), self.policy);
        let fetcher = TokenFetcher { fetch, timeout: state.client.0.timeout };
        let token = self.selected.attach(&fetcher, request, self.rejected.as_ref()).await;
        self.token = token.map_err(Failure::Token)?;
        Ok(())
    }

    /// Whether the response rejects a token that can be renewed. The call then gets one more
    /// attempt, outside the retry policy: a request with a 401 response was not carried out.
    /// Returns `true` at most once per call.
    pub(super) fn should_renew_token(&mut self, response: &RawResponse) -> bool {
        if response.status() != StatusCode::UNAUTHORIZED || self.rejected.is_some() {
            return false;
        }
        self.rejected = self.token.take().filter(UsedToken::reject);
        self.rejected.is_some()
    }
}
