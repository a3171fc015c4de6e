//! The error of a page.

use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;

use crate::client::error::Error;
use crate::message::responses::ResponseEnum;

/// The error of a page, and which page it was. It dereferences to the [`Error`], and `?` converts it
/// into that.
pub struct PageError<E> {
    pub(super) number: u64,
    pub(super) cursor: Option<String>,
    pub(super) error: Error<E>,
}

impl<E> PageError<E> {
    /// Returns the number of the page in the stream, counted from 1. It is the page after those that were
    /// returned: if the server's link or cursor for it is missing or invalid, it was not requested.
    #[must_use]
    pub fn page(&self) -> u64 {
        self.number
    }

    /// Returns the cursor, page number, offset or URL that the page was requested with; `None` if the
    /// request did not contain one, or the page was not requested. `pages_from` and `items_from` continue
    /// from there. It is not printed, because it may contain personal data.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Returns what failed.
    #[must_use]
    pub fn error(&self) -> &Error<E> {
        &self.error
    }

    /// Returns what failed, by value.
    #[must_use]
    pub fn into_error(self) -> Error<E> {
        self.error
    }
}

impl<E> Deref for PageError<E> {
    type Target = Error<E>;

    fn deref(&self) -> &Error<E> {
        &self.error
    }
}

impl<E> From<PageError<E>> for Error<E> {
    fn from(error: PageError<E>) -> Self {
        error.error
    }
}

impl<E> fmt::Debug for PageError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("PageError");
        out.field("page", &self.number).field("error", &self.error).finish_non_exhaustive()
    }
}

impl<E: ResponseEnum> fmt::Display for PageError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page {}: {}", self.number, self.error)
    }
}

impl<E: ResponseEnum> StdError for PageError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.error.source()
    }
}
