//! How many repeats a client may still afford.

use std::sync::atomic::{AtomicU32, Ordering};

/// A repeat costs ten, a response earns one; there is never more than ten repeats' worth.
const COST: u32 = 10;
const MOST: u32 = 10 * COST;

/// The repeats that all calls of a client share.
pub(crate) struct Budget(AtomicU32);

impl Default for Budget {
    fn default() -> Self {
        Self(AtomicU32::new(MOST))
    }
}

impl Budget {
    /// Takes one repeat, if there is one.
    pub(super) fn spend(&self) -> bool {
        let less = |left: u32| left.checked_sub(COST);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less).is_ok()
    }

    /// A response that was no sign of trouble came.
    pub(super) fn earn(&self) {
        let more = |left: u32| (left < MOST).then_some(left + 1);
        // Full already is as good.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_repeats_and_one_more_for_ten_responses() {
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
