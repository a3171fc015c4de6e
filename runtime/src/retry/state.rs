//! The retries of one call.

use std::fmt;
use std::time::{Duration, SystemTime};

use super::Retry;
use super::budget::Budget;
use super::processed::{AttemptResult, Processed};
use crate::message::method::Method;
use crate::platform::Instant;

/// Whether the requests of a call may be sent again.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Repeatability {
    pub(crate) method: Method,
    /// Whether the server may safely receive the request twice.
    pub(crate) is_idempotent: bool,
    /// Whether the body can be read only once.
    pub(crate) is_single_use: bool,
}

/// What follows an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// Another attempt, after this wait.
    Retry(Duration),
    /// The end of the call, and why a retryable failure is not retried.
    End(Option<NotRetried>),
}

/// Why a retryable failure is not retried, although the policy allows another attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotRetried {
    /// The server may have processed the request, and must not receive it twice.
    NotIdempotent(Method),
    /// The body can be read only once.
    SingleUse,
    /// The wait before the next attempt is longer than the time left.
    TooLate,
    /// The retry budget of the client is used up.
    Budget,
}

impl fmt::Display for NotRetried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotIdempotent(method) => {
                write!(f, "{} without an idempotency key", http::Method::from(*method))
            }
            Self::SingleUse => f.write_str("its body is a stream, which can be sent only once"),
            Self::TooLate => f.write_str("the call would time out before the next attempt"),
            Self::Budget => f.write_str("the retry budget of the client is used up"),
        }
    }
}

/// The retries of one call.
pub(crate) struct RetryState<'c> {
    policy: Retry,
    budget: &'c Budget,
    repeatability: Repeatability,
    attempts_made: u32,
}

impl<'c> RetryState<'c> {
    pub(crate) fn new(policy: Retry, budget: &'c Budget, repeatability: Repeatability) -> Self {
        Self { policy, budget, repeatability, attempts_made: 0 }
    }

