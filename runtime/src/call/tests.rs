use serde_json::json;

use super::*;
use crate::{ClientBuilder, Media, Method};

static GET: Operation = Operation::new("get", Method::Get, "/a/{id}/b.{format}");
static POST: Operation = Operation::new("post", Method::Post, "/a")
    .accept("application/json")
    .body(&[Media::JSON, Media::FORM]);

fn client() -> Client {
    ClientBuilder::new("https://example.com/v1/").build().unwrap()
}

fn get(id: &str, format: &str) -> Result<String, String> {
    let client = client();
    let call = Call::new(&client, &GET).path("id", &id).path("format", &format);
    call.prepare().map(|it| it.url.into()).map_err(|error| error.message().to_owned())
}

#[test]
fn path_parameters_are_encoded_into_the_template() {
    assert_eq!(get("7", "csv").unwrap(), "https://example.com/v1/a/7/b.csv");
    assert_eq!(
        get("a/../b?c#d", "x y").unwrap(),
        "https://example.com/v1/a/a%2F..%2Fb%3Fc%23d/b.x%20y"
    );
    assert_eq!(get("...", "..").unwrap(), "https://example.com/v1/a/.../b...");
    assert_eq!(get("%2e%2e", "x").unwrap(), "https://example.com/v1/a/%252e%252e/b.x");
    assert_eq!(
        get("..", "x").unwrap_err(),
        "the path segment `{id}` must not be empty, `.` or `..`"
    );
    assert_eq!(
        get(".", "x").unwrap_err(),
        "the path segment `{id}` must not be empty, `.` or `..`"
    );
    assert_eq!(get("", "x").unwrap_err(), "the path parameter `id` is empty");
    let client = client();
    let error = Call::new(&client, &GET).path("id", &1_i64).prepare().err().unwrap();
    assert_eq!(error.message(), "the path parameter `format` is missing");
}

#[test]
fn invalid_headers_are_rejected_and_cookies_are_joined() {
    let client = client();
    let error = Call::new(&client, &POST).header("X-A", &"a\r\nX-B: c").prepare().err().unwrap();
    let message =
        "the value of the header `X-A` contains a character that is not allowed in a header";
    assert_eq!(error.message(), message);
    let call = Call::new(&client, &POST).header("x a", &"a").header("X-A", &"\n");
    assert_eq!(call.prepare().err().unwrap().message(), "`x a` is not a valid header name");
    let call = Call::new(&client, &POST)
        .header("X-List", &json!(["a", 1]))
        .header("X-None", &json!(null))
        .header("user-agent", &"me/1")
        .cookie("a", &"1; x", Style::FORM)
        .cookie("b", &true, Style::FORM);
    let request = call.prepare().unwrap();
    let header = |name: &str| request.headers.get(name).map(|it| it.to_str().unwrap());
    assert_eq!(header("x-list"), Some("a,1"));
    assert_eq!(header("x-none"), None);
    assert_eq!(header("user-agent"), Some("me/1"));
    assert_eq!(header("cookie"), Some("a=1%3B%20x; b=true"));
    let both =
        Call::new(&client, &POST).header("Cookie", &"own=1; b=2;").cookie("a", &1_i64, Style::FORM);
    assert_eq!(both.prepare().unwrap().headers["cookie"], "own=1; b=2; a=1");
    assert_eq!(header("accept"), Some("application/json"));
    assert_eq!(header("content-type"), None);
    assert!(!format!("{:?}", request.headers).contains("a,1"));
}

#[test]
fn body_is_encoded_as_the_selected_media_type() {
    let client = client();
    let body = json!({"a": "b c"});
    let write = |media| {
        let request = Call::new(&client, &POST).body(&body).media(media).prepare()?;
        let content_type = request.headers["content-type"].to_str().unwrap().to_owned();
        let body = request.body.unwrap().bytes().unwrap();
        Ok::<_, RequestError>((content_type, body))
    };
    assert_eq!(write(0).unwrap(), ("application/json".to_owned(), "{\"a\":\"b c\"}".into()));
    assert_eq!(write(1).unwrap(), ("application/x-www-form-urlencoded".to_owned(), "a=b+c".into()));
    assert_eq!(write(2).unwrap_err().message(), "the operation has no media type with index 2");
    let bad = vec![f64::INFINITY];
    let error = Call::new(&client, &POST).body(&bad).prepare().err().unwrap();
    assert_eq!(
        error.message(),
        "the body: the value cannot be written: NaN and infinity cannot be represented in JSON"
    );
}

#[test]
fn query_parameters_are_joined() {
    let client = client();
    let call = Call::new(&client, &POST)
        .query("a[b]", &"c&d", Style::FORM)
        .query("none", &json!(null), Style::FORM)
        .query("n", &json!([1, 2]), Style::FORM);
    assert!(!format!("{call:?}").contains("c&d"));
    let url = call.prepare().unwrap().url;
    assert_eq!(url.as_str(), "https://example.com/v1/a?a%5Bb%5D=c%26d&n=1&n=2");
}

#[test]
fn bounded_parts_of_a_body_are_joined_once() {
    static UPLOAD: Operation =
        Operation::new("upload", Method::Post, "/a").body(&[Media::MULTIPART]);
    let (client, value) = (client(), json!({"a": "x".repeat(1000), "b": 1}));
    let request = Call::new(&client, &UPLOAD).body(&value).prepare().unwrap();
    let address = |request: &PreparedRequest| {
        let bytes = request.body.as_ref().unwrap().bytes().unwrap();
        (bytes.as_ptr(), bytes.len())
    };
    // A copy for another attempt, and the bytes for a digest, are the same bytes.
    assert_eq!(address(&request), address(&request.clone()));
}
