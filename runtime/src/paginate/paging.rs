//! How lists are paginated, and the macro for their requests.

/// A path of field names.
pub(super) type Path = &'static [&'static str];

/// How the next page of a list is requested. A generated client has one for each list:
///
/// ```
/// use docwright_runtime::Paging;
///
/// // `?starting_after=` and the `id` of the last item, until `has_more` is false.
/// const CHARGES: Paging =
///     Paging::last_item(&["id"]).query("starting_after").items(&["data"]).more(&["has_more"]);
/// // `?page=2`, counted from 1, until a page is empty.
/// const ORDERS: Paging = Paging::page(1).query("page").items(&["orders"]);
/// ```
///
/// A list ends where its scheme says it ends: `has_more` is false, there is no next cursor, or no
/// next URL. Otherwise, it ends with the first page without items. A short page is never the end,
/// since servers limit the size of pages, or remove items from a page.
///
/// If a server reports more items on a page without any, the next page is requested by its number, cursor
/// or URL. By offset or by the last item, the next page would be this one, so it is an error. A response
/// with the status 204, which has no content, ends a list.
///
/// # Errors
///
/// A server that repeats a page would keep the client in a list without an end. So it is an error if a
/// page has the cursor or URL of a page that was already requested, or, for page numbers and offsets, the
/// items of an earlier page ([`Error::RepeatedPage`](crate::Error::RepeatedPage)). Items that were already
/// returned are not returned again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    pub(super) scheme: Scheme,
    pub(super) parameter: PageParameter,
    pub(super) items: Path,
    pub(super) more: Option<Path>,
    pub(super) excluded: &'static [&'static str],
}

/// What identifies the next page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    /// Its number, counted from this one.
    Page(i64),
    /// The number of items before it.
    Offset,
    /// The cursor at a path of the page.
    Cursor(Path),
    /// The value at a path of the last item.
    LastItem(Path),
    /// The URL at a path of the page.
    Url(Path),
    /// The URL in the header `Link` (RFC 8288, `rel="next"`).
    Link,
}

/// Where a request contains the number, offset or cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PageParameter {
    /// The query of a URL that the server has sent.
    Url,
    Query(&'static str),
    Body(Path),
    /// In the body, as a number.
    BodyNumber(Path),
}

impl Paging {
    /// Creates pagination by page number; `first` is the number of the first page.
    #[must_use]
    pub const fn page(first: i64) -> Self {
        Self::new(Scheme::Page(first))
    }

    /// Creates pagination by the number of items to skip.
    #[must_use]
    pub const fn offset() -> Self {
        Self::new(Scheme::Offset)
    }

    /// Creates pagination by a cursor, which is at the path `next` of a page.
    #[must_use]
    pub const fn cursor(next: &'static [&'static str]) -> Self {
        Self::new(Scheme::Cursor(next))
    }

    /// Creates pagination by the value at the path `id` of the last item.
    #[must_use]
    pub const fn last_item(id: &'static [&'static str]) -> Self {
        Self::new(Scheme::LastItem(id))
    }

    /// Creates pagination by the URL at the path `next` of a page. It must have the same origin and path
    /// as the list, whose query it replaces.
    #[must_use]
    pub const fn url(next: &'static [&'static str]) -> Self {
        Self::new(Scheme::Url(next))
    }

    /// Creates pagination by the URL in the header `Link` (RFC 8288, `rel="next"`). It must have the same
    /// origin and path as the list, whose query it replaces.
    #[must_use]
    pub const fn link() -> Self {
        Self::new(Scheme::Link)
    }

    const fn new(scheme: Scheme) -> Self {
        Self { scheme, parameter: PageParameter::Url, items: &[], more: None, excluded: &[] }
    }

    /// Sets the query parameter that contains the number, offset or cursor.
    #[must_use]
    pub const fn query(self, name: &'static str) -> Self {
        Self { parameter: PageParameter::Query(name), ..self }
    }

    /// Sets the path in the request body that contains the number, offset or cursor as a string.
    #[must_use]
    pub const fn body(self, path: &'static [&'static str]) -> Self {
        Self { parameter: PageParameter::Body(path), ..self }
    }

    /// Sets the path in the request body that contains the number, offset or cursor as a number.
    #[must_use]
    pub const fn body_number(self, path: &'static [&'static str]) -> Self {
        Self { parameter: PageParameter::BodyNumber(path), ..self }
    }

    /// Sets the path of the list in a page. Without it, the page is the list.
    #[must_use]
    pub const fn items(self, path: &'static [&'static str]) -> Self {
        Self { items: path, ..self }
    }

    /// Sets the path in a page of the boolean that tells whether another page follows.
    #[must_use]
    pub const fn more(self, path: &'static [&'static str]) -> Self {
        Self { more: Some(path), ..self }
    }

    /// Sets the query parameters, or fields of the body, that a caller cannot set, because they reverse the
    /// order of the list or contradict the parameter of the page.
    #[must_use]
    pub const fn excludes(self, parameters: &'static [&'static str]) -> Self {
        Self { excluded: parameters, ..self }
    }
}

