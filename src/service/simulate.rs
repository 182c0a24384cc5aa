//! Sandbox only: simulates what customers and a chain do. No other use case depends on whether the chain is
//! simulated.

pub use crate::chain::sandbox::{hanging_address, rejecting_address};

use super::{
    fingerprint,
    refunds::{
        payout::{LEASE, PayoutServices, advance},
        quote,
    },
};
use crate::{
    chain::{
        self,
        payouts::Payouts,
        sandbox::{address_of, transaction_hash},
    },
    config::Settings,
    context::Context,
    domain::{
        address::network::Network,
        error::{DomainError, ErrorCode, Field},
        ids::{IdempotencyKey, MerchantId, PaymentId, PaymentIntentId, RefundId},
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
    rates::{self, RateSource},
    state::Requite,
    store::{
        Store, chain::sandbox::SandboxOutcome, operations::check::Findings, records::IdempotentRequest,
        refunds::confirmation::CustomerAnswer,
    },
};

/// The dependencies of booking a simulated payment.
#[derive(Clone, Copy)]
pub struct PaymentServices<'a> {
    pub store: &'a Store,
    pub settings: &'a Settings,
    pub rates: &'a dyn RateSource,
}

impl<'a> From<&'a Requite> for PaymentServices<'a> {
    fn from(requite: &'a Requite) -> Self {
        Self { store: &requite.store, settings: &requite.settings, rates: requite.rates.as_ref() }
    }
}

/// Adds test money to a balance, once for each key. Whoever may simulate a payment may do this: a payment credits a balance too,
/// so a permission of fewer people would keep nobody from it.
pub async fn top_up(
    services: PaymentServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    amount: Money,
    key: IdempotencyKey,
) -> Result<(), Error> {
    services.settings.require_simulation()?;
    actor.require(Permission::ManageIntents)?;
    let amount = amount.require_positive().map_err(|error| error.on(Field::Amount))?;
    let request = IdempotentRequest {
        key,
        operation: "ledger.top_up",
        fingerprint: fingerprint::of([amount.number().as_str(), amount.currency().code()]),
        earlier_fingerprint: None,
        keyless: None,
    };
    Ok(services.store.top_up_sandbox(context, actor, amount, &request).await?)
}

/// Adds test money to a merchant's balance, as part of its demo data.
pub async fn fund(store: &Store, context: &Context<'_>, merchant: MerchantId, amount: Money) -> Result<(), Error> {
    Ok(store.fund_sandbox(context, merchant, amount).await?)
}

/// Adds to the findings of a check what contradicts the simulated transfers.
pub async fn check(store: &Store, findings: &mut Findings) -> Result<(), Error> {
    let (transfers, contradictions) = store.compare_sandbox_transfers().await?;
    findings.looked_at.insert("sandbox transfer", transfers);
    contradictions.into_iter().for_each(|finding| findings.add_violation(0, finding));
    Ok(())
}

/// A random well-formed address to which no known key belongs.
pub fn random_address(context: &Context<'_>, network: Network) -> String {
    address_of(network, context.random())
}

/// A payment as a customer might make it.
#[derive(Clone, Copy, Debug)]
pub struct SimulatedPayment {
    /// The amount due if not given.
    pub amount: Option<Money>,
    /// The first of the payment intent if not given.
    pub network: Option<Network>,
    pub status: PaymentStatus,
}

impl SimulatedPayment {
    pub const fn new(amount: Option<Money>, status: PaymentStatus) -> Self {
        Self { amount, network: None, status }
    }
}

/// Simulates a customer's payment to the first payment method. Without an amount it pays exactly what is due, which is
/// defined only for a transient intent.
pub async fn payment(
    services: PaymentServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    intent_id: PaymentIntentId,
    simulated: SimulatedPayment,
) -> Result<Payment, Error> {
    services.settings.require_simulation()?;
    actor.require(Permission::ManageIntents)?;
    let SimulatedPayment { amount, network, status } = simulated;
    // Read before the intent. The transaction hash is derived from it, so that two simultaneous clicks report the same
    // deposit, which is booked once.
    let newest = services.store.payments_of(actor.merchant(), intent_id).await?.pop().map(|payment| payment.id);
    let intent = services.store.intent(actor.merchant(), intent_id).await?;
    let rate = rates::require(services.rates, intent.currency(), intent.settlement_currency, context.now)?;
    let seed = match amount {
        Some(_) => context.id().to_string(),
        None => format!("{intent_id} after {newest:?}"),
    };
    let amount = amount.or_else(|| intent.due()).ok_or_else(|| {
        let message = "error-simulate-amount";
        DomainError::new(ErrorCode::Required, message).on(Field::Amount)
    })?;
    if amount.is_zero() {
        let message = "error-simulate-nothing-due";
        return Err(DomainError::new(ErrorCode::AmountNotPositive, message).on(Field::Amount).into());
    }
    let mut methods = intent.payment_methods.iter();
    let method = methods.find(|method| network.is_none_or(|network| method.network == network));
    if let (Some(network), None) = (network, method) {
        let error = DomainError::new(ErrorCode::PairUnsupported, "error-intent-not-on-network");
        return Err(error.with("network", network.title()).into());
    }
    let (network, address) = method
        .and_then(|method| Some((method.network, method.address.clone()?)))
        .ok_or_else(|| DomainError::new(ErrorCode::PaymentNotPossible, "error-deposit-address-not-ready"))?;
    let deposit = Deposit {
        network,
        transaction_hash: transaction_hash(network, seed.as_bytes()),
        address,
        position: 0,
        sender: Some(random_address(context, network)),
        amount,
        status,
    };
    let terms = SettlementTerms { rate, fee_percent: services.settings.payment_fee_percent };
    Ok(services.store.receive_payment(context, actor, intent_id, &deposit, &terms).await?)
}

