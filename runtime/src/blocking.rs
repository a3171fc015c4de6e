//! Clients for programs that are not asynchronous: the same clients, methods and requests, which are
//! sent while the thread waits.

use std::future::IntoFuture;

use crate::block_on::block_on;
use crate::error::{Error, RequestError};
use crate::response::Response;

/// A request that is sent while the thread waits. It has every option that it has elsewhere.
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
    /// Sends the request, and waits for the response. Any number of threads may.
    ///
    /// # Errors
    /// What awaiting the request gives; and if it is called from asynchronous code, whose thread must
    /// not wait.
    fn send_blocking(self) -> Result<Response<T>, Error<E>> {
        if tokio::runtime::Handle::try_current().is_ok() {
            let what = "a blocking call within asynchronous code: await the request instead";
            return Err(Error::Request(RequestError(what.to_owned())));
        }
        block_on(self).unwrap_or_else(|error| {
            Err(Error::Request(RequestError(format!("nothing to wait with: {error}"))))
        })
    }
}

impl<R, T, E> SendBlocking<T, E> for R where R: IntoFuture<Output = Result<Response<T>, Error<E>>> {}
