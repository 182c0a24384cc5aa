//! Settles refunds; each is sent at most once.
//!
//! A refund is stored as `processing` before anything is broadcast. From then on it may have been sent, so the chain is
//! always asked for the refund's id first, and the refund is submitted only if the chain does not know it. After a
//! crash at any point the worker starts with the same question.

use crate::service::policy::screening;
use crate::{
    chain::{self, Chain, Payout, PayoutState},
    config::Settings,
    context::{Clock, Context, Entropy},
    domain::{
        ids::RefundId,
        people::actor::{Actor, Permission},
        refunds::{
            confirmation::{self, Answer},
            refund::{Refund, RefundStatus, Rejection, RejectionType},
        },
    },
    error::Error,
    screening::Screening,
    state::Requite,
    store::{
        Store,
        chain::sandbox::SandboxOutcome,
        refunds::{confirmations::CustomerAnswer, settlement::PayoutResult},
    },
};
use chrono::{DateTime, Duration, Utc};

/// Lease of a refund. Longer than any response of the chain takes; after it another server may continue.
pub const LEASE: Duration = Duration::seconds(60);
/// Delay before a failed chain is asked again.
const RETRY: Duration = Duration::seconds(5);

/// What settling refunds needs.
#[derive(Clone, Copy)]
pub struct SettlementServices<'a> {
    pub store: &'a Store,
    pub settings: &'a Settings,
    pub clock: &'a dyn Clock,
    pub entropy: &'a dyn Entropy,
    /// Sends payouts, if this server is connected to a chain.
    pub chain: Option<&'a dyn Chain>,
    pub screening: &'a dyn Screening,
}

impl<'a> From<&'a Requite> for SettlementServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self {
            store: &requite.store,
            settings: &requite.settings,
            clock: requite.clock.as_ref(),
            entropy: requite.entropy.as_ref(),
            chain: requite.rail.as_deref(),
            screening: requite.screening.as_ref(),
        }
    }
}

impl SettlementServices<'_> {
    /// The context of this moment: a chain takes its time to answer.
    fn context(&self) -> Context<'_> {
        Context::new(self.clock, self.entropy)
    }
}

/// Advances a refund, leased to this server until `taken_until`, as far as possible.
pub async fn advance(
    services: SettlementServices<'_>,
    rail: &dyn Chain,
    refund: &Refund,
    taken_until: DateTime<Utc>,
) -> Result<(), Error> {
    // The rest of the batch may have taken long, so each refund starts with a full lease or is skipped.
    let held_until = services.context().now + LEASE;
    if !services.store.extend_refund_lease(refund.id, taken_until, held_until).await? {
        return Ok(());
    }
    let moved = ask_and_submit(services, rail, refund, held_until).await;
    if moved.is_err() {
        services.store.release_refund(refund.id, held_until, services.context().now + RETRY).await?;
    }
    moved
}

async fn ask_and_submit(
    services: SettlementServices<'_>,
    rail: &dyn Chain,
    refund: &Refund,
    held_until: DateTime<Utc>,
) -> Result<(), Error> {
    let mut state = rail.state(refund.id, services.context().now).await?;
    if state == PayoutState::Unknown {
        if !services.store.approval_holds(refund).await? {
            return Err(Error::Fault("it is not what was approved, so it is not sent".to_owned()));
        }
        if !services.store.confirmation_holds(refund).await? {
            return Err(Error::Fault("it is not what the customer confirmed, so it is not sent".to_owned()));
        }
        let screened = screening::of_refund(services.screening, refund).await?;
        services.store.record_payout_screening(&services.context(), refund.id, &screened).await?;
        if let Some(reason) = screened.sentence() {
            // Nothing was broadcast, so it can still end here.
            let result = PayoutResult::Rejected(Rejection::new(RejectionType::Compliance, reason));
            services.store.finish_refund(&services.context(), refund.merchant_id, refund.id, &result).await?;
            return Ok(());
        }
        let payout = Payout {
            id: refund.id,
            network: refund.network,
            address: refund.address.clone(),
            memo: refund.memo.clone(),
            amount: refund.terms.send,
        };
        rail.submit(&services.context(), &payout).await?;
        state = rail.state(refund.id, services.context().now).await?;
    }
    let context = services.context();
    let result = match state {
        PayoutState::Unknown => return Err(Error::Fault("the rail does not know what was submitted".to_owned())),
        PayoutState::InProgress { look_again_at } => {
            return Ok(services.store.release_refund(refund.id, held_until, look_again_at).await?);
        }
        PayoutState::Settled { transaction_hash } => PayoutResult::Completed { transaction_hash },
        PayoutState::Rejected { reason } => PayoutResult::Rejected(Rejection::new(RejectionType::Processing, reason)),
    };
    services.store.finish_refund(&context, refund.merchant_id, refund.id, &result).await?;
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
pub async fn end_in_sandbox(
    services: SettlementServices<'_>,
    actor: &Actor,
    id: RefundId,
    end: SandboxEnd,
) -> Result<Refund, Error> {
    services.settings.mode.require_sandbox()?;
    actor.require(Permission::Refund)?;
    let rail = chain::require(services.chain)?;
    let (status, outcome) = match end {
        SandboxEnd::Delivered => (RefundStatus::Completed, SandboxOutcome::Settle),
        SandboxEnd::Refused => (RefundStatus::Rejected, SandboxOutcome::Reject),
    };
    let merchant = actor.merchant();
    let mut refund = services.store.refund(merchant, id).await?;
    refund.require_can_end_as(status, services.context().now)?;
    if confirmation::is_open(&refund, services.context().now) {
        refund = answer_for_customer(services, actor, &refund, end).await?;
        // The policy may have become stricter since the refund was created.
        refund.require_can_end_as(status, services.context().now)?;
    }
    // The first call sends it, the second reads the outcome. If another worker leases it in between, that one ends it.
    advance_one(services, rail, &refund).await?;
    services.store.decide_sandbox_transfer(&services.context(), id.0, outcome).await?;
    advance_one(services, rail, &refund).await?;
    let refund = services.store.refund(merchant, id).await?;
    if refund.status.is_final() {
        refund.require_can_end_as(status, services.context().now)?;
    }
    Ok(refund)
}

/// Gives the customer's answer that leads to the requested outcome.
async fn answer_for_customer(
    services: SettlementServices<'_>,
    actor: &Actor,
    refund: &Refund,
    end: SandboxEnd,
) -> Result<Refund, Error> {
    let answer = match end {
        SandboxEnd::Delivered => Answer::Confirmed,
        SandboxEnd::Refused => Answer::Refused,
    };
    let seal = confirmation::confirmation_seal(refund, refund.terms.send);
    let server_policy = services.settings.refund_policy();
    let given = CustomerAnswer { answer, shown: seal.as_str(), server_policy: &server_policy };
    Ok(services.store.answer_confirmation(actor, &services.context(), refund.id, &given).await?)
}

async fn advance_one(services: SettlementServices<'_>, rail: &dyn Chain, refund: &Refund) -> Result<(), Error> {
    let context = services.context();
    match services.store.claim_refund(&context, refund.merchant_id, refund.id, LEASE).await? {
        Some(refund) => advance(services, rail, &refund, context.now + LEASE).await,
        None => Ok(()),
    }
}
