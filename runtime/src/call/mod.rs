//! A call before it is sent: the builder that the methods of a generated client fill in.

mod body;
pub(crate) mod client;
mod cookies;
pub(crate) mod hook;
pub(crate) mod idempotency;
mod key;
mod query;
pub(crate) mod server;
mod settings;

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, header};
use url::Url;

use crate::message::bodies::{Body, SelectedBody};
use crate::message::error::RequestError;
use crate::message::escape::Escape;
use crate::message::header_value::{CONNECTION, FRAMING, sensitive_value};
use crate::message::param::Style;
use crate::message::path;
use crate::message::request::PreparedRequest;
use crate::message::secrets::Secrets;
use crate::operation::Operation;
use crate::operation::setting::Setting;
use crate::retry::Retry;
use crate::validate::checks::ParameterChecks;
use crate::validate::failure::ValidationError;
use crate::wire::file::File;
use crate::wire::limit::RequestLocation;
use crate::wire::{Encode, View};
use body::{BodyValue, EmptyObject, body_text, encode_body, to_untyped};
use client::Client;
use cookies::add_cookies;
use idempotency::CallKey;
use server::BaseUrl;

/// A call of an operation, before it is sent. Errors while it is built are stored, and reported
/// when it is sent, before anything reaches the network.
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
    /// Values that are set in the body in addition.
    body_values: Vec<BodyValue>,
    media: usize,
    error: Option<RequestError>,
    pub(crate) anonymous: bool,
    /// The idempotency key, unless the caller sets one in a header.
    key: CallKey,
    /// The parameters that messages must not repeat.
    pub(crate) secrets: Secrets,
    /// Whether the caller marked the call as safe to repeat.
    pub(crate) is_idempotent: bool,
    /// The constraints that the parameters violate.
    checks: ParameterChecks,
    /// The settings without a value, unless the call sets one.
    missing: Vec<&'static Setting>,
}

/// The end of messages on values that can't be sent in a header (RFC 9110 §5.5).
const NOT_IN_HEADER: &str = "contains a character that is not allowed in a header";

/// The message on a URL that can't be parsed.
pub(crate) const INVALID_URL: &str = "the base URL and the path do not form a valid URL";

