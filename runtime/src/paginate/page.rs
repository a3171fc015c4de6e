//! Requesting one page.

use bytes::Bytes;

use crate::attempt;
use crate::call::Call;
use crate::client::error::Error;
use crate::client::send::decode_response;
use crate::message::response::{RawResponse, Response};
use crate::message::responses::{JsonBody, ResponseEnum};
use crate::platform::BoxedFuture;

/// A page of a list, with the bytes of its body.
pub(super) type Page<T, E> = Result<(Response<T>, Bytes), Error<E>>;

impl<'a> Call<'a> {
    /// Sends the call; decodes the body of a success from JSON, and returns it with its bytes.
    pub(super) fn page<T: JsonBody + 'static, E: ResponseEnum>(
        self,
    ) -> BoxedFuture<'a, Page<T, E>> {
        let operation = self.operation;
        let received = attempt::exchange_call(self, false);
        Box::pin(async move {
            let (received, record) = received.await?;
            let raw = received.response;
            let bytes = raw.body().clone();
            let read = |response: &RawResponse| T::read(response.body());
            decode_response(operation, raw, record, read, false).map(|page| (page, bytes))
        })
    }
}
