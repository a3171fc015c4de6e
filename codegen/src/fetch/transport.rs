//! Sends requests with `ureq`.

use std::io::Read as _;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, SystemTime};

use ureq::config::Config;
use ureq::http::{HeaderMap, Uri};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use super::network::{Network, Request, Response, SendError, Validators};
use super::policy::Policy;

/// The maximum duration of connecting.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);

const ACCEPT: &str =
    "text/markdown, text/plain;q=0.9, application/yaml;q=0.9, application/json;q=0.9, */*;q=0.1";

/// The name and version in the header `User-Agent`.
const USER_AGENT: &str =
    concat!("docwright/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")");

/// Sends requests over HTTP and HTTPS, only to IP addresses that the policy allows.
#[derive(Debug)]
pub struct Transport {
    agent: Agent,
}

impl Transport {
    /// Creates it, with the maximum duration of a request. Unless private addresses are allowed, it uses the
    /// proxy that the environment sets.
    pub fn new(policy: Policy, timeout: Duration) -> Self {
        let mut config = Config::builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(USER_AGENT)
            .accept(ACCEPT)
            .timeout_connect(Some(timeout.min(CONNECT_TIMEOUT)))
            .timeout_global(Some(timeout));
        if policy.is_private() {
            config = config.proxy(None);
        }
        let resolver =
            PolicyResolver { policy: Arc::new(policy), inner: DefaultResolver::default() };
        let connector = DefaultConnector::default();
        Self { agent: Agent::with_parts(config.build(), connector, resolver) }
    }
}

impl Network for Transport {
    fn send(&self, request: &Request) -> Result<Response, SendError> {
        let mut builder = self.agent.get(request.url.as_str());
        let Validators { etag, last_modified } = &request.validators;
        if let Some(etag) = etag {
            builder = builder.header("if-none-match", etag);
        }
        if let Some(date) = last_modified {
            builder = builder.header("if-modified-since", date);
        }
        let (head, body) = builder.call().map_err(|error| send_error(&error))?.into_parts();
        let text = |name: &str| header(&head.headers, name);
        let mut response = Response {
            status: head.status.as_u16(),
            location: text("location"),
            retry_after: text("retry-after"),
            validators: Validators { etag: text("etag"), last_modified: text("last-modified") },
            body: Vec::new(),
        };
        if response.status == 200 {
            let mut reader = body.into_reader().take(request.max_bytes + 1);
            reader.read_to_end(&mut response.body).map_err(|error| {
                SendError::Temporary(format!("the response is incomplete: {error}"))
            })?;
            if response.body.len() as u64 > request.max_bytes {
                let message =
                    format!("the response is larger than {} MiB", request.max_bytes >> 20);
                return Err(SendError::Permanent(message));
            }
        }
        Ok(response)
    }

    fn wait(&self, duration: Duration) {
        thread::sleep(duration);
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

/// Returns a header that consists of visible ASCII characters and spaces.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().ok()?;
    (!value.is_empty() && value.len() <= 2_000).then(|| value.to_owned())
}

fn send_error(error: &Error) -> SendError {
    let message = error.to_string();
    match error {
        Error::Timeout(_)
        | Error::Io(_)
        | Error::ConnectionFailed
        | Error::HostNotFound
        | Error::Protocol(_)
        | Error::BodyStalled
        | Error::Rustls(_)
        | Error::ConnectProxyFailed(_) => SendError::Temporary(message),
        _ => SendError::Permanent(message),
    }
}

/// Resolves hosts, and rejects the addresses that the policy does not allow.
#[derive(Debug)]
struct PolicyResolver {
    policy: Arc<Policy>,
    inner: DefaultResolver,
}

impl Resolver for PolicyResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let resolved = self.inner.resolve(uri, config, timeout)?;
        let port = uri.port_u16().or_else(|| match uri.scheme_str() {
            Some("https") => Some(443),
            Some("http") => Some(80),
            _ => None,
        });
        // The environment sets the proxy, which may be on the local network.
        let is_proxy = config
            .proxy()
            .is_some_and(|proxy| uri.host() == Some(proxy.host()) && port == Some(proxy.port()));
        let mut result = self.empty();
        for address in resolved.iter().copied() {
            if !is_proxy {
                let checked = self.policy.check_address(address.ip());
                checked.map_err(|message| Error::Other(message.into()))?;
            }
            result.push(address);
        }
        Ok(result)
    }
}
