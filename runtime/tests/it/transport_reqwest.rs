//! The underlying HTTP client: a caller's own, and settings that remain in force.

use std::time::Duration;

use docwright_runtime::reqwest::{self, redirect};
use docwright_runtime::{
    Advice, Call, Client, ClientBuilder, Error, Method, NoTypedError, Operation, ReqwestTransport,
    Retry,
};

use crate::faulty_server::AfterResponse::{Keep, Stall};
use crate::faulty_server::{Server, raw, response};

static GET: Operation = Operation::new("get", Method::Get, "/a?b=c%20d#e");

fn client(server: &Server, http: reqwest::Client) -> Client {
    let builder = ClientBuilder::new(server.url.as_str()).transport(ReqwestTransport::new(http));
    builder.retry(Retry::attempts(3).first_wait(Duration::from_millis(1))).build().unwrap()
}

#[tokio::test]
async fn transport_of_the_caller_is_used() {
    let server = Server::start(vec![response(200, "", "done", Keep)]).await;
    let http = reqwest::Client::builder().user_agent("own").http1_title_case_headers();
    let client = client(&server, http.build().unwrap());
    let response = Call::new(&client, &GET).text::<NoTypedError>().await.unwrap();
    assert_eq!(response.body(), "done");
    assert_eq!(server.request_count(), 1);
}

#[tokio::test]
async fn transport_response_from_another_url_is_an_error() {
    let other = Server::start(vec![response(200, "", "not from the API", Keep)]).await;
    let location = format!("location: {}/a\r\n", other.url);
    for path in [location.as_str(), "location: /other\r\n"] {
        let server =
            Server::start(vec![response(307, path, "", Keep), response(200, "", "x", Keep)]).await;
        let following = client(&server, reqwest::Client::new());
        let error = Call::new(&following, &GET).text::<NoTypedError>().await.unwrap_err();
        assert_eq!(error.advice(), Advice::Never);
        let Error::Transport(error) = error else { panic!("{error:?}") };
        assert!(error.is_redirected() && error.partial().is_none(), "{error:?}");
        assert!(error.to_string().contains("redirect::Policy::none()"), "{error}");
    }
    assert_eq!(other.request_count(), 1, "a redirect is not retried");

    let server = Server::start(vec![response(307, &location, "", Keep)]).await;
    let http = reqwest::Client::builder().redirect(redirect::Policy::none()).build().unwrap();
    let error = Call::new(&client(&server, http), &GET).text::<NoTypedError>().await.unwrap_err();
    assert_eq!(error.status().unwrap(), 307);
}

/// The clock is paused: it advances to the next timer whenever everything else waits.
#[tokio::test(start_paused = true)]
async fn transport_timeouts_of_the_http_client_are_further_limits() {
    type Configure = fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder;
    let limits: [Configure; 2] = [
        |http| http.timeout(Duration::from_secs(1)),
        |http| http.read_timeout(Duration::from_secs(1)),
    ];
    for configure in limits {
        let server = Server::start(vec![raw("", Stall), response(200, "", "done", Keep)]).await;
        let builder = ClientBuilder::new(server.url.as_str()).configure_http(configure);
        let client: Client = builder.retry(Retry::attempts(2)).build().unwrap();
        // Within the timeout of the call, which is 30 seconds.
        let response = Call::new(&client, &GET).text::<NoTypedError>().await.unwrap();
        assert_eq!(response.body(), "done");
        assert_eq!(server.request_count(), 2);
    }
}
