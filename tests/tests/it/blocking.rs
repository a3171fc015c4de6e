//! Blocking calls: the same client, methods and options as in asynchronous code.

use fintech_clients::orum::{Client, OauthTokenBody, OauthTokenResponse, mock};
use fintech_clients::runtime::blocking::SendBlocking;
use fintech_clients::runtime::{Error, block_on};

fn client() -> (mock::Server, Client) {
    let mock = block_on(mock::Server::start()).expect("a runtime");
    mock.post_oauth_token().responds(200, OauthTokenResponse::new("t-1", "Bearer", 3600.0));
    let client = Client::builder(mock.server()).build().expect("a loopback address");
    (mock, client)
}

#[test]
fn a_blocking_call_waits_for_the_response() {
    let (mock, client) = client();
    let body = OauthTokenBody::new("me", "s");
    let response = client.post_oauth_token(&body).as_form().send_blocking().expect("a token");
    assert_eq!(response.access_token.expose(), "t-1");
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            std::thread::spawn(move || {
                let body = OauthTokenBody::new("me", "s");
                client.post_oauth_token(&body).send_blocking().is_ok()
            })
        })
        .collect();
    assert!(threads.into_iter().all(|thread| thread.join().is_ok_and(|done| done)));
    assert_eq!(mock.post_oauth_token().received().len(), 9);
}

#[test]
fn a_blocking_call_in_asynchronous_code_is_an_error() {
    let (mock, client) = client();
    let body = OauthTokenBody::new("me", "s");
    let result = block_on(async { client.post_oauth_token(&body).send_blocking() });
    let Err(Error::Request(error)) = result.expect("a runtime") else { panic!("it was sent") };
    assert_eq!(
        error.to_string(),
        "the request was not sent: `send_blocking` was called from asynchronous code: await the request instead"
    );
    assert!(mock.post_oauth_token().received().is_empty());
}
