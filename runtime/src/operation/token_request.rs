//! Token requests. Vendors deviate from RFC 6749 §4.4, so the request is fully configurable.

use serde_json::{Map, Value};

use super::Operation;
use crate::wire::Node;

/// The operation that returns a token for a client id and a client secret, and the format of its
/// request and response. By default, the id and the secret are sent in the `Authorization` header
/// (RFC 6749 §2.3.1), the body is empty, and the response is that of RFC 6749 §5.1.
///
/// ```
/// use docwright_runtime::{Media, Method, Operation, TokenRequest};
///
/// static CREATE_TOKEN: Operation = Operation::new("create_token", Method::Post, "/token")
///     .body(&[Media::JSON, Media::FORM]);
/// static TOKEN: TokenRequest = TokenRequest::new(&CREATE_TOKEN)
///     .media(1)
///     .client("clientId", "clientSecret")
///     .constants(&[("grant_type", "client_credentials")])
///     .token(&["content", "token"])
///     .lifetime(&["content", "expiresIn"]);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct TokenRequest {
    pub(crate) operation: &'static Operation,
    pub(crate) media: usize,
    pub(crate) client: Option<(&'static str, &'static str)>,
    pub(crate) basic_encoding: BasicEncoding,
    constants: &'static [(&'static str, &'static str)],
    pub(crate) id_header: Option<&'static str>,
    token: &'static [&'static str],
    lifetime: &'static [&'static str],
}

/// How the client's id and secret are encoded in the `Authorization` header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BasicEncoding {
    /// Both are form-encoded (RFC 6749 §2.3.1).
    Form,
    /// Both are sent unchanged (RFC 7617 §2).
    Plain,
}

impl TokenRequest {
    /// Creates a token request that calls this operation.
    #[must_use]
    pub const fn new(operation: &'static Operation) -> Self {
        Self {
            operation,
            media: 0,
            client: None,
            basic_encoding: BasicEncoding::Form,
            constants: &[],
            id_header: None,
            token: &["access_token"],
            lifetime: &["expires_in"],
        }
    }

    /// Sets the media type of the body: an index into the operation's media types.
    #[must_use]
    pub const fn media(mut self, index: usize) -> Self {
        self.media = index;
        self
    }

    /// Sends the id and the secret in these fields of the body.
    #[must_use]
    pub const fn client(mut self, id: &'static str, secret: &'static str) -> Self {
        self.client = Some((id, secret));
        self
    }

    /// Sends the id and the secret in the `Authorization` header unchanged. By default, both are
    /// form-encoded first (RFC 6749 §2.3.1), which many servers do not decode.
    #[must_use]
    pub const fn plain_basic(mut self) -> Self {
        self.basic_encoding = BasicEncoding::Plain;
        self
    }

    /// Adds fields with constant values to the body.
    #[must_use]
    pub const fn constants(mut self, constants: &'static [(&'static str, &'static str)]) -> Self {
        self.constants = constants;
        self
    }

    /// Sends the client id in this header, next to the token, in every authenticated request.
    #[must_use]
    pub const fn id_header(mut self, header: &'static str) -> Self {
        self.id_header = Some(header);
        self
    }

    /// Sets the path of the token in the response.
    #[must_use]
    pub const fn token(mut self, path: &'static [&'static str]) -> Self {
        self.token = path;
        self
    }

    /// Sets the path of the lifetime in seconds in the response. A token without a lifetime is used
    /// until the server rejects it.
    #[must_use]
    pub const fn lifetime(mut self, path: &'static [&'static str]) -> Self {
        self.lifetime = path;
        self
    }

    /// Builds the body of the request. `fields` are those that the caller sets.
    pub(crate) fn body(&self, id: &str, secret: &str, fields: &[(&'static str, String)]) -> Value {
        let set = fields.iter().map(|(key, text)| (*key, text.as_str()));
        let client = self.client.map(|(id_key, secret_key)| [(id_key, id), (secret_key, secret)]);
        let fields = self.constants.iter().copied().chain(client.into_iter().flatten());
        let fields = fields.chain(set);
        let fields = fields.map(|(key, text)| (key.to_owned(), Value::String(text.to_owned())));
        Value::Object(fields.collect::<Map<_, _>>())
    }

    /// Returns the token in a response, or the path where it is missing.
    pub(crate) fn token_in<'t>(&self, response: Node<'t>) -> Result<&'t str, String> {
        let found = value_at(response, self.token).and_then(Node::as_str);
        found.filter(|text| !text.is_empty()).ok_or_else(|| self.token.join("."))
    }

    /// Returns the lifetime in a response, in seconds. Some servers send numbers as strings.
    pub(crate) fn lifetime_in(&self, response: Node<'_>) -> Option<f64> {
        value_at(response, self.lifetime)?.string_or_number()?.trim().parse().ok()
    }
}

fn value_at<'t>(value: Node<'t>, path: &[&str]) -> Option<Node<'t>> {
    path.iter().try_fold(value, |value, key| value.field(key))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Method;
    use crate::wire::read_json;

    static CREATE: Operation = Operation::new("create", Method::Post, "/token");

    #[test]
    fn body_has_the_configured_fields() {
        let request = TokenRequest::new(&CREATE)
            .client("clientId", "clientSecret")
            .constants(&[("grant_type", "client_credentials")]);
        let mut body =
            json!({"grant_type": "client_credentials", "clientId": "i", "clientSecret": "s"});
        assert_eq!(request.body("i", "s", &[]), body);
        body["scope"] = "a b".into();
        assert_eq!(request.body("i", "s", &[("scope", "a b".to_owned())]), body);
        assert_eq!(TokenRequest::new(&CREATE).body("i", "s", &[]), json!({}));
    }

    #[test]
    fn token_and_lifetime_are_read_at_the_configured_paths() {
        let request = TokenRequest::new(&CREATE).token(&["c", "id"]).lifetime(&["c", "in"]);
        for (response, token, lifetime) in [
            (r#"{"c": {"id": "t", "in": 3600}}"#, Ok("t"), Some(3600.0)),
            (r#"{"c": {"id": "t", "in": "60.5"}}"#, Ok("t"), Some(60.5)),
            (r#"{"c": {"id": "t", "in": 1e400}}"#, Ok("t"), Some(f64::INFINITY)),
            (r#"{"c": {"id": "t", "in": null}}"#, Ok("t"), None),
            (r#"{"c": {"id": null}}"#, Err("c.id".to_owned()), None),
            (r#"{"c": {"id": ""}}"#, Err("c.id".to_owned()), None),
            (r#"{"c": {"id": "t", "id": "u"}}"#, Err("c.id".to_owned()), None),
            ("[]", Err("c.id".to_owned()), None),
        ] {
            let tape = read_json(response.as_bytes()).unwrap();
            assert_eq!(request.token_in(tape.root()), token);
            assert_eq!(request.lifetime_in(tape.root()), lifetime);
        }
    }
}
