//! Paginated lists: each kind of pagination against a server that pages.

use std::sync::Mutex;
use std::time::Duration;

use docwright_runtime::{
    Call, Client, ClientBuilder, Json, Media, Method, NoTypedError, Operation, PageError, Pages,
    Paging, Processed, Retry, Scheme, Style, pages, record, request,
};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub static LIST: Operation = Operation::new("list", Method::Get, "/pets");
static SEARCH: Operation = Operation::new("search", Method::Post, "/pets").body(&[Media::JSON]);

#[derive(Debug, Clone, PartialEq)]
pub struct PetPage {
    pets: Option<Vec<Pet>>,
}
record!(PetPage { optional pets = "pets", });

#[derive(Debug, Clone, PartialEq)]
pub struct Pet {
    id: i64,
}
record!(Pet { required id = "id", });

pub type PetPages<'a> = Pages<'a, PetPage, Pet, NoTypedError>;

pub fn pet_pages<'a>(call: Call<'a>, paging: &'static Paging) -> PetPages<'a> {
    Pages::new(call, paging, |page| page.pets.as_mut())
}

/// Starts a server that sends these responses, one after the other, and a client of it. A string `link` in a
/// body is sent as the header `Link` too. An empty text is a response with the status 204.
pub async fn start_server(responses: &[&str]) -> (MockServer, Client) {
    let mut responses: Vec<String> = responses.iter().map(|&text| text.to_owned()).collect();
    responses.reverse();
    let responses = Mutex::new(responses);
    let respond = move |_: &Request| match responses.lock().unwrap().pop() {
        None => ResponseTemplate::new(503),
        Some(body) if body.is_empty() => ResponseTemplate::new(204),
        Some(body) => {
            let parsed: Json = body.parse().unwrap();
            let response = ResponseTemplate::new(200).set_body_raw(body, "application/json");
            match parsed["link"].as_str() {
                Some(link) => response.append_header("Link", link),
                None => response,
            }
        }
    };
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(respond).mount(&server).await;
    let client = ClientBuilder::new(server.uri()).build().unwrap();
    (server, client)
}

/// Returns the queries of the requests, or their bodies.
pub async fn requests(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.unwrap();
    let text = |request: &Request| match request.body.is_empty() {
        true => request.url.query().unwrap_or_default().to_owned(),
        false => String::from_utf8(request.body.clone()).unwrap(),
    };
    requests.iter().map(text).collect()
}

/// Reads every item, and the error after them.
pub async fn read_items(pages: PetPages<'_>) -> (Vec<i64>, Option<PageError<NoTypedError>>) {
    let (mut items, mut received, mut error) = (pages.into_items(), Vec::new(), None);
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => received.push(item.id),
            Err(failure) => error = Some(failure),
        }
    }
    assert!(items.next().await.is_none(), "an ended stream stays ended");
    (received, error)
}

/// Reads a list whose requests and responses are listed, and checks the requests, the items and the error.
async fn check(
    paging: &'static Paging,
    exchanges: &[(&str, &str)],
    expected_items: &[i64],
    expected_error: &str,
) {
    let (expected_requests, responses): (Vec<&str>, Vec<&str>) = exchanges.iter().copied().unzip();
    let (server, client) = start_server(&responses).await;
    let body: Json = r#"{"amount":1.00}"#.parse().unwrap();
    let is_search = expected_requests[0].starts_with('{');
    let call = match is_search {
        true => Call::new(&client, &SEARCH).body(&body),
        false => Call::new(&client, &LIST),
    };
    let (items, error) = read_items(pet_pages(call, paging)).await;
    assert_eq!(requests(&server).await, expected_requests);
    assert_eq!(items, expected_items, "{exchanges:?}");
    let error = error.map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains(expected_error), "{error}: {exchanges:?}");
    assert_eq!(error.is_empty(), expected_error.is_empty(), "{error}: {exchanges:?}");
}

