//! Lists that come page by page.

mod pages;
mod position;

pub use pages::{Items, Pages};

/// How the next page of a list is asked for.
///
/// A list ends with a page without items, or without a word of a next one. A short page is not the
/// end: servers cap sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Paging {
    /// A query parameter holds the page's number.
    Page {
        /// The parameter.
        parameter: &'static str,
        /// The number of the first page.
        first: i64,
    },
    /// A query parameter holds how many items are passed over.
    Offset {
        /// The parameter.
        parameter: &'static str,
    },
    /// A page holds the word that a query parameter asks for the next one with.
    Cursor {
        /// The parameter.
        parameter: &'static str,
    },
    /// The header `Link` of a page leads to the next one (RFC 8288, `rel="next"`).
    Link,
}

/// Lets a request of a list read every page, or every item of every page. Says what a page is and
/// what its items are, what the two methods are called, where in a page they stand, how the next one is asked for, and where the word
/// for it stands if there is one.
///
/// ```
/// # use docwright_runtime::{Call, Client, Method, Operation, Paging, NoTypedError, pages, request};
/// # static LIST_PETS: Operation = Operation::new("list_pets", Method::Get, "/pets");
/// # #[derive(Debug, Clone, PartialEq)]
/// # pub struct PetPage { pub pets: Vec<String>, pub next: Option<String> }
/// # docwright_runtime::record!(PetPage { required pets = "pets", optional next = "next", });
/// # #[derive(Debug)] pub struct ListPets<'a>(Call<'a>);
/// request!(ListPets => json PetPage, NoTypedError);
///
/// pages!(ListPets as pages, items => PetPage, String, NoTypedError;
///     Paging::Cursor { parameter: "after" },
///     |page| Some(&mut page.pets),
///     |page| Some(page.next.as_ref()?.to_string()));
///
/// # async fn call(request: ListPets<'_>) -> Result<(), docwright_runtime::Error<NoTypedError>> {
/// let mut pets = request.items();
/// while let Some(pet) = pets.next().await {
///     println!("{}", pet?);
/// }
/// # Ok(()) }
/// ```
#[macro_export]
macro_rules! pages {
    (
        $request:ident as $pages:ident, $each:ident => $page:ty, $item:ty, $error:ty;
        $paging:expr, |$of:pat_param| $items:expr, |$from:pat_param| $next:expr
    ) => {
        #[allow(deprecated)]
        impl<'a> $request<'a> {
            /// Every page from here on, each asked for when the one before it has been read.
            pub fn $pages(self) -> $crate::Pages<'a, $page, $item, $error> {
                fn items($of: &mut $page) -> Option<&mut Vec<$item>> {
                    $items
                }
                fn next($from: &$page) -> Option<String> {
                    $next
                }
                static PAGING: $crate::Paging = $paging;
                $crate::Pages::new(self.0, &PAGING, items, next)
            }
            /// Every item of every page from here on.
            pub fn $each(self) -> $crate::Items<'a, $page, $item, $error> {
                self.$pages().into_items()
            }
        }
    };
}
