//! The retry budget of a client.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::platform::Instant;

/// A retry costs ten tokens, and a response returns one.
const RETRY_COST: u64 = 10;

/// How long it takes until all retries can be spent again.
const REFILL_MILLISECONDS: u64 = 60_000;

/// The retries that the calls of a client have spent recently.
#[derive(Default)]
pub(crate) struct Budget(Mutex<Spent>);

#[derive(Default)]
struct Spent {
    tokens: u64,
    /// The time up to which spent tokens have been returned.
    refilled_at: Option<Instant>,
}

impl Budget {
    /// Spends one retry, if fewer than `retries` are spent.
    pub(super) fn spend(&self, retries: u32, now: Instant) -> bool {
        let limit = u64::from(retries) * RETRY_COST;
        let mut spent = self.lock();
        spent.refill(limit, now);
        let is_left = spent.tokens + RETRY_COST <= limit;
        if is_left {
            spent.tokens += RETRY_COST;
        }
        is_left
    }

    /// Returns a part of a retry, for a response that is not a retryable failure.
    pub(super) fn earn(&self) {
        let mut spent = self.lock();
        spent.tokens = spent.tokens.saturating_sub(1);
    }

    /// Returns a retry that succeeded.
    pub(super) fn refund(&self) {
        let mut spent = self.lock();
        spent.tokens = spent.tokens.saturating_sub(RETRY_COST);
    }

    fn lock(&self) -> MutexGuard<'_, Spent> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Spent {
    /// Returns tokens for the time that has passed.
    fn refill(&mut self, limit: u64, now: Instant) {
        if self.tokens == 0 {
            self.refilled_at = Some(now);
        }
        let since = *self.refilled_at.get_or_insert(now);
        let passed = u64::try_from(now.saturating_duration_since(since).as_millis());
        let returned = passed.unwrap_or(u64::MAX).saturating_mul(limit) / REFILL_MILLISECONDS;
        if returned >= self.tokens {
            (self.tokens, self.refilled_at) = (0, Some(now));
        } else if returned > 0 {
            self.tokens -= returned;
            let time = Duration::from_millis(returned * REFILL_MILLISECONDS / limit);
            self.refilled_at = since.checked_add(time);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spends as many retries as possible, at most 100.
    fn spend_all(budget: &Budget, retries: u32, now: Instant) -> usize {
        (0..100).take_while(|_| budget.spend(retries, now)).count()
    }

    #[test]
    fn ten_responses_return_a_retry() {
        let (budget, now) = (Budget::default(), Instant::now());
        budget.earn();
        assert_eq!(spend_all(&budget, 10, now), 10);
        for _ in 0..9 {
            budget.earn();
        }
        assert_eq!(spend_all(&budget, 10, now), 0);
        budget.earn();
        assert_eq!(spend_all(&budget, 10, now), 1);
    }

    #[test]
    fn success_of_a_retry_returns_it() {
        let (budget, now) = (Budget::default(), Instant::now());
        assert_eq!(spend_all(&budget, 10, now), 10);
        budget.refund();
        assert_eq!(spend_all(&budget, 10, now), 1);
    }

    #[test]
    fn time_returns_retries() {
        let (budget, now) = (Budget::default(), Instant::now());
        let after = |seconds: u64| now + Duration::from_secs(seconds);
        assert_eq!(spend_all(&budget, 10, now), 10);
        assert_eq!(spend_all(&budget, 10, after(5)), 0);
        assert_eq!(spend_all(&budget, 10, after(6)), 1);
        assert_eq!(spend_all(&budget, 10, after(36)), 5);
        assert_eq!(spend_all(&budget, 10, after(7200)), 10);
    }

    #[test]
    fn size_is_that_of_the_policy() {
        let (budget, now) = (Budget::default(), Instant::now());
        assert_eq!(spend_all(&budget, 0, now), 0);
        assert_eq!(spend_all(&budget, 3, now), 3);
        assert_eq!(spend_all(&budget, 5, now), 2);
    }
}
