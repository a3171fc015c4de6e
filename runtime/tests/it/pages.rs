//! Paginated lists.

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

/// Defines a request with one kind of pagination.
macro_rules! paginated {
    ($name:ident, $paging:expr) => {
        #[derive(Debug)]
        struct $name<'a>(Call<'a>);
        request!($name => json PetPage, NoTypedError);
        pages!($name as pages, items => PetPage, i64, NoTypedError;
            $paging, |page| page.pets.as_mut(), |page| Some(page.next.as_ref()?.to_string()));
    };
}
paginated!(ByNumber, Paging::Page { parameter: "index", first: 0 });
paginated!(ByOffset, Paging::Offset { parameter: "skip" });
paginated!(ByCursor, Paging::Cursor { parameter: "after" });
paginated!(ByLink, Paging::Link);

/// Starts a server that calls `respond` with the query of each request, and a client of it.
async fn start_server(
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

/// Reads every item, and the error after them.
macro_rules! read_items {
    ($request:expr) => {{
        let (mut items, mut received, mut error) = ($request.items(), Vec::new(), None);
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => received.push(item),
                Err(failure) => error = Some(failure.to_string()),
            }
        }
        assert!(items.next().await.is_none(), "an ended stream stays ended");
        (received, error)
    }};
}

#[tokio::test]
async fn page_numbers_increase_until_a_page_is_empty() {
    let (server, client) = start_server(|query| match query {
        "size=2" => page(r#"{"pets":[1,2]}"#),
        "size=2&index=1" => page(r#"{"pets":[3]}"#),
        _ => page(r#"{"pets":[]}"#),
    })
    .await;
    let request = ByNumber(Call::new(&client, &LIST).query("size", &2_i64, Style::FORM));
    assert_eq!(read_items!(request), (vec![1, 2, 3], None));
    assert_eq!(queries(&server).await, ["size=2", "size=2&index=1", "size=2&index=2"]);
}

#[tokio::test]
async fn a_caller_may_start_at_a_later_page() {
    let (server, client) = start_server(|query| match query {
        "index=7" => page(r#"{"pets":[1]}"#),
        _ => page("{}"),
    })
    .await;
    let request = ByNumber(Call::new(&client, &LIST).query("index", &7_i64, Style::FORM));
    assert_eq!(read_items!(request), (vec![1], None));
    assert_eq!(queries(&server).await, ["index=7", "index=8"]);
}

#[tokio::test]
async fn an_offset_increases_by_the_number_of_items_received() {
    let (server, client) = start_server(|query| match query {
        "" => page(r#"{"pets":[1,2,3]}"#),
        "skip=3" => page(r#"{"pets":[4]}"#),
        _ => page(r#"{"pets":[]}"#),
    })
    .await;
    assert_eq!(read_items!(ByOffset(Call::new(&client, &LIST))), (vec![1, 2, 3, 4], None));
    assert_eq!(queries(&server).await, ["", "skip=3", "skip=4"]);
}

#[tokio::test]
async fn a_cursor_is_followed_until_it_is_empty() {
    let (server, client) = start_server(|query| match query {
        "" => page(r#"{"pets":[1],"next":"a b"}"#),
        // A page may be empty and not the last.
        "after=a%20b" => page(r#"{"pets":[],"next":"c"}"#),
        _ => page(r#"{"pets":[2],"next":""}"#),
    })
    .await;
    assert_eq!(read_items!(ByCursor(Call::new(&client, &LIST))), (vec![1, 2], None));
    assert_eq!(queries(&server).await, ["", "after=a%20b", "after=c"]);
}

#[tokio::test]
async fn a_link_to_another_origin_is_not_followed() {
    let linked = |json: &str, link: &str| page(json).append_header("Link", link);
    let (server, client) = start_server(move |query| match query {
        "" => linked(r#"{"pets":[1]}"#, r#"</pets?p=2&x=%20>; rel="next""#),
        _ => linked(r#"{"pets":[2]}"#, r#"<https://evil.example/pets?p=3>; rel="next""#),
    })
    .await;
    let expected_error =
        "the request was not sent: the link to the next page leads to another host or path";
    let result = read_items!(ByLink(Call::new(&client, &LIST)));
    assert_eq!(result, (vec![1, 2], Some(expected_error.to_owned())));
    assert_eq!(queries(&server).await, ["", "p=2&x=%20"]);
}

#[tokio::test]
async fn a_cursor_or_page_that_comes_twice_is_an_error() {
    let (server, client) = start_server(|_| page(r#"{"pets":[1],"next":"a"}"#)).await;
    let (found, error) = read_items!(ByCursor(Call::new(&client, &LIST)));
    assert_eq!(found, [1, 1], "both pages were read");
    assert!(error.unwrap().contains("was already requested"));
    let (found, error) = read_items!(ByNumber(Call::new(&client, &LIST)));
    assert_eq!(found, [1], "the second copy of the page is not returned");
    assert!(error.unwrap().contains("the same page twice"));
    assert_eq!(queries(&server).await, ["", "after=a", "", "index=1"]);
}

#[tokio::test]
async fn an_error_ends_the_stream_of_pages() {
    let calls = AtomicUsize::new(0);
    let (server, client) = start_server(move |_| match calls.fetch_add(1, Ordering::SeqCst) {
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
