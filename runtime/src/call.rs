//! A call that has not been sent: what the methods of a generated client fill in.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use url::Url;

use crate::bodies::{Body, ChosenBody};
use crate::client::Client;
use crate::error::RequestError;
use crate::escape::Escape;
use crate::file::File;
use crate::operation::Operation;
use crate::param::Style;
use crate::path;
use crate::payload::Payload;
use crate::retry::Retry;
use crate::server::BaseUrl;
use crate::wire::Encode;

/// A call of an operation. What goes wrong while it is put together is kept and reported when it is
/// sent, before anything leaves.
#[must_use = "nothing is sent until the request is awaited"]
pub struct Call<'a> {
    pub(crate) client: &'a Client,
    pub(crate) operation: &'static Operation,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<Retry>,
    base: Option<BaseUrl>,
    path: Vec<(&'static str, String)>,
    query: String,
    headers: HeaderMap,
    cookies: String,
    body: Body<'a>,
    media: usize,
    problem: Option<RequestError>,
    pub(crate) anonymous: bool,
    /// What is wrong with the parameters.
    #[cfg(feature = "validate")]
    violations: Vec<crate::Violation>,
}

/// Headers that frame the message (RFC 9112 §6): one that differs from the body would hide another
/// request in it.
const FRAMING: [HeaderName; 2] = [header::CONTENT_LENGTH, header::TRANSFER_ENCODING];

/// A request with its exact bytes.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) method: http::Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Payload>,
}

