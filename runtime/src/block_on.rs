//! Calls from programs that are not asynchronous.

use std::future::IntoFuture;

/// Runs one call to its end on the thread that asks for it.
///
/// For scripts and tests: a program that calls often, or at once, keeps a runtime of its own. Not
/// to be called from asynchronous code.
///
/// ```no_run
/// # use docwright_runtime::{Call, Client, Operation, Method, Undeclared, Value};
/// # static PING: Operation = Operation::new("ping", Method::Get, "/ping");
/// # #[derive(Debug)] pub struct Ping<'a>(Call<'a>);
/// # docwright_runtime::request!(Ping => json Value, Undeclared);
/// # fn call(client: &Client) -> std::io::Result<()> {
/// let answer = docwright_runtime::block_on(Ping(Call::new(client, &PING)))?;
/// # Ok(()) }
/// ```
///
/// # Errors
///
/// The operating system has no thread or file descriptor left to wait with.
pub fn block_on<F: IntoFuture>(call: F) -> std::io::Result<F::Output> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(call.into_future()))
}
