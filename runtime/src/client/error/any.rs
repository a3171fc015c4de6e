//! The errors of all operations as one type.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;

use super::Error;
use crate::message::responses::NoTypedError;

/// The error of any operation, to which `?` converts: everything but the typed body.
///
/// ```
/// use docwright_runtime::{AnyError, Call, Client, Method, NoTypedError, Operation};
///
/// static PING: Operation = Operation::new("ping", Method::Get, "/ping");
///
/// async fn ping(client: &Client) -> Result<(), AnyError> {
///     Call::new(client, &PING).empty::<NoTypedError>().await?;
///     Ok(())
/// }
///
/// fn describe(error: &AnyError) -> String {
///     format!("{:?} {:?} {:?}", error.status(), error.code_str(), error.message())
/// }
/// ```
pub struct AnyError(Error<NoTypedError>);

impl<E> Error<E> {
    /// Converts to the error type that all operations share. The typed body is dropped; its code and
    /// message remain.
    #[must_use]
    pub fn erase(self) -> AnyError {
        AnyError(match self {
            Self::Request(error) => Error::Request(error),
            Self::Validation(error) => Error::Validation(error),
            Self::Token(error) => Error::Token(error),
            Self::Transport(error) => Error::Transport(error),
            Self::Status(response) => Error::Status(response.map(|response| response.erase())),
            Self::Decode(response) => Error::Decode(response),
            Self::UnexpectedSuccess(response) => Error::UnexpectedSuccess(response),
            Self::RepeatedPage(response) => Error::RepeatedPage(response),
        })
    }
}

impl<E> From<Error<E>> for AnyError {
    fn from(error: Error<E>) -> Self {
        error.erase()
    }
}

impl Deref for AnyError {
    type Target = Error<NoTypedError>;

    fn deref(&self) -> &Error<NoTypedError> {
        &self.0
    }
}

impl fmt::Debug for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl StdError for AnyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
