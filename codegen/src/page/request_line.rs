//! Reads the line of a page that states the method and the URL of its operation.

use crate::method::Method;

/// The method and the URL of a request, such as `POST https://api.acme.test/v1/orders`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestLine {
    /// The HTTP method in lower case.
    pub method: String,
    /// The URL, with the parameters of its path in braces.
    pub url: String,
}

impl RequestLine {
    /// Returns the base URL: the URL without the path of the operation. Returns `None` if it does not
    /// end with that path.
    pub fn base_url(&self, method: &str, path: &str) -> Option<&str> {
        let is_same_method = self.method.eq_ignore_ascii_case(method);
        let url = self.url.split(['?', '#']).next().unwrap_or_default();
        let base = url.trim_end_matches('/').strip_suffix(path.trim_end_matches('/'))?;
        let (_, host) = base.split_once("://")?;
        (is_same_method && !host.is_empty()).then_some(base)
    }
}

/// Parses a line that consists of a method and a URL.
pub(super) fn parse_request_line(line: &str) -> Option<RequestLine> {
    let (method, url) = line.trim().split_once(' ')?;
    let is_url = url.starts_with("https://") || url.starts_with("http://");
    if !is_url || url.contains(char::is_whitespace) || method.chars().any(char::is_lowercase) {
        return None;
    }
    let method = Method::from_name(method)?.key().to_owned();
    Some(RequestLine { method, url: url.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::parse_request_line;

    #[test]
    fn the_base_url_is_the_url_without_the_path() {
        for (line, method, path, expected) in [
            ("GET https://a.test/v1/o/{id}", "get", "/o/{id}", Some("https://a.test/v1")),
            ("GET https://a.test/o", "get", "/o", Some("https://a.test")),
            ("GET https://a.test/v1/o/?x=1", "get", "/o/", Some("https://a.test/v1")),
            ("GET https://a.test/v1/o", "post", "/o", None),
            ("GET https://a.test/v1/orders", "get", "/o", None),
            ("GET https:///o", "get", "/o", None),
            ("Get https://a.test/o", "get", "/o", None),
            ("GET https://a.test/o now", "get", "/o", None),
            ("SEND https://a.test/o", "get", "/o", None),
            ("GET /o", "get", "/o", None),
        ] {
            let request = parse_request_line(line);
            let base = request.as_ref().and_then(|request| request.base_url(method, path));
            assert_eq!(base, expected, "{line}");
        }
    }
}
