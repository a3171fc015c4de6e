//! The headers that say when to retry.

use super::RetryHeader;
use crate::manifest::{self, Manifest, WaitFormat};

/// Plans the headers, other than `Retry-After`, that say when to retry.
pub(super) fn plan(manifest: &Manifest) -> Vec<RetryHeader> {
    let header = |header: &manifest::RetryHeader| RetryHeader {
        name: header.name.clone(),
        format: match header.format {
            WaitFormat::Seconds => "Seconds",
            WaitFormat::Milliseconds => "Milliseconds",
            WaitFormat::Duration => "Duration",
            WaitFormat::Date => "Date",
            WaitFormat::UnixSeconds => "UnixSeconds",
            WaitFormat::UnixMilliseconds => "UnixMilliseconds",
        },
        statuses: header.statuses.clone(),
    };
    manifest.retry.iter().flat_map(|retry| &retry.headers).map(header).collect()
}
