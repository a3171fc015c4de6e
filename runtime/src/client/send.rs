//! Sending a call and decoding its final response.

use bytes::Bytes;
use http::header;

use super::error::Error;
use super::error::failed::Failed;
use super::error::response::DecodeFailure;
use super::final_response::FinalResponse;
use super::stream::ByteStream;
use crate::attempt::{self, CallRecord, ReceivedResponse};
use crate::call::{Call, INVALID_URL};
use crate::message::charset::decode_body;
use crate::message::error::RequestError;
use crate::message::response::{RawResponse, Response};
use crate::message::responses::{JsonBody, NoTypedError, ResponseEnum};
use crate::operation::Operation;
use crate::platform::BoxedFuture;
use crate::wire::DecodeError;

/// The future of a call, with a typed response.
pub type ResponseFuture<'a, T, E> = BoxedFuture<'a, Result<Response<T>, Error<E>>>;

/// The future of a call, with a response that is not decoded.
pub type RawFuture<'a> = BoxedFuture<'a, Result<FinalResponse, Error<NoTypedError>>>;

/// The future of a request that is built, but not sent.
pub type RequestFuture<'a> = BoxedFuture<'a, Result<http::Request<Bytes>, Error<NoTypedError>>>;

impl<'a> Call<'a> {
    /// Sends the call and decodes the body of a success from JSON.
    pub fn json<T: JsonBody + 'static, E: ResponseEnum>(self) -> ResponseFuture<'a, T, E> {
        self.run(|response| T::read(response.body()), false)
    }

    /// Sends the call and reads the body of a success as text, in the charset of its media type.
    pub fn text<E: ResponseEnum>(self) -> ResponseFuture<'a, String, E> {
        self.run(|response| decode_body(response.headers(), response.body()), true)
    }

    /// Sends the call and reads the body of a success as bytes.
    pub fn bytes<E: ResponseEnum>(self) -> ResponseFuture<'a, Bytes, E> {
        self.run(|response| Ok(response.body().clone()), true)
    }

    /// Sends the call and ignores the body of a success.
    pub fn empty<E: ResponseEnum>(self) -> ResponseFuture<'a, (), E> {
        self.run(|_| Ok(()), false)
    }

    /// Sends the call and decodes the body of a success as one of several types, by its status.
    pub fn one_of<T: ResponseEnum, E: ResponseEnum>(self) -> ResponseFuture<'a, T, E> {
        fn read<T: ResponseEnum>(response: &RawResponse) -> Result<T, DecodeError> {
            T::read(response.status(), response.body()).unwrap_or_else(|| {
                Err(DecodeError::invalid("has no declared type for this status"))
            })
        }
        self.run(read::<T>, false)
    }

    /// Sends the call and streams the body of a success. The timeout covers the head of the
    /// response, and then each chunk of the body.
    pub fn stream<E: ResponseEnum>(self) -> ResponseFuture<'a, ByteStream, E> {
        let timeout = self.timeout.unwrap_or(self.client.0.timeout);
        let limit = self.client.0.response_limit;
        let operation = self.operation;
        let received = attempt::exchange_call(self, true);
        Box::pin(async move {
            let (ReceivedResponse { response, rest }, record) = received.await?;
            if rest.is_none() && !operation.succeeds_with(response.status()) {
                return Err(Error::undeclared(response, record));
            }
            Ok(response.with_body(ByteStream::new(rest, timeout, limit), false))
        })
    }

    /// Sends the call and returns the response undecoded, whatever its status, with the record of all
    /// attempts.
    pub fn raw(self) -> RawFuture<'a> {
        Box::pin(async move {
            let (received, record) = attempt::exchange_call(self, false).await?;
            Ok(FinalResponse::new(received.response, record))
        })
    }

    /// Builds the request of the first attempt, with authorization and signature, without sending
    /// it. It may contain secrets.
    ///
    /// # Errors
    /// If the body contains a file that is read while it is sent.
    pub fn into_request(self) -> RequestFuture<'a> {
        Box::pin(async move {
            let request = attempt::first_request(self).await?;
            let body = request.body.map(|body| {
                let message = "the body contains a file or stream, which is read while it is sent: pass its bytes";
                body.bytes().ok_or_else(|| Error::from(RequestError::body(message)))
            });
            let mut http_request = http::Request::new(body.transpose()?.unwrap_or_default());
            *http_request.method_mut() = request.method;
            *http_request.headers_mut() = request.headers;
            let uri = request.url.as_str().parse();
            *http_request.uri_mut() =
                uri.map_err(|_| Error::from(RequestError::url(INVALID_URL)))?;
            Ok(http_request)
        })
    }

    /// Sends the call and decodes the response. The body of an `opaque` success is not shown by
    /// `Debug`.
    fn run<T: 'static, E: ResponseEnum>(
        self,
        read: fn(&RawResponse) -> Result<T, DecodeError>,
        opaque: bool,
    ) -> ResponseFuture<'a, T, E> {
        let operation = self.operation;
        let received = attempt::exchange_call(self, false);
        Box::pin(async move {
            let (received, record) = received.await?;
            let decoded = decode_response(operation, received.response, record, read, opaque);
            decoded.map(|(response, _)| response)
        })
    }
}

/// The message on a body that the HTTP client has not decompressed.
const COMPRESSED: &str = "is compressed (see its `Content-Encoding`): only gzip is supported, \
                          with the feature `gzip`";

/// The message on an undeclared success whose body need not be what the caller expects.
const OTHER_CONTENT: &str = "is empty or JSON, while the declared success is neither";

/// Decodes a response as the operation declares for its status. Servers deviate from the statuses
/// that they document, so a `2xx` that is not declared is decoded as the declared success. Returns the
/// record of the call with the response.
pub(crate) fn decode_response<T, E: ResponseEnum>(
    operation: &Operation,
    raw: RawResponse,
    record: CallRecord,
    read: fn(&RawResponse) -> Result<T, DecodeError>,
    opaque: bool,
) -> Result<(Response<T>, CallRecord), Error<E>> {
    let is_declared = operation.succeeds_with(raw.status());
    if !is_declared && !raw.status().is_success() {
        return Err(Error::undeclared(raw, record));
    }
    let is_other = !is_declared && opaque && !operation.may_return_unread(&raw);
    let decoded = match read(&raw) {
        _ if is_other => Err(DecodeError::invalid(OTHER_CONTENT)),
        Err(_) if raw.headers().contains_key(header::CONTENT_ENCODING) => {
            Err(DecodeError::invalid(COMPRESSED))
        }
        decoded => decoded,
    };
    match decoded {
        Ok(body) => Ok((raw.with_body(body, opaque), record)),
        Err(error) if is_declared => Err(Error::undecodable(raw, error, record)),
        Err(error) => {
            let failure = Failed::new(DecodeFailure { raw, error }, record);
            Err(Error::UnexpectedSuccess(failure))
        }
    }
}
