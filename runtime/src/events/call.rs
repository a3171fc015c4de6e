//! Sending calls whose success is a stream of events.

use super::stream::{EventReader, EventStream, open};
use crate::attempt::ReopenableCall;
use crate::call::Call;
use crate::client::send::ResponseFuture;
use crate::message::responses::{JsonBody, ResponseEnum, decode_text};

impl<'a> Call<'a> {
    /// Sends the call; a success is a stream of events with JSON data.
    pub fn events<T: JsonBody + Send + 'static, E: ResponseEnum>(
        self,
    ) -> ResponseFuture<'a, EventStream<T, E>, E> {
        self.open_events(EventReader { read: T::read, ends_with_done: true })
    }

    /// Sends the call; a success is a stream of events with text data.
    pub fn text_events<E: ResponseEnum>(self) -> ResponseFuture<'a, EventStream<String, E>, E> {
        self.open_events(EventReader { read: decode_text, ends_with_done: false })
    }

    fn open_events<T: Send + 'static, E: ResponseEnum>(
        self,
        reader: EventReader<T>,
    ) -> ResponseFuture<'a, EventStream<T, E>, E> {
        Box::pin(async move {
            let accept = "text/event-stream";
            let call = self.header("Accept", &accept);
            let (head, events) = open(ReopenableCall::new(call)?, reader).await?;
            Ok(head.with_body(events, false))
        })
    }
}
