//! Payments, and Circle's combined list of payments and refunds.

use crate::{
    chain::sandbox::{address_of, transaction_hash},
    config::Settings,
    context::Context,
    domain::{
        ids::{PaymentId, PaymentIntentId},
        intents::payment::{Payment, PaymentStatus},
        ledger::SettlementTerms,
        money::Money,
        paging::{Page, PageRequest},
        people::actor::{Actor, Permission},
        reports::transfer::Transfer,
    },
    error::Error,
    rates::{self, RateSource},
    state::Requite,
    store::{Store, intents::payments::Arrival, reports::transfers::TransferFilter},
};
use uuid::Uuid;

/// The payment or refund with this id.
pub async fn get(store: &Store, actor: &Actor, id: Uuid) -> Result<Transfer, Error> {
    actor.require(Permission::Read)?;
    Ok(store.transfer(actor.merchant(), id).await?)
}

/// A page of payments and refunds.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &TransferFilter,
    page: &PageRequest,
) -> Result<Page<Transfer>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.transfers(actor.merchant(), filter, page).await?)
}

/// Every deposit to the addresses of an intent, including unsupported ones.
pub async fn of_intent(store: &Store, actor: &Actor, intent: PaymentIntentId) -> Result<Vec<Payment>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.payments_of(actor.merchant(), intent).await?)
}

/// A page of deposits that need manual handling.
pub async fn unsupported(store: &Store, actor: &Actor, page: &PageRequest) -> Result<Page<Payment>, Error> {
    actor.require(Permission::Read)?;
    Ok(store.unsupported_funds(actor.merchant(), page).await?)
}

/// What booking a payment needs.
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

/// Sandbox only: simulates a payment by a customer. Without an amount it pays exactly what is due, which is defined
/// only for a transient intent.
pub async fn simulate(
    services: PaymentServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    intent_id: PaymentIntentId,
    amount: Option<Money>,
    status: PaymentStatus,
) -> Result<Payment, Error> {
    services.settings.mode.require_sandbox()?;
    actor.require(Permission::ManageIntents)?;
    let intent = services.store.intent(actor.merchant(), intent_id).await?;
    let rate = rates::require(services.rates, intent.currency(), intent.settlement_currency, context.now)?;
    let network = intent.payment_methods.first().map(|method| method.network);
    let seed = context.id();
    let sender = context.random();
    let arrival = Arrival {
        intent_id,
        amount,
        status,
        from_address: network.map(|network| address_of(network, sender)).unwrap_or_default(),
        transaction_hash: network.map(|network| transaction_hash(network, seed.as_bytes())).unwrap_or_default(),
        terms: SettlementTerms { rate, fee_percent: services.settings.payment_fee_percent },
    };
    Ok(services.store.receive_payment(actor, context, &arrival).await?)
}

/// Sandbox only: ends a pending payment as `paid` or `failed`, as a chain would.
pub async fn finish(
    services: PaymentServices<'_>,
    context: &Context<'_>,
    actor: &Actor,
    id: PaymentId,
    ending: PaymentStatus,
) -> Result<Payment, Error> {
    services.settings.mode.require_sandbox()?;
    actor.require(Permission::ManageIntents)?;
    let payment = services.store.payment(actor.merchant(), id).await?;
    let (of, per) = (payment.amount.currency(), payment.settlement.currency());
    let rate = rates::require(services.rates, of, per, context.now)?;
    let terms = SettlementTerms { rate, fee_percent: services.settings.payment_fee_percent };
    Ok(services.store.finish_payment(actor, context, id, ending, &terms).await?)
}
