//! Books the transfers that were found: pending when seen, paid when the network's rules allow it, failed when they are
//! gone for ever.

use super::{
    Follower, StepError, Watch,
    due::{AT_ONCE, Due, TOGETHER, in_turn},
    evidence::{Fate, fate},
    follow::Followed,
    step_lease::{StepLease, Until},
};
use crate::{
    chain::evm::{deposits::Progress, heights::View},
    context::Context,
    domain::{intents::payment::PaymentStatus, names::Named, operations::networks::DepositProblem},
    error::with_causes,
    store::chain::deposits::{ChainDeposit, DepositStage},
};
use futures::future::join_all;
use std::collections::HashSet;

/// How many blocks may come while the nodes are asked.
const WHILE_ASKED: i64 = 4;

/// What was done once.
struct Round {
    open: Vec<ChainDeposit>,
    /// Whether blocks were read again in which the nodes had denied something, so that there is more to do.
    has_read_again: bool,
    /// Why some were not credited: too few nodes have answered.
    unanswered: Option<StepError>,
}

impl Follower {
    /// Books everything that can be booked after this step. Returns why some were not credited: too few nodes have answered.
    pub(super) async fn book(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        lease: &mut StepLease<'_>,
        view: &View<'_>,
        followed: &Followed,
    ) -> Result<Option<StepError>, StepError> {
        let until = lease.until();
        let mut round = self.book_once(watch, context, (&mut *lease, until), view, followed).await?;
        if round.has_read_again && !until.has_passed() {
            // What is in those blocks instead may be due. Not more often: a node that goes on lying would end no step.
            round = self.book_once(watch, context, (&mut *lease, until), view, followed).await?;
        }
        if let Some(finalized) = followed.finalized {
            watch.store.finalize_deposits(context, watch.network(), finalized).await?;
        }
        if followed.progress == Progress::AtHead {
            lease.extend(watch).await?;
            end_removed(watch, context, until, followed, (&round.open, self.number)).await?;
        }
        Ok(round.unanswered)
    }

    async fn book_once(
        &mut self,
        watch: Watch<'_>,
        context: &Context<'_>,
        (lease, until): (&mut StepLease<'_>, Until<'_>),
        view: &View<'_>,
        followed: &Followed,
    ) -> Result<Round, StepError> {
        let network = watch.network();
        let mut open = watch.store.open_deposits(network).await?;
        if end_dropped(watch, context, &open).await? {
            open = watch.store.open_deposits(network).await?;
        }
        let due = Due::new(watch, context.now, view, followed, &open);
        let booked = book_seen(watch, context, &due.to_book(&open)).await?;
        lease.extend(watch).await?;
        let proven = self.prove(watch, context, until, &due, &open).await?;
        if booked || proven {
            open = watch.store.open_deposits(network).await?;
        }
        if !self.asked_in_vain.is_empty() {
            let ids: HashSet<_> = open.iter().map(|found| found.id).collect();
            self.asked_in_vain.retain(|id| ids.contains(id));
            self.moved.retain(|id, _| ids.contains(id));
        }
        let due = Due::new(watch, context.now, view, followed, &open);
        let (asked, dust) = due.to_credit(&open, self.number, &self.asked_in_vain);
        lease.extend(watch).await?;
        let credited = self.credit_due(watch, context, until, &asked, &dust).await;
        // Last, so that nothing waits for them; also if nothing was credited, because the nodes contradict each other.
        let has_read_again = self.read_denied(watch, context, (lease, until), &followed.newest).await?;
        Ok(Round { open, has_read_again, unanswered: credited? })
    }
}

/// Ends what will be in no block, before what took its place is booked. Returns whether there was any.
async fn end_dropped(watch: Watch<'_>, context: &Context<'_>, open: &[ChainDeposit]) -> Result<bool, StepError> {
    let mut any = false;
    for found in open.iter().filter(|found| found.stage == DepositStage::Dropped) {
        let ended = watch.store.drop_deposit(context, found).await;
        any |= unless_refused(watch, found, ended.map(drop).map_err(StepError::from)).await?;
    }
    Ok(any)
}

