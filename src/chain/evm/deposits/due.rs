//! In which order deposits are booked and credited: one of each payment intent first, and dust last. Anybody can send thousands.

use super::{
    Watch,
    follow::Followed,
    rules::{is_dust, rule, worth_by_intent},
};
use crate::{
    chain::evm::heights::View,
    domain::{
        ids::PaymentIntentId,
        intents::{
            credit_rule::Reached,
            payment::{PaymentStatus, UnsupportedReason},
        },
    },
    store::chain::deposits::{ChainDeposit, DepositStage},
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How many deposits are booked, and how many the nodes are asked about, in one step, which has to end before the lease.
pub(super) const AT_ONCE: usize = 50;
/// How many more the nodes are asked about again.
const AGAIN_AT_ONCE: usize = 10;
/// How many the nodes are asked about together.
pub(super) const TOGETHER: usize = 10;

/// What the rules say of the deposits of a network in one step.
pub(super) struct Due<'a> {
    watch: Watch<'a>,
    now: DateTime<Utc>,
    reached: Reached,
    worth: HashMap<PaymentIntentId, Option<Decimal>>,
}

impl<'a> Due<'a> {
    pub fn new(
        watch: Watch<'a>,
        now: DateTime<Utc>,
        view: &View<'_>,
        followed: &Followed,
        open: &[ChainDeposit],
    ) -> Self {
        // Only blocks that were looked at count.
        let head = i64::try_from(view.head).unwrap_or(i64::MAX);
        let safe = view.safe.and_then(|height| i64::try_from(height).ok());
        let reached = Reached::of(followed.newest.height, head, safe, followed.finalized);
        Self { watch, now, reached, worth: worth_by_intent(watch.rates, now, open) }
    }

    /// Whether it is worth too little to be credited. What is booked stays what it was booked as.
    pub fn is_dust(&self, found: &ChainDeposit) -> bool {
        if found.is_booked() {
            return found.unsupported == Some(UnsupportedReason::Dust);
        }
        is_dust(self.watch, self.now, found.transfer.amount)
    }

    /// How many blocks are missing until it may be credited; `None` if nobody knows.
    fn missing(&self, found: &ChainDeposit) -> Option<u64> {
        let worth = self.worth.get(&found.transfer.owner.intent).copied().flatten();
        let rule = rule(&self.watch.connection.settings.credit, worth)?;
        self.reached.missing(rule, found.transfer.block.height)
    }

    /// Those in a block that have no payment, or one that had failed. Dust is booked when its time has come.
    pub fn to_book<'d>(&self, open: &'d [ChainDeposit]) -> Vec<&'d ChainDeposit> {
        let unbooked = |found: &&ChainDeposit| found.stage == DepositStage::Seen && !found.is_booked();
        let mut to_book = numbered(open.iter().filter(unbooked).filter(|found| !self.is_dust(found)));
        to_book
            .sort_by_key(|(number, found)| (found.problem.is_some(), *number, self.missing(found).unwrap_or(u64::MAX)));
        to_book.into_iter().map(|(_, found)| found).take(AT_ONCE).collect()
    }

    /// Those that may be credited now: about which the nodes have to be asked, and dust, for which nothing is credited. Those
    /// that nodes were asked about `in_vain`, or that are refused, keep no other waiting.
    pub fn to_credit<'d>(
        &self,
        open: &'d [ChainDeposit],
        turn: usize,
        in_vain: &HashSet<Uuid>,
    ) -> (Vec<&'d ChainDeposit>, Vec<&'d ChainDeposit>) {
        let due = open.iter().filter(|found| self.is_waiting(found) && self.missing(found) == Some(0));
        let (mut dust, due): (Vec<_>, Vec<_>) = due.partition(|found| self.is_dust(found));
        let is_again = |found: &&ChainDeposit| found.problem.is_some() || in_vain.contains(&found.id);
        let (again, asked): (Vec<_>, Vec<_>) = due.into_iter().partition(is_again);
        let mut asked = numbered(asked);
        asked.sort_by_key(|(number, found)| (*number, found.unsupported.is_some()));
        let mut asked: Vec<_> = asked.into_iter().map(|(_, found)| found).take(AT_ONCE).collect();
        asked.extend(in_turn(&again, turn, AGAIN_AT_ONCE));
        dust.sort_by_key(|found| found.problem.is_some());
        dust.truncate(AT_ONCE.saturating_sub(asked.len()));
        (asked, dust)
    }

    fn is_waiting(&self, found: &ChainDeposit) -> bool {
        let is_new = found.status == Some(PaymentStatus::Pending) || !found.is_booked() && self.is_dust(found);
        found.stage == DepositStage::Seen && is_new || found.has_returned()
    }
}

/// Each with its number among those of its payment intent, and of those that are supported or not. In this order, whoever sends
/// many payments to one intent delays no other.
pub(super) fn numbered<'d>(found: impl IntoIterator<Item = &'d ChainDeposit>) -> Vec<(usize, &'d ChainDeposit)> {
    let mut numbers: HashMap<(PaymentIntentId, bool), usize> = HashMap::new();
    let mut all = Vec::new();
    for found in found {
        let number = numbers.entry((found.transfer.owner.intent, found.unsupported.is_some())).or_default();
        *number += 1;
        all.push((*number, found));
    }
    all
}

/// Some of them, and others in the next step, which has the next number: a few may never come to an end. The next step begins no
/// later than this one ends, however slow the nodes are.
pub(super) fn in_turn<'d>(all: &[&'d ChainDeposit], step: usize, at_most: usize) -> Vec<&'d ChainDeposit> {
    let begin = step.wrapping_mul(at_most.min(TOGETHER)).checked_rem(all.len()).unwrap_or_default();
    all.iter().cycle().skip(begin).take(all.len().min(at_most)).copied().collect()
}
