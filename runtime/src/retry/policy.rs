//! Retry policies.

use std::time::Duration;

use super::advice::is_retryable_status;
use super::processed::AttemptResult;
use crate::platform::Instant;

/// A retry policy: the number of attempts, the waits between them, and the failures that are retried.
///
/// A call is retried if no complete response was received, or if its status is 408, 425, 429, `5xx`
/// except for 501, 505 and 511, or one of [`on`](Self::on), and if it is safe to send the request again.
/// That is the case for calls with an idempotent method (RFC 9110 §9.2.2), with an idempotency key, and those marked as
/// [`idempotent`](crate::Call::idempotent); and for any call whose attempts were not processed: there
/// was no connection, or the server rejected the request, for example with 425 or 429.
///
/// Retries end, and so may your program. Therefore store the idempotency key before you send a call
/// that must not have its effect twice ([`Call::get_idempotency_key`](crate::Call::get_idempotency_key)):
/// with the same key, the call can be repeated later, whatever happened to it.
///
/// The wait is random between zero and a bound that doubles with each retry ("full jitter"), unless the
/// server sends one (in a vendor's header, [`RetryHeader`](crate::RetryHeader), or in `Retry-After`, RFC
/// 9110 §10.2.3): then it is at least that, and up to a tenth longer, so that clients do not return all
/// at once. If the call would time out during the wait, it ends at once with the last outcome.
///
/// All calls of a client share a retry budget, so that retries do not overload a failing server: see
/// [`budget`](Self::budget).
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
    statuses: &'static [u16],
    pub(super) budget: u32,
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
        Self { attempts, first_wait, max_wait, statuses: &[], budget: 10, attempt_timeout: None }
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

    /// Also retries responses with these statuses, such as 409. Another set of statuses replaces this
    /// one.
    #[must_use]
    pub const fn on(mut self, statuses: &'static [u16]) -> Self {
        self.statuses = statuses;
        self
    }

    /// Sets how many retries the calls of a client may have spent together before no more are made.
    /// Default: 10. All of them are returned within a minute; in addition, each ten responses that are
    /// not failures return one, and each retry that succeeds returns itself.
    #[must_use]
    pub const fn budget(mut self, retries: u32) -> Self {
        self.budget = retries;
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

    /// Whether a result is one that the policy retries, if the request may be sent again.
    pub(super) fn is_retryable(&self, result: &AttemptResult) -> bool {
        match result {
            AttemptResult::Response(response) => {
                let status = response.status().as_u16();
                is_retryable_status(status) || self.statuses.contains(&status)
            }
            AttemptResult::Transport(error) => !error.is_permanent(),
        }
    }

    /// Returns a random wait after this many attempts, or `None` if no more are allowed.
    pub(crate) fn wait_after(&self, attempts_made: u32) -> Option<Duration> {
        (attempts_made < self.attempts).then(|| self.random_wait(attempts_made))
    }

    /// Returns the wait after this many attempts, `requested` by the server or random; `None` if it is
    /// not less than `time_left`.
    pub(super) fn wait(
        &self,
        attempts_made: u32,
        requested: Option<Duration>,
        time_left: Duration,
    ) -> Option<Duration> {
        let Some(requested) = requested else {
            let wait = self.random_wait(attempts_made);
            return (wait < time_left).then_some(wait);
        };
        let slack = time_left.checked_sub(requested).filter(|slack| !slack.is_zero())?;
        // A short wait becomes as long as one that the server did not request.
        let bound = self.bound(attempts_made).saturating_sub(requested).max(requested / 10);
        Some(requested + jitter(bound.min(slack / 2)))
    }

    /// Returns a random wait after this many attempts.
    fn random_wait(&self, attempts_made: u32) -> Duration {
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
    fn requested_waits_are_extended_by_up_to_a_tenth() {
        let policy = Retry::attempts(9);
        let seconds = Duration::from_secs;
        let wait = |requested, left| policy.wait(1, Some(requested), left);
        let waits: Vec<_> =
            (0..16).map(|_| wait(seconds(120), Duration::MAX).expect("a wait")).collect();
        assert!(waits.iter().all(|wait| (seconds(120)..=seconds(132)).contains(wait)), "{waits:?}");
        assert!(waits.iter().any(|wait| *wait != waits[0]), "{waits:?}");
        // `Retry-After: 0` of a server that fails at once does not cause a burst of requests.
        let zero: Vec<_> = (0..16).map(|_| wait(Duration::ZERO, Duration::MAX)).collect();
        assert!(zero.iter().any(|wait| wait.is_some_and(|wait| !wait.is_zero())), "{zero:?}");
        assert_eq!(wait(seconds(120), seconds(120)), None);
        assert!((0..16).all(|_| wait(seconds(120), seconds(121)).unwrap() < seconds(121)));
        assert!(wait(Duration::MAX, Duration::MAX).is_none());
        assert!(wait(seconds(u64::MAX), Duration::MAX).is_some());
    }

    #[test]
    fn waits_are_random() {
        let bound = Duration::from_secs(1);
        let waits: Vec<_> = (0..16).map(|_| jitter(bound)).collect();
        assert!(waits.iter().all(|wait| *wait <= bound));
        assert!(waits.iter().any(|wait| *wait != waits[0]), "{waits:?}");
    }
}