impl<'a> Call<'a> {
    /// A call without parameters and body.
    pub fn new(client: &'a Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            timeout: None,
            retry: None,
            base: None,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: Body::None,
            media: 0,
            problem: None,
            anonymous: false,
            #[cfg(feature = "validate")]
            violations: Vec::new(),
        }
    }

    /// A path parameter of style `simple`.
    pub fn path(self, name: &'static str, value: &dyn Encode) -> Self {
        self.path_as(name, value, Style::SIMPLE)
    }

    /// A path parameter.
    pub fn path_as(mut self, name: &'static str, value: &dyn Encode, style: Style) -> Self {
        #[cfg(feature = "validate")]
        self.check(crate::RequestLocation::Path, name, value);
        match style.text(name, value, Escape::Url) {
            Ok(text) => self.path.push((name, text)),
            Err(error) => self.fail(format!("the path parameter `{name}`: {error}")),
        }
        self
    }

    /// A query parameter.
    pub fn query(mut self, name: &str, value: &dyn Encode, style: Style) -> Self {
        #[cfg(feature = "validate")]
        self.check(crate::RequestLocation::Query, name, value);
        match style.pairs(name, value, Escape::Url) {
            Ok(pairs) => join(&mut self.query, "&", pairs),
            Err(error) => self.fail(format!("the query parameter `{name}`: {error}")),
        }
        self
    }

    /// A header of style `simple`. A header of the same name is replaced.
    pub fn header(self, name: &str, value: &dyn Encode) -> Self {
        self.header_as(name, value, Style::SIMPLE)
    }

    /// A header. `null` leaves it out; a header of the same name is replaced.
    pub fn header_as(mut self, name: &str, value: &dyn Encode, style: Style) -> Self {
        if matches!(value.view(), crate::wire::View::Null) {
            return self;
        }
        #[cfg(feature = "validate")]
        self.check(crate::RequestLocation::Header, name, value);
        let header = style
            .text(name, value, Escape::Header)
            .map_err(|error| error.to_string())
            .and_then(|text| sensitive(&text).ok_or("it can't be sent in a header".to_owned()));
        match (HeaderName::try_from(name), header) {
            (Ok(name), _) if FRAMING.contains(&name) => {
                self.fail(format!("the header `{name}` is the transport's own"));
            }
            (Ok(name), Ok(value)) => drop(self.headers.insert(name, value)),
            (Err(_), _) => self.fail("a header's name is none".to_owned()),
            (_, Err(why)) => self.fail(format!("the value of the header `{name}`: {why}")),
        }
        self
    }

    /// A cookie of style `form`.
    pub fn cookie(mut self, name: &str, value: &dyn Encode, style: Style) -> Self {
        #[cfg(feature = "validate")]
        self.check(crate::RequestLocation::Cookie, name, value);
        match style.pairs(name, value, Escape::Cookie) {
            Ok(pairs) => join(&mut self.cookies, "; ", pairs),
            Err(error) => self.fail(format!("the cookie `{name}`: {error}")),
        }
        self
    }

    /// The body, written as the operation's first media type unless [`media`](Self::media) says
    /// another.
    pub fn body(mut self, body: &'a (dyn Encode + Sync)) -> Self {
        self.body = Body::Typed(body);
        self
    }

    /// A body of bytes that are sent as they are.
    pub fn body_bytes(mut self, body: impl Into<File>) -> Self {
        self.body = Body::File(body.into());
        self
    }

    /// A body in one of the operation's media types; `B` is the operation's enum of bodies.
    pub fn body_in<B: Into<ChosenBody<'a>>>(self, body: impl Into<B>) -> Self {
        let ChosenBody { body, media } = body.into().into();
        Self { body, media, ..self }
    }

    /// Which of the operation's media types the body is written as.
    pub fn media(mut self, index: usize) -> Self {
        self.media = index;
        self
    }

    /// Attaches no credential of the client, whatever the operation asks for.
    pub(crate) fn without_credentials(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// How long this call may take, whatever the client's own limit is.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// How this call is repeated, whatever the client's own policy is.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Where this call goes, whatever server the client or the operation has: nothing but the path is
    /// the operation's. The credentials go there too.
    pub fn base_url(mut self, url: impl Into<BaseUrl>) -> Self {
        self.base = Some(url.into());
        self
    }

    /// The idempotency key of this call, the same for all of its attempts. Without it, one is made
    /// for an operation that takes one.
    pub fn idempotency_key(mut self, key: &str) -> Self {
        match self.operation.idempotency.first() {
            Some(name) => self.header(name, &key),
            None => {
                self.fail("the operation takes no idempotency key".to_owned());
                self
            }
        }
    }

    /// Notes what is wrong with a parameter.
    #[cfg(feature = "validate")]
    fn check(&mut self, location: crate::RequestLocation, name: &str, value: &dyn Encode) {
        let found = crate::validate::parameter(location, name, value, self.operation.limits);
        if location == crate::RequestLocation::Header {
            // A header of the same name is replaced.
            self.violations.retain(|old| !old.is_of_header(name));
        }
        self.violations.extend(found);
    }

    /// Checks the parameters and the body: what the description says of them, and nothing else.
    ///
    /// # Errors
    /// If a value is not what the description asks for.
    #[cfg(feature = "validate")]
    pub fn validate(&self) -> Result<(), crate::Invalid> {
        let mut violations = self.violations.clone();
        if let Body::Typed(body) = &self.body {
            violations.extend(crate::validate::body(*body, self.operation.limits));
        }
        crate::Invalid::of(violations)
    }

    /// The same call once more, but for its body: pages are read with none.
    pub(crate) fn again(&self) -> Self {
        Self {
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            cookies: self.cookies.clone(),
            body: Body::None,
            base: self.base.clone(),
            problem: self.problem.clone(),
            #[cfg(feature = "validate")]
            violations: self.violations.clone(),
            ..*self
        }
    }

    /// The decoded value of a query parameter that is set.
    pub(crate) fn query_value(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(given, _)| given == name).map(|(_, value)| value.into_owned())
    }

    /// With one value for a query parameter, whatever it had before.
    pub(crate) fn with_query_value(mut self, name: &str, value: &str) -> Self {
        let is_it = |pair: &&str| {
            form_urlencoded::parse(pair.as_bytes()).next().is_some_and(|(given, _)| given == name)
        };
        let others: Vec<&str> = self.query.split('&').filter(|pair| !is_it(pair)).collect();
        self.query = others.join("&");
        self.query(name, &value, Style::FORM)
    }

    /// With this query, which is encoded already.
    pub(crate) fn with_query(self, query: String) -> Self {
        Self { query, ..self }
    }

    /// Keeps the first thing that went wrong.
    fn fail(&mut self, what: String) {
        self.problem.get_or_insert(RequestError(what));
    }

    /// The request to the last byte.
    pub(crate) fn prepare(self) -> Result<Prepared, RequestError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let url = self.url()?;
        let mut headers = self.headers;
        let mut default = |name: HeaderName, value: HeaderValue| {
            headers.entry(name).or_insert(value);
        };
        default(header::USER_AGENT, self.client.0.user_agent.clone());
        if let Some(accept) = self.operation.accept {
            default(header::ACCEPT, HeaderValue::from_static(accept));
        }
        let body = content(self.operation, self.media, self.body)?;
        if let Some((content_type, _)) = &body {
            let value = HeaderValue::try_from(content_type.as_ref());
            let no_type = |_| RequestError("the body's media type is none".to_owned());
            default(header::CONTENT_TYPE, value.map_err(no_type)?);
        }
        add_cookies(&mut headers, self.cookies)?;
        let body = body.map(|(_, payload)| payload);
        Ok(Prepared { method: self.operation.method.into(), url, headers, body })
    }

    /// Where it goes.
    pub(crate) fn url(&self) -> Result<Url, RequestError> {
        let mut url = self.client.url_of(self.operation, self.base.as_ref())?;
        url.push_str(&path::fill(self.operation.path, &self.path)?);
        if !self.query.is_empty() {
            // A template may hold a query of its own.
            url.push(if self.operation.path.contains('?') { '&' } else { '?' });
            url.push_str(&self.query);
        }
        Url::parse(&url).map_err(|_| RequestError("the URL is none".to_owned()))
    }
}

