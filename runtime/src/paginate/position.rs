//! Which page comes next, and detection of endless lists.

use std::collections::BTreeSet;

use url::Url;

use super::error::PageError;
use super::link::page_query;
use super::page::PageInfo;
use super::paging::{PageParameter, Paging, Scheme};
use crate::call::Call;
use crate::client::error::Error;
use crate::message::error::RequestError;
use crate::wire::json::Json;

/// The message on a cursor or link that was already used.
const SAME_CURSOR: &str = "the next page was already requested: the server repeats its cursor, so the list would never end";
/// The message on a page that reports a next page that cannot be requested.
const NO_CURSOR: &str = "the server reports another page, but the page has no cursor for it";
/// The message on an empty page that reports more items.
const NO_ITEMS: &str =
    "the server reports more items, but the page has none after which they could be requested";

/// The current position in a list.
#[derive(Debug)]
pub(super) struct Position {
    pub(super) paging: &'static Paging,
    /// The number or offset of the current page.
    number: i64,
    /// How many pages were requested.
    pub(super) requested: u64,
    /// The cursor, number, offset or query that the current page is requested with.
    pub(super) cursor: Option<String>,
    /// The hashes of the items of all pages.
    hashes: BTreeSet<u64>,
    /// The cursors or queries that pages were requested with.
    followed: BTreeSet<String>,
}

/// What follows a page.
#[derive(Debug)]
pub(super) enum Next {
    /// Another page.
    Page,
    /// The end of the list.
    End,
    /// No page: the items of this one were already returned, so the list would never end.
    Repeated,
    /// A page that can't be requested.
    Invalid(RequestError),
}

impl Position {
    /// Creates the position of the page that `call` requests.
    pub(super) fn new(paging: &'static Paging, call: &Call<'_>) -> Self {
        let cursor = match paging.parameter {
            PageParameter::Url => None,
            PageParameter::Query(name) => call.query_value(name),
            PageParameter::Body(path) | PageParameter::BodyNumber(path) => call.body_text(path),
        };
        let number = cursor.as_deref().and_then(|text| text.parse().ok());
        let number = number.unwrap_or(match paging.scheme {
            Scheme::Page(first) => first,
            _ => 0,
        });
        let followed = cursor.iter().cloned().collect();
        Self { paging, number, requested: 0, cursor, hashes: BTreeSet::new(), followed }
    }

    /// Checks that the call has no parameter that contradicts the pagination.
    pub(super) fn check(&self, call: &Call<'_>) -> Result<(), RequestError> {
        let is_set = |name: &&&str| match self.paging.parameter {
            PageParameter::Url | PageParameter::Query(_) => call.query_value(name).is_some(),
            PageParameter::Body(_) | PageParameter::BodyNumber(_) => {
                call.body_text(&[**name]).is_some()
            }
        };
        match self.paging.excluded.iter().find(is_set) {
            Some(name) => Err(RequestError::page(format!(
                "`{name}` can't be combined with reading page after page: remove it, or request one page"
            ))),
            None => Ok(()),
        }
    }

    /// Moves to a page that was not reached from another one.
    ///
    /// # Errors
    /// If the cursor does not suit the pagination.
    pub(super) fn start(&mut self, cursor: &str, url: &Url) -> Result<(), RequestError> {
        let target = match self.paging.scheme {
            Scheme::Page(_) | Scheme::Offset => {
                let invalid = |_| RequestError::page("the number of the page is not an integer");
                self.number = cursor.parse().map_err(invalid)?;
                cursor.to_owned()
            }
            Scheme::Cursor(_) | Scheme::LastItem(_) => cursor.to_owned(),
            Scheme::Url(_) | Scheme::Link => page_query(url, cursor)?,
        };
        self.followed.insert(target.clone());
        self.cursor = Some(target);
        Ok(())
    }

