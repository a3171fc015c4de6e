//! One HTTP exchange: one request, one response.

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use super::failure::Failure;
use super::state::{CallState, ReceivedResponse};
use super::timing::{time_until, with_timeout};
use crate::message::error::TransportError;
use crate::message::request::PreparedRequest;
use crate::message::response::RawResponse;
use crate::platform::{Incoming, Instant};

/// Sends a request and reads the response up to the client's limit. The body of a success is left
/// unread if the call streams it.
pub(super) async fn exchange(
    state: &CallState<'_>,
    request: PreparedRequest,
) -> Result<ReceivedResponse, Failure> {
    let mut http = state.client.0.http.request(request.method, request.url);
    http = http.headers(request.headers);
    if let Some(body) = request.body {
        http = http.body(body.into_body().await.map_err(Failure::Request)?);
    }
    let deadline = state.policy.attempt_deadline(state.deadline);
    let response = with_timeout(time_until(deadline), http.send()).await;
    let mut response = response.map_err(|error| Failure::Transport(error.into_transport(None)))?;
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    if state.is_streamed && state.operation.succeeds_with(status) {
        let head = RawResponse::new(status, headers, Bytes::new());
        return Ok(ReceivedResponse { response: head, rest: Some(Incoming::new(response)) });
    }
    read_whole(state, status, headers, Incoming::new(response), deadline).await
}

/// Reads a body to its end.
async fn read_whole(
    state: &CallState<'_>,
    status: StatusCode,
    headers: HeaderMap,
    mut response: Incoming,
    deadline: Option<Instant>,
) -> Result<ReceivedResponse, Failure> {
    let limit = state.client.0.response_limit;
    let mut body = BytesMut::new();
    loop {
        let chunk = with_timeout(time_until(deadline), response.chunk()).await;
        let partial = |body: BytesMut| RawResponse::new(status, headers.clone(), body.freeze());
        let failure = match chunk {
            Ok(None) => {
                let response = RawResponse::new(status, headers, body.freeze());
                let response = response.with_retry_headers(state.client.0.retry_headers);
                return Ok(ReceivedResponse { response, rest: None });
            }
            Ok(Some(chunk)) if chunk.len() <= limit - body.len() => {
                body.extend_from_slice(&chunk);
                continue;
            }
            Ok(Some(chunk)) => {
                body.extend_from_slice(&chunk[..limit - body.len()]);
                TransportError::too_large(limit as u64, Some(partial(body)))
            }
            Err(error) => error.into_transport(Some(partial(body))),
        };
        return Err(Failure::Transport(failure));
    }
}
