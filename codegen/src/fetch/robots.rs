//! The rules of a site for programs: `robots.txt` (RFC 9309).

use std::time::Duration;

use robotxt::Robots;
use url::Url;

/// The name by which `robots.txt` addresses this program.
const AGENT: &str = "docwright";

/// The longest delay between requests that a site can request.
const MAX_DELAY: Duration = Duration::from_secs(10);

/// The rules of one host.
#[derive(Debug, Clone)]
pub(super) enum Rules {
    /// Those of its `robots.txt`.
    File(Robots),
    /// There is no `robots.txt`: everything is allowed.
    Missing,
    /// It could not be read, for the reason in the message: nothing is allowed.
    Unavailable(String),
}

impl Rules {
    /// Parses a `robots.txt`.
    pub fn parse(text: &[u8]) -> Self {
        Self::File(Robots::from_bytes(text, AGENT))
    }

    /// Checks that an address may be requested.
    pub fn check(&self, url: &Url) -> Result<(), String> {
        match self {
            Self::File(robots) if !robots.is_absolute_allowed(url) => {
                Err("the site's robots.txt does not allow it".to_owned())
            }
            Self::File(_) | Self::Missing => Ok(()),
            Self::Unavailable(reason) => Err(format!("the site's robots.txt: {reason}")),
        }
    }

    /// Returns how long to wait before each request.
    pub fn delay(&self) -> Duration {
        match self {
            Self::File(robots) => robots.crawl_delay().unwrap_or_default().min(MAX_DELAY),
            Self::Missing | Self::Unavailable(_) => Duration::ZERO,
        }
    }

    /// Returns the sitemaps of the site.
    pub fn sitemaps(&self) -> Vec<Url> {
        match self {
            Self::File(robots) => robots.sitemaps().to_vec(),
            Self::Missing | Self::Unavailable(_) => Vec::new(),
        }
    }
}
