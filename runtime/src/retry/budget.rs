//! The retry budget of a client.

use std::sync::atomic::{AtomicU32, Ordering};

/// A retry costs ten tokens, a response earns one, and the balance never exceeds ten retries.
const RETRY_COST: u32 = 10;
const MAX_BALANCE: u32 = 10 * RETRY_COST;

/// The number of retries that all calls of a client share.
pub(crate) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(MAX_BALANCE))
    }
}

impl Budget {
    /// Takes one retry from the budget, if one is left.
    pub(super) fn spend(&self) -> bool {
        let subtract = |left: u32| left.checked_sub(RETRY_COST);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, subtract).is_ok()
    }

    /// Adds to the budget for a response that is not a retryable failure.
    pub(super) fn earn(&self) {
        let add = |left: u32| (left < MAX_BALANCE).then_some(left + 1);
        // The update fails only if the balance is at its maximum.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_retries_and_one_more_per_ten_responses() {
        let budget = Budget::default();
        budget.earn();
        assert_eq!((0..20).filter(|_| budget.spend()).count(), 10);
        for _ in 0..9 {
            budget.earn();
        }
        assert!(!budget.spend());
        budget.earn();
        assert!(budget.spend() && !budget.spend());
    }
}
