//! Sending: one function for every call, whatever its types, and the thin typed end of it.

use std::future::Future;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};

use crate::answers::{Answers, JsonBody, text};
use crate::call::Call;
use crate::error::{Error, ErrorAnswer, RequestError, TransportError, Undecoded};
use crate::operation::Operation;
use crate::response::{RawAnswer, Response};
use crate::wire::DecodeError;

/// A call under way.
pub type Sending<'a, T, E> =
    Pin<Box<dyn Future<Output = Result<Response<T>, Error<E>>> + Send + 'a>>;

/// Why there is no answer.
enum Failure {
    Request(RequestError),
    Transport(TransportError),
}

impl<E> From<Failure> for Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}

impl<'a> Call<'a> {
    /// Sends the call; a success is JSON.
    pub fn json<T: JsonBody + 'static, E: Answers>(self) -> Sending<'a, T, E> {
        self.run(|answer| T::read(answer.body()), false)
    }

    /// Sends the call; a success is text.
    pub fn text<E: Answers>(self) -> Sending<'a, String, E> {
        self.run(|answer| text(answer.body()), true)
    }

    /// Sends the call; a success is bytes.
    pub fn bytes<E: Answers>(self) -> Sending<'a, Bytes, E> {
        self.run(|answer| Ok(answer.body().clone()), true)
    }

    /// Sends the call; what a success holds is of no interest.
    pub fn empty<E: Answers>(self) -> Sending<'a, (), E> {
        self.run(|_| Ok(()), false)
    }

    /// Sends the call; a success is one of several types, by its status.
    pub fn one_of<T: Answers, E: Answers>(self) -> Sending<'a, T, E> {
        fn read<T: Answers>(answer: &RawAnswer) -> Result<T, DecodeError> {
            T::read(answer.status(), answer.body())
                .unwrap_or_else(|| Err(DecodeError::invalid("has no type for this status")))
        }
        self.run(read::<T>, false)
    }

    fn run<T: 'static, E: Answers>(
        self,
        read: fn(&RawAnswer) -> Result<T, DecodeError>,
        opaque: bool,
    ) -> Sending<'a, T, E> {
        let operation = self.operation;
        let answer = send(self);
        Box::pin(async move { finish(operation, answer.await?, read, opaque) })
    }
}

/// Makes of an answer what the operation declares for its status.
fn finish<T, E: Answers>(
    operation: &Operation,
    raw: RawAnswer,
    read: fn(&RawAnswer) -> Result<T, DecodeError>,
    opaque: bool,
) -> Result<Response<T>, Error<E>> {
    if !operation.succeeds_with(raw.status()) {
        let typed = E::read(raw.status(), raw.body());
        return Err(Error::Status(Box::new(ErrorAnswer { raw, typed })));
    }
    match read(&raw) {
        Ok(body) => Ok(raw.with(body, opaque)),
        Err(error) => Err(Error::Decode(Box::new(Undecoded { raw, error }))),
    }
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<RawAnswer, Failure>> + Send + 'a>>;

/// Builds the request, sends it and reads the answer up to the limit.
fn send(call: Call<'_>) -> Answer<'_> {
    Box::pin(async move {
        let client = &call.client.0;
        let timeout = call.timeout.unwrap_or(client.timeout);
        let request = call.prepare().map_err(Failure::Request)?;
        let mut http = client.http.request(request.method, request.url).timeout(timeout);
        http = http.headers(request.headers);
        if let Some(body) = request.body {
            http = http.body(body);
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
    })
}
