//! Form and multipart bodies, read back by independent libraries.

use docwright_runtime::{
    Call, Client, ClientBuilder, Encode, Error, File, FormField, Media, Method, NoTypedError,
    Operation, Style, record,
};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

#[derive(Debug, Clone, PartialEq)]
struct Upload {
    title: String,
    count: i64,
    meta: Value,
    tags: Vec<String>,
    notes: Option<String>,
    logo: File,
    pages: Vec<File>,
}
record!(Upload {
    required title = "title",
    required count = "count",
    required meta = "meta",
    required tags = "tags",
    nullable notes = "no\"tes",
    required logo = "logo",
    required pages = "pages",
});

fn upload() -> Upload {
    Upload {
        title: "Grüße\r\n--x".to_owned(),
        count: 3,
        meta: json!({"a": [1, {"b": null}], "c": true}),
        tags: vec!["x".to_owned(), "y z".to_owned()],
        notes: None,
        logo: File::from(b"\x89PNG\r\n\0".to_vec()).name("lo\"go.png").content_type("image/png"),
        pages: vec![File::from("one"), File::from("two").name("2.txt")],
    }
}

/// Fields with an encoding other than the default.
const FIELDS: &[FormField] = &[
    FormField::content_type("title", "text/markdown"),
    FormField::content_type("count", "application/json"),
    FormField::style("meta", Style::DEEP_OBJECT),
    FormField::style("tags", Style::FORM.explode(false)),
    FormField::content_type("pages", "text/plain"),
    FormField::content_type("names", "application/json"),
    FormField::style("spaced", Style::SPACE_DELIMITED),
    FormField::style("piped", Style::PIPE_DELIMITED),
    FormField::style("flat", Style::FORM),
];

static UPLOAD: Operation = Operation::new("upload", Method::Post, "/upload").body(&[
    Media::MULTIPART,
    Media::MULTIPART.fields(FIELDS),
    Media::FORM,
    Media::FORM.fields(FIELDS),
    Media::BYTES,
]);

async fn server() -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let client = ClientBuilder::new(server.uri()).build().unwrap();
    (server, client)
}

/// Sends `body` as the media type at `index` and returns the received request.
async fn send(body: &(dyn Encode + Sync), index: usize) -> Request {
    let (server, client) = server().await;
    let call = Call::new(&client, &UPLOAD).body(body).media(index);
    call.empty::<NoTypedError>().await.unwrap();
    server.received_requests().await.unwrap().remove(0)
}

/// Returns the error for a `body` that is not sent as the media type at `index`.
async fn rejection(body: &(dyn Encode + Sync), index: usize) -> String {
    let (server, client) = server().await;
    let call = Call::new(&client, &UPLOAD).body(body).media(index);
    let error = call.empty::<NoTypedError>().await.unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error}");
    assert!(server.received_requests().await.unwrap().is_empty(), "nothing is sent");
    error.to_string()
}

/// Returns the name, file name, media type and content of each part.
async fn parts(request: &Request) -> Vec<(String, Option<String>, Option<String>, Vec<u8>)> {
    let content_type = request.headers["content-type"].to_str().unwrap();
    let boundary = multer::parse_boundary(content_type).unwrap();
    let mut reader = multer::Multipart::with_reader(request.body.as_slice(), boundary);
    let mut parts = Vec::new();
    while let Some(part) = reader.next_field().await.unwrap() {
        parts.push((
            part.name().unwrap().to_owned(),
            part.file_name().map(str::to_owned),
            part.content_type().map(ToString::to_string),
            part.bytes().await.unwrap().to_vec(),
        ));
    }
    parts
}

fn part(
    name: &str,
    file: Option<&str>,
    content_type: Option<&str>,
    content: &[u8],
) -> (String, Option<String>, Option<String>, Vec<u8>) {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    (name.to_owned(), owned(file), owned(content_type), content.to_vec())
}

