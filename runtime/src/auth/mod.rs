//! Authentication: which credentials a call needs, what the caller gave, and how it gets into the
//! request. Tokens are fetched, kept and renewed here.

mod attach;
mod cache;
mod credential;
mod fetch;
mod scheme;
mod token_error;
mod token_request;

pub(crate) use attach::Chosen;
pub(crate) use cache::Token;
pub(crate) use credential::{Credential, Given};
pub use scheme::{Scheme, Security};
pub(crate) use token_error::Fault;
pub use token_error::TokenError;
pub use token_request::TokenRequest;