impl<'a> Call<'a> {
    /// Creates a call without parameters and body.
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
            body_values: Vec::new(),
            media: 0,
            error: None,
            anonymous: false,
            key: CallKey::new(operation),
            secrets: Secrets::default(),
            is_idempotent: operation.method.is_idempotent() || operation.repeatable,
            checks: ParameterChecks::default(),
            missing: Vec::new(),
        }
    }

    /// Sets a path parameter in the style `simple`.
    pub fn path(self, name: &'static str, value: &dyn Encode) -> Self {
        self.path_as(name, value, Style::SIMPLE)
    }

    /// Sets a path parameter. One with the same name is replaced.
    pub fn path_as(mut self, name: &'static str, value: &dyn Encode, style: Style) -> Self {
        self.checks.add(RequestLocation::Path, name, value, self.operation.limits);
        self.secrets.add_secret(value);
        match style.to_single_value(name, value, Escape::Url) {
            Ok(text) => {
                self.path.retain(|(other, _)| *other != name);
                self.path.push((name, text));
            }
            Err(error) => self.fail(format!("the path parameter `{name}`: {error}")),
        }
        self
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: &str, value: &dyn Encode, style: Style) -> Self {
        self.checks.add(RequestLocation::Query, name, value, self.operation.limits);
        self.secrets.add_secret(value);
        match style.to_pairs(name, value, Escape::Url) {
            Ok(pairs) => push_pairs(&mut self.query, "&", pairs),
            Err(error) => self.fail(format!("the query parameter `{name}`: {error}")),
        }
        self
    }

    /// Sets a header in the style `simple`. A header with the same name is replaced.
    pub fn header(self, name: &str, value: &dyn Encode) -> Self {
        self.header_as(name, value, Style::SIMPLE)
    }

    /// Sets a header. `null` is ignored; a header with the same name is replaced.
    pub fn header_as(mut self, name: &str, value: &dyn Encode, style: Style) -> Self {
        if matches!(value.view(), View::Null) {
            return self;
        }
        self.checks.add(RequestLocation::Header, name, value, self.operation.limits);
        self.secrets.add_secret(value);
        let header = style
            .to_single_value(name, value, Escape::Header)
            .map_err(|error| format!(": {error}"))
            .and_then(|text| sensitive_value(&text).ok_or(format!(" {NOT_IN_HEADER}")));
        match (HeaderName::try_from(name), header) {
            (Ok(name), _) if FRAMING.contains(&name) => {
                self.fail(format!(
                    "the header `{name}` can't be set: it is computed from the body"
                ));
            }
            (Ok(name), _) if CONNECTION.contains(&name) => {
                self.fail(format!("the header `{name}` can't be set: the HTTP client sets it"));
            }
            (Ok(name), Ok(value)) => drop(self.headers.insert(name, value)),
            (Err(_), _) => {
                self.fail(format!("`{}` is not a valid header name", name.escape_debug()));
            }
            (_, Err(reason)) => self.fail(format!("the value of the header `{name}`{reason}")),
        }
        self
    }

    /// Adds a cookie in the style `form`.
    pub fn cookie(mut self, name: &str, value: &dyn Encode, style: Style) -> Self {
        self.checks.add(RequestLocation::Cookie, name, value, self.operation.limits);
        self.secrets.add_secret(value);
        match style.to_pairs(name, value, Escape::Cookie) {
            Ok(pairs) => push_pairs(&mut self.cookies, "; ", pairs),
            Err(error) => self.fail(format!("the cookie `{name}`: {error}")),
        }
        self
    }

    /// Sets the body, encoded as the operation's first media type unless [`media`](Self::media)
    /// selects another one.
    pub fn body(mut self, body: &'a (dyn Encode + Sync)) -> Self {
        self.body = Body::Typed(body);
        self.with_key_of_body()
    }

    /// Sets a body that is an object without fields.
    pub fn empty_body(mut self) -> Self {
        self.body = Body::Typed(&EmptyObject);
        self.with_key_of_body()
    }

    /// Sets a body of bytes, sent unchanged.
    pub fn body_bytes(mut self, body: impl Into<File>) -> Self {
        self.body = Body::File(body.into());
        self.with_key_of_body()
    }

    /// Sets a body in one of the operation's media types. `B` is the operation's enum of bodies.
    pub fn body_in<B: Into<SelectedBody<'a>>>(self, body: impl Into<B>) -> Self {
        let SelectedBody { body, media } = body.into().into();
        Self { body, media, ..self }.with_key_of_body()
    }

    /// Sets a value in the body, at a path of field names. The rest of the body is sent as it is set,
    /// with all digits of its numbers.
    pub fn body_value(mut self, path: &'static [&'static str], value: &dyn Encode) -> Self {
        match to_untyped(value) {
            Ok(value) => {
                self.body_values.retain(|(set, _)| *set != path);
                self.body_values.push((path, value));
            }
            Err(error) => self.error = self.error.take().or(Some(error)),
        }
        self
    }

    /// Selects the media type of the body: an index into the operation's media types.
    pub fn media(mut self, index: usize) -> Self {
        self.media = index;
        self
    }

    /// Sends none of the client's credentials, even if the operation requires some.
    pub(crate) fn without_credentials(mut self) -> Self {
        self.anonymous = true;
        self
    }

    /// Overrides the client's timeout for this call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Overrides the client's retry policy for this call.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Overrides the server of the client or operation for this call; only the path is the
    /// operation's. The credentials are sent to this server too.
    pub fn base_url(mut self, url: impl Into<BaseUrl>) -> Self {
        self.base = Some(url.into());
        self
    }

    /// Validates the parameters and the body against the documented constraints.
    ///
    /// # Errors
    /// If a value violates a documented constraint. Never without the feature `validate`.
    pub(crate) fn check(&self) -> Result<(), ValidationError> {
        let body = self.typed_body().map(|body| body as &dyn Encode);
        self.checks.finish(body, self.operation.limits)
    }

    /// Returns the body, unless it is bytes.
    pub(crate) fn typed_body(&self) -> Option<&'a (dyn Encode + Sync)> {
        match &self.body {
            Body::Typed(body) => Some(*body),
            Body::None | Body::File(_) => None,
        }
    }

    /// Copies the call for a page of a list. Only the first page has the caller's idempotency key: with
    /// the same key, a server would return the same page.
    pub(crate) fn clone_for_page(&self, is_first: bool) -> Self {
        let mut headers = self.headers.clone();
        if !is_first {
            idempotency::remove_keys(self.operation, &mut headers);
        }
        Self {
            path: self.path.clone(),
            query: self.query.clone(),
            headers,
            cookies: self.cookies.clone(),
            // Bytes are not a list's parameters: such operations have no pages.
            body: if let Body::Typed(body) = self.body { Body::Typed(body) } else { Body::None },
            body_values: self.body_values.clone(),
            base: self.base.clone(),
            error: self.error.clone(),
            secrets: self.secrets.clone(),
            key: match is_first {
                true => self.key.clone(),
                false => CallKey::new(self.operation),
            },
            checks: self.checks.clone(),
            missing: self.missing.clone(),
            ..*self
        }
    }

    /// Returns the string or number at a path of the body.
    pub(crate) fn body_text(&self, path: &[&str]) -> Option<String> {
        body_text(&self.body, &self.body_values, path)
    }

    /// Stores an error. The first one is reported.
    fn fail(&mut self, message: String) {
        self.error.get_or_insert_with(|| RequestError::parameter(message));
    }

    /// Builds the request.
    pub(crate) fn prepare(self) -> Result<PreparedRequest, RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        if let Some(setting) = self.missing_setting() {
            return Err(RequestError::parameter(format!(
                "`{0}` is not set: call `.{0}(…)` on the client's builder or on the request",
                setting.name()
            )));
        }
        let url = self.url()?;
        let (operation, mut headers, mut body_values) =
            (self.operation, self.headers, self.body_values);
        let key = self.key.apply(operation, &mut headers, &self.body, &mut body_values)?;
        let mut set_default = |name: HeaderName, value: HeaderValue| {
            headers.entry(name).or_insert(value);
        };
        set_default(header::USER_AGENT, self.client.0.user_agent.clone());
        if let Some(accept) = operation.accept {
            set_default(header::ACCEPT, HeaderValue::from_static(accept));
        }
        let body = encode_body(operation, self.media, self.body, &body_values)?;
        if let Some((content_type, _)) = &body {
            let value = HeaderValue::try_from(content_type.as_ref());
            let invalid_type =
                |_| RequestError::body("the media type of the body is not valid".to_owned());
            set_default(header::CONTENT_TYPE, value.map_err(invalid_type)?);
        }
        add_cookies(&mut headers, self.cookies)?;
        let body = body.map(|(_, payload)| payload.joined());
        Ok(PreparedRequest { method: operation.method.into(), url, headers, body, key })
    }

    /// Returns the URL of the request.
    pub(crate) fn url(&self) -> Result<Url, RequestError> {
        let mut url = self.client.operation_url(self.operation, self.base.as_ref())?;
        url.push_str(&path::fill_template(self.operation.path, &self.path)?);
        if !self.query.is_empty() {
            // The template may contain a query.
            url.push(if self.operation.path.contains('?') { '&' } else { '?' });
            url.push_str(&self.query);
        }
        Url::parse(&url).map_err(|_| RequestError::url(INVALID_URL.to_owned()))
    }
}

impl fmt::Debug for Call<'_> {
    /// Shows only the operation: any value may be a credential.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.name)
            .field("method", &self.operation.method)
            .field("path", &self.operation.path)
            .finish_non_exhaustive()
    }
}

/// Appends encoded `name=value` pairs.
fn push_pairs(to: &mut String, separator: &str, pairs: Vec<(String, String)>) {
    for (name, value) in pairs {
        if !to.is_empty() {
            to.push_str(separator);
        }
        to.push_str(&name);
        to.push('=');
        to.push_str(&value);
    }
}

#[cfg(test)]
mod tests;
