//! Pages and items as streams.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;

use super::Paging;
use super::position::{Next, Position, ReceivedResponse};
use crate::call::Call;
use crate::error::{Error, RequestError};
use crate::platform::BoxedFuture;
use crate::response::Response;
use crate::responses::{JsonBody, ResponseEnum};
use crate::send::Page;

/// The pages of a list, each asked for when the one before it has been taken. A stream; it ends behind
/// the first error.
#[must_use = "no page is asked for until the next one is awaited"]
pub struct Pages<'a, T, I, E> {
    /// The call of the next page.
    call: Option<Call<'a>>,
    position: Position,
    items: fn(&mut T) -> Option<&mut Vec<I>>,
    next: fn(&T) -> Option<String>,
    flight: Option<(Call<'a>, BoxedFuture<'a, Page<T, E>>)>,
    /// Why there is no page behind the one that was taken.
    wrong: Option<RequestError>,
}

impl<'a, T: JsonBody + 'static, I, E: ResponseEnum> Pages<'a, T, I, E> {
    /// The pages that begin with what `call` asks for; `items` and `next` say where in a page its
    /// items stand, and the word for the next one.
    pub fn new(
        call: Call<'a>,
        paging: &'static Paging,
        items: fn(&mut T) -> Option<&mut Vec<I>>,
        next: fn(&T) -> Option<String>,
    ) -> Self {
        let position = Position::of(paging, &call);
        Self { call: Some(call), position, items, next, flight: None, wrong: None }
    }

    /// The items of the pages.
    pub fn into_items(self) -> Items<'a, T, I, E> {
        Items { pages: self, page: Vec::new().into_iter() }
    }

    /// The next page.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Response<T>, Error<E>>>> {
        loop {
            if let Some((call, flight)) = &mut self.flight {
                let page = ready!(flight.as_mut().poll(context));
                let call = call.again();
                self.flight = None;
                match page.and_then(|(page, bytes)| self.arrived(&call, page, &bytes)) {
                    // The empty page behind the last one says no more than that.
                    Ok((_, true)) if self.call.is_none() => return Poll::Ready(None),
                    Ok((page, _)) => return Poll::Ready(Some(Ok(page))),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                }
            }
            let Some(call) = self.call.take() else {
                return Poll::Ready(self.wrong.take().map(|error| Err(Error::Request(error))));
            };
            let flight = call.again().page::<T, E>();
            self.flight = Some((call, flight));
        }
    }

    /// The page, once it is known what follows it, and whether it is empty and not the first one.
    fn arrived(
        &mut self,
        call: &Call<'a>,
        mut page: Response<T>,
        bytes: &[u8],
    ) -> Result<(Response<T>, bool), Error<E>> {
        let first = !self.position.has_moved();
        let count = (self.items)(&mut page).map_or(0, |items| items.len());
        let cursor = (self.next)(&page);
        let arrived = ReceivedResponse { count, cursor, headers: page.headers(), bytes };
        let url = call.url().map_err(Error::Request)?;
        let next = self.position.next(&arrived, &url).map_err(Error::Request)?;
        self.call = match next {
            Next::Parameter(name, value) => Some(call.again().with_query_value(name, &value)),
            Next::Query(query) => Some(call.again().with_query(query)),
            Next::End => None,
            Next::Wrong(error) => {
                self.wrong = Some(error);
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

/// The items of every page of a list. A stream; it ends behind the first error.
#[must_use = "no page is asked for until the next item is awaited"]
pub struct Items<'a, T, I, E> {
    pages: Pages<'a, T, I, E>,
    page: std::vec::IntoIter<I>,
}

impl<T: JsonBody + 'static, I, E: ResponseEnum> Items<'_, T, I, E> {
    /// The next item.
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
