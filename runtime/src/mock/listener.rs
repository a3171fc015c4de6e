//! The HTTP server behind a mock. It has a thread and a runtime of its own, so that it responds
//! whatever the test's runtime does.

use std::convert::Infallible;
use std::error::Error as _;
use std::fmt;
use std::future::{Future, poll_fn};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::script::{Action, CannedResponse, Script};

/// Starts the server, which ends with the sender. Returns its address.
///
/// # Panics
/// If the operating system has no ports, threads or file descriptors left.
pub(super) fn start(script: Arc<Script>) -> (SocketAddr, oneshot::Sender<Infallible>) {
    let started = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| {
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (address, (end, ended)) = (listener.local_addr()?, oneshot::channel());
        let serve = async move {
            let accepting = tokio::spawn(accept(listener, script));
            // The sender is only ever dropped. Then the runtime ends, with all connections.
            drop(ended.await);
            accepting.abort();
        };
        let thread = std::thread::Builder::new().name("docwright-mock".to_owned());
        thread.spawn(move || runtime.block_on(serve))?;
        Ok((address, end))
    });
    started.unwrap_or_else(|error| panic!("the mock server can't be started: {error}"))
}

async fn accept(listener: TcpListener, script: Arc<Script>) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(serve(stream, Arc::clone(&script)));
    }
}

/// Serves the requests of a connection.
async fn serve(stream: TcpStream, script: Arc<Script>) {
    let service = service_fn(|request| respond(request, Arc::clone(&script)));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let ended = poll_fn(|context| connection.poll_without_shutdown(context)).await;
    let fault = ended.err().and_then(|error| error.source()?.downcast_ref().copied());
    if let Some(Fault::Reset) = fault {
        let stream = connection.into_parts().io.into_inner();
        // Without lingering, closing the connection resets it. If this fails, it is closed.
        let _ = stream.set_zero_linger();
    }
}

/// Why a request has no response.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Closed,
    Reset,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the test ends the connection")
    }
}

impl std::error::Error for Fault {}

type Responding = Pin<Box<dyn Future<Output = Result<http::Response<Full<Bytes>>, Fault>> + Send>>;

/// Reacts to a request as the script requires.
fn respond(request: http::Request<Incoming>, script: Arc<Script>) -> Responding {
    Box::pin(async move {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map_err(|_| Fault::Closed)?.to_bytes();
        let reaction = script.next_reaction(&head, body);
        tokio::time::sleep(reaction.delay).await;
        match reaction.action {
            Action::Respond(response) => Ok(to_http(response)),
            Action::Reset => Err(Fault::Reset),
            Action::Close | Action::Compute(_) => Err(Fault::Closed),
        }
    })
}

/// Converts to an HTTP response.
///
/// # Panics
/// If the test has set an invalid status or header.
fn to_http(response: CannedResponse) -> http::Response<Full<Bytes>> {
    let CannedResponse { status, content, headers } = response;
    let mut builder = http::Response::builder().status(status);
    if let Some(media_type) = content.media_type {
        builder = builder.header(http::header::CONTENT_TYPE, media_type);
    }
    for (name, value) in headers {
        builder = builder.header(name, value);
    }
    let built = builder.body(Full::new(content.bytes));
    built.unwrap_or_else(|error| panic!("the response of the mock server is invalid: {error}"))
}