/// Ends a pending payment as `paid` or `failed`, as a chain would.
pub async fn finish_payment(
    services: PaymentServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: PaymentId,
    ending: PaymentStatus,
) -> Result<Payment, Error> {
    services.settings.require_simulation()?;
    actor.require(Permission::ManageIntents)?;
    let payment = services.store.payment(actor.merchant(), id).await?;
    let (of, per) = (payment.amount.currency(), payment.settlement.currency());
    let rate = rates::require(services.rates, of, per, context.now)?;
    let terms = SettlementTerms { rate, fee_percent: services.settings.payment_fee_percent };
    Ok(services.store.finish_payment(context, actor, id, ending, &terms).await?)
}

/// The outcome of a transfer, as requested in the sandbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SandboxResult {
    /// Deliver it now.
    Delivered,
    /// Reject it now.
    Refused,
}

/// Ends a refund immediately with the requested outcome. It also gives the customer's answer, as CoinGate's sandbox
/// does: test programs cannot click a link in a mail. Everything else that is required before money moves (approval,
/// cool-down, deny list) still applies.
pub async fn finish_refund(
    services: PayoutServices<'_>,
    rates: &dyn RateSource,
    actor: &Actor,
    id: RefundId,
    result: SandboxResult,
) -> Result<Refund, Error> {
    services.settings.require_simulation()?;
    actor.require(Permission::Refund)?;
    let payouts = chain::require(services.chain)?.payouts.as_ref();
    let (status, outcome) = match result {
        SandboxResult::Delivered => (RefundStatus::Completed, SandboxOutcome::Settle),
        SandboxResult::Refused => (RefundStatus::Rejected, SandboxOutcome::Reject),
    };
    let merchant = actor.merchant();
    let mut refund = services.store.refund(merchant, id).await?;
    refund.require_can_end_as(status, services.context().now)?;
    if confirmation::is_open(&refund, services.context().now) {
        refund = answer_for_customer(services, rates, actor, &refund, result).await?;
        // The policy may have become stricter since the refund was created.
        refund.require_can_end_as(status, services.context().now)?;
    }
    // The first call sends it, the second reads the outcome. If another worker leases it in between, that one ends it.
    advance_one(services, payouts, &refund).await?;
    services.store.decide_sandbox_transfer(&services.context(), id.0, outcome).await?;
    advance_one(services, payouts, &refund).await?;
    let refund = services.store.refund(merchant, id).await?;
    if refund.status.is_final() {
        refund.require_can_end_as(status, services.context().now)?;
    }
    Ok(refund)
}

/// Gives the customer's answer that leads to the requested outcome.
async fn answer_for_customer(
    services: PayoutServices<'_>,
    rates: &dyn RateSource,
    actor: &Actor,
    refund: &Refund,
    end: SandboxResult,
) -> Result<Refund, Error> {
    let answer = match end {
        SandboxResult::Delivered => Answer::Confirmed,
        SandboxResult::Refused => Answer::Refused,
    };
    let seal = confirmation::confirmation_seal(refund, refund.terms.send);
    let server_policy = services.settings.refund_policy();
    let context = services.context();
    let worth = quote::worth(rates, context.now, &refund.terms);
    let customer_answer =
        CustomerAnswer { answer, seal: seal.as_str(), language: None, server_policy: &server_policy, worth };
    Ok(services.store.answer_confirmation(&context, actor, refund.id, &customer_answer).await?)
}

async fn advance_one(services: PayoutServices<'_>, payouts: &dyn Payouts, refund: &Refund) -> Result<(), Error> {
    let context = services.context();
    match services.store.claim_refund(&context, refund.merchant_id, refund.id, LEASE).await? {
        Some(refund) => advance(services, payouts, &refund, context.now + LEASE).await,
        None => Ok(()),
    }
}
