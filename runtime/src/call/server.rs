//! The servers of an API: one base URL, and separate servers of some operations.

use std::fmt;

use url::Url;

use crate::message::error::RequestError;
use crate::operation::{Operation, OperationServer};
use crate::transport::is_loopback;

/// The URL of a server. It is checked when the client is built.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    url: String,
    role: UrlRole,
}

/// How a base URL determines the URLs of operations with their own servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum UrlRole {
    /// It does not: the URL is not one of the OpenAPI document.
    Custom,
    /// It is the server at this index of the OpenAPI document, which also lists their URLs.
    DocumentServer(usize),
    /// It replaces their URLs.
    Everywhere,
}

impl BaseUrl {
    /// Fills in a URL template: each `{}` is replaced by the next of `values`. Characters that
    /// would end the host, or begin a path, a query or user information, are percent-encoded,
    /// except for slashes after the host. A value at the start of the template is a scheme or a
    /// URL, and is not encoded.
    #[must_use]
    pub fn from_template(template: &str, values: &[&str]) -> Self {
        let mut url = String::with_capacity(template.len());
        let mut values = values.iter();
        for (number, literal) in template.split("{}").enumerate() {
            if number > 0 {
                let value = values.next().copied().unwrap_or_default();
                let host = url.split_once("://").map(|(_, after_scheme)| after_scheme);
                match host {
                    _ if url.is_empty() => url.push_str(value),
                    Some(host) if host.contains('/') => {
                        url.extend(percent_encoding::utf8_percent_encode(value, IN_PATH));
                    }
                    _ => url.extend(percent_encoding::utf8_percent_encode(value, IN_HOST)),
                }
            }
            url.push_str(literal);
        }
        Self::from(url)
    }

    /// Creates a URL that serves all operations, including those with their own servers: a mock
    /// server, or a gateway.
    #[must_use]
    pub fn everywhere(url: impl Into<Self>) -> Self {
        Self { role: UrlRole::Everywhere, ..url.into() }
    }

    /// Marks the URL as the server at this index of the OpenAPI document. It determines the URLs of
    /// operations with their own servers, unless they are set on the builder.
    #[must_use]
    pub fn server_index(self, index: usize) -> Self {
        Self { role: UrlRole::DocumentServer(index), ..self }
    }
}

const IN_HOST: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b':');

const IN_PATH: &percent_encoding::AsciiSet = &IN_HOST.remove(b'/');

impl From<String> for BaseUrl {
    fn from(url: String) -> Self {
        Self { url, role: UrlRole::Custom }
    }
}

impl From<&str> for BaseUrl {
    fn from(url: &str) -> Self {
        Self::from(url.to_owned())
    }
}

impl From<Url> for BaseUrl {
    fn from(url: Url) -> Self {
        Self::from(String::from(url))
    }
}

impl fmt::Debug for BaseUrl {
    /// Redacts a URL that may contain a password or a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = if self.url.contains(['@', '?', '#']) { "[redacted]" } else { &self.url };
        f.debug_tuple("BaseUrl").field(&url).finish()
    }
}

/// The servers of a client.
pub(crate) struct Servers {
    base: String,
    role: UrlRole,
    operation_servers: Vec<(&'static str, String)>,
    allow_http: bool,
}

impl Servers {
    /// Checks and normalises the URLs of a builder.
    ///
    /// # Errors
    /// The problem with a URL.
    pub(crate) fn new(
        base: BaseUrl,
        operation_servers: Vec<(&'static OperationServer, BaseUrl)>,
        allow_http: bool,
    ) -> Result<Self, &'static str> {
        let checked = |url: &BaseUrl| check_url(&url.url, allow_http);
        let checked_servers =
            operation_servers.iter().map(|(server, url)| Ok((server.setter, checked(url)?)));
        let operation_servers = checked_servers.collect::<Result<_, &'static str>>()?;
        Ok(Self { base: checked(&base)?, role: base.role, operation_servers, allow_http })
    }

