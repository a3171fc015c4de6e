//! Requests one address: checks, redirects, retries, pauses and limits.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use url::Url;

use super::network::{Network, Received, Request, Response, SendError, Validators};
use super::policy::Policy;
use super::robots::Rules;

/// The limits of a run.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The number of requests, with retries and redirects.
    pub requests: usize,
    /// The size of one response.
    pub response_bytes: u64,
    /// The size of all responses.
    pub bytes: u64,
    /// The duration of the run.
    pub duration: Duration,
    /// The duration of a request.
    pub request_duration: Duration,
    /// The wait before the second attempt; it doubles for each further one.
    pub first_wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests: 5_000,
            // The largest document that is read.
            response_bytes: crate::source::MAX_BYTES as u64,
            bytes: 512 << 20,
            duration: Duration::from_secs(30 * 60),
            request_duration: Duration::from_secs(60),
            first_wait: Duration::from_secs(1),
        }
    }
}

/// How often a request is sent.
const ATTEMPTS: u32 = 3;

/// The longest wait that a response can request.
const MAX_WAIT: Duration = Duration::from_secs(120);

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// A response that was received, or that is the known one.
#[derive(Debug)]
pub(super) enum Reply {
    Received(Received),
    NotModified,
}

/// The reason of an address that does not exist.
pub(super) const NOT_FOUND: &str = "status 404";

/// Why an address has no response.
#[derive(Debug, Clone)]
pub(super) enum GetError {
    /// The page does not exist or must not be requested.
    Skipped(String),
    /// A later run may succeed.
    Failed(String),
}

/// A run: its limits, its pauses, and the rules of the hosts.
pub struct Session<'n> {
    network: &'n dyn Network,
    policy: &'n Policy,
    limits: Limits,
    started: SystemTime,
    requests: AtomicUsize,
    bytes: AtomicU64,
    /// Is locked during a pause, so that nothing else is requested.
    gate: Mutex<()>,
    robots: Mutex<BTreeMap<String, Rules>>,
}

impl<'n> Session<'n> {
    /// Starts a run.
    pub fn new(network: &'n dyn Network, policy: &'n Policy, limits: Limits) -> Self {
        Self {
            network,
            policy,
            limits,
            started: network.now(),
            requests: AtomicUsize::new(0),
            bytes: AtomicU64::new(0),
            gate: Mutex::new(()),
            robots: Mutex::default(),
        }
    }

    /// Requests an address that a page or an index lists.
    pub(super) fn get(&self, url: &Url, validators: &Validators) -> Result<Reply, GetError> {
        self.follow(url, validators, true)
    }

    /// Requests an address that the user passed. `robots.txt` is about addresses that programs find.
    pub(super) fn get_named(&self, url: &Url, known: &Validators) -> Result<Reply, GetError> {
        self.follow(url, known, false)
    }

    /// Checks that an address may be requested.
    pub(super) fn check(&self, url: &Url) -> Result<(), String> {
        self.policy.check(url)
    }

    /// Returns the sitemaps that `robots.txt` of the site lists.
    pub(super) fn sitemaps(&self, site: &Url) -> Vec<Url> {
        self.rules(site).sitemaps()
    }

    fn follow(&self, url: &Url, known: &Validators, robots: bool) -> Result<Reply, GetError> {
        let mut current = url.clone();
        for _ in 0..=MAX_REDIRECTS {
            self.policy.check(&current).map_err(GetError::Skipped)?;
            if robots {
                let rules = self.rules(&current);
                rules.check(&current).map_err(|reason| match rules {
                    Rules::Unavailable(_) => GetError::Failed(reason),
                    Rules::File(_) | Rules::Missing => GetError::Skipped(reason),
                })?;
                if !rules.delay().is_zero() {
                    let _paused = lock(&self.gate);
                    self.network.wait(rules.delay());
                }
            }
            let Response { status, location, validators, body, .. } = self.send(&current, known)?;
            match status {
                200 => return Ok(Reply::Received(Received { url: current, validators, body })),
                304 if !known.is_empty() => return Ok(Reply::NotModified),
                301 | 302 | 303 | 307 | 308 => {
                    let target = location.as_deref().and_then(|it| current.join(it).ok());
                    let missing = || GetError::Skipped("a redirect without an address".to_owned());
                    current = target.ok_or_else(missing)?;
                    current.set_fragment(None);
                }
                status => return Err(GetError::Skipped(format!("status {status}"))),
            }
        }
        Err(GetError::Skipped(format!("more than {MAX_REDIRECTS} redirects")))
    }

