//! The message to sign or verify: a request, or a response with its request.

use http::uri::Uri;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use url::Url;

/// A request or response whose components a signature can cover.
#[derive(Clone, Copy)]
pub struct Message<'m> {
    pub(crate) head: Head<'m>,
    pub(crate) headers: &'m HeaderMap,
    pub(crate) body: Option<&'m [u8]>,
}

#[derive(Clone, Copy)]
pub(crate) enum Head<'m> {
    Request(&'m str, &'m Target),
    Response(StatusCode, Option<&'m Message<'m>>),
}

impl<'m> Message<'m> {
    /// Creates a message from a request.
    #[must_use]
    pub fn request(method: &'m http::Method, target: &'m Target, headers: &'m HeaderMap) -> Self {
        Self { head: Head::Request(method.as_str(), target), headers, body: None }
    }

    /// Creates a message from a response.
    #[must_use]
    pub fn response(status: StatusCode, headers: &'m HeaderMap) -> Self {
        Self { head: Head::Response(status, None), headers, body: None }
    }

    /// Sets the request of a response, for components with the parameter `req` (RFC 9421 §2.4).
    #[must_use]
    pub fn in_response_to(mut self, request: &'m Message<'m>) -> Self {
        if let Head::Response(status, _) = self.head {
            self.head = Head::Response(status, Some(request));
        }
        self
    }

    /// Sets the bytes of the body.
    #[must_use]
    pub fn body(mut self, body: &'m [u8]) -> Self {
        self.body = Some(body);
        self
    }

    /// Returns the value of a header (RFC 9421 §2.1): its lines, trimmed and joined with commas.
    pub(crate) fn header_value(&self, name: &str) -> Option<String> {
        let mut value = String::new();
        let mut lines = self.headers.get_all(name).iter().peekable();
        if lines.peek().is_none() {
            return self.implied_header(name);
        }
        while let Some(line) = lines.next() {
            value.push_str(trimmed_line(line)?);
            if lines.peek().is_some() {
                value.push_str(", ");
            }
        }
        Some(value)
    }

    /// Returns the value of a header that the transport adds to a request.
    fn implied_header(&self, name: &str) -> Option<String> {
        let Head::Request(_, target) = self.head else { return None };
        match name {
            _ if name.eq_ignore_ascii_case("content-length") => {
                self.body.map(|body| body.len().to_string())
            }
            _ if name.eq_ignore_ascii_case("host") => Some(target.authority.clone()),
            _ => None,
        }
    }
}

/// Returns the trimmed line of a header, or `None` if it is not ASCII, which a signature base requires.
pub(crate) fn trimmed_line(line: &HeaderValue) -> Option<&str> {
    line.to_str().ok().map(str::trim)
}

/// The target URI of a request (RFC 9110 §7.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub(crate) scheme: String,
    /// In lower case, without the default port of the scheme (RFC 9421 §2.2.3).
    pub(crate) authority: String,
    /// The path, `/` if it is empty.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
}

impl Target {
    /// Creates the target of a received request. `scheme` and `host` are those that the sender used, such
    /// as `https` and the `Host` header: a server behind a proxy may not know them. An authority in the URI
    /// takes precedence, but its scheme is ignored: behind a proxy that ends TLS, it is `http`.
    #[must_use]
    pub fn new(scheme: &str, host: &str, uri: &Uri) -> Self {
        let scheme = scheme.to_ascii_lowercase();
        let host = uri.authority().map_or(host, |authority| authority.as_str());
        let default = if scheme == "http" { ":80" } else { ":443" };
        let host = host.strip_suffix(default).unwrap_or(host);
        Self {
            authority: host.to_ascii_lowercase(),
            path: Some(uri.path()).filter(|path| !path.is_empty()).unwrap_or("/").to_owned(),
            query: uri.query().map(str::to_owned),
            scheme,
        }
    }

    /// Creates the target of a received request from its `Host` header, with the scheme `https`.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap, uri: &Uri) -> Self {
        let host = headers.get(header::HOST).and_then(trimmed_line).unwrap_or_default();
        Self::new("https", host, uri)
    }

    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    /// Returns the path and query (RFC 9110 §7.1, origin form).
    pub(crate) fn origin_form(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

impl From<&Url> for Target {
    fn from(url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default();
        // `Url` omits the default port of the scheme.
        let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Self {
            scheme: url.scheme().to_owned(),
            authority,
            path: url.path().to_owned(),
            query: url.query().map(str::to_owned),
        }
    }
}
