//! The authentication of a call, across all its attempts.

use http::{HeaderValue, StatusCode};
use url::Url;

use super::failure::Failure;
use super::state::CallState;
use super::token;
use crate::auth::{SelectedAuth, TokenFetcher, UsedToken};
use crate::message::request::PreparedRequest;
use crate::message::response::RawResponse;
use crate::message::secrets::Secrets;
use crate::operation::Security;
use crate::operation::scheme::CredentialLocation;
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
    security: Security,
    /// The header values with credentials of the last attempt.
    sent_headers: Vec<HeaderValue>,
    /// The URL of the last attempt, if credentials are sent in it.
    sent_url: Option<Url>,
}

impl Authorization {
    /// Selects the credentials of a call, once for all attempts.
    ///
    /// # Errors
    /// If the operation needs credentials that the caller has not set.
    pub(super) fn new(state: &CallState<'_>) -> Result<Self, Failure> {
        let CallState { client, operation, request, .. } = state;
        let selected = match state.anonymous {
            true => SelectedAuth::none(),
            false => SelectedAuth::for_request(client.credentials(), operation, request)
                .map_err(Failure::Request)?,
        };
        let security = operation.security;
        let (token, rejected, sent_headers, sent_url) = (None, None, Vec::new(), None);
        Ok(Self {
            selected,
            policy: state.policy,
            token,
            rejected,
            security,
            sent_headers,
            sent_url,
        })
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
        let declared = self.locations().filter_map(CredentialLocation::header).chain(["cookie"]);
        let declared = declared.filter_map(|name| request.headers.get(name));
        let selected = self.selected.header_names().filter_map(|name| request.headers.get(name));
        let headers = declared.chain(selected).cloned().collect();
        self.sent_headers = headers;
        let has_query = self.query_names().next().is_some();
        self.sent_url = has_query.then(|| request.url.clone());
        Ok(())
    }

    /// Adds the credentials of the last attempt.
    pub(super) fn add_credentials(&self, secrets: &mut Secrets) {
        self.sent_headers.iter().for_each(|value| secrets.add_credential(value));
        if let Some(url) = &self.sent_url {
            secrets.add_query(url, &self.query_names().collect::<Vec<_>>());
        }
    }

    /// Returns the names of the query parameters with credentials.
    fn query_names(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.locations().filter_map(|location| match location {
            CredentialLocation::Query(name) => Some(name),
            _ => None,
        })
    }

    /// Returns where the operation's credentials are sent.
    fn locations(&self) -> impl Iterator<Item = CredentialLocation> + use<> {
        let security: Security = self.security;
        security.iter().flat_map(|schemes| schemes.iter()).map(|scheme| scheme.location)
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
