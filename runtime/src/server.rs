//! Where an API is served: one base URL, and others for operations with servers of their own.

use std::fmt;

use url::{Host, Url};

use crate::client::BuildError;
use crate::error::RequestError;
use crate::operation::Operation;

/// Where a server is. It is checked when the client is built.
#[derive(Clone, PartialEq, Eq)]
pub struct BaseUrl {
    url: String,
    reach: Reach,
}

/// What a base URL says of operations with servers of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// Nothing.
    Unknown,
    /// It is the description's server of this position: they are where the description has them.
    Listed(usize),
    /// They are here too.
    Everywhere,
}

impl BaseUrl {
    /// A URL with a value for each `{}` of `template`, in order. A value stays in its location: what
    /// could end a host or begin a path, a query or user information is percent-encoded, but for
    /// slashes behind the host. One that the template begins with is a scheme or a URL as it is.
    #[must_use]
    pub fn filled(template: &str, values: &[&str]) -> Self {
        let mut url = String::with_capacity(template.len());
        let mut values = values.iter();
        for (number, literal) in template.split("{}").enumerate() {
            if number > 0 {
                let value = values.next().copied().unwrap_or_default();
                let host = url.split_once("://").map(|(_, behind)| behind);
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

    /// A URL where everything is served, operations with servers of their own included: a stand-in
    /// for the API, or a gateway before it.
    #[must_use]
    pub fn everywhere(url: impl Into<Self>) -> Self {
        Self { reach: Reach::Everywhere, ..url.into() }
    }

    /// This is the description's server of a position: operations with servers of their own are
    /// called there, unless a builder is told otherwise.
    #[must_use]
    pub fn listed(self, position: usize) -> Self {
        Self { reach: Reach::Listed(position), ..self }
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
        Self { url, reach: Reach::Unknown }
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
    /// Not shown if it may hold a password or a key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = if self.url.contains(['@', '?', '#']) { "[redacted]" } else { &self.url };
        f.debug_tuple("BaseUrl").field(&url).finish()
    }
}

/// A server that some operations have of their own (OpenAPI 3.0.4, "Operation Object", `servers`).
/// Generated code holds one constant for each.
///
/// Where the caller has given a base URL that is none of the description's, nothing is known of this
/// one, and the caller has to give it too: nothing that is meant for a vault reaches another host,
/// and nothing of one environment reaches another.
#[derive(Debug, Clone, Copy)]
pub struct OperationServer {
    setter: &'static str,
    urls: &'static [&'static str],
}

impl OperationServer {
    /// A server with the builder's method that sets it and its URLs: one for each of the
    /// description's servers, in their order, or one for all of them. A URL that begins with a slash
    /// is a path on the same host.
    #[must_use]
    pub const fn new(setter: &'static str, urls: &'static [&'static str]) -> Self {
        Self { setter, urls }
    }

    /// The builder's method that sets it.
    #[must_use]
    pub const fn setter(&self) -> &'static str {
        self.setter
    }
}

/// Where a client calls.
pub(crate) struct Servers {
    base: String,
    reach: Reach,
    own: Vec<(&'static str, String)>,
    allow_http: bool,
}

impl Servers {
    /// The servers that a builder was given, if calls may go there.
    pub(crate) fn new(
        base: BaseUrl,
        own: Vec<(&'static OperationServer, BaseUrl)>,
        allow_http: bool,
    ) -> Result<Self, BuildError> {
        let checked = |url: &BaseUrl| check(&url.url, allow_http).map_err(BuildError::BaseUrl);
        let own = own.iter().map(|(server, url)| Ok((server.setter, checked(url)?)));
        let own = own.collect::<Result<_, _>>()?;
        Ok(Self { base: checked(&base)?, reach: base.reach, own, allow_http })
    }

    /// The URL of operations without servers of their own, without a slash at the end.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The URL where an operation is called, without a slash at the end.
    pub(crate) fn of(&self, operation: &Operation) -> Result<String, RequestError> {
        let Some(server) = operation.server else { return Ok(self.base.clone()) };
        if let Some((_, url)) = self.own.iter().find(|(setter, _)| *setter == server.setter) {
            return Ok(url.clone());
        }
        let listed = match (self.reach, server.urls) {
            (Reach::Everywhere, _) => return Ok(self.base.clone()),
            (_, [path]) if path.starts_with('/') => Some(*path),
            (Reach::Listed(_), [url]) => Some(*url),
            (Reach::Listed(position), urls) => urls.get(position).copied(),
            (Reach::Unknown, _) => None,
        };
        let url = match listed {
            Some(path) if path.starts_with('/') => {
                let joined = Url::parse(&self.base).and_then(|base| base.join(path));
                joined.map_or_else(|_| path.to_owned(), String::from)
            }
            Some(url) => url.to_owned(),
            None => {
                let (name, setter) = (operation.name(), server.setter);
                return Err(RequestError(format!(
                    "`{name}` has a server of its own: give its URL with `ClientBuilder::{setter}`"
                )));
            }
        };
        check(&url, self.allow_http)
            .map_err(|why| RequestError(format!("the URL of the server of its own {why}")))
    }

    /// A URL for one call, without a slash at the end.
    pub(crate) fn other(&self, base: &BaseUrl) -> Result<String, RequestError> {
        check(&base.url, self.allow_http)
            .map_err(|why| RequestError(format!("the base URL of the call {why}")))
    }

    /// Whether everything that was given is on this machine itself.
    pub(crate) fn is_loopback(&self) -> bool {
        let mut all = std::iter::once(&self.base).chain(self.own.iter().map(|(_, url)| url));
        all.all(|url| Url::parse(url).is_ok_and(|url| is_loopback(&url)))
    }
}

/// The URL without a slash at the end, if calls may go there; otherwise what is wrong with it.
fn check(url: &str, allow_http: bool) -> Result<String, &'static str> {
    let steps_up = url.split('/').any(|segment| matches!(segment, "." | ".."));
    let url = Url::parse(url).map_err(|_| "is not a URL")?;
    let wrong = match url.scheme() {
        "https" => None,
        "http" if allow_http || is_loopback(&url) => None,
        "http" => Some("is `http:`; use `https:`, or `allow_http` if you have to"),
        _ => Some("is neither `https:` nor `http:`"),
    };
    let wrong = wrong.or_else(|| match () {
        () if !url.username().is_empty() || url.password().is_some() => {
            Some("holds a user name or a password")
        }
        () if url.query().is_some() || url.fragment().is_some() => {
            Some("holds a query or a fragment")
        }
        () if steps_up => Some("holds `.` or `..` between slashes"),
        () => None,
    });
    match wrong {
        Some(why) => Err(why),
        None => Ok(url.as_str().trim_end_matches('/').to_owned()),
    }
}

/// Whether the host is this machine itself (RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3).
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Method;

    #[test]
    fn a_server_variable_stays_in_its_place() {
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
            assert_eq!(BaseUrl::filled(template, &[value]).url, url);
        }
        let up = BaseUrl::filled("https://acme.test/v1/{}", &[".."]);
        assert_eq!(check(&up.url, false), Err("holds `.` or `..` between slashes"));
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

    fn of(base: BaseUrl, server: &'static OperationServer) -> Result<String, String> {
        let servers = Servers::new(base, Vec::new(), false).unwrap();
        servers.of(&operation(server)).map_err(|error| error.to_string())
    }

    #[test]
    fn an_operation_goes_to_its_own_server_only() {
        let listed = |position| BaseUrl::from("https://api.acme.test/v1").listed(position);
        assert_eq!(of(listed(0), &VAULT).unwrap(), "https://vault.acme.test");
        assert_eq!(of(listed(1), &VAULT).unwrap(), "https://vault.acme.dev");
        assert_eq!(of(listed(1), &STORE).unwrap(), "https://store.acme.test");
        assert_eq!(of(listed(1), &OLD).unwrap(), "https://api.acme.test/v0");
        let why = "the request was not sent: `create_card` has a server of its own: give its URL with \
                   `ClientBuilder::vault_server`";
        assert_eq!(of(listed(2), &VAULT).unwrap_err(), why);
        // Nothing says which environment this is.
        assert_eq!(of(BaseUrl::from("https://api.acme.test"), &VAULT).unwrap_err(), why);
        assert!(of(BaseUrl::from("https://gateway.test"), &STORE).is_err());
        assert_eq!(
            of(BaseUrl::from("https://gateway.test"), &OLD).unwrap(),
            "https://gateway.test/v0"
        );
    }

    #[test]
    fn a_url_can_be_given_for_each_server() {
        let base = BaseUrl::from("https://api.acme.test/").listed(0);
        let own = vec![(&VAULT, BaseUrl::from("http://127.0.0.1:1/"))];
        let servers = Servers::new(base, own, false).unwrap();
        assert_eq!(servers.of(&operation(&VAULT)).unwrap(), "http://127.0.0.1:1");
        assert_eq!(servers.of(&operation(&STORE)).unwrap(), "https://store.acme.test");
        assert_eq!(servers.base(), "https://api.acme.test");
        assert!(!servers.is_loopback());
        let everywhere = BaseUrl::everywhere("http://localhost:1");
        assert_eq!(of(everywhere, &STORE).unwrap(), "http://localhost:1");
        let own = vec![(&VAULT, BaseUrl::from("http://vault.test"))];
        assert!(Servers::new(BaseUrl::from("https://api.acme.test"), own, false).is_err());
    }
}
