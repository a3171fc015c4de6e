//! Fetches the pages and documents of a documentation site.
//!
//! This is the only part of the crate that uses the network, and requires the feature `fetch`. Data flows
//! in one direction; everything but [`Transport`] can be tested without a network:
//!
//! | file | what it does |
//! |---|---|
//! | `policy` | decides which addresses may be requested |
//! | `session` | requests one address: redirects, retries, `robots.txt`, limits |
//! | `links` | reads the addresses in an index: `llms.txt`, a sitemap, a list |
//! | `content` | decides whether a response contains an API description |
//! | `download` | requests many addresses, a few at a time |
//! | `discover` | finds the index of a site, and requests what it lists |
//! | `file_name` | chooses the file of each address |
//! | `lock` | reads and prints `sources.lock` |
//! | `decide` | decides which files are written and removed |
#![allow(
    clippy::disallowed_methods,
    reason = "fetching needs the time: of waits, of limits, and for sources.lock"
)]

mod address;
mod content;
mod decide;
mod discover;
mod download;
mod file_name;
mod links;
mod lock;
mod network;
mod policy;
mod robots;
mod session;
mod transport;

pub use decide::{Decision, Sources, decide};
pub use discover::{Fetched, fetch, fetch_document};
pub use download::{Description, Progress};
pub use lock::{FILE as LOCK, Lock, Source, sha256};
pub use network::{Cache, Network, NoCache, Received, Request, Response, SendError, Validators};
pub use policy::{Policy, parse_site};
pub use session::{Limits, Session};
pub use transport::Transport;
