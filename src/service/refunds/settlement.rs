//! Settles refunds; each is sent at most once.
//!
//! A refund is stored as `processing` before anything is broadcast. From then on it may have been sent, so the chain is
//! always asked for the refund's id first, and the refund is submitted only if the chain does not know it. After a
//! crash at any point the worker starts with the same question.

use crate::service::policy::screening;
use crate::{
    chain::{Chain, Payout, PayoutState},
    domain::{
        ids::RefundId,
        people::actor::{Actor, Permission},
        refunds::{
            confirmation::{self, Answer},
            refund::{Refund, RefundStatus, Rejection, RejectionType},
        },
    },
    error::Error,
    state::Requite,
    store::{
        chain::sandbox::SandboxOutcome,
        refunds::{confirmations::CustomerAnswer, settlement::PayoutResult},
    },
};
use chrono::{DateTime, Duration, Utc};

/// Lease of a refund. Longer than any response of the chain takes; after it another server may continue.
pub const LEASE: Duration = Duration::seconds(60);
/// Delay before a failed chain is asked again.
const RETRY: Duration = Duration::seconds(5);

/// Why a refund is neither sent nor ended; it stays where it is, and is looked at again.
#[derive(Clone, Copy, Debug, thiserror::Error)]
enum NotSent {
    #[error("it is not what was approved, so it is not sent")]
    NotAsApproved,
    #[error("it is not what the customer confirmed, so it is not sent")]
    NotAsConfirmed,
    #[error("the rail does not know what was submitted")]
    UnknownToRail,
}

/// Advances a refund, leased to this server until `taken_until`, as far as possible.
pub async fn advance(
    requite: &Requite,
    rail: &dyn Chain,
    refund: &Refund,
    taken_until: DateTime<Utc>,
) -> Result<(), Error> {
    // The rest of the batch may have taken long, so each refund starts with a full lease or is skipped.
    let held_until = requite.context().now + LEASE;
    if !requite.store.extend_refund_lease(refund.id, taken_until, held_until).await? {
        return Ok(());
    }
    let moved = ask_and_submit(requite, rail, refund, held_until).await;
    if moved.is_err() {
        requite.store.release_refund(refund.id, held_until, requite.context().now + RETRY).await?;
    }
    moved
}

async fn ask_and_submit(
    requite: &Requite,
    rail: &dyn Chain,
    refund: &Refund,
    held_until: DateTime<Utc>,
) -> Result<(), Error> {
    let mut state = rail.state(refund.id, requite.context().now).await?;
    if state == PayoutState::Unknown {
        if !requite.store.approval_holds(refund).await? {
            return Err(Error::fault(NotSent::NotAsApproved));
        }
        if !requite.store.confirmation_holds(refund).await? {
            return Err(Error::fault(NotSent::NotAsConfirmed));
        }
        let screened = screening::of_refund(requite, refund).await?;
        requite.store.record_payout_screening(&requite.context(), refund.id, &screened).await?;
        if let Some(reason) = screened.sentence() {
            // Nothing was broadcast, so it can still end here.
            let result = PayoutResult::Rejected(Rejection::new(RejectionType::Compliance, reason));
            requite.store.finish_refund(&requite.context(), refund.merchant_id, refund.id, &result).await?;
            return Ok(());
        }
        let payout = Payout {
            id: refund.id,
            network: refund.network,
            address: refund.address.clone(),
            memo: refund.memo.clone(),
            amount: refund.terms.send,
        };
        rail.submit(&requite.context(), &payout).await?;
        state = rail.state(refund.id, requite.context().now).await?;
    }
    let context = requite.context();
    let result = match state {
        PayoutState::Unknown => return Err(Error::fault(NotSent::UnknownToRail)),
        PayoutState::InProgress { look_again_at } => {
            return Ok(requite.store.release_refund(refund.id, held_until, look_again_at).await?);
        }
        PayoutState::Settled { transaction_hash } => PayoutResult::Completed { transaction_hash },
        PayoutState::Rejected { reason } => PayoutResult::Rejected(Rejection::new(RejectionType::Processing, reason)),
    };
    requite.store.finish_refund(&context, refund.merchant_id, refund.id, &result).await?;
    Ok(())
}

/// The outcome of a transfer, as requested in the sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxEnd {
    /// Deliver it now.
    Delivered,
    /// Reject it now.
    Refused,
}

/// Sandbox only: ends a refund immediately with the requested outcome. It also answers for the customer, as CoinGate's
/// sandbox does: test programs cannot click a link in a mail. Everything else that is required before money moves
/// (approval, cool-down, deny list) still applies.
pub async fn end_in_sandbox(requite: &Requite, actor: &Actor, id: RefundId, end: SandboxEnd) -> Result<Refund, Error> {
    requite.require_sandbox()?;
    actor.require(Permission::Refund)?;
    let rail = requite.require_rail()?;
    let (status, outcome) = match end {
        SandboxEnd::Delivered => (RefundStatus::Completed, SandboxOutcome::Settle),
        SandboxEnd::Refused => (RefundStatus::Rejected, SandboxOutcome::Reject),
    };
    let merchant = actor.merchant();
    let mut refund = requite.store.refund(merchant, id).await?;
    refund.require_can_end_as(status, requite.context().now)?;
    if confirmation::is_open(&refund, requite.context().now) {
        refund = answer_for_customer(requite, actor, &refund, end).await?;
        // The policy may have become stricter since the refund was created.
        refund.require_can_end_as(status, requite.context().now)?;
    }
    // The first call sends it, the second reads the outcome. If another worker leases it in between, that one ends it.
    advance_one(requite, rail, &refund).await?;
    requite.store.decide_sandbox_transfer(&requite.context(), id.0, outcome).await?;
    advance_one(requite, rail, &refund).await?;
    let refund = requite.store.refund(merchant, id).await?;
    if refund.status.is_final() {
        refund.require_can_end_as(status, requite.context().now)?;
    }
    Ok(refund)
}

/// Gives the customer's answer that leads to the requested outcome.
async fn answer_for_customer(
    requite: &Requite,
    actor: &Actor,
    refund: &Refund,
    end: SandboxEnd,
) -> Result<Refund, Error> {
    let answer = match end {
        SandboxEnd::Delivered => Answer::Confirmed,
        SandboxEnd::Refused => Answer::Refused,
    };
    let seal = confirmation::confirmation_seal(refund, refund.terms.send);
    let server_policy = requite.settings.refund_policy();
    let given = CustomerAnswer { answer, shown: seal.as_str(), server_policy: &server_policy };
    Ok(requite.store.answer_confirmation(actor, &requite.context(), refund.id, &given).await?)
}

async fn advance_one(requite: &Requite, rail: &dyn Chain, refund: &Refund) -> Result<(), Error> {
    let context = requite.context();
    match requite.store.claim_refund(&context, refund.merchant_id, refund.id, LEASE).await? {
        Some(refund) => advance(requite, rail, &refund, context.now + LEASE).await,
        None => Ok(()),
    }
}
