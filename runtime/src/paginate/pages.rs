//! Pages and items as streams.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;

use super::error::PageError;
use super::page::{Page, PageInfo, PageResult};
use super::paging::Paging;
use super::position::{Next, Position};
use crate::call::Call;
use crate::client::error::Error;
use crate::client::error::failed::Failed;
use crate::message::error::RequestError;
use crate::message::response::Response;
use crate::message::responses::{JsonBody, ResponseEnum};
use crate::platform::BoxedFuture;

/// A stream of the pages of a list. Each page is requested when the stream is polled for it, with the
/// headers, credentials, timeout and retry policy of the first request. The stream ends after the first
/// error. [`Paging`] explains where a list ends.
#[must_use = "no page is requested until the next one is awaited"]
pub struct Pages<'a, T, I, E> {
    /// The first request.
    call: Call<'a>,
    position: Position,
    items: fn(&mut T) -> Option<&mut Vec<I>>,
    state: State<'a, T, E>,
    /// How many pages may still be returned.
    remaining: usize,
}

/// What happens when the stream is polled.
enum State<'a, T, E> {
    /// A page is requested.
    Ready,
    /// The response is awaited.
    InFlight(BoxedFuture<'a, PageResult<T, E>>),
    /// The next page can't be requested, which is reported.
    Invalid(RequestError),
    /// The stream has ended.
    Ended,
}

impl<'a, T: JsonBody + 'static, I, E: ResponseEnum> Pages<'a, T, I, E> {
    /// Creates a stream that begins with the page that `call` requests. `items` returns the items of a
    /// page.
    pub fn new(
        call: Call<'a>,
        paging: &'static Paging,
        items: fn(&mut T) -> Option<&mut Vec<I>>,
    ) -> Self {
        let position = Position::new(paging, &call);
        let state = position.check(&call).map_or_else(State::Invalid, |()| State::Ready);
        Self { call, position, items, state, remaining: usize::MAX }
    }

    /// Begins with another page. `cursor` is one of [`next_cursor`](Self::next_cursor) or
    /// [`PageError::cursor`], or a page number, offset or URL.
    pub fn starting_at(mut self, cursor: &str) -> Self {
        let url = self.call.url();
        if let Err(error) = url.and_then(|url| self.position.start(cursor, &url)) {
            self.state = State::Invalid(error);
        }
        self
    }

    /// Ends the stream after this number of pages.
    pub fn limit(mut self, pages: usize) -> Self {
        self.remaining = pages;
        self
    }

    /// Converts to a stream of the items of the pages.
    pub fn into_items(self) -> Items<'a, T, I, E> {
        Items { pages: self, page: Vec::new().into_iter(), remaining: usize::MAX }
    }

    /// Returns the cursor, page number, offset or URL of the next page, from which `pages_from` can
    /// continue the list later. `None` before the first page unless the request contains one, and at the
    /// end of the list.
    #[must_use]
    pub fn next_cursor(&self) -> Option<String> {
        match self.state {
            State::Ready | State::InFlight(_) => self.position.cursor_text(),
            State::Invalid(_) | State::Ended => None,
        }
    }

    /// Returns the next page; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Response<T>, PageError<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<T>, PageError<E>>>> {
        if self.remaining == 0 {
            return Poll::Ready(None);
        }
        if matches!(self.state, State::Ready) {
            let call = self.call.clone_for_page(self.position.requested == 0);
            self.position.requested += 1;
            self.state = State::InFlight(self.position.set_cursor(call).page());
        }
        let page = match &mut self.state {
            State::InFlight(response) => ready!(response.as_mut().poll(context)),
            _ => match std::mem::replace(&mut self.state, State::Ended) {
                State::Invalid(error) => {
                    return Poll::Ready(Some(Err(self.position.next_page_error(error))));
                }
                _ => return Poll::Ready(None),
            },
        };
        self.state = State::Ended;
        let page = page.and_then(|page| page.map_or(Ok(None), |page| self.process_page(page)));
        self.remaining -= 1;
        Poll::Ready(page.map_err(|error| self.position.page_error(error)).transpose())
    }

    /// Determines what follows the page, and returns the page unless it is the empty end of a list.
    fn process_page(&mut self, page: Page<T>) -> Result<Option<Response<T>>, Error<E>> {
        let Page { raw, response, record } = page;
        let info = PageInfo::read(self.position.paging, raw.headers(), raw.body());
        let next = self.call.url().map(|url| self.position.advance(&info, &url));
        self.state = match next.unwrap_or_else(Next::Invalid) {
            Next::Page => State::Ready,
            Next::Invalid(error) => State::Invalid(error),
            Next::Repeated => return Err(Error::RepeatedPage(Failed::new(raw, record))),
            Next::End if info.count == 0 && self.position.requested > 1 => return Ok(None),
            Next::End => State::Ended,
        };
        Ok(Some(response))
    }
}

impl<T: JsonBody + 'static, I, E: ResponseEnum> Stream for Pages<'_, T, I, E> {
    type Item = Result<Response<T>, PageError<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T, I, E> fmt::Debug for Pages<'_, T, I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("call", &self.call).finish_non_exhaustive()
    }
}

/// A stream of the items of all pages of a list. It ends after the first error.
#[must_use = "no page is requested until the next item is awaited"]
pub struct Items<'a, T, I, E> {
    pages: Pages<'a, T, I, E>,
    page: std::vec::IntoIter<I>,
    /// How many items may still be returned.
    remaining: usize,
}

impl<T: JsonBody + 'static, I, E: ResponseEnum> Items<'_, T, I, E> {
    /// Ends the stream after this number of items. No page is requested after them.
    pub fn limit(mut self, items: usize) -> Self {
        self.remaining = items;
        self
    }

    /// Returns the next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<I, PageError<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, PageError<E>>>> {
        while self.remaining > 0 {
            if let Some(item) = self.page.next() {
                self.remaining -= 1;
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(mut page)) => {
                    let items = (self.pages.items)(&mut page).map(std::mem::take);
                    self.page = items.unwrap_or_default().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => break,
            }
        }
        Poll::Ready(None)
    }
}

impl<T: JsonBody + 'static, I: Unpin, E: ResponseEnum> Stream for Items<'_, T, I, E> {
    type Item = Result<I, PageError<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T, I, E> fmt::Debug for Items<'_, T, I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
