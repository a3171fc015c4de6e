//! A runtime for calls from programs that are not asynchronous.

use std::future::IntoFuture;
use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Runtime};

/// The shared runtime. Connections belong to it, so that later calls on any thread can reuse them.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

/// Runs a call to completion on the current thread. Any number of threads may do so at the same
/// time.
///
/// Must not be called from asynchronous code.
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
/// If the runtime can't be started, since the operating system has no threads or file descriptors
/// left.
pub fn block_on<F: IntoFuture>(call: F) -> io::Result<F::Output> {
    Ok(runtime()?.block_on(call.into_future()))
}

/// Returns the shared runtime, and starts it on first use.
fn runtime() -> io::Result<&'static Runtime> {
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("docwright-runtime")
        .enable_all()
        .build()?;
    Ok(RUNTIME.get_or_init(|| runtime))
}
