//! Books the transfers that were found: pending when seen, paid when the network's rules allow it, failed when they are
//! gone for ever.

use super::{
    Follower, StepError, Watch,
    evidence::{Confirmed, Fate, confirm, fate},
    follow::Followed,
    rules::{rule, worth, worth_by_intent},
};
use crate::{
    chain::evm::{deposits::Progress, heights::View},
    context::Context,
    domain::{
        intents::{
            credit_rule::Reached,
            payment::{PaymentStatus, UnsupportedReason},
        },
        ledger::SettlementTerms,
    },
    error::with_causes,
    rates,
    store::chain::deposits::{ChainDeposit, DepositStage},
};
use chrono::Duration;

/// How often a missing rate is logged.
const LOG_MISSING_RATE: Duration = Duration::minutes(5);
/// How many deposits the nodes are asked about in one step, which has to end before the lease.
const AT_ONCE: usize = 50;
/// How many blocks may come while the nodes are asked.
const WHILE_ASKED: i64 = 4;

impl Follower {
    /// Books everything that can be booked after this step.
    pub(super) async fn book(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        view: &View<'_>,
        followed: &Followed,
    ) -> Result<(), StepError> {
        let network = watch.network();
        let mut open = watch.store.open_deposits(network).await?;
        if book_seen(watch, context, &open).await? {
            open = watch.store.open_deposits(network).await?;
        }
        self.credit_due(watch, context, view, followed, &open).await?;
        if let Some(finalized) = followed.finalized {
            watch.store.finalize_deposits(context, network, finalized).await?;
        }
        if followed.progress == Progress::AtHead {
            end_removed(watch, context, followed, &open).await?;
        }
        Ok(())
    }

    /// Credits what the network's rules allow. If the nodes contradict each other about one deposit, nothing is credited.
    async fn credit_due(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        view: &View<'_>,
        followed: &Followed,
        open: &[ChainDeposit],
    ) -> Result<(), StepError> {
        let worth = worth_by_intent(watch.rates, context.now, open);
        // Only blocks that were looked at count.
        let head = i64::try_from(view.head).unwrap_or(i64::MAX);
        let safe = view.safe.and_then(|height| i64::try_from(height).ok());
        let reached = Reached::of(followed.newest.height, head, safe, followed.finalized);
        let mut due = Vec::new();
        let mut waits = None;
        // Dust last, and without asking the nodes, since nothing is credited for it: anybody can send thousands of it.
        let is_dust = |found: &&ChainDeposit| found.unsupported == Some(UnsupportedReason::Dust);
        let in_order = open.iter().filter(|found| !is_dust(found)).chain(open.iter().filter(is_dust));
        for found in in_order {
            let is_new = found.stage == DepositStage::Seen && found.status == Some(PaymentStatus::Pending);
            let waiting = is_new || found.has_returned();
            let worth = worth.get(&found.transfer.owner.intent).copied().flatten();
            let rule = rule(&watch.connection.settings.credit, worth);
            if due.len() == AT_ONCE {
                break;
            }
            let missing = rule.and_then(|rule| reached.missing(rule, found.transfer.block.height));
            if !waiting || missing != Some(0) {
                continue;
            }
            if is_dust(&found) {
                due.push(found);
                continue;
            }
            match confirm(watch, found).await {
                Ok(Confirmed::Yes) => due.push(found),
                Ok(Confirmed::Moved) => {}
                Err(error @ StepError::Unavailable(..)) => waits = Some(error),
                Err(error) => return Err(error),
            }
        }
        for found in due {
            self.credit(watch, context, found).await?;
        }
        waits.map_or(Ok(()), Err)
    }

