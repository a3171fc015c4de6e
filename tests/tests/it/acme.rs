//! Acme, the invented payments vendor: its document generates a crate that compiles without a warning,
//! and a program that calls it sends what the document describes.

use wiremock::matchers::{any, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

use crate::{acme_crate, crates};

fn json(status: u16, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_raw(body, "application/json")
}

fn with_media_type(media: &str, body: &[u8]) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body, media)
}

const PAYMENT: &str =
    r#"{"id":"pay_01abcdef","amount":{"value":500,"currency":"EUR"},"status":"pending"}"#;

/// Responds to one method and path: with these responses in order, and the last one from then on.
async fn respond(server: &MockServer, operation: &str, responses: Vec<ResponseTemplate>) {
    let (verb, url_path) = operation.split_once(' ').expect("method and path");
    let last = responses.len() - 1;
    for (index, response) in responses.into_iter().enumerate() {
        let mock = Mock::given(method(verb)).and(path(url_path)).respond_with(response);
        match index == last {
            true => mock.mount(server).await,
            false => mock.up_to_n_times(1).mount(server).await,
        }
    }
}

async fn start_api() -> MockServer {
    let api = MockServer::start().await;
    let customer = |name: &str| {
        format!(
            r#"{{"id":"00000000-0000-0000-0000-000000000007","name":"{name}","email":"a@b.example","kind":"person","createdAt":"2026-11-01T00:00:00Z"}}"#
        )
    };
    let page = |items: &str| json(200, &format!(r#"{{"customers":[{items}],"total":2}}"#));
    let failure = json(400, r#"{"error":{"id":"E_NAME","text":"the name is too long"}}"#);
    let events = "data: {\"id\":\"1\",\"type\":\"payment.captured\"}\n\n";
    let id = "00000000-0000-0000-0000-000000000007";
    let token = json(200, r#"{"data":{"token":"t-9","ttl":3600}}"#);
    for (operation, responses) in [
        ("POST /oauth/token", vec![token.set_delay(std::time::Duration::from_millis(200))]),
        ("GET /balances", vec![json(200, "{}")]),
        ("POST /customers", vec![ResponseTemplate::new(503), json(201, &customer("Rex")), failure]),
        ("GET /customers/search", vec![page("")]),
        ("GET /customers", vec![page(&customer("Rex")), page(&customer("Mia")), page("")]),
        (&format!("PATCH /customers/{id}"), vec![json(200, &customer("Rex"))]),
        (&format!("DELETE /customers/{id}"), vec![ResponseTemplate::new(204)]),
        ("POST /payments", vec![json(201, PAYMENT), json(402, r#"{"code":"fraud"}"#)]),
        ("POST /payments/pay_01abcdef/cancel", vec![ResponseTemplate::new(204)]),
        ("POST /payouts", vec![json(201, r#"{"id":"t-1"}"#)]),
        ("GET /rates/from=EUR,to=USD", vec![json(200, r#"{"rate":1.5}"#)]),
        ("POST /files", vec![json(201, r#"{"id":"f-1","name":"a.pdf"}"#)]),
        ("POST /reports", vec![json(202, r#"{"id":"r"}"#)]),
        (
            "GET /reports/r",
            vec![
                with_media_type("text/csv", b"a,b"),
                with_media_type("application/pdf", b"%PDF\xff"),
            ],
        ),
        ("PUT /files/f", vec![ResponseTemplate::new(204)]),
        (
            "GET /reports/;columns=a%20b;columns=c/.1.2/table",
            vec![with_media_type("text/csv", b"1,2")],
        ),
        ("POST /reports/;columns=a%20b,c/.1,2/table", vec![ResponseTemplate::new(201)]),
        ("GET /events", vec![with_media_type("text/event-stream", events.as_bytes())]),
        ("GET /session", vec![json(200, "{}")]),
        ("POST /session", vec![ResponseTemplate::new(204)]),
        ("DELETE /session", vec![ResponseTemplate::new(204)]),
        ("PUT /settings", vec![ResponseTemplate::new(204)]),
    ] {
        respond(&api, operation, responses).await;
    }
    api
}

/// Formats a request as a line: method, path and query, the headers of the document, and body.
fn request_line(request: &Request) -> String {
    let mut line = format!("{} {}", request.method, request.url.path());
    if let Some(query) = request.url.query() {
        line.push_str(&format!("?{query}"));
    }
    for name in [
        "authorization",
        "x-acme-client",
        "x-acme-key",
        "acme-version",
        "x-panels",
        "x-filter",
        "x-where",
        "cookie",
    ] {
        if let Some(value) = request.headers.get(name) {
            line.push_str(&format!(" {name}={}", value.to_str().expect("text")));
        }
    }
    let media = request.headers.get("content-type").map(|it| it.to_str().expect("text"));
    match media {
        // The boundary is random.
        Some(media) if media.starts_with("multipart/") => line.push_str(" multipart"),
        Some(media) => {
            line.push_str(&format!(" {media} {}", String::from_utf8_lossy(&request.body)));
        }
        None => {}
    }
    line.replace(" authorization=Bearer t-9 x-acme-client=me", " *")
}

async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.expect("requests are recorded")
}

#[tokio::test]
async fn acme_is_called_as_its_document_says() {
    let (api, vault, status) =
        (start_api().await, MockServer::start().await, MockServer::start().await);
    respond(&vault, "POST /cards", vec![json(201, r#"{"token":"card-1"}"#)]).await;
    Mock::given(any()).respond_with(with_media_type("text/plain", b"fine")).mount(&status).await;
    let addresses = [api.uri(), vault.uri(), status.uri()];
    let run = move || crates::run_crate(acme_crate::folder(), acme_crate::FEATURES, &addresses);
    let printed = tokio::task::spawn_blocking(run).await.expect("it runs");
    assert!(!printed.contains("hunter2"), "{printed}");
    let printed: Vec<&str> =
        printed.lines().filter(|it| !it.starts_with("ClientBuilder")).collect();
    let mut requests: Vec<String> = received(&api).await.iter().map(request_line).collect();
    requests.dedup();
    assert_eq!(printed, PRINTED);
    assert_eq!(requests, REQUESTS);
    let vault: Vec<String> = received(&vault).await.iter().map(request_line).collect();
    assert_eq!(vault, [r#"POST /cards * application/json {"number":"4242"}"#]);
    let status: Vec<String> = received(&status).await.iter().map(request_line).collect();
    assert_eq!(status, ["GET /status"]);
    let keys: Vec<String> = received(&api)
        .await
        .iter()
        .filter_map(|request| request.headers.get("idempotency-key"))
        .map(|key| key.to_str().expect("text").to_owned())
        .collect();
    assert_eq!(keys[..2], ["mine", "mine"], "a retry has the same key");
    assert_eq!(keys.len(), 6);
}

/// The lines that the program prints.
const PRINTED: &[&str] = &[
    "the request was not sent: no credentials are set for `token` (`ClientBuilder::credentials`)",
    "the request was not sent: `store_card` has its own server, whose URL is unknown for this base URL: set it with `ClientBuilder::vault_server`",
    "Some(3600)",
    "20 balances",
    "Some(EName) the server responded 400 Bad Request: E_NAME: the name is too long",
    "2",
    r#"["Rex", "Mia"]"#,
    "Pending",
    "Fraud",
    "the request was not sent: the path segment `{paymentId}` must not be empty, `.` or `..`",
    "card-1",
    "1.5",
    "f-1",
    "a,b",
    r#"b"%PDF\xff""#,
    "1,2",
    "PaymentCaptured",
    "fine",
];

/// The requests that the server of the API receives; `*` stands for the headers of a token.
const REQUESTS: &[&str] = &[
    r#"POST /oauth/token application/json {"client":"me","key":"hunter2","grant":"client_credentials"}"#,
    r#"POST /oauth/token application/json {"client":"me","grant":"client_credentials","key":"hunter2"}"#,
    "GET /balances *",
    r#"POST /customers * application/json {"name":"Rex","email":"rex@acme.example","tags":["a"]}"#,
    "GET /customers/search?filter%5Bkind%5D=a%26b&filter%5Bages%5D%5B0%5D=1&filter%5Bages%5D%5B1%5D=2\
     &kinds=x&kinds=y%20z&names=x,y%20z&words=x%20y&ids=x%7Cy%20z&return=https://acme.test/?a=1&all=\
     &where=%7B%22kind%22%3A%22a%26b%22%2C%22ages%22%3A%5B1%2C2%5D%7D *",
    "GET /customers?limit=1 *",
    "GET /customers?limit=1&page=2 *",
    "GET /customers?limit=1&page=3 *",
    r#"PATCH /customers/00000000-0000-0000-0000-000000000007 * application/merge-patch+json {"address":null}"#,
    r#"DELETE /customers/00000000-0000-0000-0000-000000000007 * application/json {"reason":"requested"}"#,
    r#"POST /payments * application/json {"amount":{"value":500,"currency":"EUR"},"method":{"type":"card","number":"4242","cvc":"123"},"reference":7,"receipt":"JVBERg=="}"#,
    r#"POST /payouts * application/json {"amount":{"value":500,"currency":"EUR"},"idempotencyKey":"payout-7"}"#,
    "POST /payments/pay_01abcdef/cancel *",
    "GET /rates/from=EUR,to=USD *",
    "POST /files * multipart",
    "POST /reports * application/x-www-form-urlencoded columns=a%7Cb&months=1+2&filter%5Bkind%5D=k",
    "GET /reports/r *",
    "PUT /files/f * application/octet-stream \u{1}",
    "GET /reports/;columns=a%20b;columns=c/.1.2/table *",
    "POST /reports/;columns=a%20b,c/.1,2/table *",
    "GET /events *",
    r#"GET /session * x-panels=c,d x-filter=kind=k x-where={"kind":"k"} cookie=theme=dark; panels=a,b"#,
    // The constant `mode`, the setting `Acme-Version`, and bodies without properties.
    "POST /session?mode=full * acme-version=2026-11-01 application/json {}",
    "POST /session?mode=full&trace=1 * acme-version=2027-01-01 application/json {}",
    "POST /session?mode=full * acme-version=2028-01-01 application/json {}",
    "DELETE /session *",
    "PUT /settings?key=q%261 x-acme-key=m-1 cookie=sid=c-1 application/json {\"webhook\":null}",
];
