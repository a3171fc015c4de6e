//! A generated client on the wire: the requests that a server receives, and the results that the
//! caller gets.

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

fn responses() -> Vec<ResponseTemplate> {
    let json = |status: u16, text: &str| {
        ResponseTemplate::new(status).set_body_raw(text, "application/json")
    };
    let text =
        |status: u16, text: &str| ResponseTemplate::new(status).set_body_raw(text, "text/plain");
    vec![
        json(200, r#"{"kind":"cat","new":1}"#).insert_header("x-total", "12"),
        text(202, "soon"),
        ResponseTemplate::new(204),
        json(404, r#"{"why":"never was"}"#),
        text(422, "not so"),
        json(503, r#"{"why":"tired"}"#).insert_header("retry-after", "30"),
        text(203, "undeclared"),
        ResponseTemplate::new(200).set_body_raw("<html>s3cret</html>", "text/html"),
        ResponseTemplate::new(204),
        ResponseTemplate::new(200).set_body_raw(b"\x89PNG".as_slice(), "image/png"),
        ResponseTemplate::new(201).insert_header("location", "/photos/1"),
        ResponseTemplate::new(200)
            .set_body_raw("data: {\"kind\":\"cat\"}\n\ndata: {}\n\n", "text/event-stream"),
        ResponseTemplate::new(204),
        json(200, r#"{"kind":"cat"}"#),
        ResponseTemplate::new(200).set_body_raw("kind\ncat", "text/csv"),
        ResponseTemplate::new(200).set_body_raw(b"%PDF\xff".as_slice(), "application/pdf"),
        ResponseTemplate::new(200).set_body_raw(r#"{"why":"v2"}"#, "application/vnd.acme.v2+json"),
        ResponseTemplate::new(200).set_body_raw("kind\ncat", "text/csv"),
        json(200, r#"{"pong":true}"#),
        ResponseTemplate::new(503),
        ResponseTemplate::new(201),
        ResponseTemplate::new(503),
        ResponseTemplate::new(201),
    ]
}

/// The lines that the program prints.
const PRINTED: &[&str] = &[
    r#"200 OK Some(12) Ok(Filter { kind: Some("cat"), ages: None })"#,
    "later: soon",
    "none",
    "not found: never was None | the server responded 404 Not Found (19 bytes)",
    "range: not so None | the server responded 422 Unprocessable Entity (6 bytes)",
    "default: tired Some(30) | the server responded 503 Service Unavailable (15 bytes)",
    "Some(10) None | the server reported success, but with the undeclared status \
             203 Non Authoritative Information, and the body (10 bytes) could not be decoded: \
             the value has no declared type for this status",
    "Some(19) None | the server reported success, 200 OK, but the body (19 bytes) could not be decoded: \
             not a JSON document: expected value at line 1 column 1",
    r#"b"\x89PNG""#,
    r#"Some("/photos/1")"#,
    r#"Some("cat")"#,
    "None",
    r#"Some("cat")"#,
    "kind",
    "cat",
    r#"b"%PDF\xff""#,
    "v2",
    "Some(b\"kind\\ncat\") the server reported success, 200 OK, but the body (8 bytes) could not be decoded: \
             not a JSON document: expected value at line 1 column 1",
    "true",
    "the request was not sent: the path parameter `id` is empty",
    "the request was not sent: the path segment `{id}` must not be empty, `.` or `..`",
    "the request was not sent: the path segment `{id}` must not be empty, `.` or `..`",
    "the request was not sent: the header `content-length` can't be set: it is computed from the body",
    "the request was not sent: the value of the header `limit` contains a character that is not allowed in a header",
];

const FIND: &str = "GET /pets/1 x-trace=7";
const CREATE: &str = r#"POST /pets application/json {"kind":"a&b","ages":[1,2]}"#;

/// The requests that the server receives.
const REQUESTS: &[&str] = &[
    "GET /pets/a%2Fb?limit=x%7Cy%20z&filter%5Bkind%5D=a%26b&filter%5Bages%5D%5B0%5D=1\
             &filter%5Bages%5D%5B1%5D=2&where=%7B%22kind%22%3A%22a%26b%22%2C%22ages%22%3A%5B1%2C2%5D%7D\
             &return=https://acme.test/?a=1 x-trace=7 limit=9 cookie=session=s%3B1 \
             application/vnd.acme.v1+json {\"kind\":\"a&b\",\"ages\":[1,2]}",
    FIND,
    FIND,
    FIND,
    FIND,
    FIND,
    FIND,
    FIND,
    "DELETE /pets/1 application/json {\"kind\":\"a&b\",\"ages\":[1,2]}",
    "GET /;matrix=a%20b;matrix=c/.1,2/photo",
    "PUT /;matrix=a%20b;matrix=c/.1,2/photo image/png \u{1}\u{2}",
    "GET /changes",
    "GET /content?note=a%20b%0A%26c&sort=kind%3Da%2526b%26ages%3D1%26ages%3D2\
             &xml=%3Ca%20b%3D%271%27%2F%3E&empty= x-sort=kind=a%26b&ages=1&ages=2 \
             x-where={\"kind\":\"a&b\",\"ages\":[1,2]} authorization=Key k-1",
    "GET /report accept=application/json",
    "GET /report accept=text/csv",
    "GET /report accept=application/pdf",
    "GET /report accept=application/vnd.acme.v2+json",
    "GET /report accept=application/json",
    "GET /ping/a%2Fb",
    CREATE,
    CREATE,
    CREATE,
    CREATE,
];

#[tokio::test]
async fn requests_and_responses_of_a_generated_client_match_the_document() {
    let server = MockServer::start().await;
    for response in responses() {
        Mock::given(any()).respond_with(response).up_to_n_times(1).mount(&server).await;
    }
    let address = [server.uri()];
    let lines = "futures-util = { version = \"0.3\", default-features = false }\n\
                 tokio = { version = \"1\", default-features = false, features = [\"macros\", \"rt\"] }\n";
    let run = move || crate::crates::run("wire", lines, &address);
    let printed = tokio::task::spawn_blocking(run).await.expect("it runs");
    assert_eq!(printed.lines().collect::<Vec<_>>(), PRINTED);
    let requests = server.received_requests().await.expect("requests are recorded");
    let lines: Vec<String> = requests.iter().map(request_line).collect();
    assert_eq!(lines, REQUESTS);
    let creates = requests.iter().filter(|request| request.url.path() == "/pets");
    let keys: Vec<&str> = creates.map(idempotency_key).collect();
    let generated = keys[0];
    let is_uuid_v7 = generated.len() == 36 && generated.as_bytes()[14] == b'7';
    assert!(is_uuid_v7 && keys[1] == generated, "{generated}");
    assert_eq!(keys[2..], ["mine", "mine"]);
}

/// Returns the idempotency key of a request.
fn idempotency_key(request: &Request) -> &str {
    request.headers["x-idempotency-key"].to_str().expect("text")
}

/// Formats a request as a line: method, path and query, selected headers, media type and body.
fn request_line(request: &Request) -> String {
    let mut line = format!("{} {}", request.method, request.url.path());
    if let Some(query) = request.url.query() {
        line.push_str(&format!("?{query}"));
    }
    for name in ["x-trace", "limit", "cookie", "x-sort", "x-where", "authorization"] {
        if let Some(value) = request.headers.get(name) {
            line.push_str(&format!(" {name}={}", value.to_str().expect("text")));
        }
    }
    if request.url.path() == "/report"
        && let Some(accept) = request.headers.get("accept")
    {
        line.push_str(&format!(" accept={}", accept.to_str().expect("text")));
    }
    if let Some(media) = request.headers.get("content-type") {
        let body = String::from_utf8_lossy(&request.body);
        line.push_str(&format!(" {} {body}", media.to_str().expect("text")));
    }
    line
}
