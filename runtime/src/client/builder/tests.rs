//! Which URLs are allowed, and what is never printed.

use super::*;

fn build(url: &str) -> Result<Client, String> {
    ClientBuilder::<Client>::new(url).build().map_err(|error| error.to_string())
}

#[test]
fn transport_base_urls_are_checked() {
    for url in [
        "https://api.example.com/v1/",
        "http://localhost:8080",
        "http://127.1.2.3",
        "http://[::1]:1/x",
    ] {
        let client = build(url).unwrap();
        assert_eq!(client.base_url().trim_end_matches('/'), url.trim_end_matches('/'));
    }
    for (url, problem) in [
        ("api.example.com", "is not an absolute URL, such as `https://api.example.com`"),
        (
            "http://api.example.com",
            "uses `http:`: use `https:`, or call `allow_http` on the builder",
        ),
        (
            "http://localhost.example.com",
            "uses `http:`: use `https:`, or call `allow_http` on the builder",
        ),
        ("http://a.localhost", "uses `http:`: use `https:`, or call `allow_http` on the builder"),
        ("https://example.com/a/%2e%2e/b", "contains the path segment `.` or `..`"),
        ("https://example.com/a/.%2E", "contains the path segment `.` or `..`"),
        ("https://example.com/%2e/a", "contains the path segment `.` or `..`"),
        ("https://example.com/a\\..\\b", "contains the path segment `.` or `..`"),
        ("https://example.com/a/.\t./b", "contains the path segment `.` or `..`"),
        ("https://example.com/a/.. ", "contains the path segment `.` or `..`"),
        ("ftp://localhost", "must begin with `https:` or `http:`"),
        ("https://user:secret@example.com", "contains a user name or a password"),
        ("https://example.com/?key=1", "contains a query or a fragment"),
    ] {
        assert_eq!(build(url).unwrap_err(), format!("the server URL {problem}"));
    }
    assert!(ClientBuilder::<Client>::new("http://example.com").allow_http().build().is_ok());
}

#[test]
fn passwords_are_not_printed() {
    let builder = ClientBuilder::<Client>::new("https://user:secret@example.com");
    assert!(!format!("{builder:?}").contains("secret"));
}

#[test]
fn clients_can_be_shared() {
    fn assert_shareable<T: Clone + Send + Sync + 'static>(_: &T) {}
    assert_shareable(&build("https://example.com").unwrap());
}
