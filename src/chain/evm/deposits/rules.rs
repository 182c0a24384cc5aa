//! When a deposit is credited: by the settings of its network, and by what all deposits to its payment intent are worth.

use super::Watch;
use crate::{
    domain::{
        ids::PaymentIntentId,
        intents::credit_rule::{CreditAfter, CreditRule, Reached},
        money::{Money, currency::Currency},
        operations::books::{EntryKind, Flow},
        refunds::quote::{Rounding, multiply},
    },
    rates::{self, RateSource},
    store::chain::{
        cursors::Cursor,
        deposits::{ChainDeposit, DepositStage},
        movements::SeenMovement,
    },
};
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The newest blocks that count, as the last step of following a network has stored them; `None` before the first.
pub fn reached_by(cursor: &Cursor) -> Option<Reached> {
    let (newest, heights) = (cursor.newest.as_ref()?.height, cursor.heights?);
    Some(Reached::of(newest, heights.head, heights.safe, heights.finalized))
}

/// The worth in US dollars; `None` without a rate.
pub fn worth(rates: &dyn RateSource, now: DateTime<Utc>, amount: Money) -> Option<Decimal> {
    let rate = rates::require(rates, amount.currency(), Currency::Usd, now).ok()?;
    multiply(amount.amount(), rate.price, Currency::Usd.decimals(), Rounding::Up)
}

/// Whether an amount is worth less than the smallest that is credited. One without a rate is not.
pub fn is_dust(watch: Watch<'_>, now: DateTime<Utc>, amount: Money) -> bool {
    worth(watch.rates, now, amount).is_some_and(|worth| worth < watch.connection.settings.dust.amount())
}

/// Marks what arrived without a reason and is dust: anybody can send thousands of it, and nobody could explain it.
pub(super) fn mark_dust(watch: Watch<'_>, now: DateTime<Utc>, movements: &mut [SeenMovement]) {
    for movement in movements.iter_mut().filter(|one| one.flow == Flow::In) {
        let has_no_reason = matches!(movement.kind, EntryKind::Unknown | EntryKind::NotGivenOut);
        movement.is_dust = has_no_reason && is_dust(watch, now, movement.amount);
    }
}

/// The worth of everything to one intent that can still be removed. Rules look at the sum: otherwise a large payment could
/// be credited early by dividing it into small ones.
pub fn worth_by_intent<'a>(
    rates: &dyn RateSource,
    now: DateTime<Utc>,
    deposits: impl IntoIterator<Item = &'a ChainDeposit>,
) -> HashMap<PaymentIntentId, Option<Decimal>> {
    let mut sums = HashMap::new();
    let open = |found: &&ChainDeposit| matches!(found.stage, DepositStage::Seen | DepositStage::Credited);
    for found in deposits.into_iter().filter(open) {
        let sum: &mut Option<Decimal> = sums.entry(found.transfer.owner.intent).or_insert(Some(Decimal::ZERO));
        *sum = sum.zip(worth(rates, now, found.transfer.amount)).and_then(|(sum, more)| sum.checked_add(more));
    }
    sums
}

/// The rule for this worth; the strictest if it is not known.
pub fn rule(rules: &[CreditRule], worth: Option<Decimal>) -> Option<CreditAfter> {
    match worth {
        Some(worth) => {
            let fits = |rule: &&CreditRule| rule.up_to.is_none_or(|limit| worth <= limit.amount());
            rules.iter().find(fits).map(|rule| rule.after)
        }
        None => rules.iter().map(|rule| rule.after).max_by_key(|after| strictness(*after)),
    }
}

const fn strictness(after: CreditAfter) -> (u8, u64) {
    match after {
        CreditAfter::Blocks(blocks) => (0, blocks),
        CreditAfter::Safe => (1, 0),
        CreditAfter::Finalized => (2, 0),
    }
}
