//! Whether a failed attempt is repeated, and after how long.

mod advice;
mod after;
mod budget;

use std::time::{Duration, SystemTime};

use crate::error::TransportError;
use crate::response::RawResponse;

pub use advice::Advice;
pub use after::{RetryHeader, WaitForm};
pub(crate) use budget::Budget;

/// How often a call is attempted, and how long the client waits in between.
///
/// Only what is safe to send twice is sent twice: a request of an idempotent method (RFC 9110
/// §9.2.2), of an operation with an idempotency key, or one that never left because there was no
/// connection. It is repeated if there was no whole response, or the response was 408, 429, 502, 503 or
/// 504. The wait is drawn between nothing and a bound that doubles each time ("full jitter"), unless
/// the server names one (in a header of the vendor's own, [`RetryHeader`], or in `Retry-After`, RFC
/// 9110 §10.2.3). A wait that the call's timeout does not leave time for is not begun: the last
/// outcome is the call's.
///
/// A client keeps a budget over all of its calls, so that a server in trouble is not asked much more
/// often than one in health: ten repeats to begin with, and one more for every ten responses.
///
/// ```
/// use std::time::Duration;
/// use docwright_runtime::Retry;
///
/// let patient = Retry::attempts(5).first_wait(Duration::from_millis(200));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    first_wait: Duration,
    longest_wait: Duration,
}

impl Retry {
    /// Every call is attempted once. This is what a client does unless it is told otherwise.
    pub const NEVER: Self = Self::attempts(1);

    /// At most this many attempts, the first one included. The first wait is at most half a second,
    /// each further one at most twice as long as the one before, and none longer than eight seconds.
    #[must_use]
    pub const fn attempts(attempts: u32) -> Self {
        Self {
            attempts,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(8),
        }
    }

    /// How long the first wait is at most.
    #[must_use]
    pub const fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// How long any wait is at most that the server has not asked for.
    #[must_use]
    pub const fn longest_wait(mut self, wait: Duration) -> Self {
        self.longest_wait = wait;
        self
    }

    /// How long to wait after this many attempts, drawn by chance; `None` if they were enough.
    pub(crate) fn wait_after(&self, done: u32) -> Option<Duration> {
        (done < self.attempts).then(|| jitter(self.bound(done)))
    }

    /// How long the wait after this many attempts is at most.
    fn bound(&self, done: u32) -> Duration {
        let doubled = 2_u32.checked_pow(done.saturating_sub(1)).unwrap_or(u32::MAX);
        self.first_wait.saturating_mul(doubled).min(self.longest_wait)
    }
}

/// What an attempt came to.
#[derive(Clone, Copy)]
pub(crate) enum Cause<'o> {
    Response(&'o RawResponse),
    Transport(&'o TransportError),
}

/// The repeats of one call.
pub(crate) struct Retries<'c> {
    policy: Retry,
    budget: &'c Budget,
    /// Whether the request may arrive twice.
    repeatable: bool,
    done: u32,
}

impl<'c> Retries<'c> {
    pub(crate) fn new(policy: Retry, budget: &'c Budget, repeatable: bool) -> Self {
        Self { policy, budget, repeatable, done: 0 }
    }

    /// How long to wait before the next attempt; `None` if there is to be none, as when there is not so
    /// much time `left`. One that is not made costs nothing.
    pub(crate) fn wait(
        &mut self,
        cause: Cause<'_>,
        now: SystemTime,
        left: Duration,
    ) -> Option<Duration> {
        self.done = self.done.saturating_add(1);
        let (may_help, asked) = match cause {
            Cause::Response(response) => {
                let may_help = matches!(response.status().as_u16(), 408 | 429 | 502..=504);
                if !may_help {
                    self.budget.earn();
                }
                (may_help && self.repeatable, after::wait(response, now))
            }
            Cause::Transport(error) => {
                (error.is_connect() || (self.repeatable && !error.is_too_large()), None)
            }
        };
        if !may_help || self.done >= self.policy.attempts {
            return None;
        }
        let wait = asked.unwrap_or_else(|| jitter(self.policy.bound(self.done)));
        (wait < left && self.budget.spend()).then_some(wait)
    }
}

/// A wait between nothing and the bound.
fn jitter(bound: Duration) -> Duration {
    let random = getrandom::u32().unwrap_or(u32::MAX);
    bound.mul_f64(f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;

    fn response(status: u16, retry_after: Option<&'static str>) -> RawResponse {
        let mut headers = HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert("retry-after", HeaderValue::from_static(text));
        }
        RawResponse::new(StatusCode::from_u16(status).unwrap(), headers, Bytes::new())
    }

    fn wait(retries: &mut Retries<'_>, response: &RawResponse) -> Option<Duration> {
        retries.wait(Cause::Response(response), SystemTime::UNIX_EPOCH, Duration::MAX)
    }

    #[test]
    fn only_what_may_arrive_twice_and_may_do_better_is_repeated() {
        let budget = Budget::default();
        for (status, repeatable, again) in
            [(503, true, true), (429, true, true), (500, true, false), (404, true, false)]
                .into_iter()
                .chain([(503, false, false), (200, true, false)])
        {
            let mut retries = Retries::new(Retry::attempts(2), &budget, repeatable);
            assert_eq!(wait(&mut retries, &response(status, None)).is_some(), again, "{status}");
        }
        let mut never = Retries::new(Retry::NEVER, &budget, true);
        assert_eq!(wait(&mut never, &response(503, None)), None);
    }

    #[test]
    fn waits_grow_up_to_a_bound_and_end_with_the_attempts() {
        let policy = Retry::attempts(4)
            .first_wait(Duration::from_secs(1))
            .longest_wait(Duration::from_secs(3));
        assert_eq!([1, 2, 3, 99].map(|done| policy.bound(done).as_secs()), [1, 2, 3, 3]);
        let budget = Budget::default();
        let mut retries = Retries::new(policy, &budget, true);
        for bound in 1..=3 {
            let wait = wait(&mut retries, &response(503, None)).expect("another attempt");
            assert!(wait <= Duration::from_secs(bound), "{wait:?}");
        }
        assert_eq!(wait(&mut retries, &response(503, None)), None);
    }

    #[test]
    fn the_server_may_name_the_wait() {
        let budget = Budget::default();
        let mut retries = Retries::new(Retry::attempts(2), &budget, true);
        let asked = response(429, Some("120"));
        assert_eq!(wait(&mut retries, &asked), Some(Duration::from_secs(120)));
    }

    #[test]
    fn a_wait_that_is_not_begun_costs_nothing() {
        let (budget, asked) = (Budget::default(), response(503, Some("120")));
        for _ in 0..20 {
            let mut retries = Retries::new(Retry::attempts(2), &budget, true);
            let left = Duration::from_secs(120);
            let cause = Cause::Response(&asked);
            assert_eq!(retries.wait(cause, SystemTime::UNIX_EPOCH, left), None);
        }
        let mut retries = Retries::new(Retry::attempts(2), &budget, true);
        assert!(wait(&mut retries, &asked).is_some());
    }

    #[test]
    fn waits_differ() {
        let bound = Duration::from_secs(1);
        let waits: Vec<_> = (0..16).map(|_| jitter(bound)).collect();
        assert!(waits.iter().all(|wait| *wait <= bound));
        assert!(waits.iter().any(|wait| *wait != waits[0]), "{waits:?}");
    }
}