#[tokio::test]
async fn page_numbers_increase_until_a_page_is_empty() {
    static PAGING: Paging = Paging::page(1).query("page").items(&["pets"]).more(&["more"]);
    let first = ("", r#"{"pets":[{"id":1},{"id":2}]}"#);
    // A short page is not the end.
    let short = ("page=2", r#"{"pets":[{"id":3}]}"#);
    check(&PAGING, &[first, short, ("page=3", r#"{"pets":[]}"#)], &[1, 2, 3], "").await;
    check(&PAGING, &[first, short, ("page=3", "{}")], &[1, 2, 3], "").await;
    check(&PAGING, &[("", r#"{"pets":null}"#)], &[], "").await;
    check(&PAGING, &[first, ("page=2", "")], &[1, 2], "").await;
    let last = ("page=2", r#"{"pets":[{"id":3}],"more":false}"#);
    check(&PAGING, &[first, last], &[1, 2, 3], "").await;
    let repeated = ("page=2", r#"{"pets":[{"id":1},{"id":2}],"page":2}"#);
    let error = "page 2: the server reported success, 200 OK, but sent a page that it already sent";
    check(&PAGING, &[first, repeated], &[1, 2], error).await;
    let emptied = r#"{"pets":[],"more":true}"#;
    let third = ("page=3", r#"{"pets":[{"id":3}],"more":false}"#);
    check(&PAGING, &[first, ("page=2", emptied), third], &[1, 2, 3], "").await;
    let third = ("page=3", emptied);
    check(&PAGING, &[first, ("page=2", emptied), third], &[1, 2], "already sent").await;
}

#[tokio::test]
async fn an_offset_increases_by_the_number_of_items_received() {
    static PAGING: Paging = Paging::offset().query("skip").items(&["pets"]).more(&["more"]);
    let first = ("", r#"{"pets":[{"id":1},{"id":2},{"id":3}]}"#);
    let short = ("skip=3", r#"{"pets":[{"id":4}]}"#);
    check(&PAGING, &[first, short, ("skip=4", r#"{"pets":[]}"#)], &[1, 2, 3, 4], "").await;
    let last = ("skip=3", r#"{"pets":[{"id":4}],"more":false}"#);
    check(&PAGING, &[first, last], &[1, 2, 3, 4], "").await;
    let repeated = ("skip=3", first.1);
    check(&PAGING, &[first, repeated], &[1, 2, 3], "a page that it already sent").await;
    let emptied = ("skip=3", r#"{"pets":[],"more":true}"#);
    check(&PAGING, &[first, emptied], &[1, 2, 3], "the server reports more items").await;
}

#[tokio::test]
async fn an_offset_can_be_in_the_body() {
    static PAGING: Paging = Paging::offset().body_number(&["options", "offset"]).items(&["pets"]);
    let first = (r#"{"amount":1.00}"#, r#"{"pets":[{"id":1}]}"#);
    let second = (r#"{"amount":1.00,"options":{"offset":1}}"#, r#"{"pets":[{"id":2}]}"#);
    let empty = (r#"{"amount":1.00,"options":{"offset":2}}"#, r#"{"pets":[]}"#);
    check(&PAGING, &[first, second, empty], &[1, 2], "").await;
    check(&PAGING, &[first, (second.0, first.1)], &[1], "already sent").await;
}

#[tokio::test]
async fn a_cursor_is_followed_until_it_is_missing() {
    static PAGING: Paging =
        Paging::cursor(&["paging", "next"]).query("after").items(&["pets"]).more(&["more"]);
    let first = ("", r#"{"pets":[{"id":1}],"paging":{"next":"a b"}}"#);
    // An empty page is not the end if it has a cursor.
    let empty = ("after=a%20b", r#"{"pets":[],"paging":{"next":3}}"#);
    for end in [
        r#"{"pets":[{"id":2}],"paging":{"next":""}}"#,
        r#"{"pets":[{"id":2}],"paging":{"next":null}}"#,
        r#"{"pets":[{"id":2}],"paging":{}}"#,
        r#"{"pets":[{"id":2}]}"#,
        r#"{"pets":[{"id":2}],"paging":{"next":"d"},"more":false}"#,
    ] {
        check(&PAGING, &[first, empty, ("after=3", end)], &[1, 2], "").await;
    }
    let same_cursor = r#"{"pets":[{"id":2}],"paging":{"next":"a b"}}"#;
    let error = "page 3: the request was not sent: the next page was already requested";
    check(&PAGING, &[first, ("after=a%20b", same_cursor)], &[1, 2], error).await;
    check(&PAGING, &[first, ("after=a%20b", first.1)], &[1], "already sent").await;
    let end = r#"{"pets":[],"paging":{"next":"a b"}}"#;
    check(&PAGING, &[first, ("after=a%20b", end)], &[1], "").await;
    let emptied = r#"{"pets":[],"more":true}"#;
    check(&PAGING, &[first, ("after=a%20b", emptied)], &[1], "no cursor").await;
}

#[tokio::test]
async fn a_cursor_is_set_in_the_body() {
    static PAGING: Paging = Paging::cursor(&["next"]).body(&["cursor"]).items(&["pets"]);
    let first = (r#"{"amount":1.00}"#, r#"{"pets":[{"id":1}],"next":"a"}"#);
    let second = r#"{"amount":1.00,"cursor":"a"}"#;
    check(&PAGING, &[first, (second, r#"{"pets":[{"id":2}]}"#)], &[1, 2], "").await;
    check(&PAGING, &[first, (second, r#"{"pets":[],"next":null}"#)], &[1], "").await;
    check(&PAGING, &[first, (second, first.1)], &[1], "already sent").await;
    let same_cursor = r#"{"pets":[{"id":2}],"next":"a"}"#;
    check(&PAGING, &[first, (second, same_cursor)], &[1, 2], "already requested").await;
}

#[tokio::test]
async fn the_id_of_the_last_item_is_the_cursor() {
    static PAGING: Paging =
        Paging::last_item(&["id"]).query("after").items(&["pets"]).more(&["more"]);
    let first = ("", r#"{"pets":[{"id":1},{"id":2}],"more":true}"#);
    let last = ("after=2", r#"{"pets":[{"id":3}],"more":false}"#);
    check(&PAGING, &[first, last], &[1, 2, 3], "").await;
    // Without `more`, a short page is not the end.
    let short = ("after=2", r#"{"pets":[{"id":3}]}"#);
    check(&PAGING, &[first, short, ("after=3", r#"{"pets":[]}"#)], &[1, 2, 3], "").await;
    check(&PAGING, &[first, ("after=2", first.1)], &[1, 2], "already sent").await;
    let same_cursor = r#"{"pets":[{"id":4},{"id":2}]}"#;
    check(&PAGING, &[first, ("after=2", same_cursor)], &[1, 2, 4, 2], "already requested").await;
    let emptied = ("after=2", r#"{"pets":[],"more":true}"#);
    check(&PAGING, &[first, emptied], &[1, 2], "the server reports more items").await;
}

#[tokio::test]
async fn a_url_in_the_page_is_followed_on_the_same_path() {
    static PAGING: Paging = Paging::url(&["links", "next"]).items(&["pets"]);
    let first = ("", r#"{"pets":[{"id":1}],"links":{"next":"/pets?cursor=a%20b&size=1"}}"#);
    let second = "cursor=a%20b&size=1";
    check(&PAGING, &[first, (second, r#"{"pets":[{"id":2}]}"#)], &[1, 2], "").await;
    check(&PAGING, &[first, (second, r#"{"pets":[],"links":{"next":null}}"#)], &[1], "").await;
    check(&PAGING, &[first, (second, first.1)], &[1], "already sent").await;
    for elsewhere in ["https://evil.example/pets?cursor=c", "/orders?cursor=c"] {
        let last = format!(r#"{{"pets":[{{"id":2}}],"links":{{"next":"{elsewhere}"}}}}"#);
        let error =
            "page 3: the request was not sent: the link to the next page leads to another host";
        check(&PAGING, &[first, (second, &last)], &[1, 2], error).await;
    }
}

#[tokio::test]
async fn a_link_in_the_header_is_followed_on_the_same_path() {
    static PAGING: Paging = Paging::link().items(&["pets"]);
    let first = ("", r#"{"pets":[{"id":1}],"link":"</pets?p=2&x=%20>; rel=\"next\""}"#);
    let second = "p=2&x=%20";
    let empty = r#"{"pets":[],"link":"</pets?p=3>; rel=\"next\""}"#;
    let last = r#"{"pets":[{"id":2}],"link":"</pets?p=1>; rel=\"first\""}"#;
    check(&PAGING, &[first, (second, empty), ("p=3", last)], &[1, 2], "").await;
    check(&PAGING, &[first, (second, r#"{"pets":[{"id":2}]}"#)], &[1, 2], "").await;
    check(&PAGING, &[first, (second, first.1)], &[1], "already sent").await;
    let elsewhere = r#"{"pets":[{"id":2}],"link":"<https://evil.example/pets?p=3>; rel=\"next\""}"#;
    check(&PAGING, &[first, (second, elsewhere)], &[1, 2], "another host or path").await;
}

#[derive(Debug)]
struct ListRequest<'a>(Call<'a>);
request!(ListRequest => json PetPage, NoTypedError);
pages!(ListRequest as [pages, pages_from, items, items_from] => PetPage, Pet, NoTypedError;
    Paging::page(1).query("page").items(&["pets"]), |page| page.pets.as_mut());

const NUMBERED: [&str; 4] = [
    r#"{"pets":[{"id":1},{"id":2}]}"#,
    r#"{"pets":[{"id":3},{"id":4}]}"#,
    r#"{"pets":[{"id":5}]}"#,
    r#"{"pets":[]}"#,
];

#[tokio::test]
async fn a_limit_requests_no_page_that_it_does_not_need() {
    for (limit, expected_requests) in [
        (0, &[][..]),
        (1, &[""]),
        (2, &[""]),
        (3, &["", "page=2"]),
        (9, &["", "page=2", "page=3", "page=4"]),
    ] {
        let (server, client) = start_server(&NUMBERED).await;
        let mut items = ListRequest(Call::new(&client, &LIST)).items().limit(limit);
        let mut ids = Vec::new();
        while let Some(item) = items.next().await {
            ids.push(item.unwrap().id);
        }
        assert_eq!(ids, (1..=5).take(limit).collect::<Vec<_>>());
        assert_eq!(requests(&server).await, expected_requests);
    }
    let (server, client) = start_server(&NUMBERED).await;
    let mut pages = ListRequest(Call::new(&client, &LIST)).pages().limit(1);
    assert!(pages.next().await.unwrap().is_ok());
    assert!(pages.next().await.is_none());
    assert_eq!(requests(&server).await, [""]);
}

#[tokio::test]
async fn a_list_continues_from_a_cursor() {
    let (server, client) = start_server(&NUMBERED).await;
    let mut pages = ListRequest(Call::new(&client, &LIST)).pages();
    assert_eq!(pages.next_cursor(), None);
    pages.next().await.unwrap().unwrap();
    let cursor = pages.next_cursor().unwrap();
    let mut pages = ListRequest(Call::new(&client, &LIST)).pages_from(&cursor);
    while let Some(page) = pages.next().await {
        page.unwrap();
    }
    assert_eq!(pages.next_cursor(), None);
    let mut items = ListRequest(Call::new(&client, &LIST)).items_from(7);
    let error = items.next().await.unwrap().unwrap_err();
    assert_eq!((error.page(), error.cursor()), (1, Some("7")));
    let mut items = ListRequest(Call::new(&client, &LIST).query("page", &9, Style::FORM)).items();
    items.next().await.unwrap().unwrap_err();
    assert_eq!(requests(&server).await, ["", "page=2", "page=3", "page=4", "page=7", "page=9"]);
    let mut items = ListRequest(Call::new(&client, &LIST)).items_from("x");
    let error = items.next().await.unwrap().unwrap_err().to_string();
    assert!(error.contains("the number of the page is not an integer"), "{error}");
}

#[tokio::test]
async fn a_list_continues_from_a_url_of_its_own() {
    static PAGING: Paging = Paging::url(&["next"]).items(&["pets"]);
    let (server, client) = start_server(&[r#"{"pets":[{"id":1}],"next":"?p=2"}"#]).await;
    let mut pages = pet_pages(Call::new(&client, &LIST), &PAGING);
    pages.next().await.unwrap().unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!((error.page(), error.cursor()), (2, Some("?p=2")));
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.to_string(), "page 2: the server responded 503 Service Unavailable (0 bytes)");
    let pages = pet_pages(Call::new(&client, &LIST), &PAGING);
    read_items(pages.starting_at(error.cursor().unwrap())).await;
    assert_eq!(requests(&server).await, ["", "p=2", "p=2"]);
    let pages = pet_pages(Call::new(&client, &LIST), &PAGING);
    let (_, error) = read_items(pages.starting_at("https://evil.example/pets?p=2")).await;
    assert!(error.unwrap().to_string().contains("another host or path"));
}

#[tokio::test]
async fn every_page_has_the_settings_of_the_call() {
    static PAGING: Paging = Paging::page(0).query("page").items(&["pets"]).excludes(&["before"]);
    static ID: Scheme = Scheme::header("Id", "x-id", "id");
    static LIST_ONCE: Operation = Operation::new("list", Method::Get, "/pets")
        .security(&[&[&ID]])
        .idempotency(&["idempotency-key"]);
    let (server, client) = start_server(&NUMBERED[..2]).await;
    let client_with_key: Client = ClientBuilder::new(server.uri()).key(&ID, "i").build().unwrap();
    let call = Call::new(&client_with_key, &LIST_ONCE)
        .header("x-tenant", &"t")
        .idempotency_key("k")
        .retry(Retry::attempts(2).first_wait(Duration::ZERO))
        .timeout(Duration::from_secs(60));
    let (items, error) = read_items(pet_pages(call, &PAGING)).await;
    assert_eq!(items, [1, 2, 3, 4]);
    assert_eq!(error.unwrap().page(), 3);
    // The third page is requested twice.
    assert_eq!(requests(&server).await, ["", "page=1", "page=2", "page=2"]);
    let requests = server.received_requests().await.unwrap();
    assert!(requests.iter().all(|request| request.headers["x-tenant"] == "t"));
    assert!(requests.iter().all(|request| request.headers["x-id"] == "i"));
    let keys: Vec<&[u8]> =
        requests.iter().map(|request| request.headers["idempotency-key"].as_bytes()).collect();
    assert!(keys[0] == b"k" && keys[1] != keys[0] && keys[2] != keys[1] && keys[3] == keys[2]);

    let call = Call::new(&client, &LIST).query("before", &"x", Style::FORM);
    let (_, error) = read_items(pet_pages(call, &PAGING)).await;
    assert!(error.unwrap().to_string().contains("`before` can't be combined"));
}

#[tokio::test]
async fn a_repeated_page_was_requested_and_the_page_after_an_invalid_cursor_was_not() {
    static NUMBERED: Paging = Paging::page(1).query("page").items(&["pets"]);
    let page = r#"{"pets":[{"id":1}]}"#;
    let (_server, client) = start_server(&[page, page]).await;
    let (_, error) = read_items(pet_pages(Call::new(&client, &LIST), &NUMBERED)).await;
    let error = error.unwrap();
    assert_eq!((error.page(), error.cursor()), (2, Some("2")));
    assert!(error.was_sent() && !error.is_retryable(), "{error}");
    assert_eq!((error.attempts(), error.processed()), (1, Processed::Yes), "{error}");
    assert_eq!(error.raw().unwrap(), page);
    assert!(!error.to_string().contains("not sent"), "{error}");

    static CURSORS: Paging = Paging::cursor(&["next"]).query("after").items(&["pets"]);
    let pages = [r#"{"pets":[{"id":1}],"next":"a"}"#, r#"{"pets":[{"id":2}],"next":"a"}"#];
    let (_server, client) = start_server(&pages).await;
    let (items, error) = read_items(pet_pages(Call::new(&client, &LIST), &CURSORS)).await;
    let error = error.unwrap();
    assert_eq!((items, error.page()), (vec![1, 2], 3));
    assert_eq!((error.was_sent(), error.attempts()), (false, 0));
}
