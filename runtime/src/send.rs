//! The typed end of sending: what becomes of an answer, once the attempts are over.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::header;

use crate::answers::{Answers, JsonBody, Undeclared, text};
use crate::attempt::{self, Arrived, Opening};
use crate::call::Call;
use crate::error::{Error, RequestError, Undecoded};
use crate::events::{self, EventStream, Reading};
use crate::operation::Operation;
use crate::response::{RawAnswer, Response};
use crate::stream::ByteStream;
use crate::wire::DecodeError;

/// A call under way.
pub type Sending<'a, T, E> =
    Pin<Box<dyn Future<Output = Result<Response<T>, Error<E>>> + Send + 'a>>;

/// A call under way whose answer is not read.
pub type Raw<'a> = Pin<Box<dyn Future<Output = Result<RawAnswer, Error<Undeclared>>> + Send + 'a>>;

/// A page of a list, with its bytes.
pub(crate) type Page<T, E> = Result<(Response<T>, Bytes), Error<E>>;

/// A request in the making.
pub type Building<'a> =
    Pin<Box<dyn Future<Output = Result<http::Request<Bytes>, Error<Undeclared>>> + Send + 'a>>;

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

    /// Sends the call; the body of a success is read while it comes. The call is over with the head of
    /// the answer: so long is its timeout for, and then for each piece of the body.
    pub fn stream<E: Answers>(self) -> Sending<'a, ByteStream, E> {
        let wait = self.timeout.unwrap_or(self.client.0.timeout);
        let arrived = attempt::exchange(self, true);
        Box::pin(async move {
            match arrived.await? {
                Arrived { answer, rest: Some(rest) } => {
                    Ok(answer.with(ByteStream::new(rest, wait), false))
                }
                Arrived { answer, rest: None } => Err(Error::refused(answer)),
            }
        })
    }

    /// Sends the call; a success is a stream of events, whose data is JSON.
    pub fn events<T: JsonBody + Send + 'static, E: Answers>(
        self,
    ) -> Sending<'a, EventStream<T, E>, E> {
        self.open(Reading { read: T::read, ends_with_word: true })
    }

    /// Sends the call; a success is a stream of events, whose data is text.
    pub fn text_events<E: Answers>(self) -> Sending<'a, EventStream<String, E>, E> {
        self.open(Reading { read: text, ends_with_word: false })
    }

    fn open<T: Send + 'static, E: Answers>(
        self,
        reading: Reading<T>,
    ) -> Sending<'a, EventStream<T, E>, E> {
        Box::pin(async move {
            let accept = "text/event-stream";
            let call = self.header("Accept", &accept);
            let (head, events) = events::open(Opening::new(call)?, reading).await?;
            Ok(head.with(events, false))
        })
    }

    /// Sends the call; what comes back is given as it is, whatever its status.
    pub fn raw(self) -> Raw<'a> {
        Box::pin(async move { Ok(attempt::send(self).await?) })
    }

    /// Sends the call; a success is JSON, which is given with its bytes.
    pub(crate) fn page<T: JsonBody + 'static, E: Answers>(self) -> BoxFuture<'a, Page<T, E>> {
        let operation = self.operation;
        let answer = attempt::send(self);
        Box::pin(async move {
            let raw = answer.await?;
            let bytes = raw.body().clone();
            let read = |answer: &RawAnswer| T::read(answer.body());
            finish(operation, raw, read, false).map(|page| (page, bytes))
        })
    }

    /// The request that would be sent first, complete with authorization and signature; nothing is
    /// sent. What it holds may be secret.
    ///
    /// # Errors
    /// If a part of the body is a file that would be read while it is sent.
    pub fn into_request(self) -> Building<'a> {
        Box::pin(async move {
            let request = attempt::request(self).await?;
            let body = request.body.map(|body| {
                let what = "files are read while they are sent; there are no bytes to show";
                body.bytes().ok_or_else(|| Error::Request(RequestError(what.to_owned())))
            });
            let mut built = http::Request::new(body.transpose()?.unwrap_or_default());
            *built.method_mut() = request.method;
            *built.headers_mut() = request.headers;
            let uri = request.url.as_str().parse();
            *built.uri_mut() =
                uri.map_err(|_| Error::Request(RequestError("the URL is none".to_owned())))?;
            Ok(built)
        })
    }

    fn run<T: 'static, E: Answers>(
        self,
        read: fn(&RawAnswer) -> Result<T, DecodeError>,
        opaque: bool,
    ) -> Sending<'a, T, E> {
        let operation = self.operation;
        let answer = attempt::send(self);
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
        return Err(Error::refused(raw));
    }
    match read(&raw) {
        Ok(body) => Ok(raw.with(body, opaque)),
        Err(_) if raw.headers().contains_key(header::CONTENT_ENCODING) => {
            let error = DecodeError::invalid("is packed, as its `Content-Encoding` says");
            Err(Error::Decode(Box::new(Undecoded { raw, error })))
        }
        Err(error) => Err(Error::Decode(Box::new(Undecoded { raw, error }))),
    }
}
