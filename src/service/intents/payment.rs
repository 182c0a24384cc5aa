//! Payments, and Circle's combined list of payments and refunds.

use crate::{
    context::Context,
    domain::{
        error::ErrorCode,
        ids::PaymentIntentId,
        intents::payment::{Payment, PaymentOnChain, PaymentStatus},
        paging::{Page, PageRequest, Total},
        people::actor::{Actor, Permission},
        reports::transfer::Transfer,
        search::SearchText,
    },
    error::Error,
    rates::{self, RateSource},
    service::customers::masking,
    store::{Store, reports::transfers::TransferFilter},
};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use uuid::Uuid;

/// The payment or refund with this id.
pub async fn get(store: &Store, actor: &Actor, id: Uuid) -> Result<Transfer, Error> {
    actor.require(Permission::Read)?;
    Ok(masked(actor, store.transfer(actor.merchant(), id).await?))
}

/// Where payments are on real networks, and whether they wait for a rate. Others have no entry.
pub async fn on_chain(
    store: &Store,
    rates: &dyn RateSource,
    context: &Context<'_>,
    actor: &Actor,
    payments: impl IntoIterator<Item = &Payment>,
) -> Result<HashMap<Uuid, PaymentOnChain>, Error> {
    actor.require(Permission::Read)?;
    let payments: Vec<&Payment> = payments.into_iter().collect();
    let ids: Vec<_> = payments.iter().map(|payment| payment.id).collect();
    let found = store.payments_on_chain(actor.merchant(), &ids).await?;
    let mut found: HashMap<_, _> = found.into_iter().map(|(id, found)| (id.0, found)).collect();
    for payment in payments {
        if let Some(on_chain) = found.get_mut(&payment.id.0) {
            on_chain.missing_rate = missing_rate(rates, context.now, payment);
        }
    }
    Ok(found)
}

/// Why a deposit that was seen on a network cannot be credited now: no rate converts it, or only one that is too old.
pub fn missing_rate(rates: &dyn RateSource, now: DateTime<Utc>, payment: &Payment) -> Option<ErrorCode> {
    if payment.status != PaymentStatus::Pending || payment.unsupported.is_some() {
        return None;
    }
    let (of, per) = (payment.amount.currency(), payment.settlement.currency());
    rates::require(rates, of, per, now).err().map(|error| error.code)
}

/// A page of payments and refunds.
pub async fn list(
    store: &Store,
    actor: &Actor,
    filter: &TransferFilter,
    page: &PageRequest,
) -> Result<Page<Transfer>, Error> {
    actor.require(Permission::Read)?;
    let found = store.transfers(actor.merchant(), filter, page).await?;
    Ok(found.map(|transfer| masked(actor, transfer)))
}

fn masked(actor: &Actor, transfer: Transfer) -> Transfer {
    match transfer {
        Transfer::Payment(payment) => Transfer::Payment(Box::new(masking::payment(actor, *payment))),
        Transfer::Refund(refund) => Transfer::Refund(Box::new(masking::refund(actor, *refund))),
    }
}

/// Every deposit to the addresses of an intent, including unsupported ones.
pub async fn of_intent(store: &Store, actor: &Actor, intent: PaymentIntentId) -> Result<Vec<Payment>, Error> {
    actor.require(Permission::Read)?;
    let payments = store.payments_of(actor.merchant(), intent).await?;
    Ok(payments.into_iter().map(|payment| masking::payment(actor, payment)).collect())
}

/// A page of deposits that need manual handling, of those that a text finds if there is one.
pub async fn unsupported(
    store: &Store,
    actor: &Actor,
    search: Option<&SearchText>,
    page: &PageRequest,
) -> Result<Page<Payment>, Error> {
    actor.require(Permission::Read)?;
    let search = search.cloned().map(|text| masking::search(actor, text));
    let found = store.unsupported_funds(actor.merchant(), search.as_ref(), page).await?;
    Ok(found.map(|payment| masking::payment(actor, payment)))
}

/// How many deposits need manual handling.
pub async fn total_of_unsupported(store: &Store, actor: &Actor, search: Option<&SearchText>) -> Result<Total, Error> {
    actor.require(Permission::Read)?;
    let search = search.cloned().map(|text| masking::search(actor, text));
    Ok(store.total_of_unsupported_funds(actor.merchant(), search.as_ref()).await?)
}
