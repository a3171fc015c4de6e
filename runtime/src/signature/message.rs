//! What is signed: a request, or a response together with the request it responds.

use http::uri::Uri;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use url::Url;

/// A message whose components can be covered by a signature.
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
    /// A request.
    #[must_use]
    pub fn request(method: &'m http::Method, target: &'m Target, headers: &'m HeaderMap) -> Self {
        Self { head: Head::Request(method.as_str(), target), headers, body: None }
    }

    /// A response.
    #[must_use]
    pub fn response(status: StatusCode, headers: &'m HeaderMap) -> Self {
        Self { head: Head::Response(status, None), headers, body: None }
    }

    /// The request that a response responses, for components with the parameter `req` (RFC 9421 §2.4).
    #[must_use]
    pub fn to(mut self, request: &'m Message<'m>) -> Self {
        if let Head::Response(status, _) = self.head {
            self.head = Head::Response(status, Some(request));
        }
        self
    }

    /// The bytes of the body.
    #[must_use]
    pub fn body(mut self, body: &'m [u8]) -> Self {
        self.body = Some(body);
        self
    }

    /// The field's value (RFC 9421 §2.1): its lines without white space around them, joined.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let mut value = String::new();
        let mut lines = self.headers.get_all(name).iter().peekable();
        if lines.peek().is_none() {
            return self.implied(name);
        }
        while let Some(line) = lines.next() {
            value.push_str(trimmed(line)?);
            if lines.peek().is_some() {
                value.push_str(", ");
            }
        }
        Some(value)
    }

    /// What the transport adds to a request by itself.
    fn implied(&self, name: &str) -> Option<String> {
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

/// A line of a field, which is text: what is not can't be in a signature base.
pub(crate) fn trimmed(line: &HeaderValue) -> Option<&str> {
    line.to_str().ok().map(str::trim)
}

/// Where a request goes (RFC 9110 §7.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub(crate) scheme: String,
    /// In lower case, without the scheme's own port (RFC 9421 §2.2.3).
    pub(crate) authority: String,
    /// At least `/`.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
}

impl Target {
    /// The target of a request that a server received. `scheme` and `host` are those the sender used,
    /// such as `https` and the `Host` header, since a server need not know them; what the URI itself
    /// says goes first.
    #[must_use]
    pub fn received(scheme: &str, host: &str, uri: &Uri) -> Self {
        let scheme = uri.scheme_str().unwrap_or(scheme).to_ascii_lowercase();
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

    /// The target of a request by its `Host` header, over `https`.
    #[must_use]
    pub fn of(headers: &HeaderMap, uri: &Uri) -> Self {
        let host = headers.get(header::HOST).and_then(trimmed).unwrap_or_default();
        Self::received("https", host, uri)
    }

    pub(crate) fn origin(&self) -> String {
        format!("{}://{}", self.scheme, self.authority)
    }

    /// Path and query.
    pub(crate) fn in_origin_form(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

impl From<&Url> for Target {
    fn from(url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default();
        // `Url` leaves out the scheme's own port.
        let authority = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        Self {
            scheme: url.scheme().to_owned(),
            authority,
            path: url.path().to_owned(),
            query: url.query().map(str::to_owned),
        }
    }
}
