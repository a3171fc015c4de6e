//! One HTTP exchange: one request, one response.

use bytes::{Bytes, BytesMut};

use super::failure::Failure;
use super::state::{CallState, ReceivedResponse};
use super::timing::with_timeout;
use crate::message::error::TransportError;
use crate::message::request::PreparedRequest;
use crate::message::response::RawResponse;
use crate::operation::Operation;
use crate::platform::Incoming;

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
    let response = with_timeout(state.time_left(), http.send()).await;
    let mut response = response.map_err(|error| Failure::Transport(error.into_transport(None)))?;
    let head =
        RawResponse::new(response.status(), std::mem::take(response.headers_mut()), Bytes::new());
    if !head.has_content(state.operation.method) {
        // Whatever the server sends after the head is not content.
        let response = head.with_retry_headers(state.client.0.retry_headers);
        return Ok(ReceivedResponse { response, rest: None });
    }
    let rest = Incoming::new(response);
    if state.is_streamed && may_stream(state.operation, &head) {
        return Ok(ReceivedResponse { response: head, rest: Some(rest) });
    }
    read_whole(state, head, rest).await
}

/// Whether the caller who streams a success receives the body of this response.
fn may_stream(operation: &Operation, head: &RawResponse) -> bool {
    operation.succeeds_with(head.status())
        || head.status().is_success() && operation.may_return_unread(head)
}

/// Reads a body to its end.
async fn read_whole(
    state: &CallState<'_>,
    head: RawResponse,
    mut rest: Incoming,
) -> Result<ReceivedResponse, Failure> {
    let limit = state.client.0.response_limit;
    let mut body = BytesMut::new();
    loop {
        let chunk = with_timeout(state.time_left(), rest.chunk()).await;
        let partial = |body: BytesMut| head.clone().with_bytes(body.freeze());
        let failure = match chunk {
            Ok(None) => {
                let response = head.with_bytes(body.freeze());
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
