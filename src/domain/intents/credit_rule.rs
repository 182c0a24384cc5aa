//! When a deposit on a real network is credited.

use crate::domain::money::Money;

/// How deep a deposit has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreditAfter {
    /// In a block that the network never takes back.
    Finalized,
    /// In a block that the network takes back only if something extraordinary happens.
    Safe,
    /// With this many blocks, its own included.
    Blocks(u64),
}

/// When deposits up to an amount are credited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CreditRule {
    /// In US dollars, inclusive; `None` for every amount.
    pub up_to: Option<Money>,
    pub after: CreditAfter,
}

/// The newest blocks that count for deposits: only those that were looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reached {
    pub newest: i64,
    pub safe: Option<i64>,
    pub finalized: Option<i64>,
}

impl Reached {
    /// With the heights that a network had when the `newest` block was looked at.
    pub fn of(newest: i64, head: i64, safe: Option<i64>, finalized: Option<i64>) -> Self {
        Self { newest: head.min(newest), safe, finalized: finalized.map(|finalized| finalized.min(newest)) }
    }

    /// The number of blocks that confirm a block, its own included.
    pub fn confirmations(&self, block: i64) -> u64 {
        u64::try_from(self.newest - block + 1).unwrap_or_default()
    }

    /// Whether a block is never taken back.
    pub fn is_final(&self, block: i64) -> bool {
        self.finalized.is_some_and(|finalized| block <= finalized)
    }

    /// How many blocks are missing until what is in this block may be credited; `None` if the nodes do not say.
    pub fn missing(&self, after: CreditAfter, block: i64) -> Option<u64> {
        let until = |height: i64| u64::try_from(block - height).unwrap_or_default();
        match after {
            CreditAfter::Finalized => self.finalized.map(until),
            CreditAfter::Safe => self.safe.map(until),
            CreditAfter::Blocks(blocks) => Some(blocks.saturating_sub(self.confirmations(block))),
        }
    }
}
