//! Requests and files that nobody but the client shapes.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use docwright_runtime::{
    Attempt, Call, Client, ClientBuilder, HeaderMap, Hook, Media, Method, NoTypedError, Operation,
    Outcome, Scheme,
};
use http::HeaderValue;

use crate::faulty_server::{AfterResponse, Server, raw, response};

static SEND: Operation = Operation::new("send", Method::Post, "/send").body(&[Media::BYTES]);
static EXPORT: Operation = Operation::new("export", Method::Get, "/export");
static TOKEN: Scheme = Scheme::bearer("Bearer", "bearer");
static SECURED: Operation =
    Operation::new("secured", Method::Get, "/secured").security(&[&[&TOKEN]]);

/// The headers that only the HTTP client sets.
const RESERVED: [(&str, &str); 5] = [
    ("content-length", "3"),
    ("transfer-encoding", "chunked"),
    ("host", "evil.test"),
    ("connection", "close"),
    ("upgrade", "h2c"),
];

async fn start(after: AfterResponse) -> Server {
    Server::start(vec![response(200, "content-type: text/csv\r\n", "0123456789", after)]).await
}

#[tokio::test]
async fn transport_hook_cannot_set_reserved_headers() {
    struct Smuggler;
    impl Hook for Smuggler {
        fn before(&self, _: &Attempt<'_>, headers: &mut HeaderMap) {
            for (name, value) in RESERVED {
                headers.insert(name, HeaderValue::from_static(value));
            }
            headers.insert("x-app", HeaderValue::from_static("shop"));
        }
    }
    let server = start(AfterResponse::Keep).await;
    let client: Client = ClientBuilder::new(&*server.url).hook(Smuggler).build().unwrap();
    Call::new(&client, &SEND).body_bytes("xyz12345").empty::<NoTypedError>().await.unwrap();
    let request = server.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, "xyz12345");
    let host = format!("host: {}", server.url.strip_prefix("http://").unwrap());
    for line in ["content-length: 8", "x-app: shop", &host] {
        assert!(head.lines().any(|it| it == line), "{line}: {head}");
    }
    for name in ["transfer-encoding", "connection: close", "upgrade", "evil.test"] {
        assert!(!head.contains(name), "{name}: {head}");
    }
}

#[tokio::test]
async fn transport_caller_cannot_set_reserved_headers() {
    let server = start(AfterResponse::Keep).await;
    let client: Client = ClientBuilder::new(&*server.url).build().unwrap();
    for (name, value) in RESERVED {
        let call = Call::new(&client, &SEND).header(name, &value).body_bytes("xyz12345");
        let error = call.empty::<NoTypedError>().await.unwrap_err().to_string();
        let start = format!("the request was not sent: the header `{name}` can't be set: ");
        assert!(error.starts_with(&start), "{error}");
    }
    assert_eq!(server.request_count(), 0);
}

/// Counts attempts that have begun, ended and been abandoned.
#[derive(Clone, Default)]
struct Gauge(Arc<Mutex<[u32; 3]>>);

impl Gauge {
    fn add(&self, index: usize) {
        self.0.lock().unwrap()[index] += 1;
    }
}

impl Hook for Gauge {
    fn before(&self, _: &Attempt<'_>, _: &mut HeaderMap) {
        self.add(0);
    }
    fn after(&self, _: &Attempt<'_>, _: &Outcome<'_>) {
        self.add(1);
    }
    fn abandoned(&self, attempt: &Attempt<'_>) {
        assert_eq!(attempt.number(), 1);
        self.add(2);
    }
}

#[tokio::test]
async fn transport_hooks_observe_calls_that_are_dropped() {
    let stalled = raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n", AfterResponse::Stall);
    let server = Server::start(vec![stalled]).await;
    let gauge = Gauge::default();
    let client: Client = ClientBuilder::new(&*server.url).hook(gauge.clone()).build().unwrap();
    let call = Call::new(&client, &EXPORT).empty::<NoTypedError>();
    let timed_out = tokio::time::timeout(Duration::from_millis(100), call).await;
    assert!(timed_out.is_err());
    assert_eq!(*gauge.0.lock().unwrap(), [1, 0, 1]);
    // The file does not exist, so the request cannot be sent.
    let missing = docwright_runtime::File::open("/no/such/file");
    Call::new(&client, &SEND).body_bytes(missing).empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(*gauge.0.lock().unwrap(), [2, 0, 2]);
    // An outcome is reported once, whatever it is.
    let call = Call::new(&client, &EXPORT).timeout(Duration::from_millis(100));
    call.empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(*gauge.0.lock().unwrap(), [3, 1, 2]);
    // Nothing begins without credentials.
    Call::new(&client, &SECURED).empty::<NoTypedError>().await.unwrap_err();
    assert_eq!(*gauge.0.lock().unwrap(), [3, 1, 2]);
}

#[test]
fn transport_path_must_begin_with_a_slash() {
    for path in ["orders/{id}", "@evil.test/{id}", ".evil.test", ""] {
        let created = std::panic::catch_unwind(|| Operation::new("get", Method::Get, path));
        assert!(created.is_err(), "{path}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn transport_saved_file_does_not_follow_a_prepared_link() {
    let folder = tempfile::tempdir().unwrap();
    let (file, other) = (folder.path().join("a.csv"), folder.path().join("other"));
    std::fs::write(&other, "theirs").unwrap();
    std::os::unix::fs::symlink(&other, folder.path().join("a.csv.part")).unwrap();
    let server = start(AfterResponse::Keep).await;
    let client: Client = ClientBuilder::new(&*server.url).build().unwrap();
    let body = || async {
        Call::new(&client, &EXPORT).stream::<NoTypedError>().await.unwrap().into_body()
    };
    // Two downloads to one file do not share a partial file.
    let (first, second) = (body().await, body().await);
    let (first, second) = tokio::join!(first.save(&file), second.save(&file));
    assert_eq!((first.unwrap(), second.unwrap()), (10, 10));
    assert_eq!(std::fs::read(&file).unwrap(), b"0123456789");
    assert_eq!(std::fs::read(&other).unwrap(), b"theirs");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[tokio::test]
async fn transport_partial_file_is_removed_when_the_download_is_dropped() {
    let folder = tempfile::tempdir().unwrap();
    let partial = raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n01234", AfterResponse::Stall);
    let server = Server::start(vec![partial]).await;
    let client: Client = ClientBuilder::new(&*server.url).build().unwrap();
    let body = Call::new(&client, &EXPORT).stream::<NoTypedError>().await.unwrap().into_body();
    let files = || std::fs::read_dir(folder.path()).unwrap().count();
    let mut saving = Box::pin(body.save(folder.path().join("a.csv")));
    while files() == 0 {
        let waited = tokio::time::timeout(Duration::from_millis(5), &mut saving).await;
        assert!(waited.is_err(), "the download has ended");
    }
    drop(saving);
    assert_eq!(files(), 0);
}

#[tokio::test]
async fn transport_text_is_read_in_its_charset() {
    let text = b"J\xfcrgen";
    let headers = "content-type: text/csv; charset=iso-8859-1\r\n";
    let server = Server::start(vec![response(200, headers, text, AfterResponse::Keep)]).await;
    let client: Client = ClientBuilder::new(&*server.url).build().unwrap();
    let received = Call::new(&client, &EXPORT).text::<NoTypedError>().await.unwrap();
    assert_eq!(*received, "J\u{fc}rgen");
}
