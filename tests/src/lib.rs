//! What the tests share: the repository's folder, local servers that respond one thing.

use std::path::{Path, PathBuf};

use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// The repository's folder.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// A server on a loopback port that responds one method and path with `status` and `body`.
pub async fn server_with(verb: &str, at: &str, status: u16, body: &str) -> MockServer {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(status).set_body_raw(body.as_bytes(), "application/json");
    Mock::given(method(verb)).and(path(at)).respond_with(response).mount(&server).await;
    server
}

/// An error body with a code.
pub fn error_json(code: &str) -> String {
    format!(r#"{{"error_code":"{code}","message":"why","details":null}}"#)
}

/// The README's Rust compiles, as a reader would paste it.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
