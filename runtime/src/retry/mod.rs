//! Whether and when a failed attempt is retried.

mod advice;
mod budget;

use std::time::{Duration, SystemTime};

use crate::message::error::TransportError;
use crate::message::response::RawResponse;
use crate::platform::Instant;

pub use advice::Advice;
pub(crate) use budget::Budget;

/// A retry policy: the number of attempts, and the waits between them.
///
/// Only requests that are safe to send twice are retried: those with an idempotent method (RFC 9110
/// §9.2.2), those with an idempotency key, and those that the server has certainly not processed
/// ([`TransportError::is_unprocessed`](crate::TransportError::is_unprocessed)). They are retried if no complete response was received, or its status is 408, 429, 502,
/// 503 or 504. The wait is random between zero and a bound that doubles with each retry ("full
/// jitter"), unless the server sends one (in a vendor's header, [`RetryHeader`](crate::RetryHeader), or in
/// `Retry-After`, RFC 9110 §10.2.3). If the call would time out during the wait, it ends at once
/// with the last outcome.
///
/// All calls of a client share a retry budget, so that retries do not overload a failing server:
/// ten retries at first, and one more for every ten responses.
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
    max_wait: Duration,
    attempt_timeout: Option<Duration>,
}

impl Retry {
    /// Never retries: every call has one attempt. This is the default of a client.
    pub const NEVER: Self = Self::attempts(1);

    /// Creates a policy with at most this many attempts, including the first one. The first wait is
    /// at most half a second, each further one at most twice the previous one, and none is longer
    /// than eight seconds.
    #[must_use]
    pub const fn attempts(attempts: u32) -> Self {
        let (first_wait, max_wait) = (Duration::from_millis(500), Duration::from_secs(8));
        Self { attempts, first_wait, max_wait, attempt_timeout: None }
    }

    /// Sets the upper bound of the first wait.
    #[must_use]
    pub const fn first_wait(mut self, wait: Duration) -> Self {
        self.first_wait = wait;
        self
    }

    /// Sets the upper bound of every wait, except for those that the server requests.
    #[must_use]
    pub const fn max_wait(mut self, wait: Duration) -> Self {
        self.max_wait = wait;
        self
    }

    /// Sets the timeout of an attempt, from sending its request to the last byte of the response; for
    /// a streamed response, to the end of its head. Without it, an attempt may take all the time of
    /// the call, so that a server that hangs leaves none for a retry. The timeout of the call
    /// includes all attempts and still applies.
    ///
    /// A request that timed out may have been processed: it is retried only if that is safe.
    #[must_use]
    pub const fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Returns the time when an attempt that starts now times out, if the call times out at
    /// `call_deadline`.
    pub(crate) fn attempt_deadline(&self, call_deadline: Option<Instant>) -> Option<Instant> {
        let deadline = self.attempt_timeout.and_then(|time| Instant::now().checked_add(time));
        deadline.into_iter().chain(call_deadline).min()
    }

    /// Returns a random wait after this many attempts, or `None` if no more are allowed.
    pub(crate) fn wait_after(&self, attempts_made: u32) -> Option<Duration> {
        (attempts_made < self.attempts).then(|| jitter(self.bound(attempts_made)))
    }

    /// Returns the upper bound of the wait after this many attempts.
    fn bound(&self, attempts_made: u32) -> Duration {
        let doubled = 2_u32.checked_pow(attempts_made.saturating_sub(1)).unwrap_or(u32::MAX);
        self.first_wait.saturating_mul(doubled).min(self.max_wait)
    }
}

/// The result of an attempt.
#[derive(Clone, Copy)]
pub(crate) enum AttemptResult<'o> {
    Response(&'o RawResponse),
    Transport(&'o TransportError),
}

/// The retries of one call.
pub(crate) struct RetryState<'c> {
    policy: Retry,
    budget: &'c Budget,
    /// Whether the server may safely receive the request twice.
    idempotent: bool,
    attempts_made: u32,
}

impl<'c> RetryState<'c> {
    pub(crate) fn new(policy: Retry, budget: &'c Budget, idempotent: bool) -> Self {
        Self { policy, budget, idempotent, attempts_made: 0 }
    }

