//! Lists that come page by page.

use std::sync::atomic::{AtomicUsize, Ordering};

use docwright_runtime::{
    Call, Client, ClientBuilder, Error, Method, NoTypedError, Operation, Paging, Style, pages,
    record, request,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

static LIST: Operation = Operation::new("list", Method::Get, "/pets");

#[derive(Debug, Clone, PartialEq)]
struct PetPage {
    pets: Option<Vec<i64>>,
    next: Option<String>,
}
record!(PetPage { optional pets = "pets", optional next = "next", });

/// A request of each kind.
macro_rules! kind {
    ($name:ident, $paging:expr) => {
        #[derive(Debug)]
        struct $name<'a>(Call<'a>);
        request!($name => json PetPage, NoTypedError);
        pages!($name as pages, items => PetPage, i64, NoTypedError;
            $paging, |page| page.pets.as_mut(), |page| Some(page.next.as_ref()?.to_string()));
    };
}
kind!(ByNumber, Paging::Page { parameter: "index", first: 0 });
kind!(ByOffset, Paging::Offset { parameter: "skip" });
kind!(ByCursor, Paging::Cursor { parameter: "after" });
kind!(ByLink, Paging::Link);

/// A server that responds as `respond` says, and a client of it.
async fn serving(
    respond: impl Fn(&str) -> ResponseTemplate + Send + Sync + 'static,
) -> (MockServer, Client) {
    let server = MockServer::start().await;
    let respond = move |request: &Request| respond(request.url.query().unwrap_or_default());
    Mock::given(any()).respond_with(respond).mount(&server).await;
    let client = ClientBuilder::new(server.uri()).build().unwrap();
    (server, client)
}

fn page(json: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(json, "application/json")
}

async fn queries(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    requests.iter().map(|it| it.url.query().unwrap_or_default().to_owned()).collect()
}

/// Every item, and the error behind them.
macro_rules! read {
    ($request:expr) => {{
        let (mut items, mut found, mut error) = ($request.items(), Vec::new(), None);
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => found.push(item),
                Err(why) => error = Some(why.to_string()),
            }
        }
        assert!(items.next().await.is_none(), "a stream that has ended stays so");
        (found, error)
    }};
}

#[tokio::test]
async fn pages_are_counted() {
    let (server, client) = serving(|query| match query {
        "size=2" => page(r#"{"pets":[1,2]}"#),
        "size=2&index=1" => page(r#"{"pets":[3]}"#),
        _ => page(r#"{"pets":[]}"#),
    })
    .await;
    let request = ByNumber(Call::new(&client, &LIST).query("size", &2_i64, Style::FORM));
    assert_eq!(read!(request), (vec![1, 2, 3], None));
    assert_eq!(queries(&server).await, ["size=2", "size=2&index=1", "size=2&index=2"]);
}

#[tokio::test]
async fn a_caller_may_begin_further_on() {
    let (server, client) = serving(|query| match query {
        "index=7" => page(r#"{"pets":[1]}"#),
        _ => page("{}"),
    })
    .await;
    let request = ByNumber(Call::new(&client, &LIST).query("index", &7_i64, Style::FORM));
    assert_eq!(read!(request), (vec![1], None));
    assert_eq!(queries(&server).await, ["index=7", "index=8"]);
}

#[tokio::test]
async fn an_offset_moves_by_what_came() {
    let (server, client) = serving(|query| match query {
        "" => page(r#"{"pets":[1,2,3]}"#),
        "skip=3" => page(r#"{"pets":[4]}"#),
        _ => page(r#"{"pets":[]}"#),
    })
    .await;
    assert_eq!(read!(ByOffset(Call::new(&client, &LIST))), (vec![1, 2, 3, 4], None));
    assert_eq!(queries(&server).await, ["", "skip=3", "skip=4"]);
}

#[tokio::test]
async fn a_cursor_is_followed_to_its_end() {
    let (server, client) = serving(|query| match query {
        "" => page(r#"{"pets":[1],"next":"a b"}"#),
        // A page may be empty and not the last.
        "after=a%20b" => page(r#"{"pets":[],"next":"c"}"#),
        _ => page(r#"{"pets":[2],"next":""}"#),
    })
    .await;
    assert_eq!(read!(ByCursor(Call::new(&client, &LIST))), (vec![1, 2], None));
    assert_eq!(queries(&server).await, ["", "after=a%20b", "after=c"]);
}

#[tokio::test]
async fn a_link_is_followed_on_its_own_list_only() {
    let linked = |json: &str, link: &str| page(json).append_header("Link", link);
    let (server, client) = serving(move |query| match query {
        "" => linked(r#"{"pets":[1]}"#, r#"</pets?p=2&x=%20>; rel="next""#),
        _ => linked(r#"{"pets":[2]}"#, r#"<https://evil.example/pets?p=3>; rel="next""#),
    })
    .await;
    let elsewhere = "the request was not sent: the link to the next page leads elsewhere";
    let read = read!(ByLink(Call::new(&client, &LIST)));
    assert_eq!(read, (vec![1, 2], Some(elsewhere.to_owned())));
    assert_eq!(queries(&server).await, ["", "p=2&x=%20"]);
}

#[tokio::test]
async fn a_server_that_goes_in_circles_is_left() {
    let (server, client) = serving(|_| page(r#"{"pets":[1],"next":"a"}"#)).await;
    let (found, error) = read!(ByCursor(Call::new(&client, &LIST)));
    assert_eq!(found, [1, 1], "both responses arrived");
    assert!(error.unwrap().contains("was asked for before"));
    let (found, error) = read!(ByNumber(Call::new(&client, &LIST)));
    assert_eq!(found, [1], "the page before is not given twice");
    assert!(error.unwrap().contains("the page before once more"));
    assert_eq!(queries(&server).await, ["", "after=a", "", "index=1"]);
}

#[tokio::test]
async fn an_error_ends_the_pages() {
    let calls = AtomicUsize::new(0);
    let (server, client) = serving(move |_| match calls.fetch_add(1, Ordering::SeqCst) {
        0 => page(r#"{"pets":[1]}"#),
        _ => ResponseTemplate::new(503),
    })
    .await;
    let mut pages = ByNumber(Call::new(&client, &LIST)).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().pets, Some(vec![1]));
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Status(response) if response.status() == 503));
    assert!(pages.next().await.is_none());
    assert_eq!(queries(&server).await.len(), 2);
}
