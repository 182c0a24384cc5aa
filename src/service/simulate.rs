//! Sandbox only: what customers and a chain do. Nothing else above the chain knows that it is simulated.

pub use crate::chain::sandbox::{hanging_address, rejecting_address};

use super::refunds::settlement::{LEASE, advance};
use crate::{
    chain::{
        payouts::Payouts,
        sandbox::{address_of, transaction_hash},
    },
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode},
        ids::{PaymentId, PaymentIntentId, RefundId},
        intents::{
            deposit::Deposit,
            payment::{Payment, PaymentStatus},
        },
        ledger::SettlementTerms,
        money::Money,
        people::actor::{Actor, Permission},
        refunds::{
            confirmation::{self, Answer},
            refund::{Refund, RefundStatus},
        },
    },
    error::Error,
    rates,
    state::Requite,
    store::{chain::sandbox::SandboxOutcome, refunds::confirmations::CustomerAnswer},
};

/// A well-formed address that is nobody's.
pub fn some_address(context: &Context<'_>, network: Network) -> String {
    address_of(network, context.random())
}

/// A payment by a customer, on the first payment method. Without an amount it pays exactly what is due, which is defined
/// only for a transient intent.
pub async fn payment(
    requite: &Requite,
    actor: &Actor,
    intent_id: PaymentIntentId,
    amount: Option<Money>,
    status: PaymentStatus,
) -> Result<Payment, Error> {
    requite.require_sandbox()?;
    actor.require(Permission::ManageIntents)?;
    let context = requite.context();
    // Before the intent, so that two clicks at once pay what is due as one deposit.
    let earlier = requite.store.payments_of(actor.merchant(), intent_id).await?.len();
    let intent = requite.store.intent(actor.merchant(), intent_id).await?;
    let rate = rates::require(requite.rates.as_ref(), intent.currency(), intent.settlement_currency, context.now)?;
    let seed = match amount {
        Some(_) => context.id().to_string(),
        None => format!("{intent_id} {earlier}"),
    };
    let amount = amount.or_else(|| intent.due()).ok_or_else(|| {
        let message = "A continuous payment intent asks for no amount, so one must be given.";
        DomainError::new(ErrorCode::Required, message).on("amount")
    })?;
    if amount.is_zero() {
        let message = "Nothing is due on this payment intent, so the amount must be given.";
        return Err(DomainError::new(ErrorCode::AmountNotPositive, message).on("amount").into());
    }
    let method = intent.payment_methods.first();
    let (network, address) = method
        .and_then(|method| Some((method.network, method.address.clone()?)))
        .ok_or_else(|| DomainError::new(ErrorCode::PaymentNotPossible, "The deposit address is not ready yet."))?;
    let deposit = Deposit {
        network,
        transaction_hash: transaction_hash(network, seed.as_bytes()),
        address,
        position: 0,
        sender: Some(some_address(&context, network)),
        amount,
        status,
    };
    let terms = SettlementTerms { rate, fee_percent: requite.settings.payment_fee_percent };
    Ok(requite.store.receive_payment(actor, &context, intent_id, &deposit, &terms).await?)
}

/// Ends a pending payment as `paid` or `failed`, as a chain would.
pub async fn finish_payment(
    requite: &Requite,
    actor: &Actor,
    id: PaymentId,
    ending: PaymentStatus,
) -> Result<Payment, Error> {
    requite.require_sandbox()?;
    actor.require(Permission::ManageIntents)?;
    let payment = requite.store.payment(actor.merchant(), id).await?;
    let context = requite.context();
    let (of, per) = (payment.amount.currency(), payment.settlement.currency());
    let rate = rates::require(requite.rates.as_ref(), of, per, context.now)?;
    let terms = SettlementTerms { rate, fee_percent: requite.settings.payment_fee_percent };
    Ok(requite.store.finish_payment(actor, &context, id, ending, &terms).await?)
}

/// The outcome of a transfer, as requested in the sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxEnd {
    /// Deliver it now.
    Delivered,
    /// Reject it now.
    Refused,
}

/// Ends a refund immediately with the requested outcome. It also answers for the customer, as CoinGate's
/// sandbox does: test programs cannot click a link in a mail. Everything else that is required before money moves
/// (approval, cool-down, deny list) still applies.
pub async fn finish_refund(requite: &Requite, actor: &Actor, id: RefundId, end: SandboxEnd) -> Result<Refund, Error> {
    requite.require_sandbox()?;
    actor.require(Permission::Refund)?;
    let payouts = requite.require_chain()?.payouts.as_ref();
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
    advance_one(requite, payouts, &refund).await?;
    requite.store.decide_sandbox_transfer(&requite.context(), id.0, outcome).await?;
    advance_one(requite, payouts, &refund).await?;
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

async fn advance_one(requite: &Requite, payouts: &dyn Payouts, refund: &Refund) -> Result<(), Error> {
    let context = requite.context();
    match requite.store.claim_refund(&context, refund.merchant_id, refund.id, LEASE).await? {
        Some(refund) => advance(requite, payouts, &refund, context.now + LEASE).await,
        None => Ok(()),
    }
}
