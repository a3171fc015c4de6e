//! Pages and items as streams.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;

use super::page::Page;
use super::paging::Paging;
use super::position::{Next, PageInfo, Position};
use crate::call::Call;
use crate::client::error::Error;
use crate::message::error::RequestError;
use crate::message::response::Response;
use crate::message::responses::{JsonBody, ResponseEnum};
use crate::platform::BoxedFuture;

/// A stream of the pages of a list. Each page is requested when the stream is polled for it. The
/// stream ends after the first error.
#[must_use = "no page is requested until the next one is awaited"]
pub struct Pages<'a, T, I, E> {
    /// The call for the next page.
    call: Option<Call<'a>>,
    position: Position,
    items: fn(&mut T) -> Option<&mut Vec<I>>,
    next: fn(&T) -> Option<String>,
    in_flight: Option<(Call<'a>, BoxedFuture<'a, Page<T, E>>)>,
    /// Why the next page can't be requested; reported after the current one.
    error: Option<RequestError>,
}

impl<'a, T: JsonBody + 'static, I, E: ResponseEnum> Pages<'a, T, I, E> {
    /// Creates a stream that begins with the page that `call` requests. `items` and `next` return
    /// the items of a page and its next cursor.
    pub fn new(
        call: Call<'a>,
        paging: &'static Paging,
        items: fn(&mut T) -> Option<&mut Vec<I>>,
        next: fn(&T) -> Option<String>,
    ) -> Self {
        let position = Position::new(paging, &call);
        Self { call: Some(call), position, items, next, in_flight: None, error: None }
    }

    /// Converts to a stream of the items of the pages.
    pub fn into_items(self) -> Items<'a, T, I, E> {
        Items { pages: self, page: Vec::new().into_iter() }
    }

    /// Returns the next page; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<T>, Error<E>>>> {
        loop {
            if let Some((call, in_flight)) = &mut self.in_flight {
                let page = ready!(in_flight.as_mut().poll(context));
                let call = call.clone_without_body();
                self.in_flight = None;
                match page.and_then(|(page, bytes)| self.process_page(&call, page, &bytes)) {
                    // An empty last page is not returned.
                    Ok((_, true)) if self.call.is_none() => return Poll::Ready(None),
                    Ok((page, _)) => return Poll::Ready(Some(Ok(page))),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
            }
            let Some(call) = self.call.take() else {
                return Poll::Ready(self.error.take().map(|error| Err(Error::from(error))));
            };
            let in_flight = call.clone_without_body().page::<T, E>();
            self.in_flight = Some((call, in_flight));
        }
    }

    /// Determines the call for the page after this one. Returns the page, and whether it is empty
    /// and not the first one.
    fn process_page(
        &mut self,
        call: &Call<'a>,
        mut page: Response<T>,
        bytes: &[u8],
    ) -> Result<(Response<T>, bool), Error<E>> {
        let first = !self.position.has_moved();
        let count = (self.items)(&mut page).map_or(0, |items| items.len());
        let cursor = (self.next)(&page);
        let info = PageInfo { count, cursor, headers: page.headers(), bytes };
        let url = call.url().map_err(Error::from)?;
        let next = self.position.next(&info, &url).map_err(Error::from)?;
        self.call = match next {
            Next::Parameter(name, value) => {
                Some(call.clone_without_body().with_query_value(name, &value))
            }
            Next::Query(query) => Some(call.clone_without_body().with_query(query)),
            Next::End => None,
            Next::Invalid(error) => {
                self.error = Some(error);
                None
            }
        };
        Ok((page, count == 0 && !first))
    }
}

impl<T: JsonBody + 'static, I, E: ResponseEnum> Stream for Pages<'_, T, I, E> {
    type Item = Result<Response<T>, Error<E>>;

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
}

impl<T: JsonBody + 'static, I, E: ResponseEnum> Items<'_, T, I, E> {
    /// Returns the next item; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<I, Error<E>>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(mut page)) => {
                    let items = (self.pages.items)(&mut page).map(std::mem::take);
                    self.page = items.unwrap_or_default().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: JsonBody + 'static, I: Unpin, E: ResponseEnum> Stream for Items<'_, T, I, E> {
    type Item = Result<I, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<T, I, E> fmt::Debug for Items<'_, T, I, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
