//! The typed end of sending: what becomes of a response, once the attempts are over.

use bytes::Bytes;
use http::header;

use crate::attempt::{self, Opening, ReceivedResponse};
use crate::call::Call;
use crate::error::{DecodeFailure, Error, RequestError};
use crate::events::{self, EventStream, Reading};
use crate::operation::Operation;
use crate::platform::BoxedFuture;
use crate::response::{RawResponse, Response};
use crate::responses::{JsonBody, NoTypedError, ResponseEnum, text};
use crate::stream::ByteStream;
use crate::wire::DecodeError;

/// A call under way.
pub type ResponseFuture<'a, T, E> = BoxedFuture<'a, Result<Response<T>, Error<E>>>;

/// A call under way whose response is not read.
pub type RawFuture<'a> = BoxedFuture<'a, Result<RawResponse, Error<NoTypedError>>>;

/// A page of a list, with its bytes.
pub(crate) type Page<T, E> = Result<(Response<T>, Bytes), Error<E>>;

/// A request in the making.
pub type RequestFuture<'a> = BoxedFuture<'a, Result<http::Request<Bytes>, Error<NoTypedError>>>;

impl<'a> Call<'a> {
    /// Sends the call; a success is JSON.
    pub fn json<T: JsonBody + 'static, E: ResponseEnum>(self) -> ResponseFuture<'a, T, E> {
        self.run(|response| T::read(response.body()), false)
    }

    /// Sends the call; a success is text.
    pub fn text<E: ResponseEnum>(self) -> ResponseFuture<'a, String, E> {
        self.run(|response| text(response.body()), true)
    }

    /// Sends the call; a success is bytes.
    pub fn bytes<E: ResponseEnum>(self) -> ResponseFuture<'a, Bytes, E> {
        self.run(|response| Ok(response.body().clone()), true)
    }

    /// Sends the call; what a success holds is of no interest.
    pub fn empty<E: ResponseEnum>(self) -> ResponseFuture<'a, (), E> {
        self.run(|_| Ok(()), false)
    }

    /// Sends the call; a success is one of several types, by its status.
    pub fn one_of<T: ResponseEnum, E: ResponseEnum>(self) -> ResponseFuture<'a, T, E> {
        fn read<T: ResponseEnum>(response: &RawResponse) -> Result<T, DecodeError> {
            T::read(response.status(), response.body())
                .unwrap_or_else(|| Err(DecodeError::invalid("has no type for this status")))
        }
        self.run(read::<T>, false)
    }

    /// Sends the call; the body of a success is read while it comes. The call is over with the head of
    /// the response: so long is its timeout for, and then for each piece of the body.
    pub fn stream<E: ResponseEnum>(self) -> ResponseFuture<'a, ByteStream, E> {
        let wait = self.timeout.unwrap_or(self.client.0.timeout);
        let held = self.client.0.response_limit;
        let arrived = attempt::exchange(self, true);
        Box::pin(async move {
            match arrived.await? {
                ReceivedResponse { response, rest: Some(rest) } => {
                    Ok(response.with(ByteStream::new(rest, wait, held), false))
                }
                ReceivedResponse { response, rest: None } => Err(Error::refused(response)),
            }
        })
    }

    /// Sends the call; a success is a stream of events, whose data is JSON.
    pub fn events<T: JsonBody + Send + 'static, E: ResponseEnum>(
        self,
    ) -> ResponseFuture<'a, EventStream<T, E>, E> {
        self.open(Reading { read: T::read, ends_with_word: true })
    }

    /// Sends the call; a success is a stream of events, whose data is text.
    pub fn text_events<E: ResponseEnum>(self) -> ResponseFuture<'a, EventStream<String, E>, E> {
        self.open(Reading { read: text, ends_with_word: false })
    }

    fn open<T: Send + 'static, E: ResponseEnum>(
        self,
        reading: Reading<T>,
    ) -> ResponseFuture<'a, EventStream<T, E>, E> {
        Box::pin(async move {
            let accept = "text/event-stream";
            let call = self.header("Accept", &accept);
            let (head, events) = events::open(Opening::new(call)?, reading).await?;
            Ok(head.with(events, false))
        })
    }

    /// Sends the call; what comes back is given as it is, whatever its status.
    pub fn raw(self) -> RawFuture<'a> {
        Box::pin(async move { Ok(attempt::send(self).await?) })
    }

    /// Sends the call; a success is JSON, which is given with its bytes.
    pub(crate) fn page<T: JsonBody + 'static, E: ResponseEnum>(
        self,
    ) -> BoxedFuture<'a, Page<T, E>> {
        let operation = self.operation;
        let response = attempt::send(self);
        Box::pin(async move {
            let raw = response.await?;
            let bytes = raw.body().clone();
            let read = |response: &RawResponse| T::read(response.body());
            finish(operation, raw, read, false).map(|page| (page, bytes))
        })
    }

    /// The request that would be sent first, complete with authorization and signature; nothing is
    /// sent. What it holds may be secret.
    ///
    /// # Errors
    /// If a part of the body is a file that would be read while it is sent.
    pub fn into_request(self) -> RequestFuture<'a> {
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

    fn run<T: 'static, E: ResponseEnum>(
        self,
        read: fn(&RawResponse) -> Result<T, DecodeError>,
        opaque: bool,
    ) -> ResponseFuture<'a, T, E> {
        let operation = self.operation;
        let response = attempt::send(self);
        Box::pin(async move { finish(operation, response.await?, read, opaque) })
    }
}

/// Makes of a response what the operation declares for its status.
fn finish<T, E: ResponseEnum>(
    operation: &Operation,
    raw: RawResponse,
    read: fn(&RawResponse) -> Result<T, DecodeError>,
    opaque: bool,
) -> Result<Response<T>, Error<E>> {
    if !operation.succeeds_with(raw.status()) {
        return Err(Error::refused(raw));
    }
    match read(&raw) {
        Ok(body) => Ok(raw.with(body, opaque)),
        Err(_) if raw.headers().contains_key(header::CONTENT_ENCODING) => {
            let error = DecodeError::invalid("is packed, as its `Content-Encoding` says");
            Err(Error::Decode(Box::new(DecodeFailure { raw, error })))
        }
        Err(error) => Err(Error::Decode(Box::new(DecodeFailure { raw, error }))),
    }
}
