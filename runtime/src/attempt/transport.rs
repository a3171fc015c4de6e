//! One request out, one answer back.

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use super::{Arrived, Failure, Ongoing};
use crate::call::Prepared;
use crate::error::TransportError;
use crate::response::RawAnswer;
use crate::timing::{Late, within};

/// Sends a request and reads the answer up to the client's limit. The body of a success is left
/// where it is if the call wants it as a stream.
pub(super) async fn exchange(ongoing: &Ongoing<'_>, request: Prepared) -> Result<Arrived, Failure> {
    let mut http = ongoing.client.0.http.request(request.method, request.url);
    http = http.headers(request.headers);
    if let Some(body) = request.body {
        http = http.body(body.into_body().await.map_err(Failure::Request)?);
    }
    let answer = within(ongoing.left(), http.send()).await;
    let mut answer = answer.map_err(|late| Failure::Transport(late.error(None)))?;
    let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
    if ongoing.is_streamed && ongoing.operation.succeeds_with(status) {
        let head = RawAnswer::new(status, headers, Bytes::new());
        return Ok(Arrived { answer: head, rest: Some(answer) });
    }
    whole(ongoing, status, headers, answer).await
}

/// Reads a body to its end.
async fn whole(
    ongoing: &Ongoing<'_>,
    status: StatusCode,
    headers: HeaderMap,
    mut answer: reqwest::Response,
) -> Result<Arrived, Failure> {
    let limit = ongoing.client.0.response_limit;
    let mut body = BytesMut::new();
    loop {
        let chunk = within(ongoing.left(), answer.chunk()).await;
        let partial = |body: BytesMut| RawAnswer::new(status, headers.clone(), body.freeze());
        let failure = match chunk {
            Ok(None) => {
                let answer = RawAnswer::new(status, headers, body.freeze());
                let answer = answer.asking(ongoing.client.0.retry_headers);
                return Ok(Arrived { answer, rest: None });
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
