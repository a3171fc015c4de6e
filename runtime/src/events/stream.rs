//! Streams of typed events.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{Stream, StreamExt, unfold};
use http::{HeaderMap, StatusCode, header};

use super::parse::{Parser, RawEvent};
use crate::attempt::{CallRecord, FailedCall, Failure, ReceivedResponse, ReopenableCall};
use crate::client::error::Error;
use crate::client::stream::ByteStream;
use crate::message::error::TransportError;
use crate::message::response::RawResponse;
use crate::message::responses::ResponseEnum;
use crate::platform::{BoxedStream, sleep};
use crate::retry::AttemptResult;
use crate::wire::DecodeError;

/// An event of a stream.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The name of the event, if the server sends one.
    pub name: Option<String>,
    /// The last event ID of the stream, including this event.
    pub id: Option<String>,
    /// The data of the event.
    pub data: T,
}

/// A stream of server-sent events. [`next`](Self::next) waits for an event; the type also
/// implements [`Stream`].
///
/// The call's timeout covers the head of the response, and then each wait for more bytes. If the
/// connection breaks and the request is safe to send twice, the stream reconnects as the call's
/// [`Retry`](crate::Retry) policy allows, and resumes after the last event (`Last-Event-ID`). Each
/// event resets the number of attempts. The stream ends when the server ends the response, and if
/// JSON is expected, also at the text `[DONE]`. An event that exceeds the client's limit for
/// response bodies is an error and ends the stream. An event that does not match its type is an
/// error, too, but the stream continues after it.
///
/// ```no_run
/// use docwright_runtime::{Call, Client, Method, Operation, NoTypedError, Value};
///
/// static WATCH: Operation = Operation::new("watch", Method::Get, "/watch");
///
/// # async fn call(client: &Client) -> Result<(), docwright_runtime::Error<NoTypedError>> {
/// let mut orders = Call::new(client, &WATCH).events::<Value, NoTypedError>().await?.into_body();
/// while let Some(order) = orders.next().await {
///     println!("{}", order?.data["id"]);
/// }
/// # Ok(()) }
/// ```
pub struct EventStream<T, E> {
    events: BoxedStream<'static, Result<Event<T>, Error<E>>>,
}

impl<T: 'static, E: ResponseEnum> EventStream<T, E> {
    /// Returns the next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error<E>>> {
        self.events.next().await
    }
}

impl<T, E> Stream for EventStream<T, E> {
    type Item = Result<Event<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.poll_next_unpin(context)
    }
}

impl<T, E> fmt::Debug for EventStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}

/// How the data of an event is decoded.
pub(crate) struct EventReader<T> {
    pub(crate) read: fn(&Bytes) -> Result<T, DecodeError>,
    /// Whether the text `[DONE]`, which is not JSON, ends the stream.
    pub(crate) ends_with_done: bool,
}

/// Opens a stream. Returns the head of the response, and the events.
pub(crate) async fn open<T: Send + 'static, E: ResponseEnum>(
    call: ReopenableCall,
    reader: EventReader<T>,
) -> Result<(RawResponse, EventStream<T, E>), Error<E>> {
    let opened = connect(&call, None, call.new_record()).await;
    let (head, bytes, record) = opened.map_err(ConnectError::into_error)?;
    let state = State {
        limit: call.response_limit(),
        call,
        reader,
        status: head.status(),
        headers: head.headers().clone(),
        parser: Parser::default(),
        bytes: Some(bytes),
        record,
        failures: 0,
    };
    let events = unfold(state, |mut state| async move {
        let item = state.next().await?;
        Some((item, state))
    });
    Ok((head, EventStream { events: Box::pin(events) }))
}

/// Why a connection has no events.
enum ConnectError {
    Failed(FailedCall),
    Status(RawResponse, CallRecord),
    NoEvents(RawResponse, CallRecord),
}

impl ConnectError {
    fn into_error<E: ResponseEnum>(self) -> Error<E> {
        match self {
            Self::Failed(failed) => failed.into(),
            Self::Status(raw, record) => Error::undeclared(raw, record),
            Self::NoEvents(raw, record) => {
                Error::undecodable(raw, DecodeError::invalid("is not an event stream"), record)
            }
        }
    }
}

