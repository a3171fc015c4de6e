//! Building a client from environment variables.

use std::env::VarError;

use super::builder::{BuildError, ClientBuilder};
use crate::auth::Credentials;
use crate::call::client::Client;
use crate::call::server::BaseUrl;
use crate::operation::Scheme;
use crate::operation::scheme::EVERY_CALL;
use crate::wire::secret::Secret;

/// The environment variables that a client is built from. A variable with an empty value counts as
/// not set.
///
/// ```
/// use docwright_runtime::{EVERY_CALL, EnvCredential, Environment};
///
/// static ENVIRONMENT: Environment =
///     Environment::new("ACME_BASE_URL", &[EnvCredential::key(&EVERY_CALL, "ACME_TOKEN")]);
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Environment {
    base_url: &'static str,
    credentials: &'static [EnvCredential],
}

/// The environment variables with the credentials of a security scheme.
#[derive(Debug, Clone, Copy)]
pub struct EnvCredential {
    scheme: &'static Scheme,
    variables: Variables,
}

#[derive(Debug, Clone, Copy)]
enum Variables {
    Key(&'static str),
    User(&'static str, &'static str),
    Client(&'static str, &'static str),
}

impl EnvCredential {
    /// Creates the variable of an API key or a bearer token.
    #[must_use]
    pub const fn key(scheme: &'static Scheme, variable: &'static str) -> Self {
        Self { scheme, variables: Variables::Key(variable) }
    }

    /// Creates the variables of a user name and a password.
    #[must_use]
    pub const fn user(scheme: &'static Scheme, name: &'static str, password: &'static str) -> Self {
        Self { scheme, variables: Variables::User(name, password) }
    }

    /// Creates the variables of a client id and a client secret, which a token is requested with.
    #[must_use]
    pub const fn client(scheme: &'static Scheme, id: &'static str, secret: &'static str) -> Self {
        Self { scheme, variables: Variables::Client(id, secret) }
    }
}

/// Returns the value of an environment variable.
type Lookup<'a> = &'a dyn Fn(&str) -> Result<String, VarError>;

impl Environment {
    /// Creates the variables: the one of the base URL, and those of the credentials.
    #[must_use]
    pub const fn new(base_url: &'static str, credentials: &'static [EnvCredential]) -> Self {
        Self { base_url, credentials }
    }

    /// Creates a builder with the base URL and the credentials of the environment. `new` creates it
    /// for a server, which is `default` if the variable of the base URL is not set.
    ///
    /// # Errors
    /// If the base URL is not set and there is no default, if no credentials are set, or only a part
    /// of them, or if a value is not valid Unicode.
    pub fn builder<C: From<Client>>(
        &self,
        default: Option<BaseUrl>,
        new: impl FnOnce(BaseUrl) -> ClientBuilder<C>,
    ) -> Result<ClientBuilder<C>, BuildError> {
        self.builder_with(default, new, &|name| std::env::var(name))
    }