    /// Returns the base URL, without a trailing slash.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Returns the server URL of an operation, without a trailing slash.
    ///
    /// # Errors
    /// If the operation has its own server, and its URL is unknown.
    pub(crate) fn operation_url(&self, operation: &Operation) -> Result<String, RequestError> {
        let Some(server) = operation.server else { return Ok(self.base.clone()) };
        if let Some((_, url)) =
            self.operation_servers.iter().find(|(setter, _)| *setter == server.setter)
        {
            return Ok(url.clone());
        }
        let document_url = match (self.role, server.urls) {
            (UrlRole::Everywhere, _) => return Ok(self.base.clone()),
            (_, [path]) if path.starts_with('/') => Some(*path),
            (UrlRole::DocumentServer(_), [url]) => Some(*url),
            (UrlRole::DocumentServer(index), urls) => urls.get(index).copied(),
            (UrlRole::Custom, _) => None,
        };
        let url = match document_url {
            Some(path) if path.starts_with('/') => {
                let joined = Url::parse(&self.base).and_then(|base| base.join(path));
                joined.map_or_else(|_| path.to_owned(), String::from)
            }
            Some(url) => url.to_owned(),
            None => {
                let (name, setter) = (operation.name(), server.setter);
                return Err(RequestError::url(format!(
                    "`{name}` has its own server, whose URL is unknown for this base URL: \
                     set it with `ClientBuilder::{setter}`"
                )));
            }
        };
        check_url(&url, self.allow_http).map_err(|reason| {
            RequestError::url(format!("the URL of the operation's server {reason}"))
        })
    }

    /// Checks a base URL for a single call, and returns it without a trailing slash.
    pub(crate) fn override_url(&self, base: &BaseUrl) -> Result<String, RequestError> {
        check_url(&base.url, self.allow_http)
            .map_err(|reason| RequestError::url(format!("the base URL of this call {reason}")))
    }

    /// Whether all URLs are on the local machine.
    pub(crate) fn is_loopback(&self) -> bool {
        let mut urls =
            std::iter::once(&self.base).chain(self.operation_servers.iter().map(|(_, url)| url));
        urls.all(|url| Url::parse(url).is_ok_and(|url| is_loopback(&url)))
    }
}

/// Checks a URL, and returns it without a trailing slash, or the problem with it.
fn check_url(url: &str, allow_http: bool) -> Result<String, &'static str> {
    let has_dot_segment = url.split(['/', '\\']).any(is_dot_segment);
    let url =
        Url::parse(url).map_err(|_| "is not an absolute URL, such as `https://api.example.com`")?;
    let problem = match url.scheme() {
        "https" => None,
        "http" if allow_http || is_loopback(&url) => None,
        "http" => Some("uses `http:`: use `https:`, or call `allow_http` on the builder"),
        _ => Some("must begin with `https:` or `http:`"),
    };
    let problem = problem.or_else(|| match () {
        () if !url.username().is_empty() || url.password().is_some() => {
            Some("contains a user name or a password")
        }
        () if url.query().is_some() || url.fragment().is_some() => {
            Some("contains a query or a fragment")
        }
        () if has_dot_segment => Some("contains the path segment `.` or `..`"),
        () => None,
    });
    match problem {
        Some(problem) => Err(problem),
        None => Ok(url.as_str().trim_end_matches('/').to_owned()),
    }
}