    /// Returns what follows an attempt with this result. `earlier` is whether the server has
    /// processed an attempt before it. The wait is less than `time_left`; a call that ends costs no
    /// budget.
    pub(crate) fn next(
        &mut self,
        result: &AttemptResult,
        earlier: Processed,
        now: SystemTime,
        time_left: Duration,
    ) -> Next {
        self.attempts_made = self.attempts_made.saturating_add(1);
        if !self.policy.is_retryable(result) {
            match result {
                AttemptResult::Response(response) if response.status().is_server_error() => {}
                AttemptResult::Response(_) if self.attempts_made > 1 => self.budget.refund(),
                AttemptResult::Response(_) => self.budget.earn(),
                AttemptResult::Transport(_) => {}
            }
            return Next::End(None);
        }
        if self.attempts_made >= self.policy.attempts {
            return Next::End(None);
        }
        let Repeatability { method, is_idempotent, is_single_use } = self.repeatability;
        if !is_idempotent && result.processed().max(earlier) != Processed::No {
            return Next::End(Some(NotRetried::NotIdempotent(method)));
        }
        if is_single_use {
            return Next::End(Some(NotRetried::SingleUse));
        }
        let requested = match result {
            AttemptResult::Response(response) => response.requested_wait(now),
            AttemptResult::Transport(_) => None,
        };
        let Some(wait) = self.policy.wait(self.attempts_made, requested, time_left) else {
            return Next::End(Some(NotRetried::TooLate));
        };
        match self.budget.spend(self.policy.budget, Instant::now()) {
            true => Next::Retry(wait),
            false => Next::End(Some(NotRetried::Budget)),
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;
    use crate::message::response::RawResponse;

    const SAFE: Repeatability =
        Repeatability { method: Method::Get, is_idempotent: true, is_single_use: false };
    const UNSAFE: Repeatability =
        Repeatability { method: Method::Post, is_idempotent: false, is_single_use: false };

    fn response(status: u16, retry_after: Option<&'static str>) -> AttemptResult {
        let mut headers = HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert("retry-after", HeaderValue::from_static(text));
        }
        let status = StatusCode::from_u16(status).unwrap();
        AttemptResult::Response(RawResponse::new(status, headers, Bytes::new()))
    }

    fn next(retries: &mut RetryState<'_>, result: &AttemptResult) -> Next {
        retries.next(result, Processed::No, SystemTime::UNIX_EPOCH, Duration::MAX)
    }

    fn wait(retries: &mut RetryState<'_>, result: &AttemptResult) -> Option<Duration> {
        match next(retries, result) {
            Next::Retry(wait) => Some(wait),
            Next::End(_) => None,
        }
    }

    #[test]
    fn only_idempotent_requests_with_retryable_statuses_are_retried() {
        let budget = Budget::default();
        let not_idempotent = Some(Next::End(Some(NotRetried::NotIdempotent(Method::Post))));
        for (status, repeatability, end) in [
            (503, SAFE, None),
            (429, SAFE, None),
            (500, SAFE, None),
            (520, SAFE, None),
            (501, SAFE, Some(Next::End(None))),
            (511, SAFE, Some(Next::End(None))),
            (404, SAFE, Some(Next::End(None))),
            (200, SAFE, Some(Next::End(None))),
            (503, UNSAFE, not_idempotent),
            (520, UNSAFE, not_idempotent),
        ] {
            let mut retries = RetryState::new(Retry::attempts(2), &budget, repeatability);
            let next = next(&mut retries, &response(status, None));
            match end {
                Some(end) => assert_eq!(next, end, "{status}"),
                None => assert!(matches!(next, Next::Retry(_)), "{status}: {next:?}"),
            }
        }
        let policy = Retry::attempts(2).on(&[404]);
        let mut retries = RetryState::new(policy, &budget, SAFE);
        assert!(wait(&mut retries, &response(404, None)).is_some());
        let mut never = RetryState::new(Retry::NEVER, &budget, SAFE);
        assert_eq!(next(&mut never, &response(503, None)), Next::End(None));
    }

    #[test]
    fn waits_end_after_the_last_attempt() {
        let budget = Budget::default();
        let policy =
            Retry::attempts(4).first_wait(Duration::from_secs(1)).max_wait(Duration::from_secs(3));
        let mut retries = RetryState::new(policy, &budget, SAFE);
        for bound in 1..=3 {
            let wait = wait(&mut retries, &response(503, None)).expect("another attempt");
            assert!(wait <= Duration::from_secs(bound), "{wait:?}");
        }
        assert_eq!(wait(&mut retries, &response(503, None)), None);
    }

    #[test]
    fn server_can_set_the_wait() {
        let budget = Budget::default();
        let mut retries = RetryState::new(Retry::attempts(2), &budget, SAFE);
        let response = response(429, Some("120"));
        let wait = wait(&mut retries, &response).expect("a wait");
        assert!((120..=132).contains(&wait.as_secs()), "{wait:?}");
    }

    #[test]
    fn wait_beyond_the_timeout_costs_no_budget() {
        let (budget, response) = (Budget::default(), response(503, Some("120")));
        for _ in 0..20 {
            let mut retries = RetryState::new(Retry::attempts(2), &budget, SAFE);
            let time_left = Duration::from_secs(120);
            let next = retries.next(&response, Processed::No, SystemTime::UNIX_EPOCH, time_left);
            assert_eq!(next, Next::End(Some(NotRetried::TooLate)));
        }
        let mut retries = RetryState::new(Retry::attempts(2), &budget, SAFE);
        assert!(wait(&mut retries, &response).is_some());
    }

    #[test]
    fn failures_earn_no_budget_and_successful_retries_are_free() {
        let budget = Budget::default();
        let policy = Retry::attempts(2).budget(1);
        for _ in 0..20 {
            let mut retries = RetryState::new(policy, &budget, SAFE);
            assert!(wait(&mut retries, &response(503, None)).is_some());
            assert_eq!(next(&mut retries, &response(200, None)), Next::End(None));
        }
        let mut retries = RetryState::new(policy, &budget, SAFE);
        assert!(wait(&mut retries, &response(503, None)).is_some());
        for _ in 0..20 {
            let mut retries = RetryState::new(policy, &budget, SAFE);
            assert_eq!(next(&mut retries, &response(501, None)), Next::End(None));
        }
        let mut retries = RetryState::new(policy, &budget, SAFE);
        let end = Next::End(Some(NotRetried::Budget));
        assert_eq!(next(&mut retries, &response(503, None)), end);
    }
}
