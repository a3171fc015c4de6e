//! Which of several possible values a sample has.

/// A source of choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choices {
    /// Plain values that are easy to recognise; the number distinguishes several samples of a schema.
    Plain(usize),
    /// Random values, which depend only on the state.
    Random(u64),
}

impl Choices {
    /// Creates random choices that depend only on the seed.
    pub fn seeded(seed: &str) -> Self {
        // FNV-1a
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self::Random(seed.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
    }

    pub fn is_random(self) -> bool {
        matches!(self, Self::Random(_))
    }

    /// Whether these choices are for the first plain sample of a schema.
    pub fn is_first(self) -> bool {
        self == Self::Plain(0)
    }

    /// Returns an index of `count` items, or 0 if `count` is 0.
    pub fn index(&mut self, count: usize) -> usize {
        let number = match self {
            Self::Plain(number) => *number,
            Self::Random(state) => {
                // SplitMix64
                *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
                let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
                let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
                usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap_or(0)
            }
        };
        number.checked_rem(count).unwrap_or(0)
    }

    /// Returns one of the items.
    pub fn pick<'v, T>(&mut self, items: &'v [T]) -> Option<&'v T> {
        items.get(self.index(items.len()))
    }

    /// Returns true for one of `count` random choices, and false for plain ones.
    pub fn one_in(&mut self, count: usize) -> bool {
        self.is_random() && self.index(count) == 0
    }
}