/// The body with its `Content-Type`.
fn content(
    operation: &Operation,
    media: usize,
    body: Body<'_>,
) -> Result<Option<(Cow<'static, str>, Payload)>, RequestError> {
    let body: &dyn Encode = match &body {
        Body::None => return Ok(None),
        Body::Typed(body) => *body,
        Body::File(file) => file,
    };
    let media = operation.media.get(media);
    let no_media = || RequestError("the operation has no such media type".to_owned());
    let written = media.ok_or_else(no_media)?.write(body);
    written.map(Some).map_err(|error| RequestError(format!("the body: {error}")))
}

/// Puts cookies behind those that a `Cookie` header of the caller's holds: there is one such header
/// (RFC 6265 §5.4).
fn add_cookies(headers: &mut HeaderMap, mut cookies: String) -> Result<(), RequestError> {
    if cookies.is_empty() {
        return Ok(());
    }
    if let Some(own) = headers.get(header::COOKIE) {
        let own = own.to_str().ok().map(|own| own.trim_end_matches([';', ' ']));
        if let Some(own) = own.filter(|own| !own.is_empty()) {
            cookies = format!("{own}; {cookies}");
        }
    }
    let cookies = sensitive(&cookies).ok_or(RequestError("a cookie can't be sent".to_owned()))?;
    headers.insert(header::COOKIE, cookies);
    Ok(())
}

impl fmt::Debug for Call<'_> {
    /// Names the operation: every value may be a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.name)
            .field("method", &self.operation.method)
            .field("path", &self.operation.path)
            .finish_non_exhaustive()
    }
}

fn join(to: &mut String, separator: &str, pairs: Vec<(String, String)>) {
    for (name, value) in pairs {
        if !to.is_empty() {
            to.push_str(separator);
        }
        to.push_str(&name);
        to.push('=');
        to.push_str(&value);
    }
}

/// A header's value (RFC 9110 §5.5), not shown by `Debug`.
pub(crate) fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_bytes(text.as_bytes()).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests;
