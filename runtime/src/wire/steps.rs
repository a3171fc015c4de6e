//! A count of the steps of reading and decoding, by which tests check that both take linear time.

/// Counts steps that depend on the number of keys of an object: keys that are visited, compared or marked.
#[inline(always)]
pub(super) fn count_steps(steps: usize) {
    #[cfg(test)]
    counter::add(steps);
    #[cfg(not(test))]
    let _ = steps;
}

#[cfg(test)]
pub(super) use counter::take_steps;

#[cfg(test)]
mod counter {
    use std::cell::Cell;

    thread_local!(static STEPS: Cell<usize> = const { Cell::new(0) });

    pub(super) fn add(steps: usize) {
        STEPS.set(STEPS.get() + steps);
    }

    /// Returns the steps of this thread since the last call.
    pub(in super::super) fn take_steps() -> usize {
        STEPS.take()
    }
}

#[cfg(test)]
mod tests;