    /// Sends a request, again if it fails in a way that may pass.
    fn send(&self, url: &Url, validators: &Validators) -> Result<Response, GetError> {
        let request = Request {
            url: url.clone(),
            validators: validators.clone(),
            max_bytes: self.limits.response_bytes,
        };
        let mut backoff = self.limits.first_wait;
        let mut attempt = 1;
        loop {
            self.count_request()?;
            drop(lock(&self.gate));
            let (reason, wait) = match self.network.send(&request) {
                Ok(response) if is_temporary(response.status) => {
                    let wait = response.retry_after.as_deref().and_then(|it| self.parse_wait(it));
                    (format!("status {}", response.status), wait)
                }
                Ok(response) => {
                    self.bytes.fetch_add(response.body.len() as u64, Ordering::Relaxed);
                    return Ok(response);
                }
                Err(SendError::Temporary(reason)) => (reason, None),
                Err(SendError::Permanent(reason)) => return Err(GetError::Skipped(reason)),
            };
            if let Some(wait) = wait.filter(|wait| *wait > MAX_WAIT) {
                let seconds = wait.as_secs();
                return Err(GetError::Failed(format!("{reason}: retry after {seconds} s")));
            }
            if attempt == ATTEMPTS {
                return Err(GetError::Failed(reason));
            }
            let _paused = lock(&self.gate);
            self.network.wait(wait.unwrap_or(backoff));
            backoff *= 2;
            attempt += 1;
        }
    }

    fn count_request(&self) -> Result<(), GetError> {
        let exceeded =
            |limit: String| Err(GetError::Failed(format!("the limit of {limit} is reached")));
        if self.requests.fetch_add(1, Ordering::Relaxed) >= self.limits.requests {
            return exceeded(format!("{} requests (`--max-requests`)", self.limits.requests));
        }
        if self.bytes.load(Ordering::Relaxed) >= self.limits.bytes {
            return exceeded(format!("{} MiB", self.limits.bytes >> 20));
        }
        let elapsed = self.network.now().duration_since(self.started).unwrap_or_default();
        if elapsed >= self.limits.duration {
            return exceeded(format!(
                "{} minutes (`--max-minutes`)",
                self.limits.duration.as_secs() / 60
            ));
        }
        Ok(())
    }

    /// Parses `Retry-After` (RFC 9110 §10.2.3): seconds or a date.
    fn parse_wait(&self, text: &str) -> Option<Duration> {
        let text = text.trim();
        if let Ok(seconds) = text.parse() {
            return Some(Duration::from_secs(seconds));
        }
        let date = httpdate::parse_http_date(text).ok()?;
        Some(date.duration_since(self.network.now()).unwrap_or_default())
    }

    /// Returns the rules of the host of an address. They are requested once.
    fn rules(&self, url: &Url) -> Rules {
        let host = url.origin().ascii_serialization();
        let mut robots = lock(&self.robots);
        if let Some(rules) = robots.get(&host) {
            return rules.clone();
        }
        let mut address = url.clone();
        address.set_path("/robots.txt");
        address.set_query(None);
        let rules = match self.get_named(&address, &Validators::default()) {
            Ok(Reply::Received(received)) => Rules::parse(&received.body),
            Ok(Reply::NotModified) | Err(GetError::Skipped(_)) => Rules::Missing,
            Err(GetError::Failed(reason)) => Rules::Unavailable(reason),
        };
        robots.insert(host, rules.clone());
        rules
    }
}

fn is_temporary(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500..)
}

/// Locks a mutex. A thread that panics leaves nothing half done in it.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
