//! Transports of a caller's own: they respond, record and disturb requests.

use std::future::pending;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use docwright_runtime::{
    Advice, Bytes, Call, Client, ClientBuilder, Error, File, Media, Method, NoTypedError,
    Operation, ResponseBody, Retry, Scheme, Transport, TransportError, TransportFuture,
    TransportRequest, http,
};
use futures_util::stream;

use crate::faulty_server::AfterResponse::Keep;
use crate::faulty_server::{Server, response};

static KEY: Scheme = Scheme::header("Key", "X-Key", "key");
static UPLOAD: Operation = Operation::new("upload", Method::Post, "/uploads/{id}")
    .security(&[&[&KEY]])
    .body(&[Media::TEXT, Media::BYTES]);
static GET: Operation = Operation::new("get", Method::Get, "/a");
static POST: Operation = Operation::new("post", Method::Post, "/a");

/// Passes each request to a function with its number, and to the inner transport if that has no
/// result.
struct Intercept<F>(F, Option<Arc<dyn Transport>>, Mutex<usize>);

type TestResponse = Result<http::Response<ResponseBody>, TransportError>;

impl<F> Intercept<F> {
    fn new(intercept: F) -> Self {
        Self(intercept, None, Mutex::new(0))
    }

    fn around(inner: Arc<dyn Transport>, intercept: F) -> Self {
        Self(intercept, Some(inner), Mutex::new(0))
    }
}

impl<F: Fn(usize, &TransportRequest) -> Option<TestResponse> + Send + Sync + 'static> Transport
    for Intercept<F>
{
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let number = {
            let mut count = self.2.lock().unwrap();
            *count += 1;
            *count
        };
        Box::pin(async move {
            match ((self.0)(number, &request), &self.1) {
                (Some(response), _) => response,
                (None, Some(inner)) => inner.send(request).await,
                (None, None) => pending().await,
            }
        })
    }
}

fn ok(body: impl Into<ResponseBody>) -> Option<TestResponse> {
    Some(Ok(http::Response::new(body.into())))
}

/// Creates a builder for a server that does not exist.
fn builder() -> ClientBuilder {
    ClientBuilder::new("https://api.acme.test").key(&KEY, "s3cr3t")
}

#[tokio::test]
async fn transport_can_respond_itself() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let requests = Arc::clone(&seen);
    let client = builder().transport(Intercept::new(move |_, request: &TransportRequest| {
        let printed = format!("{request:?}");
        assert!(!printed.contains("s3cr3t") && !printed.contains("hello"), "{printed}");
        let TransportRequest { method, url, headers, body, .. } = request;
        let body = body.as_ref().and_then(|body| body.bytes()).cloned();
        requests.lock().unwrap().push((method.clone(), url.clone(), headers.clone(), body));
        let mut response = http::Response::new(ResponseBody::from("done"));
        *response.status_mut() = http::StatusCode::CREATED;
        response.headers_mut().insert("x-request-id", "r-1".parse().unwrap());
        Some(Ok(response))
    }));
    let client: Client = client.build().unwrap();
    let call = Call::new(&client, &UPLOAD).path("id", &7).body(&"hello");
    let response = call.text::<NoTypedError>().await.unwrap();
    assert_eq!((response.status().as_u16(), response.body().as_str()), (201, "done"));
    assert_eq!(response.request_id(), Some("r-1"));
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    let [(method, url, headers, body)] = seen.try_into().unwrap();
    assert_eq!((method.as_str(), url.as_str()), ("POST", "https://api.acme.test/uploads/7"));
    assert_eq!([&headers["x-key"], &headers["content-type"]], ["s3cr3t", "text/plain"]);
    assert_eq!(body.as_deref(), Some(b"hello".as_slice()));
}

#[tokio::test]
async fn transport_can_record_the_requests_of_the_default_one() {
    let server = Server::start(vec![
        response(503, "", "busy", Keep),
        response(200, "", "one", Keep),
        response(200, "", "two", Keep),
    ]);
    let server = server.await;
    let recorded = Arc::new(Mutex::new(Vec::new()));
    let recorder = Arc::clone(&recorded);
    let builder = ClientBuilder::new(server.url.as_str())
        .retry(Retry::attempts(2).first_wait(Duration::from_millis(1)))
        .wrap_transport(|inner| {
            Intercept::around(inner, move |number, request: &TransportRequest| {
                recorder.lock().unwrap().push(format!("{number} {}", request.url.path()));
                None
            })
        });
    let client: Client = builder.build().unwrap();
    let response = Call::new(&client, &GET).text::<NoTypedError>().await.unwrap();
    assert_eq!(response.body(), "one");
    // A body that is read while it is sent reaches the inner transport as it is.
    let file = File::stream(stream::iter([Ok(Bytes::from("hel")), Ok(Bytes::from("lo"))]), Some(5));
    let upload = Call::new(&client, &UPLOAD).path("id", &7).header("X-Key", &"k");
    let response = upload.media(1).body_bytes(file).text::<NoTypedError>().await.unwrap();
    assert_eq!(response.body(), "two");
    assert!(server.requests()[2].ends_with("hello"), "{:?}", server.requests());
    assert_eq!(*recorded.lock().unwrap(), ["1 /a", "2 /a", "3 /uploads/7"]);
}

#[tokio::test]
async fn transport_errors_of_every_kind_are_handled_like_those_of_the_default_one() {
    type Fail = fn() -> TransportError;
    let cases: [(&str, Fail, usize, usize, Advice); 4] = [
        ("connect", || TransportError::connect("down"), 2, 2, Advice::Retry(None)),
        ("rejected", || TransportError::rejected("busy"), 2, 2, Advice::Retry(None)),
        ("failed", || TransportError::failed("reset"), 1, 2, Advice::RetryIfIdempotent(None)),
        ("timeout", TransportError::timeout, 1, 2, Advice::RetryIfIdempotent(None)),
    ];
    for (name, fail, of_post, of_get, advice) in cases {
        for (operation, expected) in [(&POST, of_post), (&GET, of_get)] {
            let count = Arc::new(Mutex::new(0));
            let counter = Arc::clone(&count);
            let transport = Intercept::new(move |number, _: &TransportRequest| {
                *counter.lock().unwrap() = number;
                Some(Err(fail()))
            });
            let retry = Retry::attempts(2).first_wait(Duration::from_millis(1));
            let client: Client = builder().transport(transport).retry(retry).build().unwrap();
            let error = Call::new(&client, operation).empty::<NoTypedError>().await.unwrap_err();
            assert_eq!(*count.lock().unwrap(), expected, "{name} {}", operation.name());
            assert_eq!(error.advice(), advice, "{name}");
        }
    }
}

/// The clock is paused: it advances to the next timer whenever everything else waits.
#[tokio::test(start_paused = true)]
async fn transport_limits_apply_to_every_transport() {
    let client: Client =
        builder().transport(Intercept::new(|_, _: &TransportRequest| None)).build().unwrap();
    let error = Call::new(&client, &GET).empty::<NoTypedError>().await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");

    let endless = |_, _: &TransportRequest| {
        let chunks = stream::repeat_with(|| Ok(Bytes::from_static(&[b'x'; 300])));
        ok(ResponseBody::stream(chunks, None))
    };
    let builder = builder().transport(Intercept::new(endless)).response_limit(1000);
    let client: Client = builder.build().unwrap();
    let error = Call::new(&client, &GET).bytes::<NoTypedError>().await.unwrap_err();
    assert_eq!(error.raw().unwrap().len(), 1000);
    assert!(matches!(error, Error::Transport(error) if error.is_too_large()));
}
