//! Server-sent events (HTML §9.2), typed.

mod parse;

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{Stream, StreamExt, unfold};
use http::{HeaderMap, StatusCode, header};

use crate::attempt::{Failure, Opening, ReceivedResponse};
use crate::error::{DecodeFailure, Error, TransportError};
use crate::platform::{BoxedStream, sleep};
use crate::response::RawResponse;
use crate::responses::ResponseEnum;
use crate::stream::ByteStream;
use crate::wire::DecodeError;
use parse::{Parser, Raw};

/// An event of a stream.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its name, where the server gives one.
    pub name: Option<String>,
    /// The id that the stream is at.
    pub id: Option<String>,
    /// What it holds.
    pub data: T,
}

/// Events as they come. [`next`](Self::next) waits for one; it is a [`Stream`] as well.
///
/// The call's timeout is for the head of the response and then for each wait: a server that says
/// nothing for so long, not even a comment, is taken for gone. A connection that breaks is made anew
/// as the call's [`Retry`](crate::Retry) says, where the request may arrive twice, and goes on behind
/// the last event's id (`Last-Event-ID`); each event makes the count of attempts begin anew. A server
/// that ends the stream ends it, and so does the text `[DONE]` where JSON is expected. An event larger
/// than the client's limit for responses is an error. One that is not as described is an error, too,
/// behind which the stream goes on.
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
    /// The next event; `None` at the end.
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

/// How the data of an event is read.
pub(crate) struct Reading<T> {
    pub(crate) read: fn(&Bytes) -> Result<T, DecodeError>,
    /// Whether a text that is no JSON ends the stream.
    pub(crate) ends_with_word: bool,
}

/// Opens a stream: the head of its response, and its events.
pub(crate) async fn open<T: Send + 'static, E: ResponseEnum>(
    opening: Opening,
    reading: Reading<T>,
) -> Result<(RawResponse, EventStream<T, E>), Error<E>> {
    let (head, bytes) = connect(&opening, None).await.map_err(Refusal::into_error)?;
    let state = State {
        limit: opening.limit(),
        opening,
        reading,
        status: head.status(),
        headers: head.headers().clone(),
        parser: Parser::default(),
        bytes: Some(bytes),
        broken: 0,
    };
    let events = unfold(state, |mut state| async move {
        let item = state.next().await?;
        Some((item, state))
    });
    Ok((head, EventStream { events: Box::pin(events) }))
}

/// Why a connection gives no events.
enum Refusal {
    Failure(Failure),
    Status(RawResponse),
    NoEvents(RawResponse),
}

impl Refusal {
    fn into_error<E: ResponseEnum>(self) -> Error<E> {
        match self {
            Self::Failure(failure) => failure.into(),
            Self::Status(raw) => Error::refused(raw),
            Self::NoEvents(raw) => {
                let error = DecodeError::invalid("is no event stream");
                Error::Decode(Box::new(DecodeFailure { raw, error }))
            }
        }
    }
}

/// Makes a connection that begins behind an event.
async fn connect(
    opening: &Opening,
    last_id: Option<&str>,
) -> Result<(RawResponse, ByteStream), Refusal> {
    let ReceivedResponse { response, rest } =
        opening.open(last_id).await.map_err(Refusal::Failure)?;
    let Some(rest) = rest else { return Err(Refusal::Status(response)) };
    let bytes = ByteStream::new(rest, opening.timeout(), opening.limit());
    let media = response.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let essence = media.and_then(|media| media.split(';').next()).unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("text/event-stream") {
        return Ok((response, bytes));
    }
    let (status, headers) = (response.status(), response.headers().clone());
    let whole = bytes.bytes().await;
    let body = whole.map_err(|error| Refusal::Failure(Failure::Transport(error)))?;
    Err(Refusal::NoEvents(RawResponse::new(status, headers, body)))
}

/// A stream under way.
struct State<T> {
    opening: Opening,
    reading: Reading<T>,
    limit: usize,
    status: StatusCode,
    headers: HeaderMap,
    parser: Parser,
    /// The connection; none at the end.
    bytes: Option<ByteStream>,
    /// How often connections have broken since the last event.
    broken: u32,
}

impl<T> State<T> {
    async fn next<E: ResponseEnum>(&mut self) -> Option<Result<Event<T>, Error<E>>> {
        loop {
            self.bytes.as_ref()?;
            let refusal = match self.parser.next() {
                Some(event) if self.reading.ends_with_word && event.data == "[DONE]" => {
                    self.bytes = None;
                    continue;
                }
                Some(event) if event.data.len() <= self.limit => {
                    self.broken = 0;
                    return Some(self.event(event));
                }
                None if self.parser.held() <= self.limit => match self.more().await {
                    Ok(()) => continue,
                    Err(refusal) => refusal,
                },
                _ => {
                    let error = TransportError::too_large(self.limit as u64, None);
                    Refusal::Failure(Failure::Transport(error))
                }
            };
            self.bytes = None;
            return Some(Err(refusal.into_error()));
        }
    }

    /// Waits for more bytes, or for the end.
    async fn more(&mut self) -> Result<(), Refusal> {
        let Some(bytes) = &mut self.bytes else { return Ok(()) };
        match bytes.chunk().await {
            Ok(Some(piece)) => self.parser.push(&piece),
            Ok(None) => self.bytes = None,
            Err(error) => self.again(error).await?,
        }
        Ok(())
    }

    fn event<E: ResponseEnum>(&self, Raw { name, data }: Raw) -> Result<Event<T>, Error<E>> {
        let data = Bytes::from(data);
        match (self.reading.read)(&data) {
            Ok(data) => Ok(Event { name, id: self.parser.last_id.clone(), data }),
            Err(error) => {
                let raw = RawResponse::new(self.status, self.headers.clone(), data);
                Err(Error::Decode(Box::new(DecodeFailure { raw, error })))
            }
        }
    }

    /// Makes the connection anew, if it may be; otherwise says why it broke.
    async fn again(&mut self, error: TransportError) -> Result<(), Refusal> {
        self.broken = self.broken.saturating_add(1);
        let wait = self.opening.wait(self.broken);
        let Some(wait) = wait else { return Err(Refusal::Failure(Failure::Transport(error))) };
        sleep(self.parser.wait.map_or(wait, |asked| asked.min(LONGEST))).await;
        self.parser.restart();
        let last_id = self.parser.last_id.clone();
        let (_, bytes) = connect(&self.opening, last_id.as_deref()).await?;
        self.bytes = Some(bytes);
        Ok(())
    }
}

/// No server is waited for longer, whatever it asks for.
const LONGEST: Duration = Duration::from_secs(60);