/// Connects, and resumes after the event `last_id`.
async fn connect(
    call: &ReopenableCall,
    last_id: Option<&str>,
    record: CallRecord,
) -> Result<(RawResponse, ByteStream, CallRecord), ConnectError> {
    let received = call.open(last_id, record).await.map_err(ConnectError::Failed)?;
    let (ReceivedResponse { response, rest }, mut record) = received;
    if rest.is_none() && !call.succeeds_with(response.status()) {
        return Err(ConnectError::Status(response, record));
    }
    record.record_success();
    let bytes = ByteStream::new(rest, call.timeout(), call.response_limit());
    let media = response.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let essence = media.and_then(|media| media.split(';').next()).unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("text/event-stream") {
        return Ok((response, bytes, record));
    }
    let (status, headers) = (response.status(), response.headers().clone());
    match bytes.bytes().await {
        Ok(body) => Err(ConnectError::NoEvents(RawResponse::new(status, headers, body), record)),
        Err(error) => Err(transport_failure(error, record)),
    }
}

/// Returns the error of a connection that broke.
fn transport_failure(error: TransportError, record: CallRecord) -> ConnectError {
    ConnectError::Failed(FailedCall::new(Failure::Transport(error), record))
}

/// The state of an open stream.
struct State<T> {
    call: ReopenableCall,
    reader: EventReader<T>,
    limit: usize,
    status: StatusCode,
    headers: HeaderMap,
    parser: Parser,
    /// The connection; `None` at the end.
    bytes: Option<ByteStream>,
    /// The attempts so far. The errors of single events do not have them.
    record: CallRecord,
    /// The number of broken connections since the last event.
    failures: u32,
}

impl<T> State<T> {
    async fn next<E: ResponseEnum>(&mut self) -> Option<Result<Event<T>, Error<E>>> {
        loop {
            self.bytes.as_ref()?;
            let error = match self.parser.next() {
                Some(event) if self.reader.ends_with_done && event.data == "[DONE]" => {
                    self.bytes = None;
                    continue;
                }
                Some(event) if event.data.len() <= self.limit => {
                    self.failures = 0;
                    return Some(self.decode_event(event));
                }
                None if self.parser.buffered() <= self.limit => match self.read_more().await {
                    Ok(()) => continue,
                    Err(error) => error,
                },
                _ => {
                    let error = TransportError::too_large(self.limit as u64);
                    transport_failure(error, self.take_record())
                }
            };
            self.bytes = None;
            return Some(Err(error.into_error()));
        }
    }

    /// Reads the next bytes, and reconnects if the connection broke.
    async fn read_more(&mut self) -> Result<(), ConnectError> {
        let Some(bytes) = &mut self.bytes else { return Ok(()) };
        match bytes.chunk().await {
            Ok(Some(chunk)) => self.parser.push(&chunk),
            Ok(None) => self.bytes = None,
            Err(error) => self.reconnect(error).await?,
        }
        Ok(())
    }

    /// Decodes the data of an event.
    fn decode_event<E: ResponseEnum>(
        &self,
        RawEvent { name, data }: RawEvent,
    ) -> Result<Event<T>, Error<E>> {
        let data = Bytes::from(data);
        match (self.reader.read)(&data) {
            Ok(data) => Ok(Event { name, id: self.parser.last_id.clone(), data }),
            Err(error) => {
                let raw = RawResponse::new(self.status, self.headers.clone(), data);
                Err(Error::undecodable(raw, error, self.call.new_record()))
            }
        }
    }

    /// Reconnects, or returns the error if the call must not be sent again.
    async fn reconnect(&mut self, error: TransportError) -> Result<(), ConnectError> {
        self.failures = self.failures.saturating_add(1);
        let wait = self.call.wait(self.failures);
        let Some(wait) = wait else { return Err(transport_failure(error, self.take_record())) };
        sleep(self.parser.wait.map_or(wait, |requested| requested.min(MAX_RECONNECT_WAIT))).await;
        self.parser.restart();
        let last_id = self.parser.last_id.clone();
        let mut record = self.take_record();
        let head = RawResponse::new(self.status, self.headers.clone(), Bytes::new());
        record.push_failure(AttemptResult::Transport(error.with_partial(head)));
        let (head, bytes, record) = connect(&self.call, last_id.as_deref(), record).await?;
        (self.status, self.headers) = (head.status(), head.headers().clone());
        (self.bytes, self.record) = (Some(bytes), record);
        Ok(())
    }

    /// Moves the record of the call into its error, or into the next attempt.
    fn take_record(&mut self) -> CallRecord {
        std::mem::replace(&mut self.record, self.call.new_record())
    }
}

/// The longest wait before reconnecting, even if the server requests a longer one.
const MAX_RECONNECT_WAIT: Duration = Duration::from_secs(60);
