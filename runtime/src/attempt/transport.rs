//! One request out, one respond back.

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use super::{Failure, Ongoing, ReceivedResponse};
use crate::call::Prepared;
use crate::error::TransportError;
use crate::platform::Incoming;
use crate::response::RawResponse;
use crate::timing::{Late, within};

/// Sends a request and reads the response up to the client's limit. The body of a success is left
/// where it is if the call wants it as a stream.
pub(super) async fn exchange(
    ongoing: &Ongoing<'_>,
    request: Prepared,
) -> Result<ReceivedResponse, Failure> {
    let mut http = ongoing.client.0.http.request(request.method, request.url);
    http = http.headers(request.headers);
    if let Some(body) = request.body {
        http = http.body(body.into_body().await.map_err(Failure::Request)?);
    }
    let response = within(ongoing.left(), http.send()).await;
    let mut response = response.map_err(|late| Failure::Transport(late.error(None)))?;
    let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
    if ongoing.is_streamed && ongoing.operation.succeeds_with(status) {
        let head = RawResponse::new(status, headers, Bytes::new());
        return Ok(ReceivedResponse { response: head, rest: Some(Incoming::new(response)) });
    }
    whole(ongoing, status, headers, Incoming::new(response)).await
}

/// Reads a body to its end.
async fn whole(
    ongoing: &Ongoing<'_>,
    status: StatusCode,
    headers: HeaderMap,
    mut response: Incoming,
) -> Result<ReceivedResponse, Failure> {
    let limit = ongoing.client.0.response_limit;
    let mut body = BytesMut::new();
    loop {
        let chunk = within(ongoing.left(), response.chunk()).await;
        let partial = |body: BytesMut| RawResponse::new(status, headers.clone(), body.freeze());
        let failure = match chunk {
            Ok(None) => {
                let response = RawResponse::new(status, headers, body.freeze());
                let response = response.asking(ongoing.client.0.retry_headers);
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
            Err(late) => Late::error(late, Some(partial(body))),
        };
        return Err(Failure::Transport(failure));
    }
}