#[tokio::test]
async fn a_multipart_body_has_the_default_encoding() {
    let parts = parts(&send(&upload(), 0).await).await;
    let json = Some("application/json");
    let binary = Some("application/octet-stream");
    let expected = [
        part("title", None, None, "Grüße\r\n--x".as_bytes()),
        part("count", None, None, b"3"),
        part("meta", None, json, br#"{"a":[1,{"b":null}],"c":true}"#),
        part("tags", None, None, b"x"),
        part("tags", None, None, b"y z"),
        part("no%22tes", None, None, b""),
        part("logo", Some("lo%22go.png"), Some("image/png"), b"\x89PNG\r\n\0"),
        part("pages", Some("pages"), binary, b"one"),
        part("pages", Some("2.txt"), binary, b"two"),
    ];
    assert_eq!(parts, expected);
}

#[tokio::test]
async fn multipart_fields_are_encoded_as_declared() {
    let parts = parts(&send(&upload(), 1).await).await;
    let expected = [
        part("title", None, Some("text/markdown"), "Grüße\r\n--x".as_bytes()),
        part("count", None, Some("application/json"), b"3"),
        part("meta[a][0]", None, None, b"1"),
        part("meta[c]", None, None, b"true"),
        part("tags", None, None, b"x,y z"),
        part("no%22tes", None, None, b""),
        part("logo", Some("lo%22go.png"), Some("image/png"), b"\x89PNG\r\n\0"),
        part("pages", Some("pages"), Some("text/plain"), b"one"),
        part("pages", Some("2.txt"), Some("text/plain"), b"two"),
    ];
    assert_eq!(parts, expected);
}

#[tokio::test]
async fn a_file_is_streamed() {
    let path = std::env::temp_dir().join(format!("docwright-{}.bin", std::process::id()));
    let content: Vec<u8> = (0..300_000_u32).map(|number| number as u8).collect();
    std::fs::write(&path, &content).unwrap();
    let body = Upload { logo: File::open(&path), ..upload() };
    let request = send(&body, 0).await;
    assert_eq!(request.headers["content-length"], request.body.len().to_string());
    let parts = parts(&request).await;
    let logo = parts.iter().find(|part| part.0 == "logo").unwrap();
    assert_eq!(logo.1.as_deref(), path.file_name().unwrap().to_str());
    assert!(logo.3 == content, "{} bytes arrived", logo.3.len());

    let request = send(&File::open(&path).content_type("image/x-own"), 4).await;
    assert_eq!(request.headers["content-type"], "image/x-own");
    assert!(request.body == content, "{} bytes arrived", request.body.len());
    std::fs::remove_file(&path).unwrap();

    let error = rejection(&File::open(&path), 4).await;
    assert_eq!(
        error,
        "the request was not sent: a file of the body cannot be opened: entity not found"
    );
}

/// Parses a form body whose keys may have brackets.
fn parse_form(request: &Request) -> Value {
    assert_eq!(request.headers["content-type"], "application/x-www-form-urlencoded");
    let config = serde_qs::Config::new().use_form_encoding(true);
    config.deserialize_bytes(&request.body).unwrap()
}

#[tokio::test]
async fn a_form_has_the_default_encoding() {
    let body = json!({
        "a": "b c&d=e+f;%41é", "count": 3, "empty": [], "names": ["x"], "none": null,
        "object": {"k": ["v"]}, "yes": true,
    });
    let expected = json!({
        "a": "b c&d=e+f;%41é", "count": "3", "names": "x", "none": "",
        "object": "{\"k\":[\"v\"]}", "yes": "true",
    });
    assert_eq!(parse_form(&send(&body, 2).await), expected);
}

#[tokio::test]
async fn form_fields_are_encoded_as_declared() {
    let body = json!({
        "count": 3,
        "flat": {"r": 100, "g": "x&y"},
        "meta": {"a": [{"id": 1, "of": "one"}, {"id": 2, "of": "t&=wo"}], "b": {"c": "d e"}},
        "names": [{"first": "A"}],
        "piped": ["a", "b c"],
        "spaced": ["a", "b&c"],
        "tags": ["x", "y=z"],
    });
    let expected = json!({
        "count": "3",
        "g": "x&y", "r": "100",
        "meta": {"a": [{"id": "1", "of": "one"}, {"id": "2", "of": "t&=wo"}], "b": {"c": "d e"}},
        "names": "{\"first\":\"A\"}",
        "piped": "a|b c",
        "spaced": "a b&c",
        "tags": "x,y=z",
    });
    assert_eq!(parse_form(&send(&body, 3).await), expected);
}

#[tokio::test]
async fn values_that_would_break_the_encoding_are_not_sent() {
    let body = json!({"tags": ["a,b"]});
    let error = rejection(&body, 3).await;
    assert!(error.ends_with("an item contains `,`, which separates the items"), "{error}");
    let body = Upload { logo: File::from("x").content_type("a/b\r\nX-Own: 1"), ..upload() };
    let error = rejection(&body, 0).await;
    assert!(error.ends_with("the media type of the part `logo` is not valid"), "{error}");
    let error = rejection(&File::from("x").content_type("a/b\r\nX-Own: 1"), 4).await;
    assert!(error.ends_with("the media type of the body is not valid"), "{error}");
}