/// Whether parsing the URL would remove this path segment (WHATWG URL §4.1, §4.4).
fn is_dot_segment(segment: &str) -> bool {
    let is_kept = |c: &char| !matches!(c, '\t' | '\n' | '\r');
    let segment: String = segment.chars().filter(is_kept).collect();
    let segment = segment.trim_matches(|c| c <= ' ').to_ascii_lowercase().replace("%2e", ".");
    matches!(&*segment, "." | "..")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;

    #[test]
    fn server_variables_are_percent_encoded() {
        let host = "https://{}.acme.test/v1";
        for (template, value, url) in [
            (host, "eu-1", "https://eu-1.acme.test/v1"),
            (host, "evil.test/", "https://evil.test%2F.acme.test/v1"),
            (host, "a@b?c#d", "https://a%40b%3Fc%23d.acme.test/v1"),
            ("https://acme.test/{}", "api/v2", "https://acme.test/api/v2"),
            ("https://acme.test/{}", "v2?a#b", "https://acme.test/v2%3Fa%23b"),
            ("{}://acme.test", "https", "https://acme.test"),
            ("{}/v1", "https://acme.test", "https://acme.test/v1"),
        ] {
            assert_eq!(BaseUrl::from_template(template, &[value]).url, url);
        }
        let up = BaseUrl::from_template("https://acme.test/v1/{}", &[".."]);
        assert_eq!(check_url(&up.url, false), Err("contains the path segment `.` or `..`"));
    }

    static VAULT: OperationServer = OperationServer::new(
        "vault_server",
        &["https://vault.acme.test", "https://vault.acme.dev/"],
    );
    static STORE: OperationServer =
        OperationServer::new("store_server", &["https://store.acme.test"]);
    static OLD: OperationServer = OperationServer::new("old_server", &["/v0"]);

    fn operation(server: &'static OperationServer) -> Operation {
        Operation::new("create_card", Method::Post, "/cards").server(server)
    }

    fn operation_url(base: BaseUrl, server: &'static OperationServer) -> Result<String, String> {
        let servers = Servers::new(base, Vec::new(), false).unwrap();
        servers.operation_url(&operation(server)).map_err(|error| error.to_string())
    }

    #[test]
    fn operation_uses_its_own_server() {
        let server = |index| BaseUrl::from("https://api.acme.test/v1").server_index(index);
        assert_eq!(operation_url(server(0), &VAULT).unwrap(), "https://vault.acme.test");
        assert_eq!(operation_url(server(1), &VAULT).unwrap(), "https://vault.acme.dev");
        assert_eq!(operation_url(server(1), &STORE).unwrap(), "https://store.acme.test");
        assert_eq!(operation_url(server(1), &OLD).unwrap(), "https://api.acme.test/v0");
        let message = "the request was not sent: `create_card` has its own server, whose URL is \
                       unknown for this base URL: set it with `ClientBuilder::vault_server`";
        assert_eq!(operation_url(server(2), &VAULT).unwrap_err(), message);
        // The environment of this URL is unknown.
        assert_eq!(
            operation_url(BaseUrl::from("https://api.acme.test"), &VAULT).unwrap_err(),
            message
        );
        assert!(operation_url(BaseUrl::from("https://gateway.test"), &STORE).is_err());
        assert_eq!(
            operation_url(BaseUrl::from("https://gateway.test"), &OLD).unwrap(),
            "https://gateway.test/v0"
        );
    }

    #[test]
    fn url_of_each_server_can_be_set() {
        let base = BaseUrl::from("https://api.acme.test/").server_index(0);
        let operation_servers = vec![(&VAULT, BaseUrl::from("http://127.0.0.1:1/"))];
        let servers = Servers::new(base, operation_servers, false).unwrap();
        assert_eq!(servers.operation_url(&operation(&VAULT)).unwrap(), "http://127.0.0.1:1");
        assert_eq!(servers.operation_url(&operation(&STORE)).unwrap(), "https://store.acme.test");
        assert_eq!(servers.base(), "https://api.acme.test");
        assert!(!servers.is_loopback());
        let everywhere = BaseUrl::everywhere("http://localhost:1");
        assert_eq!(operation_url(everywhere, &STORE).unwrap(), "http://localhost:1");
        let operation_servers = vec![(&VAULT, BaseUrl::from("http://vault.test"))];
        assert!(
            Servers::new(BaseUrl::from("https://api.acme.test"), operation_servers, false).is_err()
        );
    }
}
