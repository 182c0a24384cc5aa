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
