//! Authentication: which credentials a call needs, which the caller has set, and how they are added
//! to the request. Tokens are fetched, cached and renewed here.

mod attach;
mod cache;
mod credential;
mod token_error;

pub(crate) use attach::SelectedAuth;
pub(crate) use cache::{Token, TokenCache, TokenFuture};
pub(crate) use credential::{Credential, CredentialInput};
pub use token_error::TokenError;
pub(crate) use token_error::TokenFault;
