//! Blocking calls: the same clients, methods and requests, for programs that are not asynchronous.

use std::future::IntoFuture;

use crate::client::block_on::block_on_as;
use crate::client::error::Error;
use crate::message::error::{RequestError, RequestErrorKind};
use crate::message::response::Response;

/// A request that can be sent from a blocking thread. All its options are available.
///
/// ```no_run
/// # use docwright_runtime::{Call, Client, Method, Operation, NoTypedError, Value};
/// # static PING: Operation = Operation::new("ping", Method::Get, "/ping");
/// # #[derive(Debug)] pub struct Ping<'a>(Call<'a>);
/// # docwright_runtime::request!(Ping => json Value, NoTypedError);
/// use docwright_runtime::blocking::SendBlocking;
///
/// # fn call(client: &Client) -> Result<(), docwright_runtime::Error<NoTypedError>> {
/// let response = Ping(Call::new(client, &PING)).send_blocking()?;
/// # Ok(()) }
/// ```
pub trait SendBlocking<T, E>: IntoFuture<Output = Result<Response<T>, Error<E>>> + Sized {
    /// Sends the request, and blocks the thread until the response is received. Any number of
    /// threads may do so at the same time.
    ///
    /// # Errors
    /// The same as awaiting the request; also if it is called from asynchronous code, whose threads
    /// must not be blocked. Within `tokio::task::spawn_blocking` it may be called, except in a program
    /// compiled with `panic = "abort"`.
    fn send_blocking(self) -> Result<Response<T>, Error<E>> {
        block_on_as("send_blocking", self).unwrap_or_else(|error| {
            Err(Error::from(RequestError::new(RequestErrorKind::Blocking, error.to_string())))
        })
    }
}

impl<R, T, E> SendBlocking<T, E> for R where R: IntoFuture<Output = Result<Response<T>, Error<E>>> {}
