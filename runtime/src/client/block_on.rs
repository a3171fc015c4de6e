//! A runtime for calls from programs that are not asynchronous.

use std::future::IntoFuture;
use std::io;
use std::panic::catch_unwind;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

/// The shared runtime. Connections belong to it, so that later calls on any thread can reuse them.
static RUNTIME: OnceLock<Runtime> = OnceLock::new();

/// Runs a call to completion on the current thread. Any number of threads may do so at the same
/// time.
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
/// If it is called from asynchronous code, whose threads must not be blocked (within
/// `tokio::task::spawn_blocking` it may be called, except in a program compiled with
/// `panic = "abort"`), or if the runtime can't be started, since the operating system has no threads
/// or file descriptors left.
pub fn block_on<F: IntoFuture>(call: F) -> io::Result<F::Output> {
    block_on_as("block_on", call)
}

/// Runs a call to completion for the public function `caller`, which errors name.
pub(crate) fn block_on_as<F: IntoFuture>(caller: &str, call: F) -> io::Result<F::Output> {
    let runtime = runtime().map_err(|error| {
        let message = format!("the runtime for blocking calls can't be started: {error}");
        io::Error::new(error.kind(), message)
    })?;
    if !may_block(runtime) {
        let message =
            format!("`{caller}` was called from asynchronous code: await the request instead");
        return Err(io::Error::new(io::ErrorKind::Deadlock, message));
    }
    Ok(runtime.block_on(call.into_future()))
}

/// Whether the current thread may be blocked.
fn may_block(runtime: &Runtime) -> bool {
    // A thread that belongs to a runtime may drive its tasks, or run blocking code for it. Only Tokio
    // can tell, and it does so by a panic, which must not abort the program.
    let may_drive =
        || cfg!(panic = "abort") || catch_unwind(|| runtime.block_on(async {})).is_err();
    Handle::try_current().is_err() || !may_drive()
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