    fn builder_with<C: From<Client>>(
        &self,
        default: Option<BaseUrl>,
        new: impl FnOnce(BaseUrl) -> ClientBuilder<C>,
        lookup: Lookup<'_>,
    ) -> Result<ClientBuilder<C>, BuildError> {
        let server = read(self.base_url, lookup)?.map(BaseUrl::from).or(default);
        let mut builder = new(server.ok_or_else(|| not_set(&format!("`{}`", self.base_url)))?);
        // Without schemes in the document, the API may need no credentials.
        let is_declared = |it: &EnvCredential| it.scheme.name() != EVERY_CALL.name();
        let mut has_credentials = !self.credentials.iter().any(is_declared);
        for credential in self.credentials {
            if let Some(credentials) = credential.read(lookup)? {
                builder = builder.set_credentials(credential.scheme, credentials);
                has_credentials = true;
            }
        }
        if has_credentials {
            return Ok(builder);
        }
        let names = self.credentials.iter().map(|credential| match credential.variables {
            Variables::Key(name) => format!("`{name}`"),
            Variables::User(one, other) | Variables::Client(one, other) => {
                format!("`{one}` and `{other}`")
            }
        });
        Err(not_set(&names.collect::<Vec<_>>().join(", or ")))
    }
}

impl EnvCredential {
    /// Returns the credentials, if their variables are set.
    fn read(&self, lookup: Lookup<'_>) -> Result<Option<Credentials>, BuildError> {
        let pair = |one, other| match (read(one, lookup)?, read(other, lookup)?) {
            (Some(first), Some(second)) => Ok(Some((first, Secret::from(second)))),
            (None, None) => Ok(None),
            (None, _) => Err(not_set(&format!("`{one}`"))),
            (_, None) => Err(not_set(&format!("`{other}`"))),
        };
        Ok(match self.variables {
            Variables::Key(name) => read(name, lookup)?.map(Credentials::key),
            Variables::User(name, password) => {
                pair(name, password)?.map(|(name, password)| Credentials::user(name, password))
            }
            Variables::Client(id, secret) => {
                pair(id, secret)?.map(|(id, secret)| Credentials::client(id, secret))
            }
        })
    }
}

/// Returns the value of a variable, if it is set.
fn read(name: &str, lookup: Lookup<'_>) -> Result<Option<String>, BuildError> {
    match lookup(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => {
            Err(BuildError::Environment(format!("`{name}` is not valid Unicode")))
        }
    }
}

fn not_set(names: &str) -> BuildError {
    BuildError::Environment(format!("{names} is not set"))
}

#[cfg(test)]
mod tests {
    use super::*;

    static KEY: Scheme = Scheme::header("Key", "X-Key", "key");
    static LOGIN: Scheme = Scheme::basic("Login", "login");
    static ENVIRONMENT: Environment = Environment::new(
        "ACME_BASE_URL",
        &[
            EnvCredential::key(&KEY, "ACME_KEY"),
            EnvCredential::user(&LOGIN, "ACME_USER", "ACME_PW"),
        ],
    );

    /// Builds a client with these variables, and returns its base URL.
    fn base_url(default: Option<&str>, set: &[(&str, &str)]) -> Result<String, String> {
        let lookup = |name: &str| match set.iter().find(|(variable, _)| *variable == name) {
            Some((_, value)) => Ok((*value).to_owned()),
            None => Err(VarError::NotPresent),
        };
        let new = ClientBuilder::<Client>::new;
        let builder = ENVIRONMENT.builder_with(default.map(BaseUrl::from), new, &lookup);
        let client = builder.and_then(ClientBuilder::build).map_err(|error| error.to_string())?;
        Ok(client.base_url().to_owned())
    }

    #[test]
    fn clients_are_built_from_environment_variables() {
        let key = ("ACME_KEY", "secret");
        let other = ("ACME_BASE_URL", "https://other.acme.test");
        let default = Some("https://api.acme.test");
        assert_eq!(base_url(default, &[key]).unwrap(), "https://api.acme.test");
        assert_eq!(base_url(default, &[key, other]).unwrap(), "https://other.acme.test");
        let user = [("ACME_USER", "ada"), ("ACME_PW", "secret")];
        assert_eq!(base_url(default, &user).unwrap(), "https://api.acme.test");
    }

    #[test]
    fn missing_variables_are_named() {
        let default = Some("https://api.acme.test");
        for (default, set, message) in [
            (None, vec![("ACME_KEY", "k")], "environment: `ACME_BASE_URL` is not set"),
            (default, vec![], "environment: `ACME_KEY`, or `ACME_USER` and `ACME_PW` is not set"),
            (default, vec![("ACME_USER", "ada")], "environment: `ACME_PW` is not set"),
            (
                default,
                vec![("ACME_PW", "secret"), ("ACME_KEY", "")],
                "environment: `ACME_USER` is not set",
            ),
        ] {
            assert_eq!(base_url(default, &set).unwrap_err(), message);
        }
    }
}
