//! Where calls may go, and what is not printed.

use super::*;

fn build(url: &str) -> Result<Client, String> {
    ClientBuilder::<Client>::new(url).build().map_err(|error| error.to_string())
}

#[test]
fn where_calls_may_go() {
    for url in [
        "https://api.example.com/v1/",
        "http://localhost:8080",
        "http://127.1.2.3",
        "http://[::1]:1/x",
        "http://a.localhost",
    ] {
        let client = build(url).unwrap();
        assert_eq!(client.base_url().trim_end_matches('/'), url.trim_end_matches('/'));
    }
    for (url, why) in [
        ("api.example.com", "is not a URL"),
        ("http://api.example.com", "is `http:`; use `https:`, or `allow_http` if you have to"),
        (
            "http://localhost.example.com",
            "is `http:`; use `https:`, or `allow_http` if you have to",
        ),
        ("ftp://localhost", "is neither `https:` nor `http:`"),
        ("https://user:secret@example.com", "holds a user name or a password"),
        ("https://example.com/?key=1", "holds a query or a fragment"),
    ] {
        assert_eq!(build(url).unwrap_err(), format!("the server's URL {why}"));
    }
    assert!(ClientBuilder::<Client>::new("http://example.com").allow_http().build().is_ok());
}

#[test]
fn a_password_is_not_printed() {
    let builder = ClientBuilder::<Client>::new("https://user:secret@example.com");
    assert!(!format!("{builder:?}").contains("secret"));
}

#[test]
fn a_client_can_be_shared() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    shared(&build("https://example.com").unwrap());
}
