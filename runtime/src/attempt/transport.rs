//! One HTTP exchange: one request, one response.

use bytes::{Bytes, BytesMut};

use super::failure::Failure;
use super::state::{CallState, ReceivedResponse};
use super::timing::{time_until, with_timeout};
use crate::message::error::TransportError;
use crate::message::request::PreparedRequest;
use crate::message::response::RawResponse;
use crate::message::response_body::ResponseBody;
use crate::operation::Operation;
use crate::platform::Instant;
use crate::transport::{Transport, TransportRequest};

/// Sends a request and reads the response up to the client's limit. The body of a success is left
/// unread if the call streams it.
pub(super) async fn exchange(
    state: &CallState<'_>,
    request: PreparedRequest,
) -> Result<ReceivedResponse, Failure> {
    let PreparedRequest { method, url, headers, body, key: _ } = request;
    let body = match body {
        Some(body) => Some(body.open().await.map_err(Failure::Request)?),
        None => None,
    };
    let request = TransportRequest::new(method, url, headers, body);
    let deadline = state.policy.attempt_deadline(state.deadline);
    let response = state.client.0.transport.send(request);
    let response = with_timeout(time_until(deadline), response).await;
    let (head, rest) = response.map_err(Failure::Transport)?.into_parts();
    let head = RawResponse::new(head.status, head.headers, Bytes::new());
    if !head.has_content(state.operation.method) {
        // Whatever the server sends after the head is not content.
        let response = head.with_retry_headers(state.client.0.retry_headers);
        return Ok(ReceivedResponse { response, rest: None });
    }
    if state.is_streamed && may_stream(state.operation, &head) {
        return Ok(ReceivedResponse { response: head, rest: Some(rest) });
    }
    read_whole(state, head, rest, deadline).await
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
    mut rest: ResponseBody,
    deadline: Option<Instant>,
) -> Result<ReceivedResponse, Failure> {
    let limit = state.client.0.response_limit;
    let mut body = BytesMut::new();
    loop {
        let chunk = with_timeout(time_until(deadline), rest.chunk()).await;
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
                TransportError::too_large(limit as u64).with_partial(partial(body))
            }
            Err(error) => error.with_partial(partial(body)),
        };
        return Err(Failure::Transport(failure));
    }
}
