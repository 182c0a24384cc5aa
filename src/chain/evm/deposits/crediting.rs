//! Credits deposits whose time has come and that the nodes confirm.

use super::{
    Follower, StepError, Watch,
    booking::{deny, tell, unless_refused},
    due::TOGETHER,
    evidence::{Confirmed, confirm, group},
    step_lease::Until,
};
use crate::{
    context::Context,
    domain::{ledger::SettlementTerms, operations::networks::DepositProblem},
    error::with_causes,
    rates,
    store::chain::deposits::ChainDeposit,
};
use chrono::Duration;
use futures::future::join_all;

/// How often a missing rate is logged.
const LOG_MISSING_RATE: Duration = Duration::minutes(5);

impl Follower {
    /// Credits what the nodes confirm, and puts aside what they deny. If they contradict each other about one deposit, nothing
    /// is credited. Returns why nothing was credited if too few answered about any. One about which they never answer is told as
    /// such, and not as a network that is away.
    pub(super) async fn credit_due(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        until: Until<'_>,
        asked: &[&ChainDeposit],
        dust: &[&ChainDeposit],
    ) -> Result<Option<StepError>, StepError> {
        let (mut confirmed, mut denied, mut unanswered) = (Vec::new(), Vec::new(), None);
        let mut any_answered = false;
        for (place, part) in asked.chunks(TOGETHER).enumerate() {
            if place > 0 && until.has_passed() {
                break;
            }
            let groups = group(part);
            let mut asking = Vec::with_capacity(groups.len());
            for group in &groups {
                asking.push(confirm(watch, group));
            }
            for (group, said) in groups.iter().zip(join_all(asking).await) {
                any_answered |= said.is_ok();
                match said {
                    Ok(said) => {
                        for (found, said) in group.iter().copied().zip(said) {
                            self.asked_in_vain.remove(&found.id);
                            let moved_before = self.moved.remove(&found.id);
                            match said {
                                Confirmed::Yes => confirmed.push(found),
                                Confirmed::Denied => denied.push(found),
                                Confirmed::Unproven => tell(watch, found, DepositProblem::Unconfirmed).await?,
                                // The blocks here are those of most, so no reorganisation explains it for long: one node
                                // has made up the block's hash.
                                Confirmed::Moved if moved_before.is_some_and(|step| step != self.number) => {
                                    denied.push(found);
                                }
                                Confirmed::Moved => {
                                    self.moved.insert(found.id, self.number);
                                    self.asked_in_vain.insert(found.id);
                                }
                            }
                        }
                    }
                    Err(error @ StepError::Unavailable(..)) => {
                        if self.note_unanswered(watch, group).await? {
                            unanswered = Some(error);
                        }
                    }
                    Err(error) => return Err(error),
                }
            }
        }
        for found in confirmed.into_iter().chain(dust.iter().copied()) {
            let credited = self.credit(watch, context, found).await;
            unless_refused(watch, found, credited).await?;
        }
        for found in denied {
            deny(watch, context, found).await?;
        }
        Ok(unanswered.filter(|_| !any_answered))
    }

    /// Too few nodes have said anything about these. Returns whether that is so for the first time about one of them.
    async fn note_unanswered(&mut self, watch: Watch<'_>, group: &[&ChainDeposit]) -> Result<bool, StepError> {
        let mut is_first = false;
        for found in group.iter().copied() {
            let is_new = self.asked_in_vain.insert(found.id);
            if is_new && found.problem != Some(DepositProblem::Unanswered) {
                is_first = true;
            } else {
                tell(watch, found, DepositProblem::Unanswered).await?;
            }
        }
        Ok(is_first)
    }

    async fn credit(&mut self, watch: Watch<'_>, context: &Context<'_>, found: &ChainDeposit) -> Result<(), StepError> {
        if found.has_returned() {
            watch.store.keep_credit(context, found).await?;
            return Ok(());
        }
        if !found.is_booked() {
            watch.store.book_deposit(context, found, true).await?;
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
                // It keeps no other waiting.
                self.asked_in_vain.insert(found.id);
                return Ok(());
            }
        };
        let terms = SettlementTerms { rate, fee_percent: watch.fee_percent };
        watch.store.credit_deposit(context, found, Some(&terms)).await?;
        Ok(())
    }
}