    /// Returns the text that [`start`](Self::start) accepts for the current page.
    pub(super) fn cursor_text(&self) -> Option<String> {
        let cursor = self.cursor.as_ref()?;
        Some(match self.paging.scheme {
            Scheme::Url(_) | Scheme::Link => format!("?{cursor}"),
            _ => cursor.clone(),
        })
    }

    /// Adds to an error which page it is about.
    pub(super) fn page_error<E>(&self, error: Error<E>) -> PageError<E> {
        PageError { number: self.requested, cursor: self.cursor_text(), error }
    }

    /// Sets the cursor of the current page in its call.
    pub(super) fn set_cursor<'a>(&self, call: Call<'a>) -> Call<'a> {
        let Some(cursor) = self.cursor.clone() else { return call };
        match self.paging.parameter {
            PageParameter::Url => call.with_query(cursor),
            PageParameter::Query(name) => call.with_query_value(name, &cursor),
            PageParameter::Body(path) => call.body_value(path, &cursor),
            PageParameter::BodyNumber(path) => match cursor.parse::<Json>() {
                Ok(number) => call.body_value(path, &number),
                Err(_) => call.body_value(path, &cursor),
            },
        }
    }

    /// Creates the error of a next page that can't be requested. It has a number, but no cursor.
    pub(super) fn next_page_error<E>(&self, error: RequestError) -> PageError<E> {
        let number = self.requested.saturating_add(1);
        PageError { number, cursor: None, error: Error::from(error) }
    }

    /// Moves to what follows a page of the list at `url`.
    pub(super) fn advance(&mut self, page: &PageInfo, url: &Url) -> Next {
        let is_numbered = matches!(self.paging.scheme, Scheme::Page(_) | Scheme::Offset);
        let is_repeated = !self.hashes.insert(page.hash);
        if is_numbered && is_repeated && !page.is_end() {
            return Next::Repeated;
        }
        if page.more == Some(false) {
            return Next::End;
        }
        let cursor = match self.next_cursor(page, url) {
            Ok(Some(cursor)) => cursor,
            Ok(None) => return Next::End,
            Err(error) => return Next::Invalid(error),
        };
        if is_numbered {
            self.number = cursor.parse().unwrap_or(i64::MAX);
        } else if !self.followed.insert(cursor.clone()) {
            return match page.is_end() && self.cursor.as_ref() == Some(&cursor) {
                // The same request again would return the same empty page.
                true => Next::End,
                false if is_repeated => Next::Repeated,
                false => Next::Invalid(RequestError::page(SAME_CURSOR.to_owned())),
            };
        }
        self.cursor = Some(cursor);
        Next::Page
    }

    /// Returns the cursor, number, offset or query of the page after this one; `None` at the end.
    fn next_cursor(&self, page: &PageInfo, url: &Url) -> Result<Option<String>, RequestError> {
        let invalid = |message: &str| Err(RequestError::page(message.to_owned()));
        let count = i64::try_from(page.count).unwrap_or(i64::MAX);
        let number = match self.paging.scheme {
            Scheme::Page(_) | Scheme::Offset | Scheme::LastItem(_) if page.is_end() => {
                return Ok(None);
            }
            Scheme::Offset | Scheme::LastItem(_) if count == 0 => return invalid(NO_ITEMS),
            Scheme::Page(_) => self.number.checked_add(1),
            Scheme::Offset => self.number.checked_add(count),
            scheme => {
                return match &page.next {
                    Some(url_of_next) if self.paging.parameter == PageParameter::Url => {
                        page_query(url, url_of_next).map(Some)
                    }
                    Some(cursor) => Ok(Some(cursor.clone())),
                    None if matches!(scheme, Scheme::LastItem(_)) => invalid(NO_CURSOR),
                    None if page.more == Some(true) => invalid(NO_CURSOR),
                    None => Ok(None),
                };
            }
        };
        Ok(number.map(|number| number.to_string()))
    }
}
