//! Retry policies.

use std::time::Duration;

use super::processed::AttemptResult;

/// A retry policy: the number of attempts, and the waits between them.
///
/// A call is retried if no complete response was received, or its status is 408, 425, 429, 502, 503 or
/// 504, and if it is safe to send the request again. That is the case for calls with an idempotent
/// method (RFC 9110 §9.2.2), with an idempotency key, and those marked as
/// [`idempotent`](crate::Call::idempotent); and for any call whose attempts were not processed: there
/// was no connection, or the server rejected the request with 425 or 429.
///
/// Retries end, and so may your program. Therefore store the idempotency key before you send a call
/// that must not have its effect twice ([`Call::get_idempotency_key`](crate::Call::get_idempotency_key)):
/// with the same key, the call can be repeated later, whatever happened to it.
///
/// The wait is random between zero and a bound that doubles with each retry ("full
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
    pub(super) attempts: u32,
    first_wait: Duration,
    max_wait: Duration,
}

impl Retry {
    /// Never retries: every call has one attempt. This is the default of a client.
    pub const NEVER: Self = Self::attempts(1);

    /// Creates a policy with at most this many attempts, including the first one. The first wait is
    /// at most half a second, each further one at most twice the previous one, and none is longer
    /// than eight seconds.
    #[must_use]
    pub const fn attempts(attempts: u32) -> Self {
        Self { attempts, first_wait: Duration::from_millis(500), max_wait: Duration::from_secs(8) }
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

    /// Whether a result is one that the policy retries, if the request may be sent again.
    pub(super) fn is_retryable(&self, result: &AttemptResult) -> bool {
        match result {
            AttemptResult::Response(response) => {
                matches!(response.status().as_u16(), 408 | 425 | 429 | 502..=504)
            }
            AttemptResult::Transport(error) => !error.is_too_large(),
        }
    }

    /// Returns a random wait after this many attempts, or `None` if no more are allowed.
    pub(crate) fn wait_after(&self, attempts_made: u32) -> Option<Duration> {
        (attempts_made < self.attempts).then(|| self.random_wait(attempts_made))
    }

    /// Returns a random wait after this many attempts.
    pub(super) fn random_wait(&self, attempts_made: u32) -> Duration {
        jitter(self.bound(attempts_made))
    }

    /// Returns the upper bound of the wait after this many attempts.
    fn bound(&self, attempts_made: u32) -> Duration {
        let doubled = 2_u32.checked_pow(attempts_made.saturating_sub(1)).unwrap_or(u32::MAX);
        self.first_wait.saturating_mul(doubled).min(self.max_wait)
    }
}

/// Returns a random wait between zero and the bound.
fn jitter(bound: Duration) -> Duration {
    let random = getrandom::u32().unwrap_or(u32::MAX);
    bound.mul_f64(f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_grow_to_the_maximum() {
        let policy =
            Retry::attempts(4).first_wait(Duration::from_secs(1)).max_wait(Duration::from_secs(3));
        assert_eq!(
            [1, 2, 3, 99].map(|attempts_made| policy.bound(attempts_made).as_secs()),
            [1, 2, 3, 3]
        );
    }

    #[test]
    fn waits_are_random() {
        let bound = Duration::from_secs(1);
        let waits: Vec<_> = (0..16).map(|_| jitter(bound)).collect();
        assert!(waits.iter().all(|wait| *wait <= bound));
        assert!(waits.iter().any(|wait| *wait != waits[0]), "{waits:?}");
    }
}
