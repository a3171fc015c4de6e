//! Pagination: lists that are read page by page.

mod page;
mod pages;
mod paging;
mod position;

pub use pages::{Items, Pages};
pub use paging::Paging;
