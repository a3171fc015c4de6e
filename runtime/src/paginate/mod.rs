//! Pagination: lists that are read page by page.

mod error;
mod link;
mod page;
mod pages;
mod paging;
mod position;

pub use error::PageError;
pub use pages::{Items, Pages};
pub use paging::Paging;
