//! One request out, one answer back.

use std::time::Duration;

use bytes::BytesMut;

use super::Failure;
use crate::call::Prepared;
use crate::client::Inner;
use crate::error::TransportError;
use crate::response::RawAnswer;

/// Sends a request and reads the answer up to the client's limit.
pub(super) async fn exchange(
    client: &Inner,
    request: Prepared,
    timeout: Duration,
) -> Result<RawAnswer, Failure> {
    let mut http = client.http.request(request.method, request.url).timeout(timeout);
    http = http.headers(request.headers);
    if let Some(body) = request.body {
        http = http.body(body.into_body().await.map_err(Failure::Request)?);
    }
    let answer = http.send().await;
    let mut answer =
        answer.map_err(|error| Failure::Transport(TransportError::new(error, None)))?;
    let (status, headers) = (answer.status(), std::mem::take(answer.headers_mut()));
    let mut body = BytesMut::new();
    loop {
        let chunk = answer.chunk().await;
        let failure = match chunk {
            Ok(None) => return Ok(RawAnswer::new(status, headers, body.freeze())),
            Ok(Some(chunk)) if chunk.len() <= client.response_limit - body.len() => {
                body.extend_from_slice(&chunk);
                continue;
            }
            Ok(Some(chunk)) => {
                body.extend_from_slice(&chunk[..client.response_limit - body.len()]);
                let partial = RawAnswer::new(status, headers, body.freeze());
                TransportError::too_large(client.response_limit, partial)
            }
            Err(error) => {
                let partial = RawAnswer::new(status, headers, body.freeze());
                TransportError::new(error, Some(partial))
            }
        };
        return Err(Failure::Transport(failure));
    }
}
