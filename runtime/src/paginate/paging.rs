//! How lists are paginated, and the macro for their requests.

/// How the next page of a list is requested.
///
/// A list ends with a page that has no items, no next cursor, or no next link. A short page is not
/// the end: servers cap page sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paging {
    /// A query parameter contains the page number.
    Page {
        /// The name of the parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: i64,
    },
    /// A query parameter contains the number of items to skip.
    Offset {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// A page contains a cursor, which a query parameter of the next request repeats.
    Cursor {
        /// The name of the parameter.
        parameter: &'static str,
    },
    /// The header `Link` of a page contains the URL of the next one (RFC 8288, `rel="next"`).
    Link,
}

/// Adds two methods to a request for a list: one streams its pages, the other the items of all
/// pages. The arguments are the names of the methods, the types of page, item and error, the kind
/// of pagination, and two closures that return the items of a page and its next cursor.
///
/// ```
/// # use docwright_runtime::{Call, Client, Method, Operation, Paging, NoTypedError, pages, request};
/// # static LIST_PETS: Operation = Operation::new("list_pets", Method::Get, "/pets");
/// # #[derive(Debug, Clone, PartialEq)]
/// # pub struct PetPage { pub pets: Vec<String>, pub next: Option<String> }
/// # docwright_runtime::record!(PetPage { required pets = "pets", optional next = "next", });
/// # #[derive(Debug)] pub struct ListPetsRequest<'a>(Call<'a>);
/// request!(ListPetsRequest => json PetPage, NoTypedError);
///
/// pages!(ListPetsRequest as pages, items => PetPage, String, NoTypedError;
///     Paging::Cursor { parameter: "after" },
///     |page| Some(&mut page.pets),
///     |page| Some(page.next.as_ref()?.to_string()));
///
/// # async fn call(request: ListPetsRequest<'_>) -> Result<(), docwright_runtime::Error<NoTypedError>> {
/// let mut pets = request.items();
/// while let Some(pet) = pets.next().await {
///     println!("{}", pet?);
/// }
/// # Ok(()) }
/// ```
#[macro_export]
macro_rules! pages {
    (
        $request:ident as $pages:ident, $item_stream:ident => $page:ty, $item:ty, $error:ty;
        $paging:expr, |$items_page:pat_param| $items:expr, |$cursor_page:pat_param| $next:expr
    ) => {
        #[allow(deprecated)]
        impl<'a> $request<'a> {
            /// Streams all pages from this one on. Each page is requested when the stream is polled
            /// for it.
            pub fn $pages(self) -> $crate::Pages<'a, $page, $item, $error> {
                fn items($items_page: &mut $page) -> Option<&mut Vec<$item>> {
                    $items
                }
                fn next($cursor_page: &$page) -> Option<String> {
                    $next
                }
                static PAGING: $crate::Paging = $paging;
                $crate::Pages::new(self.0, &PAGING, items, next)
            }
            /// Streams the items of all pages from this one on.
            pub fn $item_stream(self) -> $crate::Items<'a, $page, $item, $error> {
                self.$pages().into_items()
            }
        }
    };
}
