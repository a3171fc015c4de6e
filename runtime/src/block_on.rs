//! Calls from programs that are not asynchronous.

use std::future::IntoFuture;
use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

/// Where connections live: they are shared by the calls of a client, and outlast the one that opened
/// them, whichever thread that was made on.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

/// Runs one call to its end on the thread that asks for it; any number of threads may.
///
/// Not to be called from asynchronous code.
///
/// ```no_run
/// # use docwright_runtime::{Call, Client, Operation, Method, NoTypedError, Value};
/// # static PING: Operation = Operation::new("ping", Method::Get, "/ping");
/// # #[derive(Debug)] pub struct Ping<'a>(Call<'a>);
/// # docwright_runtime::request!(Ping => json Value, NoTypedError);
/// # fn call(client: &Client) -> std::io::Result<()> {
/// let response = docwright_runtime::block_on(Ping(Call::new(client, &PING)))?;
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// The operating system has no thread or file descriptor left to wait with.
pub fn block_on<F: IntoFuture>(call: F) -> io::Result<F::Output> {
    Ok(runtime()?.block_on(call.into_future()))
}

fn runtime() -> io::Result<&'static Runtime> {
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let made = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("docwright-runtime")
        .enable_all()
        .build()?;
    Ok(RUNTIME.get_or_init(|| made))
}