    async fn credit(&mut self, watch: Watch<'_>, context: &Context<'_>, found: &ChainDeposit) -> Result<(), StepError> {
        if found.has_returned() {
            watch.store.keep_credit(context, found).await?;
            return Ok(());
        }
        let Some(payment) = found.payment.filter(|_| found.unsupported.is_none()) else {
            watch.store.credit_deposit(context, found, None).await?;
            return Ok(());
        };
        let payment = watch.store.payment(found.transfer.owner.merchant, payment).await?;
        let (of, per) = (payment.amount.currency(), payment.settlement.currency());
        let rate = match rates::require(watch.rates, of, per, context.now) {
            Ok(rate) => rate,
            Err(error) => {
                if self.told_without_rate_at.is_none_or(|told| context.now - told >= LOG_MISSING_RATE) {
                    self.told_without_rate_at = Some(context.now);
                    tracing::error!(payment = %payment.id, error = %with_causes(&error), "a deposit waits for a rate");
                }
                return Ok(());
            }
        };
        let terms = SettlementTerms { rate, fee_percent: watch.fee_percent };
        watch.store.credit_deposit(context, found, Some(&terms)).await?;
        Ok(())
    }
}

/// Books what is in a block and has no payment, or one that had failed. Returns whether there was any.
async fn book_seen(watch: Watch<'_>, context: &Context<'_>, open: &[ChainDeposit]) -> Result<bool, StepError> {
    let mut any = false;
    for found in open {
        let unbooked = matches!(found.status, None | Some(PaymentStatus::Failed));
        if found.stage == DepositStage::Seen && unbooked {
            let is_dust = worth(watch.rates, context.now, found.transfer.amount)
                .is_some_and(|worth| worth < watch.connection.settings.dust.amount());
            watch.store.book_deposit(context, found, is_dust).await?;
            any = true;
        }
    }
    Ok(any)
}

/// Takes back what was credited and is in no block any more, and ends what will be in none.
async fn end_removed(
    watch: Watch<'_>,
    context: &Context<'_>,
    followed: &Followed,
    open: &[ChainDeposit],
) -> Result<(), StepError> {
    for found in open.iter().filter(|found| found.stage == DepositStage::Dropped) {
        watch.store.drop_deposit(context, found).await?;
    }
    let (credited, pending): (Vec<_>, Vec<_>) = open
        .iter()
        .filter(|found| found.stage == DepositStage::Reorged)
        .partition(|found| found.status == Some(PaymentStatus::Paid));
    // Some never come to an end, because their senders do nothing any more. Each has its turn.
    let turn =
        usize::try_from(followed.newest.height).unwrap_or_default().checked_rem(pending.len()).unwrap_or_default();
    let pending = pending.iter().cycle().skip(turn).take(pending.len().min(AT_ONCE)).copied();
    for found in credited.into_iter().take(AT_ONCE).chain(pending) {
        match fate(watch, found).await {
            Ok(fate) => end_one(watch, context, followed, found, fate).await?,
            // Decided in a later step, when the nodes agree.
            Err(error) => {
                tracing::debug!(transaction = found.transfer.transaction_hash, error = %with_causes(&error), "what became of a deposit is not known");
            }
        }
    }
    Ok(())
}

async fn end_one(
    watch: Watch<'_>,
    context: &Context<'_>,
    followed: &Followed,
    found: &ChainDeposit,
    fate: Fate,
) -> Result<(), StepError> {
    if found.status == Some(PaymentStatus::Paid) && fate != Fate::Open {
        tracing::warn!(
            transaction = found.transfer.transaction_hash,
            "a deposit that was credited is in no block any more; it is taken back, or lost"
        );
        watch.store.take_deposit_back(context, found).await?;
        return Ok(());
    }
    let replaced_below = match fate {
        Fate::Open | Fate::Gone => None,
        Fate::Replaced => found.replaced_below.or(Some(followed.newest.height + WHILE_ASKED)),
    };
    if replaced_below.zip(followed.finalized).is_some_and(|(below, finalized)| finalized >= below) {
        watch.store.drop_deposit(context, found).await?;
    } else if replaced_below != found.replaced_below {
        watch.store.note_replacement(found, replaced_below).await?;
    }
    Ok(())
}