/// Adds four methods to a request for a list: they stream its pages or the items of all pages, from
/// this request on or from a cursor. The arguments are the names of the methods, the types of page,
/// item and error, the [`Paging`], and a closure that returns the items of a page.
///
/// ```
/// # use docwright_runtime::{Call, Client, Method, Operation, Paging, NoTypedError, pages, request};
/// # static LIST_PETS: Operation = Operation::new("list_pets", Method::Get, "/pets");
/// # #[derive(Debug, Clone, PartialEq)]
/// # pub struct PetPage { pub pets: Vec<String> }
/// # docwright_runtime::record!(PetPage { required pets = "pets", });
/// # #[derive(Debug)] pub struct ListPetsRequest<'a>(Call<'a>);
/// request!(ListPetsRequest => json PetPage, NoTypedError);
///
/// pages!(ListPetsRequest as [pages, pages_from, items, items_from] => PetPage, String, NoTypedError;
///     Paging::cursor(&["next"]).query("after").items(&["pets"]), |page| Some(&mut page.pets));
///
/// # async fn call(request: ListPetsRequest<'_>) -> Result<(), docwright_runtime::Error<NoTypedError>> {
/// let mut pets = request.items().limit(100);
/// while let Some(pet) = pets.next().await {
///     println!("{}", pet?);
/// }
/// # Ok(()) }
/// ```
#[macro_export]
macro_rules! pages {
    (
        $request:ident as [$pages:ident, $pages_from:ident, $items:ident, $items_from:ident]
            => $page:ty, $item:ty, $error:ty;
        $paging:expr, |$list_page:pat_param| $list:expr
    ) => {
        #[allow(deprecated)]
        impl<'a> $request<'a> {
            /// Streams all pages from this one on. Each page is requested when the stream is polled
            /// for it.
            pub fn $pages(self) -> $crate::Pages<'a, $page, $item, $error> {
                fn list($list_page: &mut $page) -> Option<&mut Vec<$item>> {
                    $list
                }
                static PAGING: $crate::Paging = $paging;
                $crate::Pages::new(self.0, &PAGING, list)
            }
            /// Streams all pages from a cursor on: one of `Pages::next_cursor` or `PageError::cursor`,
            /// or a page number, offset or URL.
            pub fn $pages_from(
                self,
                cursor: impl ::std::string::ToString,
            ) -> $crate::Pages<'a, $page, $item, $error> {
                self.$pages().starting_at(&cursor.to_string())
            }
            /// Streams the items of all pages from this one on.
            pub fn $items(self) -> $crate::Items<'a, $page, $item, $error> {
                self.$pages().into_items()
            }
            /// Streams the items of all pages from a cursor on: one of `Pages::next_cursor` or
            /// `PageError::cursor`, or a page number, offset or URL.
            pub fn $items_from(
                self,
                cursor: impl ::std::string::ToString,
            ) -> $crate::Items<'a, $page, $item, $error> {
                self.$pages_from(cursor).into_items()
            }
        }
    };
}