/// Books what is in a block and has no payment. Returns whether there was any.
async fn book_seen(watch: Watch<'_>, context: &Context<'_>, unbooked: &[&ChainDeposit]) -> Result<bool, StepError> {
    let mut any = false;
    for found in unbooked.iter().copied() {
        let booked = watch.store.book_deposit(context, found, false).await;
        any |= unless_refused(watch, found, booked.map(drop).map_err(StepError::from)).await?;
    }
    Ok(any)
}

/// Puts aside what the nodes deny together. Returns whether it was.
pub(super) async fn deny(watch: Watch<'_>, context: &Context<'_>, found: &ChainDeposit) -> Result<bool, StepError> {
    let denied = watch.store.deny_deposit(context, found).await;
    let is_aside = unless_refused(watch, found, denied.map(drop).map_err(StepError::from)).await?;
    if is_aside {
        tracing::warn!(
            network = watch.network().code(),
            transaction = found.transfer.transaction_hash,
            "a node has reported a deposit that most nodes deny; its block is read again"
        );
    }
    Ok(is_aside)
}

/// What the database refuses of one deposit is told, and keeps no other waiting. Returns whether it was done.
pub(super) async fn unless_refused(
    watch: Watch<'_>,
    found: &ChainDeposit,
    done: Result<(), StepError>,
) -> Result<bool, StepError> {
    let was_refused = found.problem == Some(DepositProblem::Refused);
    match done {
        Ok(()) if was_refused || found.problem == Some(DepositProblem::Unanswered) => {
            watch.store.note_deposit_problem(found, None).await?;
        }
        Ok(()) => {}
        Err(StepError::Store(error)) if error.is_refusal() => {
            if !was_refused {
                let transaction = &found.transfer.transaction_hash;
                tracing::error!(transaction, error = %with_causes(&error), "the database refuses a deposit; the others are credited");
                watch.store.note_deposit_problem(found, Some(DepositProblem::Refused)).await?;
            }
            return Ok(false);
        }
        Err(error) => return Err(error),
    }
    Ok(true)
}

/// Tells once why a deposit waits for the nodes.
pub(super) async fn tell(watch: Watch<'_>, found: &ChainDeposit, problem: DepositProblem) -> Result<(), StepError> {
    if found.problem != Some(problem) {
        let transaction = &found.transfer.transaction_hash;
        tracing::warn!(
            transaction,
            problem = problem.as_str(),
            "a deposit waits: too few nodes say whether it was paid"
        );
        watch.store.note_deposit_problem(found, Some(problem)).await?;
    }
    Ok(())
}

/// Takes back what was credited and is in no block any more, and ends what will be in none, in the step with this number.
/// Some of them in each step, also if no time is left: otherwise slow nodes could keep what is gone credited.
async fn end_removed(
    watch: Watch<'_>,
    context: &Context<'_>,
    until: Until<'_>,
    followed: &Followed,
    (open, step): (&[ChainDeposit], usize),
) -> Result<(), StepError> {
    let (credited, pending): (Vec<_>, Vec<_>) = open
        .iter()
        .filter(|found| found.stage == DepositStage::Reorged)
        .partition(|found| found.status == Some(PaymentStatus::Paid));
    // Some never come to an end, because their senders do nothing any more. Each has its turn.
    let removed = [credited, pending].map(|removed| in_turn(&removed, step, AT_ONCE)).concat();
    for (place, part) in removed.chunks(TOGETHER).enumerate() {
        if place > 0 && until.has_passed() {
            break;
        }
        let mut asking = Vec::with_capacity(part.len());
        for found in part.iter().copied() {
            asking.push(fate(watch, found, followed.newest.height));
        }
        for (found, fate) in part.iter().copied().zip(join_all(asking).await) {
            match fate {
                Ok(fate) => {
                    let ended = end_one(watch, context, followed, found, fate).await;
                    unless_refused(watch, found, ended).await?;
                }
                Err(error @ StepError::Store(_)) => return Err(error),
                // Decided in a later step, when the nodes agree.
                Err(error) => {
                    tracing::debug!(transaction = found.transfer.transaction_hash, error = %with_causes(&error), "what became of a deposit is not known");
                }
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
            "a deposit that was credited is no longer in any block; it is taken back, or lost"
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
