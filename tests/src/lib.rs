//! Shared by the tests: the repository's root folder and local servers with one response.

use std::path::{Path, PathBuf};

use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Returns the repository's root folder.
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_owned()
}

/// Returns the folder of the corpus: foreign documents and pages, which are not part of the
/// repository. The tests that need it are ignored unless they are requested.
pub fn corpus() -> PathBuf {
    let folder = std::env::var_os("DOCWRIGHT_CORPUS").map(PathBuf::from);
    let folder = folder.expect("DOCWRIGHT_CORPUS must be the absolute path of the corpus");
    assert!(folder.is_dir(), "there is no corpus at {}", folder.display());
    folder
}

/// Starts a server on a loopback port that sends `status` and `body` in response to one method and
/// path.
pub async fn server_with(verb: &str, url_path: &str, status: u16, body: &str) -> MockServer {
    let server = MockServer::start().await;
    let response = ResponseTemplate::new(status).set_body_raw(body.as_bytes(), "application/json");
    Mock::given(method(verb)).and(path(url_path)).respond_with(response).mount(&server).await;
    server
}

/// Returns an error body with this code.
pub fn error_json(code: &str) -> String {
    format!(r#"{{"error_code":"{code}","message":"why","details":null}}"#)
}

/// Compiles the Rust code of the README, as a reader would paste it.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
