//! Authentication: which credentials a call needs, which the caller has set, and how they are added
//! to the request. Tokens are fetched, cached and renewed here.

mod attach;
mod cache;
mod credential;
mod provider;
mod store;
mod token;
mod token_error;

pub(crate) use attach::{SelectedAuth, UsedToken};
pub(crate) use cache::{PendingToken, TokenFetcher};
pub use credential::{CredentialError, Credentials};
pub(crate) use provider::ClientGrant;
pub use provider::{TokenContext, TokenFuture, TokenProvider};
pub(crate) use store::CredentialStore;
pub use token::AccessToken;
pub(crate) use token::Token;
pub use token_error::TokenError;
pub(crate) use token_error::TokenFault;