    /// Returns how long to wait before the next attempt. `None` if the call must not be retried, or
    /// the wait exceeds `time_left`; this costs no budget.
    pub(crate) fn wait(
        &mut self,
        result: AttemptResult<'_>,
        now: SystemTime,
        time_left: Duration,
    ) -> Option<Duration> {
        self.attempts_made = self.attempts_made.saturating_add(1);
        let (is_retryable, requested) = match result {
            AttemptResult::Response(response) => {
                let is_failure = matches!(response.status().as_u16(), 408 | 429 | 502..=504);
                if !is_failure {
                    self.budget.earn();
                }
                (is_failure && self.idempotent, response.requested_wait(now))
            }
            AttemptResult::Transport(error) => {
                (error.is_unprocessed() || (self.idempotent && !error.is_permanent()), None)
            }
        };
        if !is_retryable || self.attempts_made >= self.policy.attempts {
            return None;
        }
        let wait = requested.unwrap_or_else(|| jitter(self.policy.bound(self.attempts_made)));
        (wait < time_left && self.budget.spend()).then_some(wait)
    }
}

/// Returns a random wait between zero and the bound.
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

    fn wait(retries: &mut RetryState<'_>, response: &RawResponse) -> Option<Duration> {
        retries.wait(AttemptResult::Response(response), SystemTime::UNIX_EPOCH, Duration::MAX)
    }

    #[test]
    fn only_idempotent_requests_with_retryable_statuses_are_retried() {
        let budget = Budget::default();
        for (status, idempotent, retried) in
            [(503, true, true), (429, true, true), (500, true, false), (404, true, false)]
                .into_iter()
                .chain([(503, false, false), (200, true, false)])
        {
            let mut retries = RetryState::new(Retry::attempts(2), &budget, idempotent);
            assert_eq!(wait(&mut retries, &response(status, None)).is_some(), retried, "{status}");
        }
        let mut never = RetryState::new(Retry::NEVER, &budget, true);
        assert_eq!(wait(&mut never, &response(503, None)), None);
    }

    #[test]
    fn waits_grow_to_the_bound_and_end_after_the_last_attempt() {
        let policy =
            Retry::attempts(4).first_wait(Duration::from_secs(1)).max_wait(Duration::from_secs(3));
        assert_eq!(
            [1, 2, 3, 99].map(|attempts_made| policy.bound(attempts_made).as_secs()),
            [1, 2, 3, 3]
        );
        let budget = Budget::default();
        let mut retries = RetryState::new(policy, &budget, true);
        for bound in 1..=3 {
            let wait = wait(&mut retries, &response(503, None)).expect("another attempt");
            assert!(wait <= Duration::from_secs(bound), "{wait:?}");
        }
        assert_eq!(wait(&mut retries, &response(503, None)), None);
    }

    #[test]
    fn server_can_set_the_wait() {
        let budget = Budget::default();
        let mut retries = RetryState::new(Retry::attempts(2), &budget, true);
        let response = response(429, Some("120"));
        assert_eq!(wait(&mut retries, &response), Some(Duration::from_secs(120)));
    }

    #[test]
    fn wait_beyond_the_timeout_costs_no_budget() {
        let (budget, response) = (Budget::default(), response(503, Some("120")));
        for _ in 0..20 {
            let mut retries = RetryState::new(Retry::attempts(2), &budget, true);
            let time_left = Duration::from_secs(120);
            let result = AttemptResult::Response(&response);
            assert_eq!(retries.wait(result, SystemTime::UNIX_EPOCH, time_left), None);
        }
        let mut retries = RetryState::new(Retry::attempts(2), &budget, true);
        assert!(wait(&mut retries, &response).is_some());
    }

    #[test]
    fn waits_are_random() {
        let bound = Duration::from_secs(1);
        let waits: Vec<_> = (0..16).map(|_| jitter(bound)).collect();
        assert!(waits.iter().all(|wait| *wait <= bound));
        assert!(waits.iter().any(|wait| *wait != waits[0]), "{waits:?}");
    }
}
